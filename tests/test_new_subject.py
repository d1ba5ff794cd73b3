"""A new subject is one folder: one under tests/ is on every page, and nothing in builder/ or templates/ knows.

What is written is what the walk-through in docs/developers.md says, file by file.
"""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest

from builder import demo, pipeline
from builder.load import site_config
from builder.subjects import SUBJECTS
from tests import packages
from tests.console import ROOT
from tests.site.addresses import files
from tests.site.links import broken, pages
from tests.toy.promise import PROMISE

TOY = Path(__file__).parent / "toy"
EVERY = (*SUBJECTS, PROMISE)
FILE = re.compile(r"^\| `((?:builder|templates|datasets)/[\w/.]+)` \|", re.MULTILINE)
PLACES = {"builder/subjects/promise/": "promise/", "templates/blocks/": "", "datasets/schemas/": ""}


def check(package: Path, *, is_raw: bool = True) -> pipeline.Checked:
    """Return what is said of an export, or of what intake made of it, where the list has the new subject."""
    return pipeline.check(package, packages.no_clock, packages.quiet, subjects=EVERY, is_raw=is_raw, is_locked=False)


def weak(package: Path) -> Mapping[str, int]:
    """Return what the demonstration data have wrong on purpose."""
    return check(package).counts()


def template(folder: Path) -> Path:
    """Return a template for demonstration data that has the new table."""
    (folder / "schemas").mkdir(parents=True)
    shutil.copytree(packages.DATASETS / "schemas", folder / "schemas", dirs_exist_ok=True)
    shutil.copyfile(TOY / "promise.json", folder / "schemas" / "promise.json")
    descriptor = json.loads((packages.DATASETS / "datapackage.json").read_text(encoding="utf-8"))
    descriptor["resources"].append(
        {"name": "promise", "title": "承诺", "path": "promise.csv", "schema": "schemas/promise.json"}
    )
    packages.write_json(folder / "datapackage.json", descriptor)
    return folder


def configuration(folder: Path) -> Path:
    """Return a configuration with the new block's template."""
    shutil.copytree(ROOT / "templates", folder / "templates")
    shutil.copytree(ROOT / "docs", folder / "docs")
    shutil.copyfile(TOY / "promise.html", folder / "templates" / "blocks" / "promise.html")
    shutil.copyfile(ROOT / "mkdocs.yml", folder / "mkdocs.yml")
    return folder / "mkdocs.yml"


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("promise")
    (folder / "areas.csv").write_text(packages.AREAS, encoding="utf-8")
    shape = template(folder / "template")
    left_out = demo.write(
        folder / "package", areas=folder / "areas.csv", template=shape, plan=packages.PLAN, subjects=EVERY
    )
    assert left_out == ()
    return folder / "package"


@pytest.fixture(scope="module")
def promises(package: Path) -> list[dict[str, str]]:
    with (package / "promise.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def site(package: Path) -> Path:
    exported = check(package)
    assert exported.errors == 0
    found = check(packages.taken_in(exported, package.parent / "public"), is_raw=False)
    assert found.errors == 0
    config = site_config(configuration(package.parent / "site-source"))
    pipeline.build(found, config, package.parent / "site", packages.quiet)
    return package.parent / "site"


def page(site: Path, path: str) -> str:
    return (site / path / "index.html").read_text(encoding="utf-8")


def section(text: str, anchor: str) -> str:
    return text[text.index(f'<h2 id="{anchor}"') :].partition("</section>")[0]


def figures(text: str) -> dict[str, str]:
    """Return the figures of a section by what they are called."""
    return dict(re.findall(r"<dt><a [^>]*>([^<]*)</a></dt><dd>([^<]*)</dd>", text))


def broken_in(promises: list[dict[str, str]], place: str) -> int:
    return sum(1 for row in promises if row["grid_id"].startswith(place) and row["grid_id"] and not row["kept_date"])


def test_the_walk_through_names_the_files_of_the_subject_all_of_them_and_no_other() -> None:
    named = FILE.findall((ROOT / "docs" / "developers.md").read_text(encoding="utf-8"))
    expected = {next(name.replace(start, to, 1) for start, to in PLACES.items() if start in name) for name in named}
    written = {path.relative_to(TOY).as_posix() for path in TOY.rglob("*") if path.is_file()}

    assert {name for name in written if "__pycache__" not in name} == expected
    assert len(expected) == 11


def test_the_house_does_not_know_the_subject() -> None:
    for folder in ("builder", "templates", "datasets"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in {".py", ".html", ".json"}:
                assert not re.search(r"\bpromise\b", path.read_text(encoding="utf-8")), path


def test_a_grid_an_area_and_a_branch_have_its_block_with_their_own_counts(
    site: Path, promises: list[dict[str, str]]
) -> None:
    kept = Counter(row["branch_id"] for row in promises if row["kept_date"])
    for row in promises[:4]:
        shown = section(page(site, f"grid/{row['grid_id']}"), "promise")
        assert figures(shown) == {
            "Kept": "1" if row["kept_date"] else "0", "Broken": "0" if row["kept_date"] else "1",
        }  # fmt: skip
        branch = section(page(site, f"branch/{row['branch_id']}"), "promise")
        assert figures(branch)["Kept"] == str(kept[row["branch_id"]])
    for area in ("990001", "990001001", "990001001001"):
        assert figures(section(page(site, f"area/{area}"), "promise"))["Broken"] == str(broken_in(promises, area))


def test_its_figure_stands_on_the_first_screen_and_on_the_home_page(site: Path, promises: list[dict[str, str]]) -> None:
    grid = page(site, f"grid/{promises[1]['grid_id']}")
    first = grid[grid.index('<dl class="mg-figures">') :].partition("</dl>")[0]
    in_grids = [row for row in promises if row["grid_id"]]
    kept = sum(1 for row in in_grids if row["kept_date"])

    assert figures(first)["Promises kept"] == "1/1"
    assert f"{kept}/{len(in_grids)}" in section(page(site, ""), "figures")


def test_it_is_among_what_is_overdue(site: Path, promises: list[dict[str, str]]) -> None:
    late = [row for row in promises if not row["kept_date"]]
    whole = [row for row in late if not row["grid_id"]]
    listed = sorted((site / "overdue").glob("*/index.html"))
    texts = "".join(path.read_text(encoding="utf-8") for path in listed)
    table = page(site, "overdue").partition("mg-t-overdue")[2].partition("</table>")[0]
    titles = re.findall(r"<th>([^<\n]*)", table.partition("<tbody>")[0])
    totals = re.findall(r"<t[hd]>([^<\n]*)", table.partition("<tfoot")[2])
    counts = dict(zip(titles, totals, strict=True))

    assert counts["承诺"] == str(len(late))
    assert all(f">{row['title']} <small>promise</small>" in texts for row in late)
    assert all(row["title"] in page(site, "overdue/by-branch") for row in whole)
    assert [row["title"] for row in promises if row["kept_date"] and f">{row['title']} <" in texts] == []


def test_it_is_a_column_and_an_order_of_the_area_table(site: Path, promises: list[dict[str, str]]) -> None:
    table = section(page(site, "area/990001001001"), "children")
    ordered = page(site, "area/990001001001/by-promise")
    by_share = re.findall(r'<th data-value="(\d+)">', section(ordered, "children"))
    kept = {row["grid_id"]: bool(row["kept_date"]) for row in promises}

    assert 'href="../../metrics/#promise-kept">Promises kept</a>' in table
    assert [kept[grid] for grid in by_share] == sorted(kept[grid] for grid in by_share)
    assert len({kept[grid] for grid in by_share}) == 2


def test_the_definition_of_its_figure_is_on_the_page_of_definitions(site: Path) -> None:
    found = page(site, "metrics").partition('id="promise-kept"')[2]
    expected = ("Promises kept", "promises kept ÷ promises made", "table promise")
    assert [text for text in expected if text not in found] == []


def test_it_is_in_data_json_in_the_downloads_in_the_dictionary_and_among_the_rules(
    site: Path, promises: list[dict[str, str]]
) -> None:
    grid = promises[0]
    document = json.loads((site / "grid" / grid["grid_id"] / "data.json").read_text(encoding="utf-8"))
    with (site / "data" / "promise.csv").open(encoding="utf-8", newline="") as file:
        published = list(csv.DictReader(file))

    assert document["promise"] == {"made": 1, "kept": 0, "broken": 1}
    assert published == [{name: cell for name, cell in row.items() if name != "whisper"} for row in promises]
    assert '<h2 id="promise">' in page(site, "dictionary")
    assert "承诺内容" in page(site, "dictionary")
    assert "kept-after-as-of" in page(site, "checks")


def test_every_link_of_the_site_leads_somewhere_and_what_is_private_is_nowhere(site: Path) -> None:
    found = pages(site)

    assert broken(found, set(files(site)), "https://mingge.example/") == []
    assert [path for path, file in files(site).items() if "耳语".encode() in file.read_bytes()] == []


def test_the_public_package_has_no_cell_of_the_column_that_nobody_publishes(site: Path, package: Path) -> None:
    public = package.parent / "public"

    assert site.is_dir()
    assert "耳语" in (package / "promise.csv").read_text(encoding="utf-8")
    assert [path for path in public.rglob("*.csv") if "耳语".encode() in path.read_bytes()] == []


def test_its_rules_are_held(package: Path, tmp_path: Path) -> None:
    own = Path(shutil.copytree(package, tmp_path / "package"))
    text = (own / "promise.csv").read_text(encoding="utf-8").splitlines()
    cells = text[2].split(",")
    cells[5] = "2027-01-01"
    text[2] = ",".join(cells)
    (own / "promise.csv").write_text("\n".join(text) + "\n", encoding="utf-8")
    found = check(own)

    assert dict(found.counts()) == {"kept-after-as-of": 1, **weak(package)}
    addresses = [item.address for item in found.remarks() if item.resource == "promise"]
    assert addresses == [("promise.csv", 3, "F")]


def test_without_the_line_in_the_list_the_table_is_a_stranger(package: Path) -> None:
    found = pipeline.check(package, packages.no_clock, packages.quiet, is_raw=True)

    assert dict(found.counts()) == {"resource-unknown": 1, **weak(package)}
