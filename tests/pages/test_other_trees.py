"""Areas of other trees: their figures are sums over grids, their pages name them, and the main tree does not change."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builder import pages
from builder.model import Link, PageContext, Unit
from builder.pages.area import AreaPage
from builder.pages.grid import GridPage
from builder.pages.home import HomePage
from builder.pages.others import OtherTree
from builder.pipeline import Checked
from builder.subjects.case.block import CaseBlock
from builder.subjects.case.tally import COUNTED as CASE
from builder.subjects.duty.tally import COUNTED as DUTY
from builder.subjects.facts import Facts
from builder.subjects.feedback.block import FeedbackBlock
from builder.subjects.feedback.tally import COUNTED as FEEDBACK
from builder.subjects.project.tally import COUNTED as PROJECT
from tests import packages
from tests.pages.made import Made, block, of
from tests.pages.made import made as made_of
from tests.sharing import examples
from tests.two_trees import AREAS, two_trees

SUBJECTS = {"duty": DUTY, "case": CASE, "feedback": FEEDBACK, "project": PROJECT}
ABOVE = {"P11": ("P1", "P11"), "P12": ("P1", "P12")}


@dataclass(frozen=True)
class Two:
    """A package with other trees. `placed`: grid_id → its areas there, as they stand in the table."""

    folder: Path
    checked: Checked
    placed: Mapping[str, tuple[str, ...]]
    made: Made


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Two:
    folder = tmp_path_factory.mktemp("two") / "package"
    placed = two_trees(packages.demo_package(tmp_path_factory.getbasetemp()), folder, seed=5)
    checked = packages.checked(folder)
    return Two(folder, checked, placed, made_of(packages.sources(checked)))


def members(placed: Mapping[str, tuple[str, ...]], parent: Mapping[str, str], area: str) -> set[str]:
    """Return the grids that lie in an area or below it."""

    def lies(at: str) -> bool:
        return at == area or (at in parent and parent[at] != "" and lies(parent[at]))

    return {grid for grid, areas in placed.items() if any(lies(at) for at in areas)}


def rows(folder: Path, name: str) -> Iterator[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


# ── sums ─────────────────────────────────────────────────────────────────────────────────────────


def tally(facts: Facts, subject: str, unit: Unit) -> Mapping[str, int]:
    part: Any = facts.parts[subject]
    return {name: getattr(part.of(unit).tally, name) for name in SUBJECTS[subject]}


def by_hand(folder: Path, grids: set[str], as_of: date) -> dict[str, int]:
    """Count a few things of some grids row by row, from the files, by nothing but their definitions."""
    start, end = date(as_of.year - 1, as_of.month + 1, 1).isoformat(), as_of.isoformat()
    found: Counter[str] = Counter()
    for row in rows(folder, "duty"):
        due, done = row["due_date"], row["done_date"]
        if row["grid_id"] in grids and (due >= start or not done):
            status = "late" if done > due else "on_time" if done and due <= end else "overdue" if due < end else "later"
            found[status if done or status != "on_time" else "later"] += 1
    allowed = {r["category_id"] for r in rows(folder, "case_category") if r["disclosure"] == "逐件公开"}
    for row in rows(folder, "case"):
        counts = row["grid_id"] in grids and row["category_id"] in allowed and row.get("is_void") not in ("true", "是")
        if counts and start <= row["received_date"][:10] <= end:
            found["received"] += 1
            found["open"] += not row["resolved_date"]
    return {name: found[name] for name in ("on_time", "late", "overdue", "later", "received", "open")}


def measured(facts: Facts, area: str) -> dict[str, int]:
    duty, case = (tally(facts, subject, Unit("area", area)) for subject in ("duty", "case"))
    return {
        "on_time": duty["on_time"], "late": duty["late"], "overdue": duty["overdue"], "later": duty["upcoming"],
        "received": case["received"], "open": case["open"],
    }  # fmt: skip


def rearranged(checked: Checked, placed: Mapping[str, tuple[str, ...]], parent: Mapping[str, str]) -> Checked:
    """Return the package with other trees of the same areas, and with the grids elsewhere in them."""
    tables = checked.tables
    area, inside = tables.tables["area"], tables.tables["grid_area"]
    above = [parent.get(code, old) for code, old in tables["area"][["area_id", "parent_id"]].itertuples(index=False)]
    pairs = [(grid, code) for grid, areas in placed.items() for code in areas]
    frames = {
        "area": replace(area, frame=tables["area"].assign(parent_id=pd.Series(above, dtype="str").replace("", pd.NA))),
        "grid_area": replace(inside, frame=pd.DataFrame(pairs, columns=["grid_id", "area_id"], dtype="str")),
    }
    return replace(checked, tables=replace(tables, tables={**tables.tables, **frames}))


@settings(max_examples=examples(3), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_an_area_of_another_tree_counts_what_the_rows_of_its_grids_hold(two: Two, data: st.DataObject) -> None:
    police, river = st.sampled_from(["", "P1", "P11", "P12", "P2"]), st.sampled_from(["", "R1"])
    placed = {
        grid: tuple(filter(None, data.draw(st.tuples(police, river)))) for grid in sorted(two.placed)
    }
    parent = {"P1": "", "P2": data.draw(st.sampled_from(["", "P1"])), "R1": "", **{
        beat: data.draw(st.sampled_from(["", "P1", "P2"])) for beat in ("P11", "P12")
    }}  # fmt: skip

    facts = packages.facts(rearranged(two.checked, placed, parent))

    for area in AREAS:
        grids = members(placed, parent, area)
        assert measured(facts, area) == by_hand(two.folder, grids, packages.AS_OF), (area, grids)
        kind = "river" if area == "R1" else "police"
        assert facts.others[kind].grid_count[area] == len(grids)
        for subject in SUBJECTS:
            parts = [tally(facts, subject, Unit("grid", grid)) for grid in grids]
            total = {name: sum(part[name] for part in parts) for name in SUBJECTS[subject]}
            assert tally(facts, subject, Unit("area", area)) == total, (area, subject)


def test_the_package_puts_everything_to_the_test(two: Two) -> None:
    facts = packages.facts(two.checked)
    parent = {code: above for code, (_, _, above, _) in AREAS.items()}

    assert all(all(measured(facts, area).values()) for area in ("P1", "P2"))
    assert {code: len(members(two.placed, parent, code)) > 2 for code in AREAS} == dict.fromkeys(AREAS, True)
    assert len(members(two.placed, parent, "P1")) < len(two.placed)


def test_months_and_medians_are_those_of_all_cases_of_the_grids(two: Two) -> None:
    part: Any = packages.facts(two.checked).parts["case"]
    parent = {code: above for code, (_, _, above, _) in AREAS.items()}
    for area in AREAS:
        found = part.units["area"][area]
        grids = [part.of(Unit("grid", grid)) for grid in members(two.placed, parent, area)]
        received = [sum(numbers) for numbers in zip(*([m[1] for m in unit.months] for unit in grids), strict=True)]
        assert [month[1] for month in found.months] == received
        assert found.tally.received == sum(received)
        assert found.tally.median_days is not None


# ── what is not shown ────────────────────────────────────────────────────────────────────────────


def test_nothing_by_quarter_and_no_cut_of_cases_is_shown_for_an_area_of_another_tree(two: Two) -> None:
    part: Any = packages.facts(two.checked).parts["case"]
    for area in AREAS:
        assert area not in part.quarters
        page = two.made.pages[f"area/{area}/"]
        assert isinstance(page, AreaPage)
        shown = block(page.blocks, CaseBlock)
        assert (shown.quarters, shown.cuts, shown.signals, shown.are_tested) == (None, (), (), False)
    assert "990001" in part.quarters


def test_ratings_of_replies_stay_on_the_page_of_the_whole_and_no_column_or_figure_is_about_ratings(two: Two) -> None:
    for code in AREAS:
        page = page_of(two, f"area/{code}/")
        shown = block(page.blocks, FeedbackBlock)
        assert (shown.is_whole, shown.ratings) == (False, None)
        assert "satisfaction-rate" not in {item.definition for item in page.figures}
        assert "satisfaction-rate" not in {item.definition for item in page.table.columns}


def test_what_is_published_of_the_main_tree_is_what_it_was_without_the_others(
    two: Two, tmp_path_factory: pytest.TempPathFactory
) -> None:
    alone = made_of(packages.sources(packages.demo_checked(tmp_path_factory.getbasetemp())))
    more = {path for path in two.made.pages if path.split("/")[0] == "area" and path.split("/")[1] in AREAS}

    assert more == set(two.made.pages) - set(alone.pages)
    assert {f"area/{code}/" for code in AREAS} <= more
    differing = {
        (type(page).__name__, field.name)
        for path, page in alone.pages.items()
        for field in fields(page)
        if getattr(page, field.name) != getattr(two.made.pages[path], field.name)
    }
    # rows and rules of one table more
    tables = {("QualityPage", "kept"), ("QualityPage", "resources"), ("PolicyPage", "tables")}
    assert differing == {("GridPage", "others"), ("HomePage", "others"), ("HomePage", "head"), *tables}


# ── pages ────────────────────────────────────────────────────────────────────────────────────────


def link(code: str) -> Link:
    return Link(AREAS[code][0], f"area/{code}/")


def test_the_home_page_names_the_topmost_areas_of_each_other_tree(two: Two) -> None:
    (home,) = of(two.made, HomePage).values()

    assert home.others == (
        OtherTree("tree-1", "警务区", (link("P1"), link("P2"))),
        OtherTree("tree-2", "河长片区", (link("R1"),)),
    )
    assert {("警务区", "#tree-1"), ("河长片区", "#tree-2")} <= set(home.head.contents)


def test_a_grid_names_its_areas_of_other_trees_and_its_breadcrumbs_stay_in_the_main_one(two: Two) -> None:
    found = {page.grid_id: page for page in of(two.made, GridPage).values()}

    assert {grid: tuple(tree.areas for tree in page.others) for grid, page in found.items()} == {
        grid: tuple(tuple(map(link, ABOVE.get(area, (area,)))) for area in areas) for grid, areas in two.placed.items()
    }
    assert all(len(page.breadcrumbs) == 3 and page.breadcrumbs[0].path == "area/990001/" for page in found.values())


def page_of(two: Two, path: str) -> AreaPage:
    found: PageContext = two.made.pages[path]
    assert isinstance(found, AreaPage)
    return found


def test_an_area_of_another_tree_lists_what_lies_in_it_and_leads_up_its_own_tree(two: Two) -> None:
    station, beat = page_of(two, "area/P1/"), page_of(two, "area/P11/")
    parent = {code: above for code, (_, _, above, _) in AREAS.items()}
    own = [grid for grid, areas in sorted(two.placed.items()) if "P1" in areas]

    assert [row.code for row in station.children] == sorted([*own, "P11", "P12"])
    assert [row.code for row in beat.children] == sorted(members(two.placed, parent, "P11"))
    assert (station.breadcrumbs, beat.breadcrumbs) == ((), (link("P1"),))
    assert (station.tree_kind, station.kind, beat.kind) == ("警务区", "派出所", "警务区")
    assert (station.grid_count, beat.grid_count) == (
        len(members(two.placed, parent, "P1")), len(members(two.placed, parent, "P11")),
    )  # fmt: skip
    assert [row.grid_count for row in station.children if row.code == "P11"] == [beat.grid_count]
    assert (station.late_path, beat.late_path) == ("", "")


def test_subjects_that_do_not_add_up_over_grids_are_named_as_left_out(two: Two) -> None:
    anchors = [block.anchor for block in page_of(two, "area/P1/").blocks]
    title = two.made.source.edition.title

    assert anchors == ["duty", "case", "project", "feedback"]
    assert set(page_of(two, "area/P1/").left_out) == {
        title(subject.name) for subject in two.made.source.subjects if subject.name not in anchors
    }
    assert page_of(two, "area/990001/").left_out == ()


def test_what_is_overdue_in_an_area_of_another_tree_is_that_of_its_blocks(two: Two) -> None:
    for code in AREAS:
        page = page_of(two, f"area/{code}/")
        tallies: list[Any] = list(page.blocks)
        assert sum(item.count for item in page.late) == sum(block.tally.overdue for block in tallies)


def test_the_children_of_such_an_area_stand_in_the_columns_of_their_table(two: Two) -> None:
    for path, page in of(two.made, AreaPage).items():
        assert {len(row.cells) for row in page.children} <= {len(page.table.columns) - 1}, path
    assert page_of(two, "area/P1/").table.name == "other-areas"
    assert page_of(two, "area/P11/").table == page_of(two, "area/990001001001/").table


def test_search_leads_to_the_main_tree(two: Two) -> None:
    found = pages.made(two.made.source, pages.PageKey("find", ())).document
    assert isinstance(found, dict)
    assert "990001" in found["areas"]["code"]
    assert not set(found["areas"]["code"]) & set(AREAS)
