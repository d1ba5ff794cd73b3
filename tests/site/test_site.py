"""The site of a small package has the addresses, the files and the figures that its rows imply."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from builder.subjects.case.tally import CaseTally
from tests import packages
from tests.site.addresses import LISTS, URL, WRITTEN, files, implied, rows, timeless, urls

# ── addresses ────────────────────────────────────────────────────────────────────────────────────


def test_the_site_has_the_pages_that_the_package_implies_and_no_others(site: Path, package: Path) -> None:
    expected = set(implied(package))

    assert len(expected) > 100
    assert any("records" in path for path in expected)
    assert timeless(urls(site)) == expected | LISTS | WRITTEN


def test_every_grid_has_its_figures_for_programs_and_every_table_a_file(site: Path, package: Path) -> None:
    found = set(files(site))
    resources = [
        item["name"]
        for item in json.loads((package / "datapackage.json").read_text(encoding="utf-8"))["resources"]
        if '"publish": "public"' in (package / item["schema"]).read_text(encoding="utf-8")
    ]

    assert {path for path in found if path.startswith("grid/") and path.endswith(".json")} == {
        f"grid/{row['grid_id']}/data.json" for row in rows(package, "grid")
    }
    assert {path for path in found if path.startswith("data/")} == {
        "data/index.html", "data/datapackage.json", "data/all.zip", "data/catalog.jsonld", "data/grid.schema.json",
        "data/profile.json",
        *(f"data/{name}.csv" for name in resources), *(f"data/{name}.xlsx" for name in resources),
        *(f"data/schemas/{name}.json" for name in resources),
    }  # fmt: skip


def test_the_sitemap_has_every_page_once_but_those_that_show_another_in_another_order(site: Path) -> None:
    root = ElementTree.parse(site / "sitemap-1.xml").getroot()  # noqa: S314 - we wrote it
    found = [node.text or "" for node in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]

    orders = {path for path in urls(site) if path.startswith("area/") and "/by-" in path}
    sheets = {path for path in urls(site) if path.startswith("print/")}
    assert orders
    assert sorted(found) == sorted(URL + path for path in urls(site) - orders - sheets)


def test_nothing_is_left_of_the_making(site: Path) -> None:
    found = files(site)

    assert [
        path for path in found if path.endswith((".map", ".po", ".md")) or "__shell__" in path or "lunr" in path
    ] == []
    assert [
        path for path, file in found.items() if re.search(rb"MINGGESHELL|minggeshell|__shell__", file.read_bytes())
    ] == []
    assert {path for path in found if Path(path).name.startswith(".")} == {".mingge-site"}


# ── data.json ────────────────────────────────────────────────────────────────────────────────────

DUTY = {"due", "on_time", "late", "overdue", "upcoming"}
CASE = set(CaseTally.__dataclass_fields__)
PROJECT = {"on_time", "late", "unfinished", "upcoming", "overdue", "budget", "contract", "paid"}
FEEDBACK = {
    "received", "open", "overdue", "reply_kept", "reply_late", "reply_missing", "replied", "changed",
}  # fmt: skip
PARTNER = {"offer", "need", "agreed", "possible", "project", "done"}
MONTH = {"month", "received", "resolved", "year_before"}
SHAPE: dict[str, Any] = {
    "version": str, "kind": str, "demonstration": bool, "files": [str],
    "grid_id": str, "name": str, "areas": [{"area_id", "name"}], "as_of": str,
    "period": {"start", "end"}, "household_count": int, "branch": {"branch_id", "name"},
    "duty": DUTY | {"categories"}, "case": CASE | {"is_partial", "categories", "months", "not_listed", "ratings"},
    "roster": {"from", "to", "shifts"}, "assessment": {"branch_id", "periods", "lines"},
    "project": PROJECT | {"categories"}, "ledger": {"branch_id", "periods"},
    "disclosure": DUTY | {"branch_id", "items"}, "feedback": FEEDBACK | {"median_days", "categories"},
    "partner": PARTNER | {"partners", "categories"},
}  # fmt: skip


def test_data_json_has_the_fields_that_are_documented(site: Path) -> None:
    documented = (packages.ROOT / "docs" / "metrics.md").read_text(encoding="utf-8").partition("{#data-json}")[2]
    words = set(re.findall(r"[a-z_]+", "".join(re.findall(r"`([^`]*)`", documented)))) | set(
        re.findall(r"`([a-z_]+)`", documented)
    )
    used: set[str] = set()
    for path in sorted(site.glob("grid/*/data.json")):
        document = json.loads(path.read_text(encoding="utf-8"))
        assert set(document) == set(SHAPE)
        assert (document["version"], document["kind"], document["grid_id"]) == ("1", "grid", path.parent.name)
        assert set(document["duty"]) == SHAPE["duty"]
        # a year that has closed is told of a grid; this package begins in the middle of one
        assert set(document["case"]) | {"not_listed", "ratings"} == SHAPE["case"]
        for name in ("assessment", "disclosure", "feedback", "partner"):
            assert set(document[name]) == SHAPE[name]
        assert set(document["project"]) == SHAPE["project"]
        assert set(document["ledger"]) == SHAPE["ledger"]
        assert {key for item in document["duty"]["categories"] for key in item} <= DUTY | {"name"}
        assert {key for item in document["case"]["categories"] for key in item} == (
            CASE | {"category_id", "name", "group"} if document["case"]["categories"] else set()
        )
        assert {key for item in document["case"]["months"] for key in item} == MONTH
        assert {key for item in document["assessment"]["periods"] for key in item} | {"reason"} == {
            "period", "score", "score_low", "score_high", "grade", "reason",
        }  # fmt: skip
        assert len(document["case"]["months"]) == 12
        used |= keys(document)

    assert used - words - {"name", "group", "start", "end"} == set()


def keys(value: object) -> set[str]:
    """Return every key of a JSON value, at any depth."""
    if isinstance(value, dict):
        return set(value) | {key for item in value.values() for key in keys(item)}
    return {key for item in value for key in keys(item)} if isinstance(value, list) else set()


def test_data_json_adds_up(site: Path) -> None:
    for path in sorted(site.glob("grid/*/data.json")):
        document = json.loads(path.read_text(encoding="utf-8"))
        duty, case = document["duty"], document["case"]

        assert duty["due"] == duty["on_time"] + duty["late"] + duty["overdue"]
        assert {name: sum(item[name] for item in duty["categories"]) for name in DUTY} == {
            name: duty[name] for name in DUTY
        }
        counts = CASE - {"median_days"}
        assert {name: sum(item[name] for item in case["categories"]) for name in counts} == {
            name: case[name] for name in counts
        }
