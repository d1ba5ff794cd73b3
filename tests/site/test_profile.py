"""data/profile.json: what anybody counts in the CSV files beside it, and what the next build is compared with."""

from __future__ import annotations

import csv
import gzip
import io
import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from builder import pipeline
from builder.cli.boundary import replaced
from builder.frames import profile, profile_json
from builder.load import profile as read
from builder.load import site_config
from builder.model import Extent
from tests.packages import ROOT, checked, quiet
from tests.site import published

DAY = date(2026, 10, 31)


def counted(data: Path, name: str) -> dict[str, Any]:
    """Count the rows and filled cells of a published table, with nothing of ours."""
    packed = data / f"{name}.csv.gz"
    text = gzip.decompress(packed.read_bytes()) if packed.exists() else (data / f"{name}.csv").read_bytes()
    csv.field_size_limit(10**9)
    header, *rows = csv.reader(io.StringIO(text.decode("utf-8"), newline=""))
    return {"rows": len(rows), "filled": {n: sum(r[i] != "" for r in rows) for i, n in enumerate(header)}}


def test_a_site_says_what_anybody_counts_in_its_files(site: Path) -> None:
    value = json.loads((site / "data" / "profile.json").read_text(encoding="utf-8"))
    tables = [path.name.partition(".")[0] for path in sorted((site / "data").glob("*.csv*"))]

    assert {key: value[key] for key in ("mingge", "version", "as_of")} == {
        "mingge": "profile", "version": 1, "as_of": "2026-10-31",
    }  # fmt: skip
    assert sorted(value["tables"]) == tables
    assert value["tables"] == {name: counted(site / "data", name) for name in tables}


def test_cells_of_spaces_signs_and_line_breaks_are_counted_as_written(nasty: Path, nasty_package: Path) -> None:
    found = profile(published.published(nasty_package).tables, DAY)
    tables = {name: counted(nasty, name) for name in found.tables}

    assert tables
    assert profile_json(found) == {"mingge": "profile", "version": 1, "as_of": "2026-10-31", "tables": tables}


def test_the_profile_is_read_again_as_it_was_written(site: Path) -> None:
    found = read(site)
    assert found == read(site / "data" / "profile.json")
    assert found.as_of == DAY
    assert found.tables["grid"].rows == found.tables["grid"].filled["grid_id"] == 30


def test_a_package_is_compared_by_what_its_site_says_of_it(site: Path, package: Path) -> None:
    found = checked(package)
    assert found.profile() == read(site)
    assert pipeline.check(package, lambda _: DAY, quiet, is_locked=False, since=read(site)).compared == ()


@pytest.mark.nightly
def test_what_was_there_before_changes_nothing_that_anybody_may_read(site: Path, package: Path, tmp_path: Path) -> None:
    before = read(site)
    larger = type(before)(before.as_of, {**before.tables, "grid": Extent(99, {}), "shop": Extent(9, {})})
    found = pipeline.check(package, lambda _: DAY, quiet, is_locked=False, since=larger)
    pipeline.build(found, site_config(ROOT / "mkdocs.yml"), tmp_path / "site", quiet)

    assert [item.code for item in found.compared] == ["fewer-rows", "vanished-table"]
    assert [item.code for item in found.remarks()][-2:] == ["fewer-rows", "vanished-table"]
    for name in ("data/profile.json", "quality/index.html", "index.html"):
        assert (tmp_path / "site" / name).read_bytes() == (site / name).read_bytes()


def test_a_build_reads_the_site_that_it_replaces_and_a_damaged_one_is_no_reason_to_stop(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert replaced(site, str) == read(site)
    assert replaced(tmp_path, str) is None
    shutil.copytree(site / "data", tmp_path / "data")
    (tmp_path / "data" / "profile.json").write_text("{", encoding="utf-8")

    assert replaced(tmp_path, str) is None
    assert "profile.json:1:1: “{” is never closed" in capsys.readouterr().err


def test_nothing_but_numbers_is_told(site: Path) -> None:
    text = (site / "data" / "profile.json").read_text(encoding="utf-8")
    value = json.loads(text)
    numbers = [n for extent in value["tables"].values() for n in (extent["rows"], *extent["filled"].values())]

    assert all(type(number) is int for number in numbers)
    assert {key for extent in value["tables"].values() for key in extent} == {"rows", "filled"}
