"""Contexts hold what the pages say, counted and in order, before any template sees them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

import pytest

from builder import derive, pages, protect
from builder.language import translator
from builder.model import Ratio, Tables
from builder.pages import Sources
from builder.pages.context import AreaPage, BranchPage, ChildRow, GridPage, HomePage, LateItem, OverduePage, RecordsPage
from builder.pages.lists import NEWEST_LATE
from builder.pages.sources import NEWEST
from tests import packages
from tests.packages import BRANCH_TABLES, GRIDS

Kind = TypeVar("Kind")


def sources_of(tables: Tables) -> Sources:
    facts = derive.measures(protect.counts(derive.counts(tables, packages.AS_OF), tables))
    return pages.sources(protect.rows(tables), facts, translator("en"))


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Sources:
    """What the pages of the demonstration package are made from."""
    tables, _, _ = packages.demo_tables(tmp_path_factory.getbasetemp())
    return sources_of(tables)


@pytest.fixture(scope="module")
def made(source: Sources) -> Mapping[str, object]:
    """The context of every page by its path."""
    return {context.head.path: context for _, context in pages.generated(source)}


def of(made: Mapping[str, object], kind: type[Kind]) -> dict[str, Kind]:
    found = {path: context for path, context in made.items() if isinstance(context, kind)}
    assert found
    return found


def only(made: Mapping[str, object], kind: type[Kind]) -> Kind:
    (found,) = of(made, kind).values()
    return found


def with_late(made: Mapping[str, object]) -> list[GridPage | BranchPage]:
    return [*of(made, GridPage).values(), *of(made, BranchPage).values()]


# ── where a page is ──────────────────────────────────────────────────────────────────────────────


def test_breadcrumbs_lead_from_the_district_down_to_the_parent(source: Sources, made: Mapping[str, object]) -> None:
    tree = source.facts.ancestry
    for page in of(made, GridPage).values():
        codes = [link.path.split("/")[1] for link in page.breadcrumbs]
        assert [len(code) for code in codes] == [6, 9, 12]
        assert codes == [page.grid_id[:6], page.grid_id[:9], page.grid_id[:12]]
        assert [link.label for link in page.breadcrumbs] == [source.names.area(code).label for code in codes]
    for area in of(made, AreaPage).values():
        codes = [link.path.split("/")[1] for link in area.breadcrumbs]
        assert codes == [area.area_id[:length] for length in (6, 9) if length < len(area.area_id)]
        assert [tree.parent[code] for code in [*codes, area.area_id]] == ["", *codes]


def test_the_page_of_records_lies_below_its_grid(made: Mapping[str, object]) -> None:
    grids = of(made, GridPage)
    for path, page in of(made, RecordsPage).items():
        grid = grids[path.removesuffix("records/")]
        assert page.breadcrumbs == (*grid.breadcrumbs, (grid.name, grid.head.path))


def test_the_way_back_to_the_root_is_as_long_as_the_path(made: Mapping[str, object]) -> None:
    assert {(context.head.path.count("/"), context.head.root) for context in made.values()} == {  # type: ignore[attr-defined]
        (depth, "../" * depth) for depth in range(4)
    }


def test_a_table_of_contents_names_the_blocks_that_are_there(made: Mapping[str, object]) -> None:
    for page in of(made, GridPage).values():
        assert [link.path for link in page.head.contents] == ["#duty", "#case", "#assessment", "#downloads"]


# ── side by side ─────────────────────────────────────────────────────────────────────────────────


def expected_order(order: str, rows: tuple[ChildRow, ...]) -> list[str]:
    def share(ratio: Ratio) -> tuple[bool, float]:
        return (ratio.denominator == 0, ratio.numerator / max(ratio.denominator, 1))

    keys = {
        "": lambda row: row.code,
        "by-overdue": lambda row: (-(row.duty.overdue + row.case.overdue), row.code),
        "by-duty": lambda row: (share(row.duty.fulfilment), row.code),
        "by-case": lambda row: (share(row.case.on_time), row.code),
    }
    return [row.code for row in sorted(rows, key=keys[order])]


def test_children_are_in_the_order_that_the_address_names(made: Mapping[str, object]) -> None:
    seen = Counter[str]()
    for path, page in of(made, AreaPage).items():
        order = path.split("/")[2]
        seen[order] += 1
        assert [row.code for row in page.children] == expected_order(order, page.children)
        assert [link.path for link in page.orders] == [
            "" if other == order else f"area/{page.area_id}/{other}/" if other else f"area/{page.area_id}/"
            for other in ("", "by-overdue", "by-duty", "by-case")
        ]

    assert seen == dict.fromkeys(("", "by-overdue", "by-duty", "by-case"), 7)


def test_units_without_a_figure_come_last_in_an_order_by_share(made: Mapping[str, object]) -> None:
    for path, page in of(made, AreaPage).items():
        if path.endswith(("by-duty/", "by-case/")):
            ratios = [row.duty.fulfilment if path.endswith("by-duty/") else row.case.on_time for row in page.children]
            is_without = [ratio.denominator == 0 for ratio in ratios]
            assert is_without == sorted(is_without)


def test_an_order_changes_the_order_only(made: Mapping[str, object]) -> None:
    found = of(made, AreaPage)
    for path, page in found.items():
        assert set(page.children) == set(found[f"area/{page.area_id}/"].children), path


def test_an_area_counts_the_grids_and_households_of_its_children(source: Sources, made: Mapping[str, object]) -> None:
    households = source.tables["grid"].set_index("grid_id")["household_count"]
    for page in of(made, AreaPage).values():
        mine = [grid for grid in households.index if grid.startswith(page.area_id)]
        assert (page.grid_count, page.household_count) == (len(mine), households[mine].sum())
        assert page.children_are_grids == (len(page.area_id) == 12)


# ── long lists ───────────────────────────────────────────────────────────────────────────────────


def test_a_page_lists_the_first_20_and_links_to_the_rest_when_there_are_more(made: Mapping[str, object]) -> None:
    both = Counter[bool]()
    for path, page in of(made, GridPage).items():
        assert page.duty is not None
        assert page.case is not None
        has_more = max(page.duty.row_count, page.case.row_count) > NEWEST == 20
        both[has_more] += 1
        assert {page.duty.more, page.case.more} == {f"{path}records/" if has_more else ""}
        assert (f"{path}records/" in made) == has_more
        assert len(page.duty.rows) == min(NEWEST, page.duty.row_count)
        assert len(page.case.rows) == min(NEWEST, page.case.row_count)
        if has_more:
            records = made[f"{path}records/"]
            assert isinstance(records, RecordsPage)
            assert records.duties is not None
            assert records.cases is not None
            assert (len(records.duties), len(records.cases)) == (page.duty.row_count, page.case.row_count)
            assert (records.duties[:NEWEST], records.cases[:NEWEST]) == (page.duty.rows, page.case.rows)

    assert both[True] >= 3


def test_the_21st_record_is_the_first_that_needs_a_page_of_its_own(tmp_path: Path) -> None:
    grids = [GRIDS[0]] * NEWEST + [GRIDS[1]] * (NEWEST + 1)
    rows = [f"C{number:06d},{grid},A01,网格巡查,2026-10-10,,办理中,否" for number, grid in enumerate(grids)]
    case = packages.csv("case_id,grid_id,category_id,channel,received_date,resolved_date,stage,is_void", rows)
    folder = packages.write_package(tmp_path / "package", {**BRANCH_TABLES, "case": case})
    tables, _, _ = packages.checked(folder, errors=None)
    paths = [context.head.path for _, context in pages.generated(sources_of(tables))]

    assert [path for path in paths if path.startswith("grid/")] == [
        f"grid/{GRIDS[0]}/", f"grid/{GRIDS[1]}/", f"grid/{GRIDS[1]}/records/",
    ]  # fmt: skip


def test_cases_are_listed_newest_first(made: Mapping[str, object]) -> None:
    for page in of(made, RecordsPage).values():
        assert page.cases is not None
        dates = [row.received_date for row in page.cases]
        assert dates == sorted(dates, reverse=True)


# ── what is overdue ──────────────────────────────────────────────────────────────────────────────


def days(items: tuple[LateItem, ...]) -> list[int]:
    return [item.days for item in items]


def test_what_is_overdue_on_a_page_is_what_its_tallies_count(made: Mapping[str, object]) -> None:
    for page in with_late(made):
        overdue = sum(block.tally.overdue for block in (page.duty, page.case) if block)
        assert page.late_count == overdue
        assert len(page.late) <= min(NEWEST_LATE, overdue)
    for area in of(made, AreaPage).values():
        for row in area.children:
            assert row.overdue_count == row.duty.overdue + row.case.overdue


def test_the_longest_overdue_comes_first_whatever_it_is(source: Sources, made: Mapping[str, object]) -> None:
    for page in with_late(made):
        unit = page.head.path
        mine = [
            item
            for item in (*source.late_duties, *source.late_cases)
            if unit in (item.place.path, item.branch and item.branch.path)
        ]
        assert days(page.late) == sorted((item.days for item in mine), reverse=True)[:NEWEST_LATE]


def test_the_home_page_and_the_overdue_page_say_the_same(source: Sources, made: Mapping[str, object]) -> None:
    home, overdue = only(made, HomePage), only(made, OverduePage)
    assert source.facts.duty is not None
    assert source.facts.case is not None
    rows = source.facts.duty.rows
    top = source.facts.ancestry.tops[0]

    assert home.late_count == overdue.duty_count + overdue.case_count
    assert overdue.duty_count == int((rows["status"] == "overdue").sum())
    assert overdue.case_count == source.facts.case.units["area"][top].tally.overdue
    assert [(group.area, group.duty_count, group.case_count) for group in overdue.groups] == [
        (row.link, row.duty.overdue, row.case.overdue) for row in home.areas
    ]
    assert days(overdue.duties) == sorted(days(overdue.duties), reverse=True)
    assert days(overdue.cases) == sorted(days(overdue.cases), reverse=True)
    assert days(home.late) == sorted([*days(overdue.duties), *days(overdue.cases)], reverse=True)[:5]


def test_the_key_figures_are_those_of_the_district(source: Sources, made: Mapping[str, object]) -> None:
    assert source.facts.duty is not None
    assert source.facts.case is not None
    top = source.facts.ancestry.tops[0]
    duty, case = source.facts.duty.units["area"][top].tally, source.facts.case.units["area"][top].tally

    assert {item.definition: item.ratio for item in only(made, HomePage).figures} == {
        "duty-fulfilment": duty.fulfilment, "period": Ratio(case.received, -1), "response-rate": case.response,
        "on-time-rate": case.on_time, "satisfaction-rate": case.satisfaction,
    }  # fmt: skip
    assert only(made, HomePage).grid_count == packages.PLAN.grids


# ── who is responsible ───────────────────────────────────────────────────────────────────────────

PARTNERS = [
    ("takes part since 2020", [("B00000003", "共建", "2020-01-01", "")], ["B00000003"]),
    ("took part until yesterday", [("B00000003", "共建", "2020-01-01", "2026-10-30")], []),
    ("takes part until today", [("B00000003", "共建", "2020-01-01", "2026-10-31")], ["B00000003"]),
    ("will take part from tomorrow", [("B00000003", "共建", "2026-11-01", "")], []),
    ("was responsible, now takes part", [("B00000001", "共建", "2026-05-01", "")], ["B00000001"]),
    ("took part, now is responsible", [("B00000002", "共建", "2020-01-01", "2026-04-30")], []),
]


@pytest.mark.parametrize(("_rule", "terms", "partners"), PARTNERS, ids=[item[0] for item in PARTNERS])
def test_partners_are_the_branches_that_take_part_today(
    _rule: str, terms: list[tuple[str, ...]], partners: list[str], tmp_path: Path
) -> None:
    rows = [("B00000001", "主责", "2020-01-01", "2026-04-30"), ("B00000002", "主责", "2026-05-01", ""), *terms]
    table = packages.csv(
        "branch_id,grid_id,role,from_date,to_date",
        [f"{b},{GRIDS[0]},{role},{start},{end}" for b, role, start, end in rows],
    )
    tables, _, _ = packages.checked(
        packages.write_package(tmp_path / "package", {**BRANCH_TABLES, "branch_grid": table}), errors=None
    )
    page = next(c for _, c in pages.generated(sources_of(tables)) if isinstance(c, GridPage) and c.grid_id == GRIDS[0])

    assert page.branch is not None
    assert page.branch.path == "branch/B00000002/"
    assert [link.path for link in page.partners] == [f"branch/{branch}/" for branch in partners]
