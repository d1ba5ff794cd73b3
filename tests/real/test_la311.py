"""Real requests of another city, in another language, go through the same engine: no Python knows Los Angeles.

What the site says is held against figures computed here from the source alone, with csv and fractions.
"""

from __future__ import annotations

import csv
import gzip
import html
import io
import json
import re
import shutil
import subprocess
import sys
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from typer.testing import CliRunner

from builder.cli import app
from tests.browser.plain_server import served
from tests.real.words import broken_words

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[2]
SOURCE = ROOT.parent / "shared" / "data" / "la311"
HERE = Path(__file__).parent / "la311"

pytestmark = pytest.mark.skipif(
    not SOURCE.is_dir(), reason="the Los Angeles 311 extract (../shared/data/la311) is not on this machine"
)

Row = Mapping[str, str]

CJK = re.compile(r"[\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uff00-\uffef]+")
NUMBER = re.compile(r"-?\d+\.\d+")
REQUEST_NUMBER = re.compile(r"\b1-\d{10}\b")
WORD = re.compile(r"\b\w")
HOMELESS_ENCAMPMENT = "2"


class Figures(NamedTuple):
    """What a grid's data.json must say of its requests."""

    received: int
    open: int
    median_days: int | None


# ── the source, read again ───────────────────────────────────────────────────────────────────────


def rows(name: str) -> list[dict[str, str]]:
    with (SOURCE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def day(text: str) -> date:
    return date.fromisoformat(text[:10])


def kaplan_meier_median(closed_days: Sequence[int], open_days: Sequence[int]) -> int | None:
    """Return the first day on which the estimated share still open is one half or less (Kaplan & Meier, 1958)."""
    share = Fraction(1)
    closed, left = Counter(closed_days), Counter([*closed_days, *open_days])
    at_risk = left.total()
    for days in sorted(left):
        share *= 1 - Fraction(closed[days], at_risk)
        if share <= Fraction(1, 2):
            return days
        at_risk -= left[days]
    return None


def figures_of(requests: Iterable[Row], as_of: date) -> Figures:
    closed: list[int] = []
    still_open: list[int] = []
    for request in requests:
        days, end = (closed, day(request["closed_date"])) if request["closed_date"] else (still_open, as_of)
        days.append((end - day(request["created_date"])).days)
    return Figures(len(closed) + len(still_open), len(still_open), kaplan_meier_median(closed, still_open))


@pytest.fixture(scope="module")
def requests() -> list[dict[str, str]]:
    return rows("service_requests")


@pytest.fixture(scope="module")
def expected(requests: list[dict[str, str]]) -> dict[str, Figures]:
    """The figures of every council by grid_id, those without a request included."""
    as_of = date.fromisoformat(json.loads((HERE / "datapackage.json").read_text("utf-8"))["mingge"]["as_of"])
    by_council: defaultdict[str, list[Row]] = defaultdict(list)
    for request in requests:
        if request["type_id"] != HOMELESS_ENCAMPMENT:
            by_council[request["council_id"]].append(request)
    return {
        f"LA-{int(council['region_id']):02}-{int(council['council_id']):03}": figures_of(
            by_council[council["council_id"]], as_of
        )
        for council in rows("councils")
    }


# ── the site, built by the command ───────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("la311") / "package"
    subprocess.run([sys.executable, HERE / "package.py", SOURCE, target], check=True)
    return target


@pytest.fixture(scope="module")
def site(package: Path) -> Path:
    target = package.parent / "site"
    public = package.parent / "public"
    for words in (
        ("intake", package, "--output", public),
        ("policy", public, "--renew"),
        ("build", public, "--output", target, "--config", HERE / "mkdocs.yml", "--no-cache"),
    ):
        done = CliRunner().invoke(app, [str(word) for word in words])
        assert done.exit_code == 0, done.output
    return target


def texts_in(path: Path) -> list[str]:
    """Return all text that the file holds: unpacked when it is a workbook or another zip, or gzip."""
    content = path.read_bytes()
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = [archive.read(name) for name in archive.namelist()]
    else:
        parts = [gzip.decompress(content) if content.startswith(b"\x1f\x8b") else content]
    return [html.unescape(part.decode("utf-8", "replace")) for part in parts]


@pytest.fixture(scope="module")
def texts(site: Path) -> dict[str, str]:
    """All text of the site by the file's path."""
    return {str(p.relative_to(site)): "\n".join(texts_in(p)) for p in sorted(site.rglob("*")) if p.is_file()}


@pytest.fixture(scope="module")
def grids(site: Path) -> dict[str, dict[str, object]]:
    """The data.json of every grid by grid_id."""
    return {p.parent.name: json.loads(p.read_text("utf-8")) for p in sorted(site.glob("grid/*/data.json"))}


def case_of(grid: Mapping[str, object]) -> dict[str, int | None]:
    case = grid["case"]
    assert isinstance(case, dict)
    return case


# ── what must not be found ───────────────────────────────────────────────────────────────────────


class Streets(NamedTuple):
    """Addresses without their ZIP codes, by their first `width` characters, so that one pass finds any of them."""

    width: int
    by_start: Mapping[str, Sequence[str]]

    @classmethod
    def of(cls, addresses: Iterable[str]) -> Streets:
        streets = {address.rpartition(",")[0].strip() for address in addresses}
        width = min(map(len, streets))
        by_start: defaultdict[str, list[str]] = defaultdict(list)
        for street in streets:
            by_start[street[:width]].append(street)
        return cls(width, by_start)

    def found_in(self, text: str) -> set[str]:
        """Return the streets that occur in `text`, in any case, beginning at a word."""
        text = text.upper()
        return {
            street
            for match in WORD.finditer(text)
            for street in self.by_start.get(text[match.start() : match.start() + self.width], ())
            if text.startswith(street, match.start())
        }


def coordinates(requests: Iterable[Row]) -> set[str]:
    """Return every latitude and longitude as written, and to five and four decimals (some 10 m)."""
    values = {request[axis] for request in requests for axis in ("latitude", "longitude")}
    return values | {f"{float(value):.{places}f}" for value in values for places in (4, 5)}


def test_an_address_or_a_coordinate_would_be_found(package: Path, requests: list[dict[str, str]]) -> None:
    text = (package / "case.csv").read_text("utf-8")
    streets = Streets.of(request["address"] for request in requests)

    assert streets.found_in(text.lower()) == {s for group in streets.by_start.values() for s in group}
    assert {n for r in requests for n in (r["latitude"], r["longitude"])} <= set(NUMBER.findall(text))


def test_no_file_of_the_site_holds_a_street_address(texts: dict[str, str], requests: list[dict[str, str]]) -> None:
    streets = Streets.of(request["address"] for request in requests)

    assert {path: found for path, text in texts.items() if (found := streets.found_in(text))} == {}


def test_no_file_of_the_site_holds_a_coordinate(texts: dict[str, str], requests: list[dict[str, str]]) -> None:
    secret = coordinates(requests)

    # of some 70,000 corners of borders some lie where a request does, to the metre
    elsewhere = {path: text for path, text in texts.items() if path != "data/geometry.geojson"}
    assert len(elsewhere) == len(texts) - 1
    assert {path: hit for path, text in elsewhere.items() if (hit := secret.intersection(NUMBER.findall(text)))} == {}


def test_the_requests_listed_are_those_of_types_that_may_be_listed(
    texts: dict[str, str], requests: list[dict[str, str]]
) -> None:
    type_of = {request["srnumber"]: request["type_id"] for request in requests}
    listed = type_of.keys() & {number for text in texts.values() for number in REQUEST_NUMBER.findall(text)}

    assert listed == {number for number, type_id in type_of.items() if type_id != HOMELESS_ENCAMPMENT}


# ── what must be there ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("closed", "still_open", "median"),
    [
        ([], [], None),
        ([], [3, 4], None),
        ([1, 2, 3], [], 2),
        ([1, 2], [], 1),
        ([0, 1, 1, 5], [9], 1),
        ([1, 4], [2, 2], 4),
        ([1], [1, 9], None),
    ],
)
def test_the_median_used_here_is_that_of_kaplan_and_meier(
    closed: list[int], still_open: list[int], median: int | None
) -> None:
    assert kaplan_meier_median(closed, still_open) == median


def test_any_frictionless_tool_accepts_the_package_we_give_the_engine(package: Path) -> None:
    validate_with_frictionless(package)


def test_all_requests_arrive(grids: dict[str, dict[str, object]], requests: list[dict[str, str]]) -> None:
    # those of the type that is only counted are in no figure that is not a count of a closed quarter
    counted = sum(request["type_id"] == HOMELESS_ENCAMPMENT for request in requests)
    assert counted > 0
    assert sum(case_of(grid)["received"] or 0 for grid in grids.values()) == 9989 - counted


def test_each_council_and_no_council_has_a_page(site: Path, expected: dict[str, Figures]) -> None:
    assert len(expected) == 100
    assert {path.parent.name for path in site.glob("grid/*/index.html")} == set(expected)


def test_the_city_and_each_region_has_a_page(site: Path) -> None:
    assert {path.parent.name for path in site.glob("area/*/index.html")} == {
        "LA", "LA-00", *(f"LA-{number:02}" for number in range(1, 13))
    }  # fmt: skip


def test_the_figures_of_each_council_are_those_computed_from_the_source(
    grids: dict[str, dict[str, object]], expected: dict[str, Figures]
) -> None:
    told = {
        grid_id: {name: case_of(grid)[name] for name in Figures._fields} | {"grid_id": grid["grid_id"]}
        for grid_id, grid in grids.items()
    }

    assert told == {grid_id: figures._asdict() | {"grid_id": grid_id} for grid_id, figures in expected.items()}


def test_the_map_shows_each_council_with_the_figure_computed_from_the_source(
    site: Path, expected: dict[str, Figures]
) -> None:
    for path, name in (("map", "received"), ("map/by-cases-open", "open")):
        page = (site / path / "index.html").read_text("utf-8")
        (svg,) = re.findall(r'<svg class="mg-map".*?</svg>', page, re.DOTALL)
        told = dict(re.findall(r'href="[./]*grid/([^/]*)/"><title>[^<]*: ([0-9,]+)</title>', svg))

        assert len(svg.encode()) <= 60_000
        assert {code: getattr(expected[code], name) for code in told} == {code: int(told[code]) for code in told}
        assert set(expected) - set(told) == {"LA-00-000"}
        assert sum(map(int, re.findall(r"\(Neighborhood councils: ([0-9]+)\)", page))) == 99


def test_of_the_borders_nothing_is_published_but_the_code(site: Path, package: Path) -> None:
    given, published = (json.loads(p.read_text("utf-8")) for p in (
        package / "geometry.geojson", site / "data" / "geometry.geojson",
    ))  # fmt: skip

    assert all(item["properties"].keys() > {"grid_id", "dwebsite"} for item in given["features"])
    assert [list(item["properties"]) for item in published["features"]] == [["grid_id"]] * 99
    assert len(gzip.compress((site / "map" / "areas.json").read_bytes())) <= 100_000


def test_what_the_package_does_not_have_leaves_no_section(texts: dict[str, str]) -> None:
    pages = {path: text for path, text in texts.items() if path.startswith("grid/") and path.endswith("index.html")}

    assert pages
    assert [path for path, text in pages.items() if re.search(r'id="(duty|assessment)"', text)] == []


def test_the_first_lines_say_how_many_are_open_of_those_received_and_the_sheet_of_paper_does_too(
    site: Path, expected: dict[str, Figures]
) -> None:
    for code, told in expected.items():
        page = (site / "grid" / code / "index.html").read_text("utf-8")
        if not told.received:
            continue
        for text in (page.partition('class="mg-first"')[2], page.partition("mg-sheet-figures")[2]):
            assert text.index(f"{told.received} were received") < text.index(f"{told.open} still open"), code
    home = (site / "index.html").read_text("utf-8")
    assert f"{sum(item.received for item in expected.values())} were received" in home
    assert f"{sum(item.open for item in expected.values())} still open" in home
    assert "in 2020-07" not in home, "the extract has three days: no month is beside another"


def test_the_policy_says_nothing_of_polls_where_there_are_none(site: Path) -> None:
    page = (site / "policy" / "index.html").read_text("utf-8")

    assert "minimum_denominator" in page
    assert re.findall("minimum_(?:ballots|ranked)", page) == []


def test_definitions_are_of_what_the_package_has(site: Path) -> None:
    anchors = set(re.findall(r'<h2 id="([^"]*)"', (site / "metrics" / "index.html").read_text("utf-8")))

    assert anchors >= {"cases-received", "cases-open", "median-days", "grids"}
    assert [name for name in anchors if re.search("branch|households|score|on-time|satisf|response", name)] == []


@pytest.mark.browser
def test_on_a_phone_no_word_breaks_and_the_header_is_one_row_that_hides_nothing(site: Path, browser: Browser) -> None:
    pages = ("", "area/LA-05/", "grid/LA-05-042/", "map/", "find/", "about/", "coverage/")
    found = {}
    with served(site) as host, browser.new_context(viewport={"width": 360, "height": 800}) as context:
        page = context.new_page()
        for path in pages:
            page.goto(f"{host}{path}")
            page.wait_for_selector(".mingge-elder", state="visible")
            found[path] = (page.evaluate(HEADER), broken_words(page))

    assert found == dict.fromkeys(pages, ({"height": 48, "hidden": False, "covered": [], "width": 360}, []))


HEADER = """() => {
  const title = document.querySelector(".md-header__title span"), box = title.getBoundingClientRect();
  const over = [...document.querySelectorAll("main h2, .md-header :is(button, a)")].filter((item) => {
    const other = item.getBoundingClientRect(), beside = item.nextElementSibling?.getBoundingClientRect();
    const hits = (one, two) => one.left < two.right - 1 && two.left < one.right - 1
      && one.top < two.bottom - 1 && two.top < one.bottom - 1 && one.width > 0 && two.width > 0;
    const range = document.createRange();
    range.selectNodeContents(item);
    return (!item.contains(title) && item.closest("header") && hits(other, box))
      || (item.matches("h2") && beside && [...range.getClientRects()].some((line) => hits(line, beside)));
  });
  return {
    height: document.querySelector(".md-header").offsetHeight, hidden: title.scrollHeight > title.clientHeight + 1,
    covered: over.map((item) => item.textContent.trim()), width: document.documentElement.scrollWidth,
  };
}"""
"""How high the header is, whether its title is cut off, and what lies over another's text."""


def test_the_site_is_english_throughout(texts: dict[str, str]) -> None:
    ours = {
        path: text
        for path, text in texts.items()
        if path.endswith((".html", ".json", ".csv", ".xml", ".txt")) and not path.startswith("assets/")
    }

    assert ours
    # the examples of wide digits and of a radical in the place of a character
    ours["checks/index.html"] = ours["checks/index.html"].replace("２０２６-03-05", "").replace("米", "")
    assert {path: found for path, text in ours.items() if (found := CJK.findall(text)[:5])} == {}


def test_any_frictionless_tool_accepts_the_published_package(site: Path) -> None:
    validate_with_frictionless(site / "data")


@pytest.mark.nightly  # by day tests/site/test_round_trip.py does so with the demonstration
def test_the_published_package_is_an_input_that_a_site_is_built_from(site: Path, tmp_path: Path) -> None:
    data = Path(shutil.copytree(site / "data", tmp_path / "data"))
    for words in (
        ("policy", data, "--renew"),
        ("build", data, "--output", tmp_path / "site", "--config", HERE / "mkdocs.yml", "--no-cache"),
    ):
        done = CliRunner().invoke(app, [str(word) for word in words])
        assert done.exit_code == 0, done.output
    files = {path.relative_to(site / "data") for path in (site / "data").rglob("*") if path.suffix != ".html"}
    assert {path.suffix for path in files} >= {".csv", ".xlsx", ".json"}
    assert [path for path in files if not same_file(site / "data" / path, tmp_path / "site" / "data" / path)] == []


def same_file(one: Path, other: Path) -> bool:
    return one.is_dir() or one.read_bytes() == other.read_bytes()


def test_every_public_cell_is_that_of_the_package(package: Path, site: Path) -> None:
    compared = 0
    for path in sorted((site / "data").glob("*.csv")):
        key = json.loads((package / "schemas" / path.name).with_suffix(".json").read_text("utf-8"))["primaryKey"]
        received = {tuple(row[name] for name in key): row for row in table_rows(package / path.name)}
        for row in table_rows(path):
            old = received[tuple(row[name] for name in key)]
            assert row == {name: old[name] for name in row}
            compared += len(row)
    assert compared > 50_000


def table_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def validate_with_frictionless(folder: Path) -> None:
    command = [sys.executable, "-m", "frictionless", "validate", "datapackage.json", "--json"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
