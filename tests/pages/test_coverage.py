"""The page of coverage names everyone who lacks a counterpart, and its counts are those of its lists."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from builder import pages
from builder.model import Ratio
from builder.pages.coverage import CoveragePage, Reported
from builder.pages.overdue import OverduePage
from tests import packages
from tests.packages import BRANCH_TABLES, GRIDS, csv
from tests.pages.made import Made, of, only

GRID_ROWS = [
    f"{GRIDS[0]},一格,990001001001,综合,2020-01-01,",
    f"{GRIDS[1]},二格,990001001001,综合,2020-01-01,",
    "990001001001003,三格,990001001001,综合,2020-01-01,",
    "990001001001004,旧格,990001001001,综合,2020-01-01,2026-10-30",
    "990001001001005,新格,990001001001,综合,2026-11-01,",
]
BRANCHES = [
    "B00000001,一,党支部,,2,2026-10-30", "B00000002,二,党支部,,3,2026-10-31", "B00000003,三,党支部,,,",
    "B00000004,四,党委,,1,2026-10-30",
]  # fmt: skip
TERMS = [
    f"B00000001,{GRIDS[0]},主责,2020-01-01,",
    f"B00000002,{GRIDS[0]},主责,2026-10-31,",
    f"B00000002,{GRIDS[1]},主责,2020-01-01,2026-10-31",
    "B00000001,990001001001003,主责,2020-01-01,2026-10-30",
    "B00000003,990001001001003,共建,2020-01-01,",
]
AREAS = BRANCH_TABLES["area"]


def page(folder: Path, tables: dict[str, str]) -> CoveragePage:
    source = packages.sources(packages.checked(packages.write_package(folder, tables), errors=None))
    found = pages.made(source, pages.PageKey("coverage", ())).context
    assert isinstance(found, CoveragePage)
    return found


def test_each_question_counts_and_names_those_that_it_is_about(tmp_path: Path) -> None:
    tables = {
        "area": AREAS + "990001001002,西社区,community,990001001\n",
        "grid": csv("grid_id,name,area_id,kind,opened_date,closed_date", GRID_ROWS),
        "branch": csv("branch_id,name,kind,parent_id,member_count,term_end_date", BRANCHES),
        "branch_grid": csv("branch_id,grid_id,role,from_date,to_date", TERMS),
    }
    found = page(tmp_path / "package", tables)
    told = {
        item.anchor: (item.ratio, [(link.path.split("/")[1], number) for link, number in item.lacking])
        for item in found.sections
    }
    assert told == {
        "coverage-grid": (Ratio(1, 2), [("990001001002", None)]),
        "coverage-responsible": (Ratio(1, 3), [(GRIDS[0], 2), ("990001001001003", 0)]),
        "coverage-branch": (Ratio(2, 3), [("B00000003", None)]),
        "coverage-members": (Ratio(1, 2), [("B00000001", 2)]),
        "coverage-term": (Ratio(1, 3), [("B00000001", None), ("B00000004", None)]),
    }
    assert [(area.link.path, area.ratio) for item in found.sections[:2] for area in item.areas] == [
        ("area/990001001/", Ratio(1, 2)), ("area/990001001/", Ratio(1, 3)),
    ]  # fmt: skip


def test_a_package_without_branches_is_asked_about_grids_alone(tmp_path: Path) -> None:
    found = page(tmp_path / "package", {name: BRANCH_TABLES[name] for name in ("area", "grid")})
    assert [item.anchor for item in found.sections] == ["coverage-grid"]
    assert (found.rows, found.reporting) == ((), ())


def test_a_street_that_has_reported_nothing_of_the_period_is_missing(tmp_path: Path) -> None:
    duty = csv(
        "duty_id,branch_id,grid_id,category,title,frequency,due_date,done_date",
        [
            f"D000001,B00000001,{GRIDS[0]},走访联系,走访,每月,2026-10-30,",
            f"D000002,B00000001,{GRIDS[0]},走访联系,走访,每月,2025-10-31,2025-10-31",
        ],
    )
    tables = {
        **{name: BRANCH_TABLES[name] for name in ("grid", "branch", "branch_grid")},
        "area": AREAS + "990001002,西街道,street,990001\n", "duty": duty,
    }  # fmt: skip
    found = page(tmp_path / "package", tables)
    at = [column.title for column in found.matrix.columns[1:]].index("责任清单")
    assert [(row.link.path, row.cells[at]) for row in found.rows] == [
        ("area/990001001/", Reported(1, 1)), ("area/990001002/", Reported(0, 0)),
    ]  # fmt: skip
    assert found.reporting[at][1] == Ratio(1, 2)


def test_what_streets_reported_is_what_is_published(made: Made) -> None:
    found, tables = only(made, CoveragePage), made.source.tables
    period = made.source.edition.scope.period
    for name, day in (("duty", "due_date"), ("roster", "start"), ("case", "received_date")):
        frame = tables[name]
        street, days = frame["grid_id"].astype("str").str[:9].where(frame["grid_id"].notna()), frame[day].dt.date
        if "branch_id" in frame:
            street = street.fillna(frame["branch_id"].astype("str").str[1:10])
        expected = street[(days >= period.start) & (days <= period.end)].value_counts().to_dict()
        at = list(made.source.edition.places.reported).index(name)
        assert {row.link.path.split("/")[1]: row.cells[at].row_count for row in found.rows} == expected
    assert of(made, CoveragePage)


def test_rows_without_a_grid_are_reported_where_their_branch_or_their_partner_lies(made: Made) -> None:
    tables, period, found = made.source.tables, made.source.edition.scope.period, only(made, CoveragePage)
    disclosure, item = tables["disclosure"].copy(), tables["partner_item"].merge(tables["partner"], on="partner_id")
    # the code of a branch begins with the code of where it lies
    disclosure["street"] = disclosure["branch_id"].astype("str").str[1:10]
    item["street"] = item["grid_id_x"].fillna(item["grid_id_y"]).fillna(item["area_id"]).astype("str").str[:9]
    for name, frame, day in (("disclosure", disclosure, "formed_date"), ("partner_item", item, "from_date")):
        days = frame[day].dt.date
        recent = frame[(days >= period.start) & (days <= period.end) & (frame["street"].str.len() == 9)]
        at = list(made.source.edition.places.reported).index(name)
        counts = {row.link.path.split("/")[1]: row.cells[at].row_count for row in found.rows}
        expected = recent["street"].value_counts().to_dict()
        assert {street: number for street, number in counts.items() if number} == expected
        assert sum(counts.values()) > 5


def test_what_is_overdue_in_the_matrix_is_all_that_is_overdue_and_lies_in_a_street(made: Made) -> None:
    found, places = only(made, CoveragePage), made.source.edition.places
    totals = {item.label: item.count for item in only(made, OverduePage).totals}
    matrix = {
        made.source.edition.title(name): sum(row.cells[at].overdue for row in found.rows)
        for at, name in enumerate(places.reported)
    }
    # what the committee of the district carries lies in no street
    nowhere = Counter(item.subject for item in made.source.late.shared if item.branch == "B990001")

    for name in ("duty", "case", "project", "feedback", "disclosure"):
        title = made.source.edition.title(name)
        assert (name, matrix[title]) == (name, totals[title] - nowhere[name])
