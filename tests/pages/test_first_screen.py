"""What a page says before its blocks: sentences whose numbers lead to their rows, whom to call, and the neighbours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from builder.model import Block, Count, Figure, PageContext, Status, Unit
from builder.pages.area import AreaPage
from builder.pages.branch import BranchPage
from builder.pages.grid import GridPage
from builder.pages.home import HomePage
from builder.pages.overdue_list import OverdueListPage
from builder.subjects.disclosure.block import DisclosureBlock
from builder.subjects.sentence import Rows
from builder.subjects.shown import Shown
from tests.pages.made import Made, of, only

# where the template of a block lists the rows of a status, by the field of the block
LISTS = {"on-time": "on_time", "late": "done_late", "overdue": "overdue"}
SUBJECTS = {
    "duty-punctuality": "duty", "on-time-rate": "case", "disclosure-timeliness": "disclosure",
    "feedback-reply-rate": "feedback", "project-finished": "project",
}  # fmt: skip
ADD_UP = {"duty-punctuality", "disclosure-timeliness", "feedback-reply-rate", "project-finished"}


def units(made: Made) -> Iterator[GridPage | BranchPage | AreaPage]:
    yield from of(made, GridPage).values()
    yield from of(made, BranchPage).values()
    yield from of(made, AreaPage).values()


def row_count(block: Block, status: str) -> int:
    """Return how many rows of a status a block lists, or leads to."""
    if isinstance(block, DisclosureBlock):
        tally = block.tally
        return {"on-time": tally.on_time, "late": tally.late, "overdue": block.missing.total}[status]
    found = getattr(block, LISTS[status], None)
    shown = found if isinstance(found, Shown) else getattr(block, status)
    assert isinstance(shown, Shown)
    return shown.total


def where(made: Made, page: PageContext, figure: Figure, count: Count) -> str:
    """Return where a number leads to, after counting the rows there."""
    path, _, anchor = count.path.partition("#")
    if path:
        target = made.pages[path]
        if isinstance(target, OverdueListPage):
            title = made.source.edition.title(SUBJECTS[figure.definition])
            listed = {item.label: item.count for item in target.totals}
            assert listed[title] >= count.number, (page.head.path, count)
        return "elsewhere"
    blocks = {block.anchor: block for block in getattr(page, "blocks", ())}
    subject, _, status = anchor.partition("-")
    if status:
        assert row_count(blocks[subject], status) == count.number, (page.head.path, count)
        return "rows"
    assert subject in blocks
    return "block"


def test_every_number_of_the_first_screen_leads_to_as_many_rows_as_it_says(made: Made) -> None:
    seen: Counter[str] = Counter()
    for page in units(made):
        for figure, count in ((item, count) for item in page.figures for count in item.counts):
            assert bool(count.path) == bool(count.number), (page.head.path, count)
            seen[where(made, page, figure, count) if count.path else "none"] += 1
    home = only(made, HomePage)
    for figure, count in ((item, count) for item in home.figures for count in item.counts):
        assert where(made, home, figure, count) == "elsewhere"

    assert seen["rows"] > 200
    assert set(seen) <= {"rows", "block", "elsewhere", "none"}


def test_a_sentence_says_first_what_was_on_time_and_its_parts_add_up_to_the_whole(made: Made) -> None:
    seen: Counter[str] = Counter()
    for page in units(made):
        for figure in page.figures:
            if figure.definition in ADD_UP and figure.counts:
                whole, *parts = figure.counts
                seen[figure.definition] += 1
                assert sum(part.number for part in parts) == whole.number, page.head.path
                assert [part.is_late for part in parts] == sorted(part.is_late for part in parts)
                assert parts[0].ratio in (None, figure.ratio)
                assert parts[0].ratio in (None, (parts[0].number, whole.number))

    assert set(seen) == ADD_UP


def test_what_stands_beside_a_rate_is_what_the_page_of_that_area_says(made: Made) -> None:
    areas = of(made, AreaPage)
    seen: Counter[tuple[str, int]] = Counter()
    for page in units(made):
        for figure in page.figures:
            for other in figure.beside:
                path, _, anchor = other.area.path.partition("#")
                its = areas[path]
                assert (its.name, anchor in {block.anchor for block in its.blocks}) == (other.area.label, True)
                same = {(item.definition, item.period): item.ratio for item in its.figures}
                assert other.ratio == same[figure.definition, figure.period]
            seen[page.head.path.split("/")[0], len(figure.beside)] += 1

    assert seen["grid", 2] > 20
    assert seen["branch", 1] > 20
    assert seen["area", 2] >= 4
    assert seen["area", 1] >= 2
    assert ("grid", 1) not in seen


def test_of_a_small_number_no_address_is_promised_that_lists_another_number() -> None:
    at = Rows("duty", "#duty", {Status.LATE: 3, Status.OVERDUE: 2}, late="overdue/1/")

    assert at.of(3, Status.LATE) == "#duty-late"
    assert at.of(2, Status.OVERDUE) == "#duty-overdue"
    assert at.of(4, Status.LATE) == "#duty"
    assert at.of(1, Status.OVERDUE) == "overdue/1/"


def test_a_grid_is_laid_beside_its_siblings_below_the_area_that_they_lie_in(made: Made) -> None:
    seen: Counter[bool] = Counter()
    for page in of(made, GridPage).values():
        area = page.breadcrumbs[-1].path.split("/")[1]
        siblings = made.source.edition.tree.grids[area]
        if page.neighbours is None:
            assert len(siblings) == 1
            continue
        rows, parent = page.neighbours.rows, page.neighbours.parent
        assert tuple(item.row.code for item in rows) == siblings
        assert [item.row.code for item in rows if item.is_own] == [page.grid_id]
        assert parent.link == page.breadcrumbs[-1]
        assert parent.overdue_count == sum(item.row.overdue_count for item in rows) == made.overdue(Unit("area", area))
        assert len(page.neighbours.table.columns) == 1 + len(parent.cells) == 4
        assert page.neighbours.is_folded == (len(rows) > 6)
        seen[page.neighbours.is_folded] += 1

    assert seen[True]
    assert seen[False]


def test_of_what_is_told_by_quarter_the_home_page_says_which_quarter(made: Made) -> None:
    (rated,) = (item for item in (*only(made, HomePage).figures, *only(made, HomePage).more)
                if item.definition == "satisfaction-rate")  # fmt: skip

    assert rated.period == max(name for name in made.case.closed if "-" in name)


def test_the_totals_of_the_home_page_are_reached_by_adding_what_it_shows(made: Made) -> None:
    home = only(made, HomePage)

    assert sum(row.overdue_count for row in home.areas) + home.shared_count == home.late.count


def test_a_telephone_says_whose_it_is_and_when_it_is_answered_if_the_roster_says_so(made: Made) -> None:
    rows, answered = made.source.units["grid"], 0
    for page in of(made, GridPage).values():
        row, first, second = rows[page.grid_id], page.report.first, page.report.supervision
        assert first is not None
        assert second is not None
        assert (first.post, first.name, first.phone) == ("网格员", row["worker"], row["work_phone"])
        assert (second.post, second.phone) == ("监督电话", row["supervision_phone"])
        for shift in first.on_duty:
            assert (shift.phone, shift.start[:10]) == (first.phone, "2026-10-31")
            answered += 1
    assert answered > 10
    report = only(made, HomePage).report
    assert report.first is None
    assert report.supervision is not None


def test_what_happens_to_a_report_is_what_the_categories_of_cases_say(made: Made) -> None:
    pledges = only(made, HomePage).report.pledges
    table = made.source.edition.package.resources["case_category"]
    assert table is not None
    by_name = {item.name: item for item in pledges}

    assert by_name["路灯照明"].respond == "1 × 工作日"
    assert by_name["路灯照明"].resolve == "5 × 工作日"
    assert by_name["路灯照明"].published == "逐件公开"
    assert len(pledges) == len(made.case.limits)
