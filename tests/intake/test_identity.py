"""Identifiers of public rows say nothing of how many there are, which came first, or on what day."""

from __future__ import annotations

import csv as csv_file
import hashlib
import hmac
import re
from pathlib import Path
from random import Random

import pandas as pd
import pytest

from builder.intake import opaque
from builder.load.descriptor import package as parsed
from builder.model import PublishedTables
from tests.intake.making import CASE, FEEDBACK, GRIDS, KEY, files, private, public, rows, tables, with_cases
from tests.packages import checked, csv, write_json, write_package

KEYED = re.compile(r"[bcdfghjkmnprstyz]{20}")
OTHER_KEY = bytes(reversed(KEY))


def by_hand(table: str, own: str, key: bytes = KEY) -> str:
    """Return the HMAC of RFC 2104 over table and identifier, as it is promised to stay from release to release."""
    digest = hmac.new(key, f"{table}\0{own}".encode(), hashlib.sha256).digest()
    return "".join("bcdfghjkmnprstyz"[half] for byte in digest[:10] for half in divmod(byte, 16))


@pytest.mark.parametrize("name", ["case", pytest.param("feedback", marks=pytest.mark.nightly)])
def test_with_a_key_an_identifier_is_its_hmac_and_the_same_in_every_release(name: str, tmp_path: Path) -> None:
    exported = private(tmp_path / "private", count=200)
    known = {by_hand(name, row[f"{name}_id"]) for row in rows(exported, name)}
    first, again = (rows(public(exported, tmp_path / place, KEY), name) for place in ("1", "2"))
    ids = [row[f"{name}_id"] for row in first]

    assert set(ids) <= known
    assert len(set(ids)) == len(ids) > 30
    assert all(KEYED.fullmatch(item) for item in ids)
    assert ids == [row[f"{name}_id"] for row in again]
    other = {row[f"{name}_id"] for row in rows(public(exported, tmp_path / "3", OTHER_KEY), name)}
    assert other & set(ids) == set()


def test_no_identifier_that_chance_makes_is_taken_for_personal_data(tmp_path: Path) -> None:
    lines = [f"C{n:06d},{GRIDS[0]},A01,网格巡查,,2026-05-01,,办理中,,,否" for n in range(20_000)]
    out = public(with_cases(tmp_path / "private", lines), tmp_path / "public", KEY)

    assert "personal-data" not in checked(out).counts()


def test_a_case_keeps_its_identifier_when_others_come_and_go(tmp_path: Path) -> None:
    own = tables(1, 200)
    head, *lines = own["case"].splitlines()
    shorter = csv(head, [line for number, line in enumerate(lines) if number % 3])
    write_package(tmp_path / "all", own)
    write_package(tmp_path / "some", {**own, "case": shorter})
    before, after = (rows(public(tmp_path / name, tmp_path / f"{name}-out", KEY), "case") for name in ("all", "some"))

    assert len(after) < len(before)
    assert {row["case_id"] for row in after} <= {row["case_id"] for row in before}


def test_without_a_key_a_row_is_its_place_its_day_and_a_number_among_what_is_published_there(tmp_path: Path) -> None:
    found = rows(public(private(tmp_path / "private"), tmp_path / "public"), "case")
    seen: dict[tuple[str, str], list[int]] = {}
    for row in found:
        place, day, number = row["case_id"].rsplit("-", 2)
        assert (place, day) == (row["grid_id"], row["received_date"].replace("-", ""))
        seen.setdefault((place, day), []).append(int(number))

    assert {tuple(numbers) for numbers in seen.values()} == {
        tuple(range(1, size + 1)) for size in {len(numbers) for numbers in seen.values()}
    }
    assert max(map(len, seen.values())) > 1


@pytest.mark.parametrize("key", [pytest.param(KEY, marks=pytest.mark.nightly), None], ids=["with a key", "without"])
def test_rows_that_were_shuffled_give_the_same_bytes(key: bytes | None, tmp_path: Path) -> None:
    own = tables(3)
    shuffled = dict(own)
    for name in ("case", "feedback"):
        head, *lines = own[name].splitlines()
        Random(5).shuffle(lines)  # noqa: S311 - a test
        shuffled[name] = csv(head, lines)
    write_package(tmp_path / "one", own)
    write_package(tmp_path / "two", shuffled)

    assert files(public(tmp_path / "one", tmp_path / "1", key)) == files(public(tmp_path / "two", tmp_path / "2", key))


def test_without_a_key_rows_that_were_renumbered_give_the_same_bytes(tmp_path: Path) -> None:
    own = tables(3)
    renumbered = dict(own)
    for name, letter in (("case", "Z"), ("feedback", "Y")):
        head, *lines = own[name].splitlines()
        rest = [line.partition(",")[2] for line in lines]
        renumbered[name] = csv(head, [f"{letter}{9 * (len(rest) - n):06d},{line}" for n, line in enumerate(rest)])
    write_package(tmp_path / "one", own)
    write_package(tmp_path / "two", renumbered)

    assert files(public(tmp_path / "one", tmp_path / "1")) == files(public(tmp_path / "two", tmp_path / "2"))


@pytest.mark.parametrize("key", [KEY, pytest.param(None, marks=pytest.mark.nightly)], ids=["with a key", "without"])
def test_rows_stand_in_the_order_of_what_they_say(key: bytes | None, tmp_path: Path) -> None:
    found = rows(public(private(tmp_path / "private"), tmp_path / "public", key), "case")
    said = [tuple(cell for name, cell in row.items() if name != "case_id") for row in found]
    # an empty day stands last, as in a sorted table of days
    order = [tuple((cell == "", cell) for cell in row) for row in said]

    assert order == sorted(order)


def test_of_rows_that_say_the_same_the_private_identifier_decides_nothing(tmp_path: Path) -> None:
    lines = [f"C{n:06d},{GRIDS[0]},A01,网格巡查,,2026-05-01,,办理中,,,否" for n in range(50)]
    out = public(with_cases(tmp_path / "private", lines), tmp_path / "public", KEY)
    ids = [row["case_id"] for row in rows(out, "case")]

    assert ids == sorted(ids)
    assert ids != [by_hand("case", f"C{n:06d}") for n in range(50)]


def test_an_identifier_is_the_same_in_every_table_that_has_it(tmp_path: Path) -> None:
    own = tables(1, 60)
    folder = write_package(tmp_path / "package", own)
    schema = {
        "fields": [{"name": name, "publish": "public"} for name in ("note_id", "case_id")],
        "primaryKey": ["note_id"],
        "foreignKeys": [{"fields": ["case_id"], "reference": {"resource": "case", "fields": ["case_id"]}}],
    }
    write_json(folder / "schemas" / "note.json", schema)
    descriptor = parsed(folder).descriptor
    note = {"name": "note", "path": "note.csv", "schema": "schemas/note.json"}
    write_json(folder / "datapackage.json", {**descriptor, "resources": [*descriptor["resources"], note]})
    resources = parsed(folder).resources
    case = pd.DataFrame(list(csv_file.DictReader(own["case"].splitlines())))
    case = case.assign(received_date=pd.to_datetime(case["received_date"]))
    named = [case["case_id"][4], case["case_id"][9], "C999999"]
    notes = pd.DataFrame({"note_id": ["N1", "N2", "N3"], "case_id": named})
    kept = {name: resources[name] for name in ("case", "note")}
    for key in (KEY, None):
        found = opaque(PublishedTables(kept, {"case": case, "note": notes}), key)
        grids = found["case"].set_index("case_id")["grid_id"]
        assert [grids[code] for code in found["note"]["case_id"][:2]] == [case["grid_id"][4], case["grid_id"][9]]
        # one that no published row has would tell that there is such a case
        assert pd.isna(found["note"]["case_id"][2])
        assert found["note"]["note_id"].tolist() == ["N1", "N2", "N3"]


def test_both_tables_of_residents_have_other_identifiers_than_before(tmp_path: Path) -> None:
    exported = private(tmp_path / "private")
    for key in (KEY, None):
        out = public(exported, tmp_path / str(bool(key)), key)
        for name, header in (("case", CASE), ("feedback", FEEDBACK)):
            own = {row[f"{name}_id"] for row in rows(exported, name)}
            text = b"".join(content for path, content in files(out).items() if path.endswith(".csv")).decode()
            assert own, header
            assert [code for code in own if code in text] == []
