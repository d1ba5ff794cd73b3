"""Contexts hold what the pages say, counted and in order, before any template sees them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from builder import pages
from builder.model import Entry, Ratio, Unit
from builder.pages.area import AreaPage
from builder.pages.branch import BranchPage
from builder.pages.children import ChildRow
from builder.pages.grid import GridPage
from builder.pages.home import HomePage
from builder.pages.records import OPEN, RecordsIndexPage, RecordsPage
from builder.subjects.case.block import CaseBlock, CaseRecords
from builder.subjects.case.facts import CaseRow
from builder.subjects.duty.block import DutyBlock, DutyGroup, DutyRecords
from builder.subjects.edition import NEWEST
from builder.subjects.ledger.measure import LedgerFacts
from builder.subjects.partner.block import PartnerBlock
from builder.subjects.project.block import ProjectBlock
from tests import packages
from tests.packages import BRANCH_TABLES, GRIDS
from tests.pages.made import Made, block, of, only

# ── where a page is ──────────────────────────────────────────────────────────────────────────────


def test_breadcrumbs_lead_from_the_district_down_to_the_parent(made: Made) -> None:
    tree, names = made.source.edition.tree, made.source.edition.names
    for page in of(made, GridPage).values():
        codes = [link.path.split("/")[1] for link in page.breadcrumbs]
        assert [len(code) for code in codes] == [6, 9, 12]
        assert codes == [page.grid_id[:6], page.grid_id[:9], page.grid_id[:12]]
        assert [link.label for link in page.breadcrumbs] == [names.area(code).label for code in codes]
    for area in of(made, AreaPage).values():
        codes = [link.path.split("/")[1] for link in area.breadcrumbs]
        assert codes == [area.area_id[:length] for length in (6, 9) if length < len(area.area_id)]
        assert [tree.parent[code] for code in [*codes, area.area_id]] == ["", *codes]


def test_the_page_of_records_lies_below_its_unit(made: Made) -> None:
    units: dict[str, GridPage | BranchPage] = {**of(made, GridPage), **of(made, BranchPage)}
    for path, index in of(made, RecordsIndexPage).items():
        unit = units[path.removesuffix("records/")]
        assert index.breadcrumbs == (*unit.breadcrumbs, (unit.name, unit.head.path))
    for path, page in of(made, RecordsPage).items():
        above, year = path.removesuffix("/").rsplit("/", 1)
        assert page.breadcrumbs[:-1] == of(made, RecordsIndexPage)[f"{above}/"].breadcrumbs
        assert page.breadcrumbs[-1].path == f"{above}/"
        assert page.head.canonical == path
        assert [link.label for link in page.years if not link.path] == [year.replace("undated", "no year")]


def of_years(made: Made, index: str) -> list[RecordsPage]:
    """Return the pages of the years that an index leads to."""
    return [page for path, page in of(made, RecordsPage).items() if path.startswith(index)]


def test_the_index_of_records_counts_what_the_pages_of_its_years_list(made: Made) -> None:
    places = Counter[str]()
    for path, index in of(made, RecordsIndexPage).items():
        pages_of = of_years(made, path)
        rows = [(page.head.path, records.anchor, entry) for page in pages_of for records in page.blocks
                for entry in records.entries()]  # fmt: skip
        assert {page.head.path for page in pages_of} == {
            year.link.path.partition("#")[0] for subject in index.subjects for year in subject.years
        }
        for subject in index.subjects:
            mine = [(where, entry) for where, anchor, entry in rows if anchor == subject.anchor]
            assert subject.count == sum(year.number for year in subject.years) == len(mine)
            assert subject.groups == () or subject.count == sum(group.number for group in subject.groups)
            for year in subject.years:
                there = [entry for where, entry in mine if where == year.link.path.partition("#")[0]]
                assert year.number == len(there)
                assert dict(year.statuses) == Counter(entry.status for entry in there if entry.status is not None)
            for group in subject.groups:
                assert group.number == sum(year.number for year in group.years)
                for year in group.years:
                    where, _, anchor = year.link.path.partition("#")
                    assert anchor == group.anchor
                    assert year.number == mine_of(mine, where, anchor)
                places[subject.anchor] += 1
    assert set(places) == {"duty", "case"}


def mine_of(rows: list[tuple[str, Entry]], where: str, anchor: str) -> int:
    return sum(1 for path, entry in rows if (path, entry.anchor) == (where, anchor))


def test_a_page_of_many_records_is_folded_and_one_of_few_is_open(made: Made) -> None:
    seen = Counter[bool]()
    for page in of(made, RecordsPage).values():
        count = sum(len(records.entries()) for records in page.blocks)
        for records in page.blocks:
            if isinstance(records, DutyRecords | CaseRecords):
                assert records.is_folded == (count > OPEN)
                seen[records.is_folded] += 1
    assert all(seen[is_folded] for is_folded in (True, False))


def test_every_duty_of_a_branch_is_listed_in_its_category_and_each_category_leads_to_its_rows(made: Made) -> None:
    seen = Counter[bool]()
    for path, page in of(made, BranchPage).items():
        for duty in (item for item in page.blocks if isinstance(item, DutyBlock) and item.row_count):
            seen[bool(duty.more)] += 1
            counts = {row.name: row.tally.due + row.tally.upcoming for row in duty.categories}
            if not duty.more:
                assert {row.path for row in duty.categories} == {f"{path}#duty-rows"}
                assert Counter(row.duty.category for row in duty.rows) == counts
                continue
            index = made.pages[duty.more]
            assert isinstance(index, RecordsIndexPage)
            (mine,) = [subject for subject in index.subjects if subject.anchor == "duty"]
            assert {group.name: group.number for group in mine.groups} == counts
            assert [row.path for row in duty.categories] == [f"{duty.more}#{group.anchor}" for group in mine.groups]
            groups = [group for page in of_years(made, duty.more) for group in duties_of(page)]
            assert all(row.duty.category == group.name for group in groups for row in group.rows)

    assert seen[True] >= 3


def duties_of(page: RecordsPage) -> tuple[DutyGroup, ...]:
    return tuple(group for item in page.blocks if isinstance(item, DutyRecords) for group in item.groups)


def cases_of(page: RecordsPage) -> tuple[CaseRow, ...]:
    return tuple(row for item in page.blocks if isinstance(item, CaseRecords) for row in item.rows)


def test_no_list_is_cut_without_the_way_to_the_rest(made: Made) -> None:
    for page in made.pages.values():
        for item in getattr(page, "blocks", ()):
            if isinstance(item, DutyBlock | ProjectBlock):
                assert len(item.rows) == item.row_count or item.more
                assert len(item.shared) == item.shared_count or item.shared_by
            if isinstance(item, PartnerBlock):
                whole = [(len(item.partners), item.partner_count), *((len(x.rows), x.row_count) for x in item.lists)]
                assert all(shown == count for shown, count in whole) or item.more


def test_the_way_back_to_the_root_is_as_long_as_the_path(made: Made) -> None:
    found = {(context.head.path.count("/"), context.head.root) for context in made.pages.values()}
    assert found == {(depth, "../" * depth) for depth in range(5)}


def test_a_table_of_contents_names_the_blocks_that_are_there(made: Made) -> None:
    for page in of(made, GridPage).values():
        recent, disclosed = (["#recent"], ["#disclosure"]) if page.recent else ([], [])
        others = ["#assessment", "#project", "#ledger", "#partner", "#feedback"]
        assert [link.path for link in page.head.contents] == [
            "#duty", "#roster", "#case", *disclosed, *others, *recent, "#downloads",
        ]  # fmt: skip


# ── side by side ─────────────────────────────────────────────────────────────────────────────────


def unit_of(row: ChildRow) -> Unit:
    return Unit("area" if row.link.path.startswith("area/") else "grid", row.code)


def share(made: Made, row: ChildRow, subject: str) -> Ratio:
    """Return the ratio that a child is put in order by."""
    unit = unit_of(row)
    if subject == "disclosure":
        return made.disclosure.of(unit).tally.timeliness
    return made.duty.of(unit).tally.fulfilment if subject == "duty" else made.case.of(unit).tally.on_time


def expected_order(made: Made, order: str, rows: tuple[ChildRow, ...]) -> list[str]:
    def smallest_first(ratio: Ratio) -> tuple[bool, float]:
        return (ratio.denominator == 0, ratio.numerator / max(ratio.denominator, 1))

    def overdue(row: ChildRow) -> int:
        return made.overdue(unit_of(row))

    keys = {
        "": lambda row: row.code,
        "by-overdue": lambda row: (-overdue(row), row.code),
        "by-duty": lambda row: (smallest_first(share(made, row, "duty")), row.code),
        "by-case": lambda row: (smallest_first(share(made, row, "case")), row.code),
        "by-disclosure": lambda row: (smallest_first(share(made, row, "disclosure")), row.code),
    }
    return [row.code for row in sorted(rows, key=keys[order])]


ORDERS = ("", "by-overdue", "by-duty", "by-case", "by-disclosure")


def test_children_are_in_the_order_that_the_address_names(made: Made) -> None:
    seen = Counter[str]()
    for path, page in of(made, AreaPage).items():
        order = path.split("/")[2]
        seen[order] += 1
        assert [row.code for row in page.children] == expected_order(made, order, page.children)
        shares_branches = page.children[0].link.path.startswith("grid/")
        assert [link.path for link in page.orders] == [
            "" if other == order else f"area/{page.area_id}/{other}/" if other else f"area/{page.area_id}/"
            for other in (ORDERS[:-1] if shares_branches else ORDERS)
        ]

    assert seen == {**dict.fromkeys(ORDERS, 7), "by-disclosure": 3}


def test_units_without_a_figure_come_last_in_an_order_by_share(made: Made) -> None:
    for path, page in of(made, AreaPage).items():
        if path.endswith(("by-duty/", "by-case/", "by-disclosure/")):
            subject = path.split("/")[2].removeprefix("by-")
            ratios = [share(made, row, subject) for row in page.children]
            is_without = [ratio.denominator == 0 for ratio in ratios]
            assert is_without == sorted(is_without)


def test_an_order_changes_the_order_only(made: Made) -> None:
    found = of(made, AreaPage)
    for path, page in found.items():
        assert set(page.children) == set(found[f"area/{page.area_id}/"].children), path


def test_an_area_counts_the_grids_and_households_of_its_children(made: Made) -> None:
    households = made.source.tables["grid"].set_index("grid_id")["household_count"]
    for page in of(made, AreaPage).values():
        mine = [grid for grid in households.index if grid.startswith(page.area_id)]
        assert (page.grid_count, page.household_count) == (len(mine), households[mine].sum())
        assert {unit_of(row).level for row in page.children} == {"grid" if len(page.area_id) == 12 else "area"}
        assert page.child_kind == {6: "街道", 9: "社区", 12: "网格"}[len(page.area_id)]


def test_a_child_shows_the_figures_that_it_is_put_in_order_by(made: Made) -> None:
    for page in of(made, AreaPage).values():
        for row in page.children:
            numbers = [cell.ratio or cell.count is not None or cell.overdue is not None for cell in row.cells]
            assert [column.type == "number" for column in page.table.columns[1:]] == list(map(bool, numbers))
            ratios = [cell.ratio for cell in row.cells if cell.ratio is not None]
            tally = made.case.of(unit_of(row)).tally
            assert ratios[:2] == [share(made, row, "duty"), tally.on_time]
            assert [cell.overdue for cell in row.cells if cell.overdue is not None] == [row.overdue_count]


# ── long lists ───────────────────────────────────────────────────────────────────────────────────


def test_a_page_lists_the_first_20_and_links_to_the_rest_when_there_are_more(made: Made) -> None:
    both = Counter[bool]()
    for path, page in of(made, GridPage).items():
        duty, case = block(page.blocks, DutyBlock), block(page.blocks, CaseBlock)
        has_more = max(duty.row_count, case.row_count) > NEWEST == 20
        both[has_more] += 1
        assert {duty.more, case.more} == {f"{path}records/" if has_more else ""}
        assert (f"{path}records/" in made.pages) == has_more
        assert len(duty.rows) == min(NEWEST, duty.row_count)
        assert len(case.rows) == min(NEWEST, case.row_count)
        if has_more:
            years = of_years(made, f"{path}records/")
            duties = [row for page_of in years for group in duties_of(page_of) for row in group.rows]
            cases = tuple(row for page_of in years for row in cases_of(page_of))
            assert (len(duties), len(cases)) == (duty.row_count, case.row_count)
            assert set(duty.rows) <= set(duties)
            assert cases[:NEWEST] == case.rows

    assert both[True] >= 3


def test_the_21st_record_is_the_first_that_needs_a_page_of_its_own(tmp_path: Path) -> None:
    grids = [GRIDS[0]] * NEWEST + [GRIDS[1]] * (NEWEST + 1)
    rows = [f"C{number:06d},{grid},A01,网格巡查,2026-10-10,,办理中,否" for number, grid in enumerate(grids)]
    case = packages.csv("case_id,grid_id,category_id,channel,received_date,resolved_date,stage,is_void", rows)
    folder = packages.write_package(tmp_path / "package", {**BRANCH_TABLES, "case": case})
    source = packages.sources(packages.checked(folder, errors=None))
    paths = [pages.made(source, key).context.head.path for key in pages.plan(source)]

    assert [path for path in paths if path.startswith("grid/")] == [
        f"grid/{GRIDS[0]}/", f"grid/{GRIDS[1]}/", f"grid/{GRIDS[1]}/records/", f"grid/{GRIDS[1]}/records/2026/",
    ]  # fmt: skip


def test_cases_are_listed_newest_first(made: Made) -> None:
    for path, page in of(made, RecordsPage).items():
        dates = [row.received_date for row in cases_of(page)]
        assert dates == sorted(dates, reverse=True)
        assert {day[:4] for day in dates} <= {path.split("/")[3]}


# ── the whole ─────────────────────────────────────────────────────────────────────────────────────


def test_the_key_figures_are_those_of_the_district(made: Made) -> None:
    top = Unit("area", made.source.edition.tree.tops[0])
    duty, case = made.duty.of(top).tally, made.case.of(top).tally
    feedback, partner, ratings = made.feedback.of(top).tally, made.partner.of(top).tally, made.feedback.ratings
    by_quarter = {
        **({"satisfaction-rate": made.case.total.ratings.satisfaction} if made.case.total.ratings else {}),
        **({"feedback-satisfaction": ratings.satisfaction} if ratings else {}),
        **({"feedback-follow-up": ratings.follow_up} if ratings and ratings.followed_up else {}),
    }
    ledger = made.source.parts["ledger"]
    assert isinstance(ledger, LedgerFacts)

    assert {item.definition: item.ratio for item in only(made, HomePage).figures} == {
        "duty-fulfilment": duty.fulfilment, "cases-received": Ratio(case.received, -1), "response-rate": case.response,
        "on-time-rate": case.on_time,
        "partner-needs-matched": partner.matched, "partner-projects-done": partner.projects,
        "feedback-reply-rate": feedback.punctuality, **by_quarter,
        "disclosure-timeliness": made.disclosure.of(top).tally.timeliness,
        "project-finished": made.project.of(top).tally.finished, "project-spent": None,
        "ledger-closed": ledger.total.published,
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
    folder = packages.write_package(tmp_path / "package", {**BRANCH_TABLES, "branch_grid": table})
    source = packages.sources(packages.checked(folder, errors=None))
    page = pages.made(source, pages.PageKey("grid", (GRIDS[0],))).context

    assert isinstance(page, GridPage)
    assert page.branch is not None
    assert page.branch.path == "branch/B00000002/"
    assert [link.path for link in page.partners] == [f"branch/{branch}/" for branch in partners]
