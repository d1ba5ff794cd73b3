"""What is overdue is counted and listed alike on every page, the longest first, and none of it is lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from builder import pages
from builder.model import Late, LateItem, Link, Unit
from builder.pages.area import AreaPage
from builder.pages.branch import BranchPage
from builder.pages.grid import GridPage
from builder.pages.home import HomePage
from builder.pages.late import FIRST, with_deadlines
from builder.pages.overdue import SHARED, OverduePage
from builder.pages.overdue_list import OverdueListPage
from builder.subjects.disclosure.measure import since
from tests import packages
from tests.packages import BRANCH_TABLES, GRIDS
from tests.pages.made import Made, of, only, overdue
from tests.pages.made import made as made_of
from tests.sharing import by_day


def with_late(made: Made) -> list[GridPage | BranchPage]:
    return [*of(made, GridPage).values(), *of(made, BranchPage).values()]


def test_a_period_is_written_for_people_and_not_for_programs() -> None:
    days = {"period_start_date": ["2025-07-01", None], "period_end_date": ["2025-12-31", None],
            "formed_date": [None, "2025-01-06"]}  # fmt: skip
    frame = pd.DataFrame({name: pd.to_datetime(pd.Series(cells)) for name, cells in days.items()})

    assert since(frame) == ["2025-07-01 – 2025-12-31", "2025-01-06"]


def test_a_table_of_branches_says_so(made: Made) -> None:
    page, title = only(made, OverduePage), made.source.edition.title

    assert page.branches
    assert (page.table.columns[0].title, page.branch_table.columns[0].title) == (title("area"), title("branch"))
    assert page.table.columns[1:] == page.branch_table.columns[1:]


def days(items: Sequence[Late | LateItem]) -> list[int]:
    return [item.days for item in items]


def test_what_is_overdue_on_a_page_is_what_its_tallies_count(made: Made) -> None:
    for page in with_late(made):
        count = overdue(page)
        assert page.late.count == count
        assert len(page.late.items) <= min(FIRST, count)
        assert bool(page.late.more) == (len(page.late.items) < count)
    for area in of(made, AreaPage).values():
        assert sum(item.count for item in area.late) == overdue(area)
        for row in area.children:
            unit = Unit("area" if row.link.path.startswith("area/") else "grid", row.code)
            assert row.overdue_count == made.overdue(unit)


def test_the_longest_overdue_comes_first_whatever_it_is(made: Made) -> None:
    for page in with_late(made):
        level, code, _ = page.head.path.split("/")
        mine = [item.days for item in made.late if code == (item.grid if level == "grid" else item.branch)]
        assert days(page.late.items) == sorted(mine, reverse=True)[:FIRST]


def test_the_home_page_and_the_overdue_page_say_the_same(made: Made) -> None:
    home, page = only(made, HomePage), only(made, OverduePage)
    top = Unit("area", made.source.edition.tree.tops[0])
    *areas, shared = page.groups
    subjects = with_deadlines(made.source)
    listed = {subject.name: [item for item in made.late if item.subject == subject.name] for subject in subjects}

    assert made.case.of(top).tally.overdue == len(listed["case"])
    assert home.late.count == sum(item.count for item in page.totals) == len(made.late)
    assert [item.count for item in page.totals] == [len(items) for items in listed.values()]
    assert [item.count for item in page.totals] == [
        sum(group.counts[place].count for group in page.groups) for place in range(len(subjects))
    ]
    assert [(group.link.label, sum(item.count for item in group.counts)) for group in areas] == [
        (row.link.label, made.overdue(Unit("area", row.code))) for row in home.areas
    ]
    assert [item.count for item in shared.counts] == [
        sum(1 for item in items if not item.grid) for items in listed.values()
    ]
    assert home.shared_count == sum(item.count for item in shared.counts)
    assert days(home.late.items) == sorted(days(made.late), reverse=True)[:5]
    assert home.late.more == page.head.path


@pytest.mark.parametrize("as_of", by_day([date(2027, 12, 31), date(2026, 9, 1), date(2031, 1, 1)], 3))
def test_every_tile_total_and_list_counts_the_same_matters_however_late_it_is(
    as_of: date, tmp_path_factory: pytest.TempPathFactory
) -> None:
    found = packages.checked(packages.demo_package(tmp_path_factory.getbasetemp()), as_of, errors=None)
    late = made_of(packages.sources(found))
    home = only(late, HomePage)
    tiles = sum(row.overdue_count for row in home.areas) + home.shared_count
    cases = sum(late.case.of(Unit("area", top)).tally.overdue for top in late.source.edition.tree.tops)
    others = [item for item in late.late if item.subject != "case"]

    assert cases
    assert len(others) + cases == tiles == home.late.count
    assert home.late.count == sum(item.count for item in only(late, OverduePage).totals)


def test_every_group_has_a_page_that_lists_all_of_it(made: Made) -> None:
    lists, page = of(made, OverdueListPage), only(made, OverduePage)
    assert [group.link.path for group in (*page.groups, *page.branches)] == list(lists)
    for group in page.groups:
        found = lists[group.link.path]
        assert found.totals == group.counts
        assert found.count == sum(item.count for item in found.groups) == sum(item.count for item in found.totals)
        for item in found.groups:
            assert item.count == sum(len(part.items) for part in item.parts)
    for way in (page.groups, page.branches):
        rows = [row for group in way for row in listed(lists[group.link.path])]
        assert Counter(rows) == Counter(
            (item.title, item.grid or "", item.branch, item.limit_date, item.days, item.reason, item.expected_date)
            for item in made.late
        )


def listed(page: OverdueListPage) -> list[tuple[object, ...]]:
    """Return the rows of a page with the grid of the part that they stand in."""
    found: list[tuple[object, ...]] = []
    for part in (part for group in page.groups for part in group.parts):
        assert days(part.items) == sorted(days(part.items), reverse=True)
        level, code = part.link.path.split("/")[:2]
        found += [
            (
                item.title, code if level == "grid" else "", item.branch.path.split("/")[1] if item.branch else "",
                item.limit_date, item.days, item.reason, item.expected_date,
            )
            for item in part.items
        ]  # fmt: skip
    return found


def test_what_stands_under_a_branch_or_in_a_community_is_its_own(made: Made) -> None:
    for path, page in of(made, OverdueListPage).items():
        for group in page.groups:
            if group.link is None:
                continue
            assert group.anchor == "-".join(group.link.path.split("/")[:2])
            for part in group.parts:
                if group.anchor.startswith("area-"):
                    assert part.link.path.startswith(f"grid/{group.anchor.removeprefix('area-')}"), path
                else:
                    assert {item.branch for item in part.items} == {group.link}


def test_what_a_branch_carries_as_a_whole_is_on_a_page_of_its_own(made: Made) -> None:
    page = made.pages[f"overdue/{SHARED}/"]
    assert isinstance(page, OverdueListPage)
    rows = [item for group in page.groups for part in group.parts for item in part.items]
    assert {item.place.path.split("/")[0] for item in rows} == {"branch"}
    assert len(rows) == only(made, HomePage).shared_count
    counted = Counter(item.what for item in rows)
    assert set(counted) == {"duty", "disclosure"}
    words = [subject.deadlines.word for subject in with_deadlines(made.source) if subject.deadlines]
    assert [item.count for item in page.totals] == [counted[word] for word in words]


def test_more_of_what_is_overdue_leads_to_the_rows_of_that_very_place(made: Made) -> None:
    anchors = {
        f"{path}#{anchor}"
        for path, page in of(made, OverdueListPage).items()
        for group in page.groups
        for anchor in (group.anchor, *(part.anchor for part in group.parts))
    }
    for page in with_late(made):
        assert page.late.more in anchors | {"", "overdue/"}
        level, code, _ = page.head.path.split("/")
        if page.late.more.startswith("overdue/") and page.late.items:
            assert page.late.more.endswith(f"#{level}-{code}")


def test_a_page_says_where_all_that_is_overdue_stands(made: Made) -> None:
    listed = of(made, OverdueListPage)
    for page in of(made, GridPage).values():
        assert page.late.more.partition("#")[0] in ("", f"overdue/{page.grid_id[:9]}/")
    for area in of(made, AreaPage).values():
        assert area.late_path == ("overdue/" if len(area.area_id) == 6 else f"overdue/{area.area_id[:9]}/")
        assert area.late_path == "overdue/" or area.late_path in listed


def test_a_package_in_which_nothing_can_be_overdue_has_no_page_of_it(tmp_path: Path) -> None:
    rows = [f"C000001,{GRIDS[0]},A01,网格巡查,2026-10-10,,办理中,否"]
    case = packages.csv("case_id,grid_id,category_id,channel,received_date,resolved_date,stage,is_void", rows)
    kinds = BRANCH_TABLES["case_category"].replace(",resolve_limit_days", "").replace("逐件公开,,,", "逐件公开,,")
    folder = packages.write_package(tmp_path / "package", {**BRANCH_TABLES, "case_category": kinds, "case": case})
    source = packages.sources(packages.checked(folder, errors=None))
    contexts = [pages.made(source, key).context for key in pages.plan(source)]

    assert [item.head.path for item in contexts if item.head.path.startswith("overdue")] == []
    (home,) = [item for item in contexts if isinstance(item, HomePage)]
    assert (home.late.items, home.late.count, home.late.more) == ((), 0, "")
    assert [link.path for link in home.head.contents if "overdue" in link.path] == []
    areas = [item for item in contexts if isinstance(item, AreaPage)]
    assert areas
    assert [column.title for area in areas for column in area.table.columns if column.title == "Overdue"] == []
    assert [item.head.path for item in contexts if "/by-overdue" in item.head.path] == []


@pytest.mark.parametrize(("received", "count"), [("2026-10-20", 0), ("2026-10-01", 1)])
def test_a_package_with_a_limit_has_the_page_even_while_nothing_is_overdue(
    received: str, count: int, tmp_path: Path
) -> None:
    limits = BRANCH_TABLES["case_category"].replace("逐件公开,,,", "逐件公开,,20,")
    rows = [
        f"C000001,{GRIDS[0]},A01,网格巡查,{received},,办理中,否",
        f"C000002,{GRIDS[0]},A01,网格巡查,2026-09-01,2026-09-02,已办结,否",
    ]
    case = packages.csv("case_id,grid_id,category_id,channel,received_date,resolved_date,stage,is_void", rows)
    folder = packages.write_package(tmp_path / "package", {**BRANCH_TABLES, "case_category": limits, "case": case})
    source = packages.sources(packages.checked(folder, errors=None))
    page = pages.made(source, pages.PageKey("overdue", ())).context

    assert isinstance(page, OverduePage)
    assert [item.count for item in page.totals] == [count]
    assert [(group.link, [item.count for item in group.counts]) for group in page.groups] == [
        (Link("东街道", "overdue/990001001/"), [count])
    ]
