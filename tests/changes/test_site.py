"""What changed is on a page, on the pages of the grids and in feeds, and adds up to what the CSV holds."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import feedparser
import pytest

from builder import pipeline, processes
from builder.load import site_config
from builder.model import Cache
from tests import packages
from tests.changes.releases import rows_of
from tests.console import said
from tests.packages import BRANCH_TABLES, GRIDS, write_package
from tests.packages import csv as table
from tests.site.addresses import files
from tests.site.links import broken, pages

DUTIES = "duty_id,branch_id,grid_id,category,title,frequency,due_date,done_date"
REASONS = "resource,key,field,date,reason,is_withheld"
PHONES = ("0517-12345670", "0517-76543210")


def state(phone: str, duties: list[str], *reasons: str) -> dict[str, str]:
    """Return the tables of a release, in which `phone` is that of the first grid."""
    header, first, second = BRANCH_TABLES["grid"].split()
    grid = "\n".join([f"{header},work_phone", f"{first},{phone}", f"{second},", ""])
    terms = table("branch_id,grid_id,role,from_date,to_date", [f"B00000002,{code},主责,2020-01-01," for code in GRIDS])
    tables = {**BRANCH_TABLES, "branch_grid": terms, "grid": grid}
    tables |= {"duty": table(DUTIES, duties), "correction": table(REASONS, reasons)}
    return {name: text for name, text in tables.items() if name != "case_category"}


def duty(number: int, grid: int, due: str, done: str = "", title: str = "巡查") -> str:
    return f"D{number:08},B00000002,{GRIDS[grid]},安全巡查,{title}{number},一次,{due},{done}"


FIRST = state(
    PHONES[0],
    [duty(1, 0, "2026-10-01"), duty(2, 0, "2026-11-30"), duty(3, 1, "2026-10-20", "2026-10-19"),
     duty(4, 1, "2026-12-01")],
)  # fmt: skip
SECOND = state(
    PHONES[1],
    [duty(1, 0, "2026-12-01"), duty(2, 0, "2026-11-30", "2026-11-02"), duty(3, 1, "2026-10-20", title="走访"),
     duty(5, 1, "2026-12-02")],
    "duty,D00000001,due_date,2026-11-02,期限经街道同意延后。,",
)  # fmt: skip


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path]:
    """Two releases: the second compared with the first by one process, and once more by two."""
    folder = tmp_path_factory.mktemp("releases")
    kept = Cache(folder / "kept", lambda _: None)
    sites: list[Path] = []
    config = site_config(packages.ROOT / "mkdocs.yml")
    for number, (tables, day) in enumerate([(FIRST, "2026-10-31"), (SECOND, "2026-11-03"), (SECOND, "2026-11-03")]):
        source = write_package(folder / f"p{number}", tables, {"as_of": day, "repository": "public"})
        previous, site = sites[0] if sites else None, folder / f"s{number}"
        with processes.crew(2, ["builder.pipeline"]) if number == 2 else processes.crew(1, []) as crew:
            found = packages.checked(source)
            pipeline.build(found, config, site, packages.quiet, pipeline.Means(crew, kept, previous))
        sites.append(site)
    return sites[0], sites[1], sites[2]


def text(site: Path, page: str) -> str:
    return (site / page / "index.html").read_text(encoding="utf-8")


def test_without_an_earlier_release_the_page_says_so(releases: tuple[Path, Path, Path]) -> None:
    first, *_ = releases
    page = text(first, "changes")

    assert "没有上一次发布可以比较。" in page
    assert "changes.csv" not in page
    assert 'id="changes"' not in text(first, f"grid/{GRIDS[0]}")


def test_the_same_inputs_give_the_same_bytes_whoever_works(releases: tuple[Path, Path, Path]) -> None:
    _, second, again = releases
    one, other = ({path: file.read_bytes() for path, file in files(site).items()} for site in (second, again))

    assert one.keys() == other.keys()
    assert [path for path in one if one[path] != other[path]] == []


def test_the_page_adds_up_to_the_csv(releases: tuple[Path, Path, Path]) -> None:
    _, second, _ = releases
    found, page = rows_of(second), text(second, "changes")
    counts = Counter(item.is_correction for item in found)

    assert {(item.key[-1], item.field, item.kind) for item in found if item.resource == "duty"} == {
        ("1", "due_date", "changed"), ("2", "done_date", "closed"), ("3", "title", "changed"),
        ("3", "done_date", "changed"), ("4", "", "gone"), ("5", "", "new"),
    }  # fmt: skip
    for heading, number in (("corrections", counts[True]), ("progress", counts[False]), ("all", len(found))):
        assert re.search(rf'id="{heading}">[^<]* · {number}<', page), heading
    assert [int(n) for n in re.findall(r"· <b>(\d+)</b>", page)] == [3, 2]
    assert page.count("未说明原因") == counts[True] - 1
    assert "期限经街道同意延后。" in page
    assert "与 2026-10-31 的发布相比" in page


def test_links_of_both_pages_lead_somewhere(releases: tuple[Path, Path, Path]) -> None:
    _, second, _ = releases

    assert broken(pages(second), set(files(second)), "https://mingge.example/") == []


def test_a_grid_says_what_changed_of_it(releases: tuple[Path, Path, Path]) -> None:
    _, second, _ = releases
    page = text(second, f"grid/{GRIDS[1]}")

    assert 'id="changes"' in page
    assert "更正 3 处" in page
    assert "2026-10-31 以来的进展：新增 1 行，办结 0 处，其他 0 处。" in page


def test_feeds_tell_corrections_alike(releases: tuple[Path, Path, Path]) -> None:
    _, second, _ = releases
    every = {
        path: {entry.id: entry.title for entry in feedparser.parse((second / path / "feed.xml").read_bytes()).entries}
        for path in ("changes", f"grid/{GRIDS[1]}", "area/990001001", ".")
    }
    corrected = {key for key in every["changes"] if "correction-" in key}

    assert len(corrected) == 5
    assert len(every["changes"]) == 6
    for path, entries in every.items():
        both = entries.keys() & every["changes"].keys()
        assert {key: entries[key] for key in both} == {key: every["changes"][key] for key in both}
        assert len(entries.keys() & corrected) == (3 if "grid" in path else 5)


def test_an_old_number_of_an_office_stops_no_build_and_is_not_shown_again(releases: tuple[Path, Path, Path]) -> None:
    _, second, _ = releases
    (change,) = (item for item in rows_of(second) if item.field == "work_phone")

    assert (change.before, change.after, change.grid) == ("", PHONES[1], GRIDS[0])
    assert [path for path, file in files(second).items() if PHONES[0].encode() in file.read_bytes()] == []


def test_a_damaged_release_is_a_mistake_of_the_project(releases: tuple[Path, Path, Path], tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    package = write_package(tmp_path / "package", FIRST, {"repository": "public"})
    packages.locked(package)
    code, lines = said(
        "build", package, "--output", tmp_path / "out", "--previous", tmp_path / "site", "--lang", "en", "--no-cache"
    )

    assert code == 2
    assert lines[-2:] == [
        f"the last release cannot be compared with: {tmp_path}/site/data/datapackage.json is missing or not as it was "
        "written",
        "  name the folder of the last release as it was written, or build without --previous",
    ]
    assert not (tmp_path / "out").exists()
