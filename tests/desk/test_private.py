"""A private package at the desk: what nobody publishes is not saved, whether or not cells are mended."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from builder import pipeline
from builder.desk.work import Brought, tried
from tests.corpus.spoiled import base


@pytest.mark.parametrize("is_mended", [True, False])
def test_columns_that_are_said_not_to_be_saved_are_not(is_mended: bool, tmp_path: Path) -> None:
    opened = pipeline.opened(base(tmp_path / "package"))
    never = [field for field in opened.package.resources["case"].schema.fields if field.publish == "never"]
    rows = list(csv.reader(io.StringIO((tmp_path / "package" / "case.csv").read_text(encoding="utf-8"))))
    wide = [[*rows[0], *(field.title for field in never)], *([*row, *["13912345678"] * len(never)] for row in rows[1:])]
    with (tmp_path / "brought").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(wide)

    made = tried(opened, Brought(0, "case.csv", tmp_path / "brought", "case.csv"), is_mended)

    assert never
    assert made.item.dropped == tuple(field.title for field in never)
    assert made.data is not None
    assert b"13912345678" not in made.data


def test_an_empty_file_is_tried_as_one(tmp_path: Path) -> None:
    opened = pipeline.opened(base(tmp_path / "package"))
    (tmp_path / "brought").write_bytes(b"")

    made = tried(opened, Brought(0, "duty.csv", tmp_path / "brought", "duty.csv"), True)

    assert (made.data, made.item.is_readable, made.item.refused is not None) == (b"", False, True)
