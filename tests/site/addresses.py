"""The addresses of a site, and those that a package implies read with csv alone."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

__all__ = ["LISTS", "URL", "WRITTEN", "files", "implied", "loaded", "rows", "timeless", "urls"]

URL = "https://mingge.example/"
WRITTEN = {
    "about/", "metrics/", "privacy/", "reading/", "staff/", "dictionary/", "checks/", "personal-data/",
    "verify/",
}
LISTS = {
    "", "find/", "overdue/", "coverage/", "assessment/", "catalogue/", "changes/", "data/", "quality/", "policy/",
}  # fmt: skip
PERIOD_START, AS_OF = "2025-11-01", "2026-10-31"
NEWEST = 20
YEAR = re.compile(r"(?<=/records/)(?:\d{4}|undated)/$")


def rows(package: Path, name: str) -> list[dict[str, str]]:
    with (package / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def files(site: Path) -> dict[str, Path]:
    return {path.relative_to(site).as_posix(): path for path in sorted(site.rglob("*")) if path.is_file()}


def loaded(site: Path, name: str) -> Path:
    """Return what every page loads under `name`, such as site.css, wherever it lies."""
    (found,) = site.glob(f"assets/*/{name}")
    return found


def urls(site: Path) -> set[str]:
    return {path.removesuffix("index.html") for path in files(site) if path.endswith("index.html")}


def timeless(paths: set[str]) -> set[str]:
    """Return `paths` without the pages of one year's records, of which each index has at least one."""
    found = {path for path in paths if YEAR.search(path)}
    assert {YEAR.sub("", path) for path in found} == {path for path in paths if path.endswith("/records/")}
    return paths - found


def implied(package: Path) -> Iterator[str]:
    """Yield the address of every page that a package's rows imply read with csv alone."""
    cases = Counter(row["grid_id"] for row in rows(package, "case") if row["received_date"] >= PERIOD_START)
    due = [row for row in rows(package, "duty") if row["due_date"] >= PERIOD_START]
    duties, of_branch = Counter(row["grid_id"] for row in due), Counter(row["branch_id"] for row in due)
    below = Counter(row["parent_id"] for row in rows(package, "area"))
    for grid in rows(package, "grid"):
        code = grid["grid_id"]
        below[grid["area_id"]] += 1
        yield f"grid/{code}/"
        if max(cases[code], duties[code]) > NEWEST:
            yield f"grid/{code}/records/"
    for row in rows(package, "branch"):
        yield f"branch/{row['branch_id']}/"
        if of_branch[row["branch_id"]] > NEWEST:
            yield f"branch/{row['branch_id']}/records/"
    everybody = {row["item_id"] for row in rows(package, "catalogue") if row["audience"] == "全社会"}
    for row in rows(package, "disclosure"):
        if row["item_id"] in everybody and row["published_date"]:
            yield from (f"disclosure/{row['disclosure_id']}/", f"branch/{row['branch_id']}/disclosures/")
    for area in rows(package, "area"):
        code = area["area_id"]
        yield f"area/{code}/"
        if area["level"] != "community" and below[code] > 1:  # grids share their branches
            yield f"area/{code}/by-disclosure/"
        yield from (f"area/{code}/by-{order}/" for order in ("overdue", "duty", "case") if below[code] > 1)
        if area["level"] == "street":
            yield from (f"assessment/{code}/", f"overdue/{code}/", f"print/{code}/", f"find/{code}/")
    if any(row["due_date"] < AS_OF and not row["done_date"] and not row["grid_id"] for row in rows(package, "duty")):
        yield "overdue/by-branch/"
    parents = {row["branch_id"]: row["parent_id"] for row in rows(package, "branch")}
    late = {row["branch_id"] for row in rows(package, "duty") if row["due_date"] < AS_OF and not row["done_date"]}
    for group in {second_level(parents, branch) for branch in late}:
        yield f"overdue/by-branch/{group}/"


def second_level(parents: Mapping[str, str], branch: str) -> str:
    """Return the branch above `branch`, or itself, that has one branch above it; the topmost is its own."""
    while parents[branch] and parents[parents[branch]]:
        branch = parents[branch]
    return branch
