"""The page of codes: what each finding means, an example of wrong and right, and what becomes of the site."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from string import Formatter
from typing import Any

from builder.language import Translator, mark, words
from builder.model import Explained, Field, Package, Severity
from builder.site.markdown import Row, cell, fold, html

__all__ = ["page"]

PLACES = {
    "file": mark("Files"), "header": mark("Headers"), "table": mark("Whole tables"), "cell": mark("Cells"),
    "row": mark("Rows"),
}  # fmt: skip
SEVERITIES = {Severity.ERROR: mark("error"), Severity.WARNING: mark("warning")}
MANY, TABLES = "many", mark("Tables")


def page(package: Package, codes: Sequence[Explained], translate: Translator) -> str:
    """Return the Markdown of the page; each code is an anchor."""
    _ = translate
    intro = _(
        mark(
            "Whatever `mingge check` finds has a code in square brackets. Here is what it means, how it looks, how it "
            "should look, and what becomes of the site as long as it stays."
        )
    )
    title, word = _(mark("What the checks say")), html(_(mark("Codes")))
    lines = [f"# {title} {{#checks}}", "", intro, ""]
    for anchor, title, group in groups(package, codes, translate):
        rows = [told(package, code, group, translate) for code in dict.fromkeys(item.code for item in group)]
        lines += [f"## {cell(title)} {{#{anchor}}}", "", *fold(f"{word} · {len(rows)}", rows)]
    return "\n".join(lines) + "\n"


def groups(
    package: Package, codes: Sequence[Explained], translate: Translator
) -> Iterable[tuple[str, str, list[Explained]]]:
    """Yield anchor, title and codes: those of any table by what they are about, then table by table."""
    tables = {item.code: {other.resource for other in codes if other.code == item.code} for item in codes}
    for about, title in PLACES.items():
        if mine := [item for item in codes if not item.resource and item.about == about]:
            yield f"about-{about}", translate(title), mine
    if mine := [item for item in codes if item.resource and len(tables[item.code]) > 1]:
        yield MANY, translate(mark("Several tables")), mine
    for name, resource in package.resources.items():
        if mine := [item for item in codes if item.resource == name and len(tables[item.code]) == 1]:
            yield name, resource.title, mine


def told(package: Package, code: str, group: Sequence[Explained], translate: Translator) -> Row:
    """Return one code: its rule, then its name and severity, both examples, effect, and the tables it is about."""
    _ = translate
    mine = [item for item in group if item.code == code]
    first = mine[0]
    lines = [f"<code>{html(code)}</code> · {html(_(SEVERITIES[first.severity]))}"]
    for kind, example in ((mark("Wrong"), first.wrong), (mark("Right"), first.right)):
        if example:
            lines.append(f"<small>{html(_(kind))}</small> {html(filled(package, first.resource, _(example)))}")
    lines.append(html(_(first.effect)))
    if len(mine) > 1:
        names = [package.resources[item.resource].title for item in mine if item.resource in package.resources]
        lines.append(f"<small>{html(_(TABLES))}</small> {html(words(translate, tuple(dict.fromkeys(names))))}")
    return Row(html(_(first.rule)), lines, code)


# ── examples ─────────────────────────────────────────────────────────────────────────────────────


class Names(Formatter):
    """{field} is the title of the resource's field, {table.field} that of another table, {field:role} a word."""

    def __init__(self, package: Package, resource: str) -> None:
        self.package, self.resource = package, resource

    def get_field(self, field_name: str, args: Any, kwargs: Any) -> tuple[Any, Any]:
        """Return the field that a name means; the name where the package does not have it."""
        table, _, name = field_name.rpartition(".")
        resource = self.package.resources.get(table or self.resource)
        return resource.schema[name] if resource and name in resource.schema else name, name

    def format_field(self, value: Any, format_spec: str) -> str:
        """Return a title, or the first word that plays a role."""
        if not isinstance(value, Field):
            return str(value)
        return next(iter(sorted(value.roles.get(format_spec, ()))), value.title)


def filled(package: Package, resource: str, example: str) -> str:
    return Names(package, resource).vformat(example, (), {})
