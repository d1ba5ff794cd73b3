"""What is published is an input: it can be checked, built from and published again, and so can a saved workbook."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import pytest

from builder import pipeline
from builder.load import site_config
from builder.pages.kinds import every
from builder.subjects import SUBJECTS
from tests import packages
from tests.console import said
from tests.load.needs import ALL
from tests.site.published import Rows, json_of, publish, received, rows, same


def test_check_finds_no_error_in_what_is_published(data: Path) -> None:
    code, lines = said("check", data)

    assert code == 0, lines


def test_check_finds_no_warning_that_the_input_had_not(both: tuple[Path, Path]) -> None:
    package, data = both
    before, after = (pipeline.check(folder, packages.no_clock, packages.quiet).report.counts() for folder in both)

    # a control character is published as U+FFFD, which is told by another name
    became = {key: (key[0], "control-character", key[2]) if key[1] == "garbled-text" else key for key in after}
    assert set(became.values()) <= before.keys(), (package, data)
    assert all(after[key] <= before[became[key]] for key in after)


def test_what_is_published_of_what_is_published_is_the_same(data: Path, tmp_path: Path) -> None:
    publish(data, tmp_path)

    assert {path.name: path.read_bytes() for path in (tmp_path / "data").glob("*.*")} == {
        path.name: path.read_bytes() for path in data.glob("*.*")
    }
    assert {path.name: path.read_bytes() for path in (tmp_path / "data").glob("schemas/*")} == {
        path.name: path.read_bytes() for path in data.glob("schemas/*")
    }


def test_a_site_can_be_built_of_what_is_published(demo: Path, tmp_path: Path) -> None:
    found = pipeline.check(demo, packages.no_clock, packages.quiet)
    made = pipeline.build(found, site_config(packages.ROOT / "mkdocs.yml"), tmp_path / "site", packages.quiet)

    assert made == len(list((tmp_path / "site").glob("**/index.html"))) - hand_written(tmp_path / "site")
    assert (tmp_path / "site" / "data" / "grid.csv").read_bytes() == (demo / "grid.csv").read_bytes()
    page = (tmp_path / "site" / "data" / "index.html").read_text(encoding="utf-8")
    assert [name for name in ("grid", "case", "duty") if f'href="../data/{name}.xlsx" download' not in page] == []


def hand_written(site: Path) -> int:
    """Return how many pages are not made from data."""
    made = {kind.path.partition("/")[0] for kind in every(SUBJECTS)}
    return sum(
        1 for path in site.glob("**/index.html")
        if path.parent != site and path.relative_to(site).parts[0] not in made
    )  # fmt: skip


def test_the_first_sheet_of_a_workbook_saved_as_csv_is_an_input(demo: Path, tmp_path: Path) -> None:
    for path in (*demo.glob("**/*.json"), demo / "policy.lock"):
        (tmp_path / path.relative_to(demo)).parent.mkdir(exist_ok=True)
        (tmp_path / path.relative_to(demo)).write_bytes(path.read_bytes())
    for path in demo.glob("*.xlsx"):
        sheet = openpyxl.load_workbook(path).worksheets[0]
        with (tmp_path / f"{path.stem}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(
                [cell.strftime("%Y-%m-%d") if hasattr(cell, "strftime") else cell for cell in row]
                for row in sheet.values
            )

    code, lines = said("check", tmp_path)
    assert code == 0, lines
    published = ALL.keys() - {"waivers"}
    assert [same_rows(rows(tmp_path / path.name), rows(path)) for path in demo.glob("*.csv")] == [True] * len(published)


def same_rows(titled: Rows, named: Rows) -> bool:
    return all(
        same(a, b)
        for old, new in zip(titled, named, strict=True)
        for a, b in zip(old.values(), new.values(), strict=True)
    )


def test_a_table_without_a_public_column_is_not_published(nasty_package: Path, tmp_path: Path) -> None:
    package = received(tmp_path / "package")
    described = json_of(package / "datapackage.json")
    described["resources"].append({"name": "diary", "path": "diary.csv", "schema": "schemas/diary.json"})
    packages.write_json(package / "datapackage.json", described)
    packages.write_json(
        package / "schemas" / "diary.json",
        {"fields": [{"name": "entry_id", "publish": "counts"}, {"name": "words"}], "primaryKey": ["entry_id"]},
    )
    (package / "diary.csv").write_text("entry_id\n1\n", encoding="utf-8")
    files = publish(package, tmp_path)

    assert "diary" not in {file.resource for file in files}
    assert list((tmp_path / "data").glob("**/diary*")) == []
    assert said("check", tmp_path / "data")[0] == 0


def test_a_package_is_checked_for_one_build(demo: Path) -> None:
    found = pipeline.check(demo, packages.no_clock, packages.quiet)

    assert "grid" in found.hand_over()
    with pytest.raises(ValueError, match="handed over before"):
        found.hand_over()
