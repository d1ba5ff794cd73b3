"""The attack: each kind, written in any way, in any public text of a package. Each is found, and none is echoed."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from builder.gate import Kind, found, hits, masked
from tests.console import said
from tests.gate.planted import hidden, sentences
from tests.gate.table import array
from tests.sharing import examples


@pytest.mark.parametrize("kind", Kind)
def test_whatever_stands_between_its_signs_it_is_found_by_screen_and_reader(kind: Kind) -> None:
    @settings(max_examples=examples(200))
    @given(before=sentences(), plant=hidden(kind), after=sentences())
    def planted(before: str, plant: str, after: str) -> None:
        text = f"{before}，{plant}，{after}"
        held = hits(text)

        assert kind in {hit.kind for hit in held}, ascii(text)
        assert found(array([text])) == {text: held}
        assert plant not in masked(text, held)

    planted()


@settings(max_examples=examples(300))
@given(st.text("0123456789 -.xX号楼室单元微信QQ@a苏E\u200b１　", max_size=60))
def test_the_screen_lets_nothing_pass_that_the_reader_would_find(text: str) -> None:
    assert found(array([text])) == ({text: hits(text)} if hits(text) else {})


FREE = {
    "disclosure": ("title", "text"), "feedback": ("question", "reply", "replied_by"), "duty": ("title", "basis"),
    "ledger": ("purpose",), "partner": ("name",), "partner_item": ("title",), "project": ("title",),
    "roster": ("place", "note"), "grid": ("name", "extent"), "branch": ("name",),
}  # fmt: skip


def plant(package: Path, texts: Mapping[tuple[str, str], str]) -> None:
    """Write each text into the first row of its table's column."""
    for (table, column), text in texts.items():
        path = package / f"{table}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        rows[0][header.index(column)] = text
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([header, *rows])


@settings(
    max_examples=examples(4), phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_what_is_planted_in_public_text_stops_the_check_and_is_told_to_nobody(
    data: st.DataObject, own_package: Path, english: Path, tmp_path: Path
) -> None:
    places = [(table, column) for table, columns in FREE.items() for column in columns]
    kinds = [list(Kind)[number % len(Kind)] for number in range(len(places))]
    plants = [data.draw(hidden(kind)) for kind in data.draw(st.permutations(kinds))]
    plant(own_package, {place: f"演示，{text}，完" for place, text in zip(places, plants, strict=True)})
    report = tmp_path / "report.json"

    code, lines = said("check", own_package, "--config", english, "--report", report)

    told = json.loads(report.read_text(encoding="utf-8"))["findings"]
    assert code == 1
    assert {item["resource"] for item in told if item["code"] == "personal-data"} == set(FREE)
    assert sum(item["code"] == "personal-data" for item in told) >= len(places)
    for text in plants:
        bare = re.sub(r"\W|_", "", text)
        for said_text in ("\n".join(lines), report.read_text(encoding="utf-8")):
            assert text not in said_text
            assert bare not in re.sub(r"\W|_", "", said_text)


def test_a_cell_that_is_wrong_in_another_way_as_well_is_told_once_and_masked(own_package: Path, english: Path) -> None:
    plant(own_package, {("branch", "secretary"): "沈海燕 138-0000-0000", ("grid", "work_phone"): "13800000000"})

    code, lines = said("check", own_package, "--config", english)

    assert code == 1
    assert [line for line in lines if "0000-0000" in line or "13800000000" in line] == []
    assert sum("138*****" in line and "personal-data" in line for line in lines) == 2
