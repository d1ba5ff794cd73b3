"""What fails is held, with what depends on it and nothing else; what is published has passed the check together."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.hold.packages import DUTIES, Nights, duties, duty, grids, terms
from tests.packages import GRIDS

THIRD = "990001001001003"


@pytest.fixture
def nights(tmp_path: Path) -> Nights:
    return Nights(tmp_path)


def rows(nights: Nights, table: str) -> int:
    return len(nights.settled().found.tables[table])


def test_a_good_night_is_judged_once_and_holds_nothing(nights: Nights) -> None:
    assert nights.night() == {}
    assert nights.judged == 1


def test_a_broken_file_is_held_for_three_nights_since_the_first_and_then_mended(nights: Nights) -> None:
    nights.night()
    nights.write("duty.csv", duties(30, duty(31, "2026-13-01")))

    for _ in range(3):
        assert nights.night() == {"duty.csv": ("2026-10-31", "2026-11-01", ("no-such-month",))}
        assert "no-such-month" in {item.code for item in nights.told}
    assert rows(nights, "duty") == 30

    nights.write("duty.csv", duties(31))
    assert nights.night() == {}
    assert rows(nights, "duty") == 31


def test_a_file_that_depends_on_a_held_one_is_held_until_that_is_mended(nights: Nights) -> None:
    nights.night()
    nights.write("grid.csv", grids(*GRIDS, THIRD).replace("2020-01-01", "2020-02-31", 1))
    nights.write("duty.csv", duties(30, duty(31, grid=THIRD)))
    nights.write("branch.csv", (nights.package / "branch.csv").read_text("utf-8").replace("第1", "新1"))

    assert set(nights.night()) == {"grid.csv", "duty.csv"}  # the new name is published

    nights.write("grid.csv", grids(*GRIDS, THIRD))
    nights.write("branch_grid.csv", terms(*GRIDS, THIRD))
    assert nights.night() == {}
    assert (rows(nights, "duty"), rows(nights, "grid")) == (31, 3)


def test_where_what_others_refer_to_is_gone_that_is_held_and_not_the_others(nights: Nights) -> None:
    nights.write("duty.csv", duties(30, duty(31, grid=GRIDS[1])))
    nights.night()
    nights.write("grid.csv", grids(GRIDS[0]))
    nights.write("duty.csv", duties(31, duty(32, grid=GRIDS[1])))

    assert set(nights.night()) == {"grid.csv"}
    assert rows(nights, "duty") == 32


@pytest.mark.parametrize("text", [pytest.param("", marks=pytest.mark.nightly), DUTIES + "\n"])
def test_an_export_without_a_row_is_held(nights: Nights, text: str) -> None:
    nights.night()
    nights.write("duty.csv", text)

    assert set(nights.night()) == {"duty.csv"}
    assert rows(nights, "duty") == 30


def test_a_file_that_is_gone_is_held(nights: Nights) -> None:
    nights.night()
    (nights.package / "duty.csv").unlink()

    assert nights.night() == {"duty.csv": ("2026-10-31", "2026-11-01", ("missing-file",))}
    assert rows(nights, "duty") == 30


def test_a_file_that_lost_a_third_of_its_rows_is_held_until_somebody_agrees(nights: Nights) -> None:
    nights.night()
    nights.write("duty.csv", duties(22))
    assert nights.night() == {}  # 27 %

    nights.write("duty.csv", duties(14))
    held = {"duty.csv": ("2026-11-01", "2026-11-02", ("fewer-rows",))}
    assert [nights.night(), nights.night()] == [held, held]
    assert nights.night(["duty.csv"]) == {}
    assert nights.night() == {}


def test_a_small_table_may_lose_its_rows(tmp_path: Path) -> None:
    nights = Nights(tmp_path, 19)
    nights.night()
    nights.write("duty.csv", duties(1))
    assert nights.night() == {}


def test_the_share_is_a_setting_of_the_package(tmp_path: Path) -> None:
    nights = Nights(tmp_path, 30, {"held_fewer_rows_pct": 60})
    nights.night()
    nights.write("duty.csv", duties(13))
    assert nights.night() == {}


def in_a_folder(nights: Nights) -> None:
    descriptor = json.loads((nights.package / "datapackage.json").read_text("utf-8"))
    next(item for item in descriptor["resources"] if item["name"] == "duty")["path"] = "duty"
    (nights.package / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    (nights.package / "duty.csv").unlink()
    (nights.package / "duty").mkdir()
    nights.write("duty/1.csv", duties(30))
    nights.write("duty/2.csv", DUTIES + "\n" + "\n".join(duty(n) for n in range(31, 61)) + "\n")


def test_a_file_that_is_gone_from_a_folder_is_held_but_not_one_whose_rows_are_elsewhere(nights: Nights) -> None:
    in_a_folder(nights)
    nights.night()
    text = (nights.package / "duty" / "2.csv").read_text("utf-8")
    (nights.package / "duty" / "2.csv").unlink()
    assert nights.night() == {"duty/2.csv": ("2026-10-31", "2026-11-01", ("fewer-rows",))}
    assert rows(nights, "duty") == 60

    nights.write("duty/3.csv", text)
    assert nights.night() == {}


def test_of_a_folder_a_new_file_that_is_broken_is_left_out_and_the_others_stay(nights: Nights) -> None:
    in_a_folder(nights)
    nights.night()
    nights.write("duty/3.csv", DUTIES + "\n" + duty(61, "2026-13-01") + "\n")

    assert nights.night() == {"duty/3.csv": ("", "2026-11-01", ("no-such-month",))}
    assert nights.night() == {"duty/3.csv": ("", "2026-11-01", ("no-such-month",))}
    assert rows(nights, "duty") == 60


def test_on_the_first_night_a_broken_table_is_left_out(nights: Nights) -> None:
    nights.write("duty.csv", duties(30, duty(31, "2026-13-01")))
    assert nights.night() == {"duty.csv": ("", "2026-10-31", ("no-such-month",))}

    done = nights.settled()
    assert "duty" not in done.found.tables
    assert "duty" not in {subject.name for subject in done.found.subjects}
    assert [item.since for item in done.held] == ["2026-10-31"]


def test_on_the_first_night_a_broken_tree_is_an_error(nights: Nights) -> None:
    nights.write("grid.csv", grids(*GRIDS).replace("2020-01-01", "2020-02-31"))
    done = nights.settled()
    assert (done.found.errors > 0, done.held) == (True, ())


def test_no_cell_is_in_what_is_told_of_held_files(nights: Nights) -> None:
    nights.night()
    nights.write("duty.csv", duties(30, duty(31, "13812345678")))
    done = nights.settled()
    assert done.held
    assert "13812345678" not in str(done.held)
    assert "13812345678" not in (nights.kept / "state.json").read_text("utf-8")


def test_a_night_that_goes_on_as_it_was_writes_the_same_bytes(nights: Nights) -> None:
    nights.settled()
    first = (nights.kept / "state.json").read_bytes()
    nights.settled()
    assert (nights.kept / "state.json").read_bytes() == first
    assert b" " not in first
