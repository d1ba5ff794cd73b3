"""A need has the nearest offer of its category, of another unit, at its time; counts are those of an own recount."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.model import Ratio, Unit
from builder.subjects.partner import PARTNER
from builder.subjects.partner.count import PartnerCounted
from builder.subjects.partner.match import Item, Match, matches
from builder.subjects.partner.measure import PartnerFacts
from builder.subjects.partner.tally import PartnerTally
from tests.packages import checked, counted, csv, demo_checked, write_package
from tests.sharing import examples

PLACES = st.sampled_from([
    ("g1", "c1", "s1"), ("g2", "c1", "s1"), ("g3", "c2", "s1"), ("g4", "c3", "s2"), ("c1", "s1"), ("s2",), (),
])  # fmt: skip


@st.composite
def item(draw: st.DrawFn, letter: str) -> Item:
    number, first = draw(st.integers(0, 99)), draw(st.integers(0, 9))
    return Item(
        item_id=f"{letter}{number:02d}",
        partner_id=draw(st.sampled_from("ABC")),
        category=draw(st.sampled_from("xy")),
        around=draw(PLACES),
        first=first,
        last=first + draw(st.integers(0, 9)),
    )


TODAY = 12
"""A day in the midst of those that are made up."""


def ranked(need: Item, offer: Item) -> tuple[int, str] | None:
    """Return how near an offer is, and its code; None for one that does not fit."""
    shared = [place for place in need.around if place in offer.around]
    days = range(max(need.first, offer.first), min(need.last, offer.last) + 1)
    if need.category != offer.category or need.partner_id == offer.partner_id or not shared or not days:
        return None
    if need.last >= TODAY > offer.last:
        return None
    return need.around.index(shared[0]), offer.item_id


@settings(max_examples=examples(300))
@given(
    needs=st.lists(item("N"), max_size=8, unique_by=lambda found: found.item_id),
    offers=st.lists(item("F"), max_size=12, unique_by=lambda found: found.item_id),
    turned=st.booleans(),
)
def test_the_match_is_the_first_of_the_nearest_whatever_the_order(
    needs: list[Item], offers: list[Item], turned: bool
) -> None:
    expected = {}
    for need in needs:
        fitting = [(*rank, offer) for offer in offers if (rank := ranked(need, offer))]
        if fitting:
            place, code, _ = min(fitting)
            expected[need.item_id] = Match(code, need.around[place])

    assert matches(needs, offers[::-1] if turned else offers, TODAY) == expected


# ── a small package ──────────────────────────────────────────────────────────────────────────────

GRIDS = ("990001001001001", "990001001001002", "990001001002001", "990001002001001")
TABLES = {
    "area": """area_id,name,level,parent_id
990001,演示区,district,
990001001,东街道,street,990001
990001001001,柴米,community,990001001
990001001002,城南,community,990001001
990001002,西镇,street,990001
990001002001,王庄,community,990001002
""",
    "grid": csv("grid_id,name,area_id,kind", [f"{grid},{grid[-4:]}格,{grid[:12]},综合" for grid in GRIDS]),
    "branch": csv("branch_id,name,kind,parent_id", ["B00000001,第一党支部,党支部,"]),
    "branch_grid": csv("branch_id,grid_id,role,from_date,to_date", [f"B00000001,{GRIDS[0]},主责,2020-01-01,"]),
    "partner": csv(
        "partner_id,name,kind,grid_id,area_id",
        [
            f"U0001,甲校,学校,{GRIDS[0]},", f"U0002,乙院,医院,{GRIDS[1]},990001001001",
            f"U0003,丙企,企业,{GRIDS[2]},", f"U0004,丁局,机关,{GRIDS[3]},", "U0005,戊会,社会组织,,990001001",
        ],
    ),
}  # fmt: skip
AREAS = ("990001", "990001001", "990001001001", "990001001002", "990001002", "990001002001")
HEADER = "item_id,partner_id,list_kind,category,title,from_date,to_date,status,grid_id,matched_item_id,done_date"


def line(code: str, unit: str, kind: str, start: str = "2026-03-01", **cells: str) -> str:
    row = {"to_date": "", "status": "", "grid_id": "", "matched_item_id": "", "done_date": "", **cells}
    return ",".join([f"L{code}", unit, kind, "专业服务", f"第{code}条", start, *row.values()])


@dataclass
class Small:
    counted: PartnerCounted
    facts: PartnerFacts

    def tally(self, level: str, code: str) -> PartnerTally:
        return self.facts.of(Unit(level, code)).tally  # type: ignore[arg-type]  # a test names the level

    def match(self) -> list[tuple[str, str, bool]]:
        rows = [row for area in AREAS for row in self.facts.items["area"].rows((area, "need"))]
        words = {row.item_id: row.match_title and f"{row.match_title} {row.match_area}" for row in rows}
        return sorted((row.item_id, words[row.item_id], row.agreed) for row in rows)


def small(folder: Path, rows: list[str]) -> Small:
    found = checked(write_package(folder / "package", {**TABLES, "partner_item": csv(HEADER, rows)}))
    scope = counted(found).scope
    counts = PARTNER.count(found.tables, scope)
    return Small(counts, PARTNER.measure(PARTNER.protect(counts, found.policy), scope))


def test_the_same_grid_comes_before_the_community_and_the_community_before_the_street(tmp_path: Path) -> None:
    rows = [
        line("000009", "U0001", "需求"),
        line("000001", "U0003", "资源"), line("000002", "U0004", "资源"),
    ]  # fmt: skip
    near = line("000003", "U0002", "资源")
    same = line("000004", "U0003", "资源", grid_id=GRIDS[0])

    assert small(tmp_path / "1", rows).match() == [("L000009", "第000001条 990001001", False)]
    assert small(tmp_path / "2", [*rows, near]).match() == [("L000009", "第000003条 990001001001", False)]
    assert small(tmp_path / "3", [*rows, near, same]).match() == [("L000009", "第000004条 ", False)]


def test_what_lies_in_another_street_or_is_offered_by_the_same_unit_is_no_match(tmp_path: Path) -> None:
    rows = [line("000001", "U0001", "需求"), line("000002", "U0004", "资源"), line("000003", "U0001", "资源")]
    found = small(tmp_path, rows)

    assert found.match() == [("L000001", "", False)]
    assert found.facts.total.matched == Ratio(0, 1)


def test_a_unit_that_serves_a_street_is_near_to_all_grids_of_it(tmp_path: Path) -> None:
    rows = [line("000001", "U0001", "需求"), line("000002", "U0005", "资源")]
    found = small(tmp_path, rows)

    assert found.match() == [("L000001", "第000002条 990001001", False)]
    assert (found.tally("area", "990001001").offer, found.tally("area", "990001001001").offer) == (1, 0)
    assert [found.facts.partners["area"].count(code) for code in AREAS] == [0, 1, 2, 1, 0, 1]


def test_what_was_agreed_upon_comes_before_what_is_nearby(tmp_path: Path) -> None:
    rows = [
        line("000001", "U0001", "需求", matched_item_id="L000003"),
        line("000002", "U0002", "资源"), line("000003", "U0004", "资源"),
    ]  # fmt: skip
    found = small(tmp_path, rows)

    assert found.match() == [("L000001", "第000003条 ", True)]
    assert found.tally("grid", GRIDS[0]) == PartnerTally(agreed=1)


# as_of is 2026-10-31; the period began on 2025-11-01
COUNTED = [
    ("going on", line("1", "U0001", "项目"), PartnerTally(project=1)),
    ("done", line("1", "U0001", "项目", done_date="2026-04-01"), PartnerTally(project=1, done=1)),
    ("done before the period", line("1", "U0001", "项目", "2025-01-01", done_date="2025-10-31"), PartnerTally()),
    ("past its day, not done", line("1", "U0001", "项目", "2025-01-01", to_date="2025-03-01"), PartnerTally(project=1)),
    ("withdrawn", line("1", "U0001", "项目", status="已撤回"), PartnerTally()),
    ("begins tomorrow", line("1", "U0001", "资源", "2026-11-01"), PartnerTally()),
    ("begins today", line("1", "U0001", "资源", "2026-10-31"), PartnerTally(offer=1)),
    ("ended before the period", line("1", "U0001", "资源", "2025-01-01", to_date="2025-10-31"), PartnerTally()),
    ("ended on its first day", line("1", "U0001", "资源", "2025-01-01", to_date="2025-11-01"), PartnerTally(offer=1)),
    ("a need met before it", line("1", "U0001", "需求", "2025-01-01", done_date="2025-10-31"), PartnerTally()),
    ("a need that nobody meets", line("1", "U0001", "需求", "2025-01-01"), PartnerTally(unmatched=1)),
]


@pytest.mark.parametrize(("_rule", "row", "expected"), COUNTED, ids=[item[0] for item in COUNTED])
def test_an_item_counts_where_it_is(_rule: str, row: str, expected: PartnerTally, tmp_path: Path) -> None:
    found = small(tmp_path, [row.replace("L1,", "L000001,"), line("000002", "U0004", "资源")])

    assert found.tally("grid", GRIDS[0]) == found.tally("branch", "B00000001") == expected
    assert found.tally("area", "990001001001") == found.tally("area", "990001001") == expected
    assert found.tally("area", "990001").offer == expected.offer + 1


def test_an_item_belongs_to_the_grid_that_it_serves(tmp_path: Path) -> None:
    found = small(tmp_path, [line("000001", "U0004", "项目", grid_id=GRIDS[0])])

    assert found.tally("grid", GRIDS[0]) == found.tally("branch", "B00000001") == PartnerTally(project=1)
    assert found.tally("grid", GRIDS[3]) == found.tally("area", "990001002") == PartnerTally()


# ── the demonstration ────────────────────────────────────────────────────────────────────────────


def test_every_place_counts_what_its_rows_say(tmp_path_factory: pytest.TempPathFactory) -> None:
    found = demo_checked(tmp_path_factory.getbasetemp())
    scope = counted(found).scope
    counts = PARTNER.count(found.tables, scope)
    facts = PARTNER.measure(PARTNER.protect(counts, found.policy), scope)
    expected: Counter[tuple[str, str, str]] = Counter()
    for row in counts.items.to_dict("records"):
        what = row["part"] if row["part"] != "need" else (
            "agreed" if row["agreed"] else "possible" if row["possible"] else "unmatched"
        )  # fmt: skip
        names = [what, *(["done"] if what == "project" and row["done_date"] == row["done_date"] else [])]
        grid, branch = (row[name] if isinstance(row[name], str) else "" for name in ("grid_id", "branch_id"))
        areas = [row["area_id"][:length] for length in (6, 9, 12) if length <= len(row["area_id"])]
        units = [*(("area", area) for area in areas), *([("grid", grid)] if grid else ())]
        expected.update((*unit, name) for unit in [*units, *([("branch", branch)] if branch else ())] for name in names)
    shown = Counter({
        (level, unit, name): getattr(item.tally, name)
        for level, units in facts.units.items() for unit, item in units.items() for name in PartnerTally.__slots__
    })  # fmt: skip

    assert +shown == expected
    assert {name for *_, name in expected} == set(PartnerTally.__slots__)
