"""What a check found, grouped by file and by kind of problem, in the words of one language.

Always holds: it is made from remarks, so that it has no cell that staff may not read. The counts are of all findings;
of each kind in each file only the first are named, and `Kind.left` says of how many others nothing is. Every finding is
in `Document.findings`, which makes them one after the other, for the forms that hold them all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from builder.checked import Checked
from builder.language import Translator, fill, mark, said, translator
from builder.model import Explained, Message, Package, Remark, Severity
from builder.model.finding import FOLDER, Spot, place, spot
from builder.model.legible import shown

__all__ = ["NAMED", "Document", "File", "Item", "Items", "Kind", "document", "remedy", "sentence", "where"]

NAMED = 10
"""Findings of one kind in one file that are named where not all are."""

EFFECTS = {
    Severity.ERROR: mark("The site stays as it was until this is mended."),
    Severity.WARNING: mark("The site is updated; the remark stands on its page of data quality until this is mended."),
}
STOPPED = mark(
    "{errors} errors and {warnings} warnings. As long as one error is left, the site stays at its last version."
)
DOUBTED = mark(
    "No errors and {warnings} warnings. The site can be updated; its page of data quality will list the warnings."
)
FINE = mark("Nothing is wrong. The site can be updated.")

OTHER = "…"
"""Stands in the sentence of a kind for what differs from finding to finding."""

PROJECT = (".json", ".lock", ".yml", ".yaml", ".geojson")
"""Suffixes of files that maintainers write."""


class Item(NamedTuple):
    """One finding in words. `row` 0: the file as a whole; `letter`: of the column as Excel has it, `field`: its title.

    `value` is the cell as it may be read, `mended` what it should say; both "" where there is none. `is_said`: `fix`
    says already what it should say.
    """

    code: str
    severity: Severity
    resource: str
    path: str
    row: int
    letter: str
    field: str
    value: str
    wrong: str
    fix: str
    mended: str
    is_said: bool = False

    @property
    def cell(self) -> str:
        """The address as Excel has it, C17; "" where it is no single cell."""
        return f"{self.letter}{self.row}" if self.letter and self.row else ""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of problem in one column of a file: `count` findings, the first of which are `items`.

    `wrong`, `fix`: the sentences, with … for what differs; `fix` is "" where each item has its own. `rule`: what should
    hold, "" where that is not known. `effect`: what becomes of the site as long as it stays.
    """

    code: str
    severity: Severity
    letter: str
    field: str
    wrong: str
    fix: str
    rule: str
    effect: str
    count: int
    items: tuple[Item, ...]

    @property
    def left(self) -> int:
        """How many findings are counted and not named."""
        return self.count - len(self.items)


@dataclass(frozen=True, slots=True)
class File:
    """A file with findings, or the folder of attachments. `title`: of its table, "" for a file of the project."""

    path: str
    title: str
    resource: str
    kinds: tuple[Kind, ...]

    @property
    def errors(self) -> int:
        """The number of findings that stop a build."""
        return sum(item.count for item in self.kinds if item.severity is Severity.ERROR)

    @property
    def warnings(self) -> int:
        """The number of findings that are published."""
        return sum(item.count for item in self.kinds if item.severity is Severity.WARNING)


@dataclass(frozen=True, slots=True)
class Items:
    """Every finding in words, made one after the other each time they are asked for."""

    found: Checked
    translate: Translator

    def __iter__(self) -> Iterator[Item]:
        return (worded(remark, self.translate) for remark in self.found.remarks())

    def of(self, path: str) -> Iterator[Item]:
        """Yield those of one file, or of the folder of attachments; `path` as it lies in the package."""
        return (worded(remark, self.translate) for remark in self.found.told(self.found.for_staff.of(path)))


@dataclass(frozen=True, slots=True)
class Document:
    """The report of one run. `language`: of all its words; `title`: of the package; `as_of`: an ISO date.

    `named`: how many findings of one kind in one file are named.
    """

    language: str
    title: str
    as_of: str
    tables: int
    rows: int
    errors: int
    warnings: int
    named: int
    files: tuple[File, ...]
    findings: Items

    @property
    def verdict(self) -> tuple[str, Mapping[str, object]]:
        """Return the sentence that says what becomes of the site, as a message id, and its values."""
        values = {"errors": self.errors, "warnings": self.warnings}
        return (STOPPED, values) if self.errors else (DOUBTED, values) if self.warnings else (FINE, {})


def document(
    found: Checked, language: str = "zh", codes: Iterable[Explained] = (), named: int = NAMED
) -> Document:
    """Return what was found, in the words of `language`. `codes`: what is known of the codes."""
    translate, known = translator(language), {(item.code, item.resource): item for item in codes}
    package, counts = found.tables.package, found.for_staff.spots()
    samples: defaultdict[Spot, list[Remark]] = defaultdict(list)
    for remark in found.remarks(named):
        samples[spot(remark)].append(remark)
    kinds: defaultdict[str, list[Kind]] = defaultdict(list)
    resources: dict[str, str] = {}
    for key, count in sorted(counts.items(), key=lambda item: item[0].severity is not Severity.ERROR):
        explained = known.get((key.code, key.resource)) or known.get((key.code, ""))
        kinds[key.path].append(kind(samples[key], count, explained, translate))
        resources.setdefault(key.path, key.resource)
    order = ranks(package, resources)
    files = (file_of(package, path, resources[path], kinds[path]) for path in sorted(kinds, key=order.__getitem__))
    return Document(
        language=language, title=shown(package.title or package.name), as_of=found.as_of.isoformat(),
        tables=len(found.row_counts), rows=sum(found.row_counts.values()),
        errors=sum(count for key, count in counts.items() if key.severity is Severity.ERROR),
        warnings=sum(count for key, count in counts.items() if key.severity is Severity.WARNING),
        named=named, files=tuple(files), findings=Items(found, translate),
    )  # fmt: skip


def file_of(package: Package, path: str, resource: str, kinds: Iterable[Kind]) -> File:
    known = package.resources.get(resource)
    is_table = known is not None and place(path) != FOLDER and not path.endswith(PROJECT)
    return File(shown(path), shown(known.title) if known and is_table else "", resource, tuple(kinds))


def ranks(package: Package, resources: Mapping[str, str]) -> Mapping[str, tuple[object, ...]]:
    """Return file → its place: those of the project, then those of tables as the package has them, then the others.

    `resources`: file → the table that the first finding in it is about.
    """
    tables = {name: number for number, name in enumerate(package.resources)}
    paths = [
        path.relative_to(package.root).as_posix() for item in package.resources.values() for path in item.paths
    ]
    places = {path: number for number, path in enumerate(paths)}
    last = len(places)

    def rank(path: str) -> tuple[object, ...]:
        group = 0 if path.endswith(PROJECT) else 3 if path == FOLDER else 1 if resources[path] in tables else 2
        return group, tables.get(resources[path], last), places.get(path, last), path

    return {path: rank(path) for path in resources}


def kind(sample: list[Remark], count: int, explained: Explained | None, translate: Translator) -> Kind:
    """Return findings that are told together; `sample`: the first of them, at least one."""
    items = tuple(worded(remark, translate) for remark in sample)
    first = items[0]
    common = alike([remark.message for remark in sample])
    wrong, _ = said(translate, common)
    fix = first.fix if len({item.fix for item in items}) == 1 else ""
    effect = (explained.effect if explained else "") or EFFECTS[first.severity]
    is_column = len({item.letter for item in items}) == 1
    return Kind(
        first.code, first.severity, first.letter if is_column else "", first.field, wrong, fix,
        translate(explained.rule) if explained and explained.rule else "", translate(effect), count, items,
    )  # fmt: skip


def alike(messages: list[Message]) -> Message:
    """Return the first message with … in the place of each value in which the others differ."""
    first, *others = messages
    values = {
        name: value if all(str(item.values.get(name, value)) == str(value) for item in others) else OTHER
        for name, value in first.values.items()
    }
    return replace(first, values=values)


def worded(remark: Remark, translate: Translator) -> Item:
    """Return a remark in words."""
    wrong, fix = said(translate, remark.message)
    path, row, letter = remark.address
    return Item(
        remark.code, remark.severity, remark.resource, shown(path), row, letter, shown(remark.column),
        shown(remark.value), wrong, fix, shown(remark.mended), is_said(remark),
    )  # fmt: skip


def is_said(remark: Remark) -> bool:
    """Return whether what is to be done names what the cell should say."""
    hint = remark.message.hint
    return bool(remark.mended) and any(
        str(value) == remark.mended and f"{{{name}}}" in hint for name, value in remark.message.values.items()
    )


def remedy(item: Item, translate: Translator) -> str:
    """Return a finding in whole sentences: what is wrong, what to do, and what the cell should say, each once."""
    text = sentence(item.wrong, item.fix, translate)
    if not item.mended or item.is_said:
        return text
    mended = fill(translate, mark("It should say: {value}"), {"value": item.mended})
    return f"{text} {mended}"


def sentence(wrong: str, fix: str, translate: Translator) -> str:
    """Return what is wrong and what to do about it (may be empty) as whole sentences."""
    text = mark("{message}. {fix}") if fix else mark("{message}.")
    return fill(translate, text, {"message": wrong, "fix": fix})


def where(item: Item, translate: Translator) -> str:
    """Return the place of a finding in its file in words: C17, row 17, column C, or the whole file."""
    if item.cell:
        return item.cell
    if item.row:
        return fill(translate, mark("row {row}"), {"row": item.row})
    if item.letter:
        return fill(translate, mark("column {letter}"), {"letter": item.letter})
    return translate(mark("the whole file"))
