"""The page of data quality says what became of every case received, and a reader can add it up."""

from __future__ import annotations

import csv
import html
import re
from pathlib import Path

import pytest

from tests.packages import AS_OF, demo_package, demo_site

START = AS_OF.replace(year=AS_OF.year - 1, month=11, day=1).isoformat()
LINE = re.compile(r"<tr><th>(.*?)<td>(.*?)(?=<tr>|</table>)", re.DOTALL)


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, int]]:
    """The lines of the account of cases, as printed: words and number, the total last."""
    page = (demo_site(tmp_path_factory.getbasetemp()) / "quality" / "index.html").read_text(encoding="utf-8")
    table = re.search(r'mg-t-account">\s*<caption>事项办理</caption>.*?<tbody>(.*?</table>)', page, re.DOTALL)
    assert table is not None
    words = [[html.unescape(re.sub("<[^>]*>", "", cell)).strip() for cell in row] for row in LINE.findall(table[1])]
    return [(name, int(number.replace(",", ""))) for name, number in words]


def received(base: Path) -> list[dict[str, str]]:
    """Return the rows of the package that were received in the period."""
    with (demo_package(base) / "case.csv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if START <= row["received_date"] <= AS_OF.isoformat()]


def test_the_lines_add_up_to_what_was_received(shown: list[tuple[str, int]]) -> None:
    *parts, (_, total) = shown

    assert len(parts) == 3
    assert min(number for _, number in parts) > 0
    assert sum(number for _, number in parts) == total


def test_each_line_is_what_the_table_says(
    shown: list[tuple[str, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    rows = received(tmp_path_factory.getbasetemp())
    void = sum(row["is_void"] == "是" for row in rows)
    is_open = [bool(row["grid_id"]) and row["category_id"][:1] in {"A", "B", "C", "D"} for row in rows]
    counted = sum(known and row["is_void"] != "是" for known, row in zip(is_open, rows, strict=True))

    assert [number for _, number in shown] == [counted, void, len(rows) - void - counted, len(rows)]
    assert [name.partition(" ")[0].partition(":")[0] for name, _ in shown] == [
        "计入数字", "作废", "不公布", "统计时段内收到",
    ]  # fmt: skip
