"""What may not be in a package: everything that is private in a public one, what nobody needs in a private one."""

from __future__ import annotations

import csv as csv_file
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from builder.language import fill
from builder.load.descriptor import package as parsed
from tests.intake.making import private, public, rows
from tests.packages import checked, demo_package, demo_private, taken_in, write_json
from tests.sharing import by_day

Rows = list[dict[str, str]]


def change(folder: Path, table: str, edit: Callable[[Rows], Rows]) -> Path:
    """Rewrite a table by its rows; a column that the first row gains is added to all."""
    found = edit(rows(folder, table))
    with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv_file.DictWriter(file, list(found[0]), lineterminator="\n", restval="")
        writer.writeheader()
        writer.writerows(found)
    return folder


def told(folder: Path, *, is_raw: bool = False) -> list[tuple[str, str, str]]:
    """Return file, column and sentence of what is said of zones."""
    found = checked(folder, errors=None, is_raw=is_raw).remarks()
    return [
        (item.address.path, item.address.letter, fill(str, item.message.text, item.message.values))
        for item in found if item.code in ("private-cells", "private-rows")
    ]  # fmt: skip


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return public(private(tmp_path_factory.mktemp("private") / "p"), tmp_path_factory.mktemp("public") / "p")


@pytest.fixture
def own(base: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(base, tmp_path / "own"))


def filled(column: str, value: str, count: int) -> Callable[[Rows], Rows]:
    return lambda lines: [{**row, column: value if n < count else ""} for n, row in enumerate(lines)]


CELLS = {
    "ratings of single cases": ("case", "satisfaction", "不满意", 7, "满意度"),
    "void marks": ("case", "is_void", "否", 4, "是否作废"),
    "petition kinds": ("case", "petition_kind", "集体", 1, "反映方式"),
    "ratings of replies": ("feedback", "rating", "满意", 3, "对答复的评价"),
    "days of a call back": ("feedback", "follow_up_date", "2026-10-01", 2, "回访日期"),
}


def test_a_package_that_intake_made_has_nothing_that_is_private(base: Path) -> None:
    assert told(base) == []


@pytest.mark.parametrize(("table", "column", "value", "count", "title"), by_day(CELLS.values(), 3), ids=CELLS)
def test_filled_private_columns_of_a_public_package_are_named_with_how_many_cells(
    table: str, column: str, value: str, count: int, title: str, own: Path
) -> None:
    change(own, table, filled(column, value, count))
    (item,) = [line for line in told(own) if line[0] == f"{table}.csv" and f"({column})" in line[2]]

    assert item[2] == (
        f"the column “{title}” ({column}) is private, and {count} cells of it are filled in a public package"
    )


@pytest.mark.parametrize(("category", "count"), [("D01", 3), ("P01", 1)], ids=["counted", "protected"])
def test_rows_of_categories_that_are_not_listed_are_named_in_a_public_package(
    category: str, count: int, own: Path
) -> None:
    change(own, "case", lambda lines: [
        {**row, "category_id": category if n < count else row["category_id"]} for n, row in enumerate(lines)
    ])  # fmt: skip

    assert told(own) == [
        ("case.csv", "", f"{count} rows may not be listed one by one, and this package is public"),
    ]  # fmt: skip


def test_void_rows_are_named_in_a_public_package(own: Path) -> None:
    change(own, "case", lambda lines: [{**row, "is_void": "是" if n < 2 else "否"} for n, row in enumerate(lines)])

    assert (
        "case.csv", "", "2 rows may not be listed one by one, and this package is public"
    ) in told(own)  # fmt: skip


def test_raw_polls_are_named_in_a_public_package(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> None:
    exported = demo_private(tmp_path_factory.getbasetemp())
    folder = Path(shutil.copytree(demo_package(tmp_path_factory.getbasetemp()), tmp_path / "public"))
    assert told(folder) == []
    shutil.copyfile(exported / "assessment.csv", folder / "assessment.csv")
    ((file, _, sentence),) = told(folder)

    assert file == "assessment.csv"
    assert sentence.endswith("rows have cells that are too telling to be shown, and this package is public")
    assert int(sentence.split()[0]) > 10


def test_columns_that_nobody_publishes_are_refused_in_a_private_package_and_taken_by_intake(
    small_raw: Path, tmp_path: Path
) -> None:
    found = [(file, sentence) for file, _, sentence in told(small_raw)]

    assert [(file, sentence.split("(")[1].split(")")[0]) for file, sentence in found] == [
        ("case.csv", name) for name in ("summary", "petitioner", "phone", "address")
    ]
    assert all("is never published" in sentence for _, sentence in found)
    assert told(small_raw, is_raw=True) == []
    assert told(taken_in(checked(small_raw, is_raw=True), tmp_path / "public")) == []


def test_a_package_that_does_not_say_who_may_read_it_is_held_to_be_public(tmp_path: Path) -> None:
    folder = private(tmp_path / "private", count=60)
    descriptor = dict(parsed(folder).descriptor)
    descriptor["mingge"] = {name: value for name, value in descriptor["mingge"].items() if name != "repository"}
    write_json(folder / "datapackage.json", descriptor)

    assert {file for file, _, _ in told(folder)} == {"case.csv", "feedback.csv"}
    assert checked(folder, errors=None).is_public
