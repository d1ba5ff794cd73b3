"""The benchmark's own arithmetic: what it says of a number must follow from the number."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.bench import before, cells, division
from tests.bench.cells import Checks, Reading
from tests.bench.division import Area
from tests.bench.limits import Limit, Results, growth, limits, missed
from tests.bench.measure import Cost, run
from tests.bench.memory import Memory, Sample, highest, parsed, total
from tests.bench.ours import Rendered
from tests.bench.packages import SIZES
from tests.bench.report import report
from tests.bench.wholes import Stage, Trial, Trials, stages, typical

ROLLUP = """\
55d0c0000000-7ffd00000000 ---p 00000000 00:00 0                          [rollup]
Rss:                2000 kB
Pss:                1000 kB
Pss_Dirty:           500 kB
Shared_Clean:        900 kB
"""
BAD = (501, "received_date", "type-error")
CLEAN = Reading(1_000, 20, 2.0, 3.0, ())
SPOILT = Reading(1_000, 20, 2.5, 3.0, (BAD,))
STOCK = Reading(100, 20, 5.0, 5.0, ())
STOCK_BAD = Reading(100, 20, 5.0, 5.0, ((51, "received_date", "type-error"),))
CHECKS = Checks((CLEAN,), (SPOILT,), (STOCK,), STOCK_BAD, 450)


def trial(wall: float, pss: float = 0.0) -> Trial:
    samples = (Sample(1.0, Memory(pss, 2 * pss)),)
    return Trial(Cost(wall, wall, 0.0, 0.0, 0.0, samples, ""), (Stage("end", wall, Memory()),), 1, 1.0, 0.1)


def results(trials: dict[str, Trials], checks: Checks | None = None) -> Results:
    return Results("2026-01-01", "bench", trials, [], checks, None, None)


@pytest.mark.parametrize(
    ("found", "least", "most", "verdict"),
    [
        (0.35, None, 0.35, "met"),
        (0.3501, None, 0.35, "**missed**"),
        (25.0, 25, None, "met"),
        (24.9, 25, None, "**missed**"),
        (0.9, 0.9, 1.1, "met"),
        (0.89, 0.9, 1.1, "**missed**"),
        (1.11, 0.9, 1.1, "**missed**"),
        (None, None, 1, "not judged"),
    ],
)
def test_a_limit_is_kept_up_to_itself(
    found: float | None, least: float | None, most: float | None, verdict: str
) -> None:
    assert Limit("", found, "", least, most).verdict == verdict


def test_a_ratio_is_that_of_the_medians_and_peak_memory_that_of_the_worst_run() -> None:
    now, former = tuple(map(trial, (9.0, 3.0, 4.0))), tuple(map(trial, (10.0, 30.0, 8.0)))
    large = Trials(SIZES["large"], (trial(1, 900), trial(1, 1400)), (), ())
    found = limits(results({"small": Trials(SIZES["small"], now, (), former), "large": large}))
    assert [limit.found for limit in found] == [None, None, None, None, None, 1.4, None, 0.4, 0.001]
    assert [limit.what for limit in missed(found)] == [found[5].what]


def test_without_the_former_program_no_ratio_is_judged() -> None:
    found = limits(results({"small": Trials(SIZES["small"], (trial(1),), (), ())}))
    assert {limit.found for limit in found} == {None}
    assert not list(missed(found))


def test_a_page_of_a_large_site_is_compared_with_the_mean_of_those_timed_before_and_after_it() -> None:
    def rendered(name: str, later_user: float, pace: float = 1.0) -> Rendered:
        return Rendered(SIZES[name], 9.0, 9.0, 9.0, 9.0, 100, later_user, 1_000, 1, pace)

    assert growth([rendered("medium", 1.0), rendered("large", 3.0), rendered("medium", 2.0)]) == 2.0
    assert growth([rendered("medium", 1.0), rendered("large", 2.0, pace=2.0)]) == 1.0
    assert growth([rendered("large", 3.0)]) is None


def test_the_run_of_median_wall_time_stands_for_several() -> None:
    assert typical([trial(9), trial(3), trial(4)]).cost.wall == 4
    assert typical([trial(9), trial(3)]).cost.wall == 3


def test_rows_a_second_are_compared_and_not_seconds() -> None:
    assert (CHECKS.ratio, CHECKS.more_seconds, CHECKS.agree) == (25.0, 0.5, True)


@pytest.mark.parametrize(
    "other",
    [
        CHECKS._replace(start=449),
        CHECKS._replace(bad=(SPOILT, CLEAN)),
        CHECKS._replace(clean=(CLEAN, SPOILT)),
        CHECKS._replace(bad=(SPOILT._replace(found=(BAD, BAD)),)),
        CHECKS._replace(bad=(SPOILT._replace(found=((501, "resolved_date", "type-error"),)),)),
        CHECKS._replace(stock_bad=STOCK, bad=(CLEAN,)),
    ],
    ids=["another row", "not found once", "found in clean rows", "found twice", "another field", "found by none"],
)
def test_the_verdicts_differ(other: Checks) -> None:
    assert not other.agree
    assert limits(results({}, other))[4].verdict == "**missed**"


def test_a_rollup_gives_kibibytes() -> None:
    assert parsed(ROLLUP) == Memory(pss=1.024, rss=2.048)
    assert parsed("") == Memory()


def test_processor_time_of_a_process_that_its_parent_left_behind_is_counted() -> None:
    work = "import time; [None for _ in iter(lambda: time.process_time() < 0.3, False)]"
    left = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {work!r}])"
    found = run([sys.executable, "-c", left])
    assert found.cpu >= 0.3


def test_a_command_that_fails_says_its_last_words() -> None:
    with pytest.raises(RuntimeError, match="ended with 3:\nlast words"):
        run([sys.executable, "-c", "print('last words'); raise SystemExit(3)"])


def test_memory_is_the_highest_sum_at_one_moment() -> None:
    samples = [Sample(1, Memory(5, 9)), Sample(2, Memory(7, 8)), Sample(3, Memory(1, 1))]
    assert total([Memory(1, 2), Memory(3, 4)]) == Memory(4, 6)
    assert highest(samples) == Memory(7, 9)
    assert highest(samples, 1, 2) == Memory(5, 9)
    assert highest(samples, 4, 5) == Memory()


def test_stages_add_up_to_the_whole_command() -> None:
    samples = (Sample(103.0, Memory(3, 4)), Sample(107.5, Memory(2, 5)))
    cost = Cost(10.0, 0.0, 0.0, 0.0, 100.0, samples, "")
    assert stages(cost, [("pages", 101.0), ("downloads", 105.0), ("pages", 107.0), ("end", 108.0)]) == [
        Stage("start", 1.0, Memory()), Stage("pages", 5.0, Memory(3, 5)), Stage("downloads", 2.0, Memory()),
        Stage("end", 2.0, Memory()),
    ]  # fmt: skip


def test_one_bad_cell_is_written_where_it_is_said_to_be(tmp_path: Path) -> None:
    source, names = tmp_path / "source", "case_id,received_date,phone\n"
    source.mkdir()
    for name in ("datapackage.json", "case.json"):
        (source / name).write_text("{}", encoding="utf-8")
    rows = [f"C{number},2026-01-0{number},\n" for number in range(1, 6)]
    (source / "case.csv").write_text(names + "".join(rows), encoding="utf-8")
    cells.spoilt(source, tmp_path / "bad", 3)
    cells.cut(tmp_path / "bad", tmp_path / "part", 2, 2)
    assert (tmp_path / "bad" / "case.csv").read_text() == names + "".join([*rows[:3], "C4,2026-13-05,\n", rows[4]])
    assert (tmp_path / "part" / "case.csv").read_text() == names + rows[2] + "C4,2026-13-05,\n"


def test_a_history_without_the_commit_gives_no_checkout(tmp_path: Path) -> None:
    with before.checkout(tmp_path / "former", "0" * 40) as found:
        assert found is None
    assert not (tmp_path / "former").exists()


def test_every_nth_street_comes_with_its_communities_and_all_that_is_above() -> None:
    streets = [f"32010100{number}" for number in range(4)]
    top = [Area("32", "", "province", ""), Area("3201", "", "city", "32"), Area("320101", "", "district", "3201")]
    found = [
        *top,
        *(Area(code, "", "street", "320101") for code in streets),
        *(Area(f"{code}001", "", "community", code) for code in streets),
    ]
    assert [area.code for area in division.some(found, 2)] == [
        "32", "3201", "320101", streets[0], streets[2], f"{streets[0]}001", f"{streets[2]}001",
    ]  # fmt: skip
    assert division.some(found, 1) == found


def test_a_report_names_every_limit_and_says_what_was_not_judged() -> None:
    text = report(results({"small": Trials(SIZES["small"], (trial(1),), (), (trial(4),))}, CHECKS))
    for limit in limits(results({})):
        assert f"| {limit.what} | " in text
    assert "| 370 grids, 20,000 cases, cold ÷ the same before | 0.25 × | at most 0.4 × | met |" in text
    assert "row 501 received_date type-error" in text
    assert "*Not judged*" in text
