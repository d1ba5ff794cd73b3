"""What lies beside the pages of a finished site, read by programs that know nothing of ours."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import feedparser
import icalendar
import pytest
from frictionless import Package
from jsonschema import Draft202012Validator

from builder.model import NEWS
from tests.site.addresses import AS_OF, URL, files, rows
from tests.site.links import Page, internal, leads_somewhere

MARK = "[演示数据] "
UNITS = ("grid", "branch", "area")


def beside(site: Path, name: str) -> dict[str, str]:
    """Return address of the page → text of the file of this name beside it."""
    found = {path.removesuffix(name): file for path, file in files(site).items() if path.endswith(f"/{name}")}
    assert len(found) > 10
    return {path: file.read_bytes().decode() for path, file in found.items()}


@cache
def calendars(site: Path) -> dict[str, icalendar.Calendar]:
    return {path: icalendar.Calendar.from_ical(text) for path, text in beside(site, "calendar.ics").items()}


@cache
def feeds(site: Path) -> dict[str, Any]:
    found = {"": (site / "feed.xml").read_text(encoding="utf-8"), **beside(site, "feed.xml")}
    return {path: feedparser.parse(text.encode()) for path, text in found.items()}


def documents(site: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    for path in sorted(site.glob("grid/*/data.json")):
        yield path, json.loads(path.read_text(encoding="utf-8"))


# ── feeds ────────────────────────────────────────────────────────────────────────────────────────


def test_every_grid_branch_and_area_and_the_whole_has_a_feed_that_a_reader_accepts(site: Path) -> None:
    pages = {f"{unit}/{path.name}/" for unit in UNITS for path in (site / unit).iterdir()}

    assert set(feeds(site)) == {"", "changes/", *pages}
    assert {path: found.bozo_exception for path, found in feeds(site).items() if found.bozo} == {}
    assert {found.version for found in feeds(site).values()} == {"atom10"}


def test_a_feed_has_at_most_30_entries_the_newest_first_each_once_and_none_of_tomorrow(site: Path) -> None:
    for found in feeds(site).values():
        days = [entry.updated for entry in found.entries]
        assert days == sorted(days, reverse=True)
        assert len(days) <= NEWS
        assert len({entry.id for entry in found.entries}) == len(days)
        assert all(re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T00:00:00\+08:00", day) for day in days)
        assert found.feed.updated == (days[0] if days else f"{AS_OF}T00:00:00+08:00") <= f"{AS_OF}T24"
    assert max(len(found.entries) for found in feeds(site).values()) == NEWS


def test_the_same_thing_reads_the_same_on_every_feed_and_is_marked_as_made_up(site: Path) -> None:
    told: dict[str, set[tuple[str, ...]]] = {}
    for found in feeds(site).values():
        assert found.feed.title.startswith(MARK)
        for entry in found.entries:
            told.setdefault(entry.id, set()).add((entry.title, entry.summary, entry.updated, entry.link))

    assert [name for name, texts in told.items() if len(texts) > 1] == []
    assert all(title.startswith(MARK) for texts in told.values() for title, *_ in texts)
    kinds = {name.partition("#")[2].partition("-")[0] for name in told}
    assert kinds == {"", "duty", "case", "feedback", "project"}


def test_the_feed_of_the_whole_is_the_newest_of_all_feeds(site: Path) -> None:
    every = {entry.id: entry for path, found in feeds(site).items() if path for entry in found.entries}
    days = sorted((entry.updated for entry in every.values()), reverse=True)

    assert [entry.updated for entry in feeds(site)[""].entries] == days[:NEWS]


def test_a_feed_of_an_area_has_the_newest_of_the_grids_in_it(site: Path, package: Path) -> None:
    parent = {row["area_id"]: row["parent_id"] for row in rows(package, "area")}
    for area in parent:
        below = [row["grid_id"] for row in rows(package, "grid") if area in above(row["area_id"], parent)]
        every = {entry.id: entry.updated for grid in below for entry in feeds(site)[f"grid/{grid}/"].entries}
        found = {entry.id: entry.updated for entry in feeds(site)[f"area/{area}/"].entries}
        oldest = min(found.values())
        assert {name for name, day in every.items() if day > oldest} <= set(found)


def above(area: str, parent: dict[str, str]) -> list[str]:
    return [area, *(above(parent[area], parent) if area else [])]


def test_what_was_done_is_told_as_often_as_the_package_says(site: Path, package: Path) -> None:
    done = {row["duty_id"]: row for row in rows(package, "duty") if row["done_date"]}
    for grid in rows(package, "grid")[:5]:
        own = [row for row in done.values() if row["grid_id"] == grid["grid_id"] and row["due_date"] >= "2025-11-01"]
        told = [entry for entry in feeds(site)[f"grid/{grid['grid_id']}/"].entries if "#duty-" in entry.id]
        newest = sorted((row["done_date"] for row in own), reverse=True)[: len(told)]
        assert [entry.updated[:10] for entry in told] == newest


# ── calendars ────────────────────────────────────────────────────────────────────────────────────


def test_every_grid_and_branch_has_a_calendar_and_no_other_page(site: Path) -> None:
    assert set(calendars(site)) == {f"{unit}/{path.name}/" for unit in UNITS[:2] for path in (site / unit).iterdir()}


def test_lines_of_a_calendar_end_in_crlf_and_have_at_most_75_octets(site: Path) -> None:
    for text in beside(site, "calendar.ics").values():
        lines = text.split("\r\n")
        assert lines.pop() == ""
        assert all(len(line.encode()) <= 75 and "\n" not in line and "\r" not in line for line in lines)


def test_what_is_due_is_a_day_and_a_shift_is_a_time_in_utc(site: Path, package: Path) -> None:
    open_duties = {row["duty_id"]: row for row in rows(package, "duty") if not row["done_date"]}
    seen: set[str] = set()
    for found in calendars(site).values():
        events = found.walk("VEVENT")
        assert len({str(event["UID"]) for event in events}) == len(events)
        for event in events:
            name, start = str(event["UID"]).removeprefix(f"{URL}#"), event["DTSTART"].dt
            assert event["DTSTAMP"].dt == datetime(2026, 10, 30, 16, tzinfo=UTC)
            if name.startswith("duty-"):
                seen.add(name.removeprefix("duty-"))
                due = open_duties[name.removeprefix("duty-")]["due_date"]
                assert (start, event["DTEND"].dt) == (date.fromisoformat(due), date.fromisoformat(due) + timedelta(1))
            else:
                assert start.utcoffset() == timedelta(0)
                assert f"{start + timedelta(hours=8):%Y-%m-%dT%H%M}" == name[-15:]
    assert seen == set(open_duties)


# ── links ────────────────────────────────────────────────────────────────────────────────────────


def test_what_feeds_and_calendars_link_is_there_to_the_anchor(site: Path, html: dict[str, Page]) -> None:
    links = {entry.link for found in feeds(site).values() for entry in found.entries}
    links |= {str(event["URL"]) for found in calendars(site).values() for event in found.walk("VEVENT")}
    there = set(files(site))

    assert len(links) > 50
    assert [each for each in links if not leads_somewhere(*(internal("index.html", each, URL) or ("", "")), html, there)
            ] == []  # fmt: skip


def test_no_anchor_of_the_generated_pages_is_only_a_number(html: dict[str, Page]) -> None:
    own = [page for path, page in html.items() if path.startswith(UNITS)]

    assert [(page.path, name) for page in own for name in page.anchors if re.fullmatch(r"_[0-9]+", name)] == []


# ── rows of a grid, and everything in one file ───────────────────────────────────────────────────


def test_the_rows_beside_the_grids_are_those_of_the_tables_in_their_order(site: Path) -> None:
    tables = {path.stem for path in site.glob("grid/*/*.csv")}
    assert {"duty", "case", "roster", "feedback", "project", "partner"} <= tables
    for table in tables:
        whole, own = site / "data" / f"{table}.csv", sorted(site.glob(f"grid/*/{table}.csv"))
        header, every = read(whole)
        at, found = header.index("grid_id"), {}
        for path in own:
            assert read(path)[0] == header
            found[path.parent.name] = read(path)[1]
        expected: dict[str, list[list[str]]] = {}
        for row in every:
            if row[at]:
                expected.setdefault(row[at], []).append(row)
        assert found == expected


def read(path: Path) -> tuple[list[str], list[list[str]]]:
    with path.open(encoding="utf-8", newline="") as file:
        header, *found = csv.reader(file)
    return header, found


def test_the_archive_has_every_file_and_is_a_package_that_frictionless_accepts(site: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(site / "data" / "all.zip") as packed:
        names = packed.namelist()
        assert names == sorted(names)
        assert {item.date_time for item in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        packed.extractall(tmp_path)
    beside_pages = {"index.html", "all.zip"}
    own = {path.relative_to(site / "data").as_posix() for path in (site / "data").rglob("*") if path.is_file()}
    assert set(names) == own - beside_pages
    assert [name for name in names if (tmp_path / name).read_bytes() != (site / "data" / name).read_bytes()] == []
    assert Package(str(tmp_path / "datapackage.json")).validate().valid


def test_the_page_of_downloads_says_what_the_archive_is(site: Path) -> None:
    import hashlib

    data = (site / "data" / "all.zip").read_bytes()
    page = (site / "data" / "index.html").read_text(encoding="utf-8")

    assert f"<code>{hashlib.sha256(data).hexdigest()}</code>" in page
    assert 'href="../data/all.zip"' in page


# ── data.json ────────────────────────────────────────────────────────────────────────────────────


def test_every_data_json_is_as_the_published_schema_says(site: Path) -> None:
    schema = json.loads((site / "data" / "grid.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    judge = Draft202012Validator(schema)
    found = list(documents(site))

    assert len(found) == 30
    assert {path: error.message for path, value in found for error in judge.iter_errors(value)} == {}
    assert {value["demonstration"] for _, value in found} == {True}
    broken = {**found[0][1], "duty": {**found[0][1]["duty"], "overdue": None}}
    assert [list(error.path) for error in judge.iter_errors(broken)] == [["duty", "overdue"]]


def test_the_codes_of_data_json_join_with_the_tables(site: Path) -> None:
    known = {name: {row[0] for row in read(site / "data" / f"{name}.csv")[1]} for name in
             ("grid", "area", "branch", "case_category", "indicator", "catalogue")}  # fmt: skip
    header, shifts = read(site / "data" / "roster.csv")
    starts = {(row[header.index("grid_id")], row[header.index("branch_id")], row[header.index("start")])
              for row in shifts}  # fmt: skip
    for path, value in documents(site):
        assert value["grid_id"] in known["grid"]
        assert {area["area_id"] for area in value["areas"]} <= known["area"]
        assert {row["category_id"] for row in value["case"]["categories"]} <= known["case_category"]
        assert {row["category_id"] for part in value["case"].get("not_listed", ()) for row in part["counts"]} <= known[
            "case_category"
        ]
        assert {row["indicator_id"] for row in value.get("assessment", {}).get("lines", ())} <= known["indicator"]
        assert {row["item_id"] for row in value.get("disclosure", {}).get("items", ())} <= known["catalogue"]
        assert {(value["grid_id"], row["branch_id"], row["start_at"]) for row in value["roster"]["shifts"]} <= starts
        assert set(value["files"]) == {item.name for item in path.parent.glob("*.csv")}


def test_what_is_not_told_is_null_and_says_why(site: Path) -> None:
    for _, value in documents(site):
        told = [*value["assessment"]["periods"], *value["assessment"]["lines"]] if "assessment" in value else []
        told += [row for part in value["case"].get("not_listed", ()) for row in part["counts"]]
        for row in told:
            is_told = row.get("score", row.get("count")) is not None
            assert is_told != bool(row.get("reason") or row.get("hidden")), row


# ── the head of a page ───────────────────────────────────────────────────────────────────────────


def test_a_page_says_what_it_is_about_and_how_it_looks_where_it_is_shared(site: Path) -> None:
    kinds = {"grid": "Place", "branch": "GovernmentOrganization", "area": "AdministrativeArea", "data": "Dataset"}
    for path in [*(next((site / unit).iterdir()) / "index.html" for unit in UNITS), site / "data" / "index.html"]:
        text = path.read_text(encoding="utf-8")
        (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text)
        value, address = json.loads(block), URL + path.parent.relative_to(site).as_posix() + "/"
        cards = dict(re.findall(r'<meta property="og:([a-z_:]+)" content="([^"]*)">', text))
        kind = path.relative_to(site).parts[0]
        assert (value["@context"], value["@type"], value["url"]) == ("https://schema.org", kinds[kind], address)
        assert cards["url"] == address
        assert cards["image"].startswith(URL)
        assert (site / cards["image"].removeprefix(URL)).is_file()
        assert 0 < len(cards["description"]) <= 120
        assert (cards["site_name"], cards["locale"]) == ("清江浦区网格公开", "zh_CN")


def test_the_card_is_a_square_of_at_least_300_pixels(site: Path) -> None:
    data = (site / "assets/images/card.png").read_bytes()
    width, height = int.from_bytes(data[16:20]), int.from_bytes(data[20:24])

    assert data.startswith(b"\x89PNG")
    assert width == height == 600


def test_the_sentence_of_a_grid_has_its_figures(site: Path) -> None:
    path, value = next(documents(site))
    text = (path.parent / "index.html").read_text(encoding="utf-8")
    (sentence,) = re.findall(r'<meta name="description" content="([^"]*)">', text)

    done = value["duty"]["on_time"]
    assert sentence.startswith((f"{value['name']}：", f"{value['name']}: "))
    assert f"{done}/{value['duty']['due']}" in sentence


def test_the_sitemap_has_canonical_pages_alone(site: Path) -> None:
    found = re.findall(r"<loc>([^<]*)</loc>", (site / "sitemap-1.xml").read_text(encoding="utf-8"))
    for address in found:
        text = (site / address.removeprefix(URL) / "index.html").read_text(encoding="utf-8")
        assert f'<link rel="canonical" href="{address}">' in text
    others = {URL + path.removesuffix("index.html") for path in files(site) if path.endswith("/index.html")}
    left = others - set(found)
    assert left
    assert {address for address in left if "/by-" not in address and "/print/" not in address} == set()


def test_finders_of_holes_are_told_whom_to_tell(site: Path) -> None:
    assert (site / ".well-known/security.txt").read_text(encoding="utf-8").splitlines() == [
        "Contact: https://mingge.example/about/", "Expires: 2027-10-31T00:00:00Z", "Preferred-Languages: zh, en",
        f"Canonical: {URL}.well-known/security.txt",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["catalog.jsonld", "grid.schema.json"])
def test_json_beside_the_tables_is_json_and_names_files_that_are_there(site: Path, name: str) -> None:
    text = (site / "data" / name).read_text(encoding="utf-8")
    json.loads(text)
    addresses = re.findall(rf'"{re.escape(URL)}([^"#]*)[^"]*"', text)

    assert [path for path in addresses if not (site / path).exists()] == []
    assert io.StringIO(text).read(1) == "{"
