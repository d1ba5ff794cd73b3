"""Whatever was done to a file: what is written breaks no rule that was not broken, and loses nothing."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builder import fix, load, validate
from builder.fix import Fixed
from builder.model import Package, Resource
from builder.pipeline import Opened

TABLES = ("area", "grid", "case", "roster", "case_category")
MORE = ("duty", "ledger", "disclosure", "assessment")
SLOW = [HealthCheck.too_slow]
Cells = list[list[str]]

WIDE = {ord("0") + n: ord("０") + n for n in range(10)} | {ord("-"): ord("－"), ord("."): ord("．")}
CELL: Mapping[str, Callable[[str], str]] = {
    "space behind": lambda cell: f"{cell} ",
    "wide space before": lambda cell: f"\u3000{cell}",
    "space that does not break": lambda cell: f"\u00a0{cell}\u00a0",
    "wide signs": lambda cell: cell.translate(WIDE),
    "slashes": lambda cell: cell.replace("-", "/"),
    "days as people write them": lambda cell: cell.replace("-", "年", 1).replace("-", "月", 1) + "日",
    "dots": lambda cell: cell.replace("-", "."),
    "an apostrophe": lambda cell: f"'{cell}",
    "a float": lambda cell: f"{cell}.0",
    "scientific, all digits": lambda cell: f"{cell[0]}.{cell[1:]}E+{len(cell) - 1}" if cell.isdigit() else cell,
    "scientific, cut": lambda cell: f"{float(cell):.5E}" if cell.isdigit() else cell,
    "capitals": str.upper,
    "nothing": lambda cell: "",
    "a word for nothing": lambda cell: "无",
    "yes": lambda cell: "√",
    "a count with its unit": lambda cell: f"{cell}户",
    "half of it": lambda cell: cell[: len(cell) // 2],
    "marks": lambda cell: f'"{cell}",',
    "a line break": lambda cell: f"{cell}\n",
    "an error of a spreadsheet": lambda cell: "#REF!",
}


def damaged_cell(draw: st.DrawFn, rows: Cells) -> None:
    row = draw(st.integers(1, len(rows) - 1))
    place = draw(st.integers(0, len(rows[row]) - 1)) if rows[row] else 0
    if not rows[row]:
        return
    text = st.one_of(st.sampled_from(sorted(CELL)), st.text(st.characters(exclude_categories=["Cs"]), max_size=8))
    name = draw(text)
    new = CELL[name](rows[row][place]) if name in CELL else name.replace("\0", "")
    rows[row][place] = new if new.strip() else ""  # cells of spaces alone: see mended.yaml


def blank_row(draw: st.DrawFn, rows: Cells) -> None:
    blank = draw(st.sampled_from([[""] * len(rows[0]), [], [" "] * len(rows[0])]))
    rows.insert(draw(st.integers(1, len(rows))), list(blank))


def ragged_row(draw: st.DrawFn, rows: Cells) -> None:
    row = rows[draw(st.integers(1, len(rows) - 1))]
    row.append(draw(st.sampled_from(["", "x"]))) if draw(st.booleans()) or not row else row.pop()


def empty_column(draw: st.DrawFn, rows: Cells) -> None:
    for row in rows:
        if row:
            row.append("")


@st.composite
def damaged(draw: st.DrawFn, rows: Sequence[Sequence[str]]) -> bytes:
    """Return a table of which much was spoilt, as the bytes of a file that is still read."""
    found = [list(row) for row in rows[: draw(st.integers(2, 12))]]
    for _ in range(draw(st.integers(0, 6))):
        draw(st.sampled_from([damaged_cell] * 6 + [blank_row, ragged_row, empty_column]))(draw, found)
    sink = io.StringIO()
    end = draw(st.sampled_from(["\n", "\r\n"]))
    if draw(st.booleans()):
        csv.writer(sink, quoting=csv.QUOTE_ALL, lineterminator=end).writerows(found)
    else:
        csv.writer(sink, lineterminator=end).writerows(found)
    text = sink.getvalue() + draw(st.sampled_from(["", "", "\n", "\n\n"]))
    return text.encode(draw(st.sampled_from(["utf-8", "utf-8", "utf-8", "utf-8-sig", "gb18030"])))


class Judge:
    """What validation finds in a file of one table, whose package has nothing else."""

    def __init__(self, package: Package, name: str) -> None:
        self.resource: Resource = replace(
            package.resources[name], paths=(package.root / f"{name}.csv",), minimum_rows=0
        )
        self.package = replace(package, resources={name: self.resource})
        with (package.root / f"{name}.csv").open(encoding="utf-8", newline="") as source:
            self.rows = list(csv.reader(source))

    @property
    def path(self) -> Path:
        return self.resource.paths[0]

    def findings(self, data: bytes) -> Counter[tuple[str, int, str]]:
        """Return (code, row, column) → how often."""
        text, unreadable = load.tables(self.package, {self.path: data})
        _, report = validate.tables(self.package, text, {})
        found = [*unreadable, *report.findings]
        return Counter((item.code, item.address.row, item.column) for item in found)

    def fixed(self, data: bytes) -> Fixed:
        return fix.fixed(self.resource, self.path.name, data)


def placed(found: Counter[tuple[str, int, str]], gone: Sequence[int]) -> Counter[tuple[str, int, str]]:
    """Return findings at the rows where they stood before those of `gone` were left out."""

    def before(row: int) -> int:
        for number in sorted(gone):
            row += number <= row
        return row

    return Counter({(code, before(row), column): count for (code, row, column), count in found.items()})


def test_an_empty_cell_below_an_empty_row_was_not_merged_with_it(opened: Opened) -> None:
    judge = Judge(opened.package, "grid")
    header, first = judge.rows[:2]
    row = ["" if name == "name" else cell for name, cell in zip(header, first, strict=True)]
    lines = [",".join(header), "," * (len(header) - 1), ",".join(row), ""]
    found = judge.findings("\n".join(lines).encode())

    assert {code for code, row, _ in found if row == 3} == {"required-constraint"}


@pytest.mark.parametrize(
    ("name", "examples"),
    [*((name, 3) for name in TABLES), *(pytest.param(name, 300, marks=pytest.mark.nightly) for name in TABLES + MORE)],
)
def test_what_is_written_breaks_only_rules_that_were_broken(name: str, examples: int, opened: Opened) -> None:
    judge = Judge(opened.package, name)

    @settings(deadline=None, max_examples=examples, suppress_health_check=SLOW)
    @given(damaged(judge.rows))
    def whatever_was_done(data: bytes) -> None:
        fixed = judge.fixed(data)
        gone = [change.row for change in fixed.changes if change.why in ("blank-row", "title-row")]
        before, after = judge.findings(data), judge.findings(fixed.data)

        if not before and not data.startswith(b"\xef\xbb\xbf") and is_utf8(data):
            assert fixed.data == data
        new = placed(after, gone) - before
        # cells of a row that was too short or too long were not judged before, nor what stands in them under no header
        ragged = {row for code, row, _ in before if code == "ragged-row"}
        assert {row for _, row, _ in new} <= ragged | ({1} if ragged else set())
        assert judge.fixed(fixed.data) == Fixed(fixed.data, refused=fixed.refused)
        assert rows_of(fixed.data) == rows_of(data) - len(gone)

    whatever_was_done()


def rows_of(data: bytes) -> int:
    """Return how many records a file has, empty lines included."""
    text = data.decode("utf-8-sig" if is_utf8(data) else "gb18030")
    return sum(1 for _ in csv.reader(io.StringIO(text, newline="")))


def is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


@pytest.mark.parametrize("name", TABLES)
def test_a_table_that_is_fine_is_the_same_bytes_however_it_is_quoted_and_ended(name: str, opened: Opened) -> None:
    rows = Judge(opened.package, name).rows
    for end in ("\n", "\r\n"):
        quoted, bare = io.StringIO(), io.StringIO()
        csv.writer(quoted, quoting=csv.QUOTE_ALL, lineterminator=end).writerows(rows)
        csv.writer(bare, lineterminator=end).writerows(rows)
        for data in (quoted.getvalue().encode(), bare.getvalue().encode()):
            assert Judge(opened.package, name).fixed(data) == Fixed(data)
