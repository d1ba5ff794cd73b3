"""Feedback is counted by the day it was received; ratings by closed quarter, for everything together or not at all."""

from __future__ import annotations

import csv as csv_file
import tempfile
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builder.model import Ratio, Unit
from builder.subjects.feedback import FEEDBACK
from builder.subjects.feedback.measure import FeedbackFacts
from builder.subjects.feedback.protect import FeedbackPublished
from builder.subjects.feedback.tally import COUNTED, FeedbackTally, RatingTally
from tests import packages
from tests.packages import AS_OF, BRANCH_TABLES, GRIDS, checked, counted, csv, taken_in, write_package
from tests.sharing import examples

HEADER = (
    "feedback_id,grid_id,category,question,received_date,limit_date,reply,replied_date,result,rating,follow_up_date"
)
TABLES = {name: text for name, text in BRANCH_TABLES.items() if name != "case_category"}
TABLES["feedback_statistic"] = csv("period,place_id,measure,item,count,status,revision,published_date", [])


@dataclass
class Made:
    published: FeedbackPublished
    facts: FeedbackFacts

    def tally(self, level: str, code: str) -> FeedbackTally:
        return self.facts.of(Unit(level, code)).tally  # type: ignore[arg-type]  # a test names the level


def made(folder: Path, rows: list[str]) -> Made:
    private = checked(write_package(folder, {**TABLES, "feedback": csv(HEADER, rows)}), errors=None)
    found = checked(taken_in(private, folder.with_name(f"{folder.name}-public")), errors=None)
    scope = counted(found).scope
    published = FEEDBACK.protect(FEEDBACK.count(found.tables, scope), found.policy)
    return Made(published, FEEDBACK.measure(published, scope))


def line(received: str, limit: str = "", replied: str = "", number: int = 1, grid: str = GRIDS[0], **more: str) -> str:
    cells = {"result": "", "rating": "", "follow_up_date": "", **more}
    reply = "已办。" if replied else ""
    start = [f"F{number:06d}", grid, "公共设施", "楼道灯坏了", received, limit, reply, replied]
    return ",".join([*start, *cells.values()])


# as_of is 2026-10-31; the period began on 2025-11-01
STATUSES = [
    ("answered on the last day", line("2026-10-01", "2026-10-16", "2026-10-16"), "on_time", 0,
     {"received", "reply_kept", "replied"}),
    ("answered a day late", line("2026-10-01", "2026-10-16", "2026-10-17"), "late", 1,
     {"received", "reply_late", "replied"}),
    ("answered, no limit", line("2026-10-01", "", "2026-10-17"), "done", 0, {"received", "replied"}),
    ("something changed", line("2026-10-01", "", "2026-10-17", result="换灯"), "done", 0,
     {"received", "replied", "changed"}),
    ("limit was yesterday", line("2026-10-01", "2026-10-30"), "overdue", 1,
     {"received", "open", "overdue", "reply_missing"}),
    ("limit is today", line("2026-10-01", "2026-10-31"), "open", 0, {"received", "open"}),
    ("no limit", line("2025-11-01"), "open", 0, {"received", "open"}),
    ("waits from before the period", line("2025-10-31", "2025-11-15"), "overdue", 350, {"open", "overdue"}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("_rule", "row", "status", "late", "flags"), STATUSES, ids=[item[0] for item in STATUSES]
)
def test_a_question_is_counted_by_its_days(
    _rule: str, row: str, status: str, late: int, flags: set[str], tmp_path: Path
) -> None:
    found = made(tmp_path / "package", [row])
    (shown,) = found.facts.rows.rows(GRIDS[0])
    tally = found.tally("grid", GRIDS[0])

    assert (shown.status, shown.days_late) == (status, late)
    assert {name for name in COUNTED if getattr(tally, name)} == flags
    assert [item.days for item in found.facts.late] == ([late] if status == "overdue" else [])


def test_what_was_answered_before_the_period_began_is_in_no_figure(tmp_path: Path) -> None:
    found = made(tmp_path / "package", [line("2025-10-31", "", "2025-12-01", rating="满意")])

    assert found.facts.rows.rows(GRIDS[0]) == ()
    assert found.facts.units["grid"] == {}


def test_the_branch_is_the_one_that_answered_for_the_grid_on_that_day(tmp_path: Path) -> None:
    found = made(tmp_path / "package", [line("2026-04-30"), line("2026-05-01", number=2), line("2026-05-02", number=3)])
    assert [found.tally("branch", f"B0000000{n}").received for n in (1, 2, 3)] == [1, 2, 0]


def test_rows_are_newest_first(tmp_path: Path) -> None:
    days = ["2026-03-01", "2026-05-01", "2026-05-01", "2026-04-01"]
    found = made(tmp_path / "package", [line(day, number=n) for n, day in enumerate(days)])
    assert [row.feedback_id.removeprefix(f"{GRIDS[0]}-") for row in found.facts.rows.rows(GRIDS[0])] == [
        "20260501-2", "20260501-1", "20260401-1", "20260301-1",
    ]  # fmt: skip


# ── ratings ──────────────────────────────────────────────────────────────────────────────────────


def rated(good: int, bad: int, followed: int = 0, replied: str = "2026-09-30") -> list[str]:
    """Return questions that were answered on a day, by default in the last quarter that has closed."""
    ratings = ["满意"] * good + ["不满意"] * bad
    days = [""] * (good + bad - followed) + ["2026-10-10"] * followed
    return [
        line("2026-03-20", "", replied, number=n, grid=GRIDS[n % 2], rating=word, follow_up_date=day)
        for n, (word, day) in enumerate(zip(ratings, days, strict=True))
    ]


def test_enough_ratings_of_a_closed_quarter_are_published_together(tmp_path: Path) -> None:
    found = made(tmp_path / "package", rated(6, 10, 5)).facts
    assert (found.quarter, found.ratings) == ("2026-Q3", RatingTally(favourable=6, unfavourable=10, followed_up=5))
    assert found.ratings is not None
    assert (found.ratings.satisfaction, found.ratings.follow_up) == (Ratio(6, 16), Ratio(5, 10))


@pytest.mark.parametrize(("bad", "followed"), [(10, 4), (10, 6), (10, 10), (5, 0)])
def test_follow_ups_are_not_told_where_few_were_or_few_were_not(bad: int, followed: int, tmp_path: Path) -> None:
    ratings = made(tmp_path / "package", rated(6, bad, followed)).facts.ratings
    assert ratings == RatingTally(favourable=6, unfavourable=bad, followed_up=None)
    assert ratings is not None
    assert ratings.follow_up == Ratio(0, 0)


@pytest.mark.parametrize(("good", "bad"), [(90, 0), (0, 90), (50, 4), (4, 50), (0, 0)])
def test_too_few_ratings_of_either_kind_are_not(good: int, bad: int, tmp_path: Path) -> None:
    assert made(tmp_path / "package", rated(good, bad)).facts.ratings is None


@pytest.mark.parametrize(
    ("replied", "quarter"),
    [("2026-06-30", "2026-Q2"), ("2026-07-01", "2026-Q3"), ("2026-09-30", "2026-Q3"), ("2026-10-01", None)],
)
def test_a_rating_belongs_to_the_quarter_of_the_reply_and_is_told_once_it_has_closed(
    replied: str, quarter: str | None, tmp_path: Path
) -> None:
    folder = tmp_path / "package"
    made(folder, rated(6, 10, 5, replied))
    with (tmp_path / "package-public" / "feedback_statistic.csv").open(encoding="utf-8", newline="") as file:
        told = {row["period"]: row["count"] for row in csv_file.DictReader(file) if row["measure"] == "评价满意"}

    assert told == ({quarter: "6"} if quarter else {})


def test_no_unit_and_no_row_knows_of_a_rating_or_a_follow_up(tmp_path: Path) -> None:
    published = made(tmp_path / "package", rated(6, 10, 5)).published
    frames = [published.rows, *published.tallies.values(), *published.days.values()]
    names = {str(name) for frame in frames for name in frame}

    assert published.ratings is not None
    assert names & {"rating", "follow_up", "follow_up_date", "favourable", "unfavourable", "followed_up"} == set()


def test_two_packages_that_differ_in_ratings_alone_publish_the_same_of_every_unit(tmp_path: Path) -> None:
    one, two = made(tmp_path / "1", rated(6, 10, 5)), made(tmp_path / "2", rated(10, 6))
    assert one.facts.ratings != two.facts.ratings
    assert one.facts.units == two.facts.units
    assert [one.facts.rows.rows(grid) for grid in GRIDS] == [two.facts.rows.rows(grid) for grid in GRIDS]
    changed = [
        file.name for file in (tmp_path / "1-public").glob("*.csv")
        if file.read_bytes() != (tmp_path / "2-public" / file.name).read_bytes()
    ]  # fmt: skip
    assert changed == ["feedback_statistic.csv"]


# ── an independent count ─────────────────────────────────────────────────────────────────────────

START = date(2025, 11, 1)
DAY = st.integers(-40, 364)
WAIT = st.one_of(st.none(), st.integers(0, 40))


@settings(max_examples=examples(12), deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(DAY, WAIT, WAIT, st.integers(0, 1)), min_size=1, max_size=12))
def test_counts_up_the_tree_are_those_of_a_recount(rows: list[tuple[int, int | None, int | None, int]]) -> None:
    lines, expected = [], Counter[tuple[str, str]]()
    for number, (at, limit_wait, reply_wait, place) in enumerate(rows):
        received = START + timedelta(at)
        limit = received + timedelta(limit_wait) if limit_wait is not None else None
        replied = received + timedelta(reply_wait) if reply_wait is not None else None
        replied = replied if replied and replied <= AS_OF else None
        first, last, reply = ("" if day is None else day.isoformat() for day in (received, limit, replied))
        lines.append(line(first, last, reply, number=number, grid=GRIDS[place]))
        words = {"received"} if received >= START else set()
        if replied is None:
            words |= {"open"} | ({"overdue"} if limit and limit < AS_OF else set())
        if received >= START:
            words |= {"replied"} if replied else set()
            if limit and replied:
                words |= {"reply_kept" if replied <= limit else "reply_late"}
            elif limit and limit < AS_OF:
                words |= {"reply_missing"}
        if received >= START or replied is None:
            areas = (GRIDS[place][:length] for length in (6, 9, 12))
            expected.update((code, word) for code in (GRIDS[place], *areas) for word in words)
    with tempfile.TemporaryDirectory() as folder:
        facts = made(Path(folder) / "package", lines).facts
    shown = Counter({
        (code, name): getattr(unit.tally, name)
        for level in ("grid", "area") for code, unit in facts.units[level].items() for name in COUNTED
    })  # fmt: skip

    assert +shown == expected


# ── from the file to the page ────────────────────────────────────────────────────────────────────

ROW = ("feedback_id", "category", "question", "received_date", "limit_date", "reply", "replied_date", "replied_by",
       "result")  # fmt: skip


def test_every_row_says_what_the_table_says_column_by_column(tmp_path_factory: pytest.TempPathFactory) -> None:
    base = tmp_path_factory.getbasetemp()
    with (packages.demo_package(base) / "feedback.csv").open(encoding="utf-8", newline="") as file:
        source = {row["feedback_id"]: row for row in csv_file.DictReader(file)}
    facts = packages.facts(packages.demo_checked(base)).parts["feedback"]
    assert isinstance(facts, FeedbackFacts)
    rows = [row for unit in facts.rows.places for row in facts.rows.rows(unit)]

    assert len(rows) > 60
    for name in ROW:
        assert [getattr(row, name) for row in rows] == [source[row.feedback_id][name] for row in rows], name
        assert len({getattr(row, name) for row in rows}) > 1, name
    assert any("\n" in row.question for row in rows)


def test_text_of_residents_is_escaped_and_keeps_its_lines(tmp_path: Path) -> None:
    row = line("2026-10-01", "", "2026-10-10").replace("楼道灯坏了", '"<script>x</script>\n第二行"')
    places = {name: TABLES[name] for name in ("area", "grid")}
    folder = write_package(tmp_path / "package", {**places, "feedback": csv(HEADER, [row])})
    packages.build(folder, tmp_path / "site")
    page = (tmp_path / "site" / "grid" / GRIDS[0] / "index.html").read_text(encoding="utf-8")

    assert '<p class="mg-text">&lt;script&gt;x&lt;/script&gt;\n第二行</p>' in page
    assert "<script>x" not in page
