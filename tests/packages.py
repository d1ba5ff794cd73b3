"""Packages for tests: a few CSV tables with the schemas of datasets/, or a demonstration package of any size."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from builder import check, count, measure, pages, pipeline, protect
from builder.demo import Plan
from builder.demo import write as write_demo
from builder.language import translator
from builder.load import site_config
from builder.model import Counted, Published, Severity, Shard
from builder.pages import Sources
from builder.pipeline import Checked
from builder.processes import here
from builder.subjects import SUBJECTS
from builder.subjects.facts import Facts
from tests.sharing import once

ROOT = Path(__file__).parents[1]
DATASETS = ROOT / "datasets"
AS_OF = date(2026, 10, 31)
PLAN = Plan(grids=30, cases=600, seed=3, as_of=AS_OF)

AREAS = """code,name,level,parent_code
990001,演示区,district,
990001001,东街道,street,990001
990001002,西镇,street,990001
990001001001,柴米居委会,community,990001001
990001001002,城南社区居委会,community,990001001
990001002001,王庄村委会,community,990001002
990001002002,李庄村委会,community,990001002
"""


ONE_COMMUNITY = """area_id,name,level,parent_id
990001,演示区,district,
990001001,东街道,street,990001
990001001001,柴米,community,990001001
"""


def write_package(folder: Path, tables: Mapping[str, str], settings: Mapping[str, Any] | None = None) -> Path:
    """Write the CSV `tables` as a package with the schemas of datasets/.

    Any table but those of places may be without a row. A field that a table's header does not have is left out of its
    schema, and so are keys to absent tables.
    """
    descriptor = json.loads((DATASETS / "datapackage.json").read_text(encoding="utf-8"))
    descriptor["mingge"] |= {"repository": "private", "as_of": AS_OF.isoformat(), **(settings or {})}
    descriptor["resources"] = [item for item in descriptor["resources"] if item["name"] in tables]
    assert len(descriptor["resources"]) == len(tables), "a table without a schema"
    (folder / "schemas").mkdir(parents=True)
    for item in descriptor["resources"]:
        item["minimum_rows"] = int(item["name"] in ("area", "grid"))
        schema = json.loads((DATASETS / item["schema"]).read_text(encoding="utf-8"))
        header = tables[item["name"]].partition("\n")[0].replace('"', "").split(",")
        schema["fields"] = [field for field in schema["fields"] if field["name"] in header]
        schema["foreignKeys"] = [
            key for key in schema.get("foreignKeys", ())
            if key["fields"][0] in header and key["reference"]["resource"] in {"", *tables}
        ]  # fmt: skip
        write_json(folder / item["schema"], schema)
        (folder / item["path"]).write_text(tables[item["name"]], encoding="utf-8")
    write_json(folder / "datapackage.json", descriptor)
    return folder


def write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1), encoding="utf-8")


def csv(header: str, rows: Sequence[str]) -> str:
    return "\n".join([header, *rows]) + "\n"


# two grids, and three branches that answer for them one after the other
GRIDS = [f"99000100100100{n}" for n in (1, 2)]
BRANCH_TABLES = {
    "area": ONE_COMMUNITY,
    "grid": csv(
        "grid_id,name,area_id,kind,opened_date,closed_date",
        [f"{grid},{n}格,990001001001,综合,2020-01-01," for n, grid in enumerate(GRIDS)],
    ),
    "branch": csv("branch_id,name,kind,parent_id", [f"B0000000{n},第{n}党支部,党支部," for n in (1, 2, 3)]),
    "branch_grid": csv(
        "branch_id,grid_id,role,from_date,to_date",
        [
            f"B00000001,{GRIDS[0]},主责,2020-01-01,2026-04-30",
            f"B00000002,{GRIDS[0]},主责,2026-05-01,",
            f"B00000003,{GRIDS[0]},共建,2020-01-01,",
            f"B00000003,{GRIDS[1]},主责,2026-03-01,2026-03-31",
        ],
    ),
    "case_category": csv(
        "category_id,name,group,disclosure,respond_limit_days,resolve_limit_days,day_kind",
        ["A01,路灯,公共,逐件公开,,,自然日"],
    ),
}


def quiet(_stage: str, _count: int) -> None:
    """Show nothing."""


def no_clock(_timezone: str) -> date:
    raise AssertionError("a package that states its day must not ask the clock")


def checked(
    folder: Path, as_of: date | None = None, errors: frozenset[str] | None = frozenset(), *, is_raw: bool = False
) -> Checked:
    """Return what `pipeline.check` says of the package; it must have `errors` (codes; None: any) and no others."""
    found = pipeline.check(folder, no_clock, quiet, as_of, is_raw=is_raw, is_locked=False)
    codes = {code for severity, code, _ in found.report.counts() if severity is Severity.ERROR}
    assert errors is None or codes == errors, [(item.code, *item.address, item.value) for item in found.remarks()][:5]
    return found


# each stage from a checked package on, as `pipeline.build` calls it


def counted(found: Checked) -> Counted:
    """Return everything counted, private."""
    return count.tables(found.tables, found.as_of, found.subjects, here())


def published(found: Checked) -> Published:
    """Return what may be published."""
    return protect.counted(counted(found), found.tables, found.report, found.policy, found.subjects)


def facts(found: Checked) -> Facts:
    """Return what is measured."""
    return measure.published(published(found), found.subjects)


def sources(found: Checked, language: str = "en") -> Sources:
    """Return what pages are made from, before the downloads are written."""
    behind = whole(published(found))
    rules = check.rules(behind.package, found.subjects)
    guide = pages.guide(behind.tables)
    source = pages.sources(
        behind, measure.published(behind, found.subjects), found.subjects, translator(language), guide
    )
    return pages.with_openness(pages.with_rules(source, rules), found.openness)


def whole(found: Published) -> Published:
    """Return what may be published as one shard, whose pages are all pages there are."""
    units = {level: tuple(sorted(owner)) for level, owner in found.shards.owner.items()}
    every = Shard(number=0, name="", areas=units["area"], grids=units["grid"], branches=units["branch"])
    return replace(found, shards=replace(found.shards, every=(every,)))


def taken_in(found: Checked, into: Path, key: bytes | None = None) -> Path:
    """Write the public package of a checked private one into the new folder `into`, without a lock; return it."""
    into.mkdir()
    pipeline.take_in(found, into, found.tables.package.root, key, quiet)
    return into


def locked(folder: Path) -> Path:
    """Write the lock of a public package, as a reviewer would have it written; return the package."""
    found = pipeline.check(folder, no_clock, quiet, is_locked=False)
    (folder / "policy.lock").write_text(found.renewal().text, encoding="utf-8")
    return folder


def build(
    folder: Path, output: Path, config: Path = ROOT / "mkdocs.yml", *, is_raw: bool = False,
    previous: Path | None = None,
) -> int:  # fmt: skip
    """Build the package's site into `output`, by way of intake where it is private; return the number of pages.

    `previous`: the site of the last release.
    """
    found = checked(folder, is_raw=is_raw)
    if not found.is_public:
        found = checked(taken_in(found, output.with_name(f"{output.name}-public")), found.as_of)
    return pipeline.build(found, site_config(config), output, quiet, pipeline.Means(here(), None, previous))


# A session fixture in each folder's conftest would build a site each; these build one, whoever asks first.


def without_never(folder: Path) -> Path:
    """Take the columns that are never published out of a package, as a private repository must have it; return it."""
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    for item in descriptor["resources"]:
        fields = json.loads((folder / item["schema"]).read_text(encoding="utf-8"))["fields"]
        never = [field["name"] for field in fields if field.get("publish", "never") == "never"]
        if never:
            frame = pd.read_csv(folder / item["path"], dtype="str", keep_default_na=False)
            frame.drop(columns=never).to_csv(folder / item["path"], index=False, lineterminator="\n")
    return folder


@cache
def demo_raw(base: Path) -> Path:
    """Return a demonstration package of PLAN on areas that exist nowhere, as it is exported, written once a run."""

    def make(folder: Path) -> None:
        areas = base / "demo-areas.csv"
        areas.write_text(AREAS, encoding="utf-8")
        write_demo(folder, areas=areas, template=DATASETS, plan=PLAN, subjects=SUBJECTS)

    return once(base, "demo-raw", make)


@cache
def demo_private(base: Path) -> Path:
    """Return the same as a private repository may have it: without the columns that nobody needs."""
    raw = demo_raw(base)
    return once(base, "demo-private", lambda folder: without_never(Path(shutil.copytree(raw, folder))))


@cache
def demo_package(base: Path) -> Path:
    """Return the public package of the private demonstration: what a site is built from."""
    private = demo_private(base)
    return once(base, "demo-package", lambda folder: locked(taken_in(checked(private), folder)))


@cache
def repository() -> Checked:
    """Return the repository's own package as far as its findings, checked once a session."""
    return checked(DATASETS)


@cache
def demo_checked(base: Path) -> Checked:
    """Return the demonstration package as far as its findings."""
    return checked(demo_package(base))


@cache
def demo_published(base: Path) -> Published:
    """Return what may be published of the demonstration package."""
    return published(demo_checked(base))


@cache
def demo_site(base: Path) -> Path:
    """Return the finished site of the demonstration package, built once a run: look, do not touch."""
    found, config = demo_checked(base), site_config(ROOT / "mkdocs.yml")
    return once(base, "demo-site", lambda folder: pipeline.build(replace(found), config, folder, quiet))
