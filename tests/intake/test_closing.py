"""A quarter or a year is counted once, some days after its end, and stays as it was; a correction is a revision."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from random import Random

import pytest

from builder import pipeline
from builder.errors import BuilderError
from builder.intake import Closed
from builder.pipeline import take_in
from tests.intake.making import GRIDS, as_known, case_line, cases, files, public, rows, with_cases
from tests.packages import checked, quiet
from tests.sharing import by_day

YEAR = ["2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4", "2025"]

# as_of, closing_days → what has closed; the first case was received on 2024-12-20, so the data begins with 2025
CLOSED = [
    ("2025-04-14", 15, []),
    ("2025-04-15", 15, ["2025-Q1"]),
    ("2025-03-31", 0, ["2025-Q1"]),
    ("2025-03-30", 0, []),
    ("2025-06-29", 90, ["2025-Q1"]),
    ("2025-06-28", 90, []),
    ("2026-01-14", 15, YEAR[:3]),
    ("2026-01-15", 15, YEAR),
    ("2026-10-31", 15, [*YEAR, "2026-Q1", "2026-Q2", "2026-Q3"]),
]


@pytest.mark.parametrize(("as_of", "days", "periods"), by_day(CLOSED, 2))
def test_a_period_is_counted_once_it_has_been_over_for_some_days(
    as_of: str, days: int, periods: list[str], tmp_path: Path
) -> None:
    day = date.fromisoformat(as_of)
    folder = with_cases(tmp_path / "private", as_known(cases(1), day), {"closing_days": days})
    told = rows(public(folder, tmp_path / "public", as_of=day), "case_statistic")

    assert {row["period"] for row in told} == set(periods)
    assert {(row["revision"], row["published_date"]) for row in told} <= {("1", as_of)}


def test_the_day_on_which_a_period_is_counted_changes_no_count(tmp_path: Path) -> None:
    told = []
    for day in (date(2026, 4, 15), date(2026, 10, 31)):
        folder = with_cases(tmp_path / f"private-{day}", as_known(cases(1), day))
        told.append(rows(public(folder, tmp_path / str(day), as_of=day), "case_statistic"))
    early, late = (
        [{**row, "published_date": ""} for row in found if row["period"] <= "2026-Q1"] for found in told
    )  # fmt: skip

    assert early == late
    assert len(early) > 30


def again(private: Path, before: Path, into: Path, revised: Iterable[str] = ()) -> Closed:
    """Take the private package in once more, where `before` is what is public so far."""
    into.mkdir()
    return take_in(checked(private), into, before, None, quiet, tuple(revised))


def in_quarter(count: int, start: int = 900_000) -> list[str]:
    """Return cases of a counted category in 2026-Q2."""
    rng = Random(9)  # noqa: S311 - a test
    return [case_line(start + n, GRIDS[0], "D01", date(2026, 5, 1), rng).replace(",是", ",否") for n in range(count)]


def test_what_was_counted_stays_when_the_private_rows_change_and_is_named(tmp_path: Path) -> None:
    before = public(with_cases(tmp_path / "one", cases(1)), tmp_path / "public")
    two = with_cases(tmp_path / "two", [*cases(1), *in_quarter(20)])
    closed = again(two, before, tmp_path / "again")

    assert closed.added == ()
    assert closed.differing == (("case_statistic", "2026-Q2"),)
    assert files(before)["case_statistic.csv"] == files(tmp_path / "again")["case_statistic.csv"]


def test_a_period_that_closes_later_is_added_to_what_was_there(tmp_path: Path) -> None:
    day = date(2026, 7, 1)
    before = public(with_cases(tmp_path / "one", as_known(cases(1), day)), tmp_path / "early", as_of=day)
    closed = again(with_cases(tmp_path / "two", cases(1)), before, tmp_path / "late")
    old, new = (rows(tmp_path / name, "case_statistic") for name in ("early", "late"))

    assert closed.added == (("case_statistic", "2026-Q2"), ("case_statistic", "2026-Q3"))
    assert [row for row in new if row["period"] not in ("2026-Q2", "2026-Q3")] == old
    assert {row["published_date"] for row in new} == {"2026-07-01", "2026-10-31"}


def test_a_correction_is_a_revision_and_the_old_one_stays_to_be_seen(tmp_path: Path) -> None:
    before = public(with_cases(tmp_path / "one", cases(1)), tmp_path / "public")
    two = with_cases(tmp_path / "two", [*cases(1), *in_quarter(20)])
    closed = again(two, before, tmp_path / "again", ["2026-Q2"])
    old, new = rows(before, "case_statistic"), rows(tmp_path / "again", "case_statistic")
    of_top = {
        row["revision"]: row["count"]
        for row in new
        if (row["period"], row["place_id"], row["measure"], row["item"]) == ("2026-Q2", "990001", "收到", "D01")
    }

    assert closed.added == (("case_statistic", "2026-Q2"),)
    assert [row for row in new if row["revision"] == "1"] == old
    assert {row["period"] for row in new if row["revision"] == "2"} == {"2026-Q2"}
    assert int(of_top["2"]) == int(of_top["1"]) + 20


def test_a_correction_that_would_tell_of_somebody_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    before = public(with_cases(tmp_path / "one", cases(1)), tmp_path / "public")
    two = with_cases(tmp_path / "two", [*cases(1), *in_quarter(2)])
    with pytest.raises(BuilderError) as caught:
        again(two, before, tmp_path / "again", ["2026-Q2"])

    assert "fewer than 5" in str(caught.value)
    assert files(tmp_path / "again") == {}


@pytest.mark.parametrize("period", by_day(["2026-Q4", "2026", "2030-Q1", "nonsense"], ["2026-Q4", "nonsense"]))
def test_there_is_nothing_to_correct_in_a_period_that_has_not_closed(period: str, tmp_path: Path) -> None:
    folder = with_cases(tmp_path / "private", cases(1, 100))
    with pytest.raises(BuilderError) as caught:
        again(folder, tmp_path / "nothing", tmp_path / "again", [period])

    assert str(caught.value) == f"{period} has not closed, so there is nothing to correct"


def test_a_year_is_told_below_a_street_only_where_its_quarters_are_told_and_add_up(tmp_path: Path) -> None:
    told = rows(public(with_cases(tmp_path / "private", cases(1, 500)), tmp_path / "public"), "case_statistic")
    quarters: dict[tuple[str, str], list[str]] = {}
    for row in told:
        if row["measure"] == "收到" and len(row["place_id"]) == 9 and row["period"].startswith("2025-"):
            quarters.setdefault((row["place_id"], row["item"]), []).append(row["count"])
    whole = {street for street, counts in quarters.items() if "" not in counts}
    below = {
        (row["place_id"][:9], row["item"]) for row in told if row["period"] == "2025" and row["measure"] == "收到"
    }  # fmt: skip

    assert below <= whole
    assert 0 < len(whole) < len(quarters)
    assert below


def test_a_case_that_came_to_light_after_the_quarter_leaves_its_year_untold_below_the_street(tmp_path: Path) -> None:
    day = date(2025, 11, 1)
    early = public(with_cases(tmp_path / "one", as_known(cases(1), day)), tmp_path / "early", as_of=day)
    late = [line.replace("2026-05-01", "2025-05-01") for line in in_quarter(20)]
    late = [",".join([*line.split(",")[:6], "", "办理中", "", "", "否"]) for line in late]
    again(with_cases(tmp_path / "two", [*cases(1), *late]), early, tmp_path / "again")
    of_street = [
        row["place_id"] for row in rows(tmp_path / "again", "case_statistic")
        if (row["period"], row["measure"], row["item"]) == ("2025", "收到", "D01")
    ]  # fmt: skip

    # the quarters of the street add up to 20 fewer than its year: the difference would be those cases
    assert [place for place in of_street if place.startswith("990001001")] == []
    assert [place for place in of_street if place.startswith("990001002")] != []


def test_counts_that_were_edited_by_hand_are_no_counts_that_were_published(tmp_path: Path) -> None:
    folder = with_cases(tmp_path / "private", cases(1, 100))
    before = public(folder, tmp_path / "public")
    (before / "case_statistic.csv").write_text("period,count\n2025-Q1,many\n", encoding="utf-8")
    with pytest.raises(BuilderError) as caught:
        again(folder, before, tmp_path / "again")

    assert str(caught.value) == f"{before}/case_statistic.csv: these are not the counts that were published"


def test_a_private_repository_keeps_the_counts_in_the_package_itself(tmp_path: Path) -> None:
    folder = with_cases(tmp_path / "private", cases(1))
    told = rows(public(folder, tmp_path / "public"), "case_statistic")
    first = pipeline.close(checked(folder), quiet)
    kept = files(folder)
    second = pipeline.close(checked(folder), quiet)

    assert rows(folder, "case_statistic") == told
    assert {period for _, period in first.added} == {row["period"] for row in told}
    assert (second.added, files(folder) == kept) == ((), True)


def test_a_public_package_is_not_taken_in_once_more(tmp_path: Path) -> None:
    out = public(with_cases(tmp_path / "private", cases(1, 50)), tmp_path / "public")
    with pytest.raises(BuilderError, match="this package is public"):
        take_in(checked(out), tmp_path, out, None, quiet)
    with pytest.raises(BuilderError, match="this package is public"):
        pipeline.close(checked(out), quiet)
