"""Nothing that may not be published is in a byte of the public package or of the site, and nothing moves with it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from builder import demo, pipeline
from builder.demo import Plan
from builder.load import site_config
from builder.subjects import SUBJECTS
from tests.intake.canary import TOKEN, contents, plant, rows, write
from tests.intake.making import KEY
from tests.packages import AREAS, AS_OF, DATASETS, ROOT, checked, demo_raw, locked, quiet, taken_in


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    """A raw export whose private cells are tokens, and how many there are."""
    base = tmp_path_factory.mktemp("canary")
    (base / "areas.csv").write_text(AREAS, encoding="utf-8")
    plan = Plan(grids=12, cases=1_500, seed=8, as_of=AS_OF)
    demo.write(base / "raw", areas=base / "areas.csv", template=DATASETS, plan=plan, subjects=SUBJECTS)
    return base / "raw", plant(base / "raw")


@pytest.fixture(
    scope="module", params=[None, pytest.param(KEY, marks=pytest.mark.nightly)], ids=["without a key", "with a key"]
)
def public(request: pytest.FixtureRequest, planted: tuple[Path, int], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("canary") / "public"
    return locked(taken_in(checked(planted[0], is_raw=True), folder, request.param))


def test_the_tokens_are_there_before_intake(planted: tuple[Path, int]) -> None:
    folder, count = planted
    found = {token for content in contents(folder).values() for token in TOKEN.findall(content)}

    assert len(found) == count > 6_000


def test_no_byte_of_the_public_package_has_one(public: Path) -> None:
    assert {path: found[:3] for path, text in contents(public).items() if (found := TOKEN.findall(text))} == {}


def test_no_byte_of_the_site_has_one(public: Path, tmp_path: Path) -> None:
    pipeline.build(checked(public), site_config(ROOT / "mkdocs.yml"), tmp_path / "site", quiet)
    found = contents(tmp_path / "site")

    assert len(found) > 200
    assert {path: tokens[:3] for path, text in found.items() if (tokens := TOKEN.findall(text))} == {}


COUNTS = {"case_statistic.csv", "feedback_statistic.csv"}


@pytest.mark.parametrize(
    "key", [None, pytest.param(KEY, marks=pytest.mark.nightly)], ids=["without a key", "with a key"]
)
@pytest.mark.parametrize("way", [pytest.param("changed", marks=pytest.mark.nightly), "deleted"])
def test_rows_that_may_not_be_listed_change_no_file_but_the_counts_of_closed_periods(
    way: str, key: bytes | None, tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    raw = demo_raw(tmp_path_factory.getbasetemp())
    other = Path(shutil.copytree(raw, tmp_path / "raw"))
    levels = {row["category_id"]: row["disclosure"] for row in rows(raw / "case_category.csv")}
    found = rows(raw / "case.csv")
    hidden = [row for row in found if levels[row["category_id"]] != "逐件公开" or row["is_void"] == "是"]
    listed = [row for row in found if row not in hidden]
    for row in hidden[::2]:
        row |= {"received_date": "2026-03-05", "responded_date": "", "resolved_date": "", "accepted_date": "",
                "extended_to_date": "", "limit_date": "", "stage": "待受理", "satisfaction": "", "outcome": "",
                "expected_date": "", "delay_reason": "", "handler_kind": "", "method": ""}  # fmt: skip
    kept = [row for row in found if row in listed] if way == "deleted" else found
    write(other / "case.csv", kept)
    before, after = (
        contents(taken_in(checked(folder, errors=None, is_raw=True), tmp_path / name, key))
        for folder, name in ((raw, "before"), (other, "after"))
    )

    assert len(hidden) > 100
    assert before.keys() == after.keys()
    assert {name for name in before if before[name] != after[name]} == {"case_statistic.csv"} <= COUNTS
