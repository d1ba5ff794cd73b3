"""A sheet of paper holds what fits, and says how much it left out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from builder.model import Figure, Ratio
from builder.pages.area import AreaPage
from builder.pages.grid import GridPage
from builder.pages.printed import PrintPage
from builder.pages.sheet import Sheet, clipped, fitted, width
from tests.pages.made import Made, of
from tests.site.sample_blocks import late_items
from tests.site.samples import SHEET

LATE = late_items()[0]


def full(late: int, figures: int = 3, unlisted: int = 0) -> Sheet:
    """Return a sheet before it is fitted, with so much overdue."""
    return replace(
        SHEET, late=(LATE,) * late, late_count=late + unlisted, late_left=unlisted, figures_left=0,
        figures=(Figure("责任", "duty-fulfilment", Ratio(46, 48), unit="项", note="已完成,占到期的"),) * figures,
    )  # fmt: skip


@pytest.mark.parametrize("late", [0, 1, 5, 12, 13, 400])
@pytest.mark.parametrize("unlisted", [0, 3])
@pytest.mark.parametrize("figures", [0, 6, 60])
def test_what_is_shown_and_what_is_left_out_add_up(late: int, unlisted: int, figures: int) -> None:
    found = fitted(full(late, figures, unlisted), True)

    assert len(found.late) + found.late_left == found.late_count == late + unlisted
    assert len(found.figures) + found.figures_left == figures
    assert found.late_left >= unlisted


def test_what_fits_is_shown_whole_and_the_first_of_what_does_not() -> None:
    assert fitted(full(5), True).late_left == 0
    assert fitted(full(40), True).late_left > 0
    assert len(fitted(full(40, 60), True).late) >= 3, "figures leave room"
    assert len(fitted(full(40), False).late) > len(fitted(full(40), True).late), "without the notice there is more room"


def test_a_last_row_takes_the_line_that_would_say_how_much_is_left() -> None:
    shown = len(fitted(full(400), True).late)

    assert len(fitted(full(shown + 1), True).late) in (shown, shown + 1)
    assert fitted(full(shown), True).late_left == 0


@pytest.mark.parametrize(("text", "most", "expected"), [
    ("柴米第一网格", 6, "柴米第一网格"),
    ("柴米第一网格", 5, "柴米第一…"),
    ("0517-83901234", 60, "0517-83901234"),
    ("", 1, ""),
    ("North Hollywood", 5, "North…"),
])  # fmt: skip
def test_a_text_that_is_too_long_says_so(text: str, most: float, expected: str) -> None:
    assert clipped(text, most) == expected
    assert width(clipped(text, most)) <= most


def test_every_grid_has_a_sheet_and_a_street_has_those_of_its_grids(made: Made) -> None:
    on_pages = {path: page.sheet for path, page in of(made, GridPage).items()}
    together = [sheet for page in of(made, PrintPage).values() for group in page.groups for sheet in group.sheets]

    assert len(on_pages) == 30
    assert {sheet.path: sheet for sheet in together} == on_pages
    assert len(together) == len(on_pages)
    for page in of(made, PrintPage).values():
        assert page.groups[0].first == 1
        assert page.sheet_count == page.groups[-1].last == sum(len(group.sheets) for group in page.groups)


def test_a_sheet_counts_as_overdue_what_its_page_does(made: Made) -> None:
    for page in of(made, GridPage).values():
        assert page.sheet.late_count == page.late.count == len(page.sheet.late) + page.sheet.late_left
        assert [item.limit_date for item in page.sheet.late] == sorted(item.limit_date for item in page.sheet.late)


def test_an_area_leads_to_the_sheets_of_its_grids(made: Made) -> None:
    pages = of(made, PrintPage)
    areas = {path: area for path, area in of(made, AreaPage).items() if "/by-" not in path}
    for area in areas.values():
        if area.printable is None:
            continue
        page, _, anchor = area.printable.path.partition("#")
        groups = {group.anchor: group for group in pages[page].groups}
        assert area.printable.last - area.printable.first + 1 == area.grid_count
        assert not anchor or groups[anchor].first == area.printable.first
        assert area.printable.is_whole == (pages[page].sheet_count == area.grid_count)
    above = [path for path, area in areas.items() if area.printable is None]
    assert above == ["area/990001/"]
