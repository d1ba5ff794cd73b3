"""The docs tree that the engine builds: what people wrote, the shells, and what the data package says of itself."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from builder.language import Translator, mark, translator, words
from builder.model import Definition, Explained, Field, Kind, Package, SiteConfig
from builder.model.written import KINDS
from builder.site import codes, definitions, shell, verification
from builder.site.markdown import Row, cell, code, fold, html

__all__ = ["DEFINITIONS", "pages", "tree"]

NONE: Mapping[str, Path] = {}

DEFINITIONS = "metrics.md"
"""What people wrote about the figures; what the code says of them is added to it."""


def tree(
    written: Path,
    folder: Path,
    kinds: Iterable[Kind[Any]],
    generated: Mapping[str, str],
    lent: Mapping[str, Path] = NONE,
) -> None:
    """Write into the new `folder` the hand-written docs, the shells of `kinds` and the `generated` Markdown pages.

    `lent`: pages of the program, see `lent.py`.
    """
    shutil.copytree(written, folder, ignore=left_out)
    for name, source in lent.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, folder / name)
    for name, text in {**generated, **shell.sources(kinds)}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def left_out(folder: str, names: list[str]) -> set[str]:
    """Return what is not copied: hidden files, and whatever is neither a folder nor a regular file of a known kind.

    `load` has refused it by name; what came since then is not published, and a pipe is never waited for.
    """
    return {name for name in names if name.startswith(".") or not is_page(Path(folder, name))}


def is_page(path: Path) -> bool:
    return path.is_dir() or (path.is_file() and path.suffix.lower() in KINDS)


def pages(
    package: Package, known: Sequence[Explained], figures: Sequence[Definition], config: SiteConfig, written: Path
) -> dict[str, str]:
    """Return the Markdown pages made from package and code: dictionary, codes, definitions, and how to check the site.

    `config`: its language and its address; `written`: the folder of the hand-written definitions.
    """
    translate = translator(config.language)
    path = written / DEFINITIONS
    title = f"# {translate(mark('Definitions'))} {{#metrics}}\n"
    explained = path.read_text(encoding="utf-8") if path.is_file() else title
    return {
        "dictionary.md": dictionary(package, translate),
        "checks.md": codes.page(package, known, translate),
        "verify.md": verification.page(translate, config.url),
        DEFINITIONS: definitions.page(explained, [item for item in figures if occurs(item, package)], translate),
    }


def occurs(item: Definition, package: Package) -> bool:
    """Return whether the package has what the figure is made from: what cannot occur needs no explanation."""

    def has(need: str) -> bool:
        table, _, column = need.partition(".")
        found = package.resources.get(table)
        return found is not None and (not column or column in found.schema)

    return not item.needs or any(map(has, item.needs))


def dictionary(package: Package, translate: Translator) -> str:
    """Return the data dictionary: every field of every resource, from the schemas."""
    _ = translate
    title, intro = (
        _(mark("Data dictionary")),
        _(mark("Every table and every column, made from the schemas of the data package.")),
    )
    lines = [f"# {title} {{#dictionary}}", "", intro, ""]
    for resource in package.resources.values():
        key = ", ".join(f"<code>{html(name)}</code>" for name in resource.schema.primary_key)
        lines += [
            f"## {cell(resource.title)} {{#{resource.name}}}",
            "",
            f"{code(resource.path)} — {cell(resource.description)}",
            "",
            *([_(mark("Key: {names}")).format(names=key), ""] if key else []),
            *fold(
                f"{html(_(mark('Columns')))} · {len(resource.schema.fields)}",
                (Row(term(field), told(field, _)) for field in resource.schema.fields),
            ),
        ]
    return "\n".join(lines) + "\n"


def term(field: Field) -> str:
    return f"{html(field.title)} <code>{html(field.name)}</code>"


def told(field: Field, translate: Translator) -> Iterator[str]:
    """Yield what is said of a field, line by line."""
    _ = translate
    yield html(field.description)
    facts = {mark("Type"): field.type, mark("Published"): published(field, _)}
    if rules := allowed(field, translate):
        facts[mark("Allowed")] = rules
    yield " · ".join(f"<small>{html(_(name))}</small> {html(value)}" for name, value in facts.items())


def allowed(field: Field, translate: Translator) -> str:
    """Return a field's constraints in words."""
    constraints = dict(field.descriptor.get("constraints", {}))
    parts = [translate(mark("required"))] if constraints.pop("required", False) else []
    if values := constraints.pop("enum", None):
        parts.append(words(translate, tuple(labelled(field, value) for value in values)))
    names = {
        "pattern": mark("pattern"), "minimum": mark("minimum"), "maximum": mark("maximum"),
        "minLength": mark("shortest"), "maxLength": mark("longest"), "unique": mark("unique"),
    }  # fmt: skip
    parts += [f"{translate(names[key])} {value}" for key, value in constraints.items() if key in names]
    return "; ".join(parts)


def labelled(field: Field, value: str) -> str:
    """Return a value of an enumeration, with its label where it has one."""
    return value if field.label(value) == value else f"{value} ({field.label(value)})"


def published(field: Field, translate: Translator) -> str:
    kinds = {"public": mark("as it is"), "counts": mark("only in counts"), "never": mark("never")}
    return translate(kinds[field.publish])
