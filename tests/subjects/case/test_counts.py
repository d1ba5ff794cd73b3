"""Each case is counted as docs/metrics.md says. The cases are in counts.yaml, one sentence each."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

from builder.subjects.case import CASE
from builder.subjects.case.count import CaseCounted
from builder.subjects.case.tally import COUNTED, CaseTally
from tests.packages import AS_OF, ONE_COMMUNITY, checked, counted, csv, write_package
from tests.sharing import by_day

CASES = yaml.safe_load((Path(__file__).parent / "counts.yaml").read_text(encoding="utf-8"))

GRID = "990001001001001"
TABLES = {
    "area": ONE_COMMUNITY,
    "grid": csv("grid_id,name,area_id,kind", [f"{GRID},一格,990001001001,综合"]),
    "case_category": csv(
        "category_id,name,group,disclosure,respond_limit_days,resolve_limit_days,day_kind",
        ["A01,路灯,公共,逐件公开,1,5,工作日", "B01,垃圾,公共,逐件公开,1,3,自然日", "D01,咨询,社区,逐件公开,,,自然日",
         "D02,建议,社区,逐件公开,,3,自然日", "D03,求助,社区,逐件公开,0,0,自然日"],
    ),
}  # fmt: skip
COLUMNS = (
    "case_id", "grid_id", "category_id", "channel", "received_date", "responded_date", "extended_to_date",
    "resolved_date", "stage", "outcome", "satisfaction", "is_void",
)  # fmt: skip


def row(case: dict[str, Any]) -> str:
    stage = "已办结" if "resolved_date" in case else "办理中"
    cells = {"case_id": "C000001", "grid_id": GRID, "channel": "网格巡查", "stage": stage, "is_void": "否"} | case
    return ",".join(str(cells.get(name, "")) for name in COLUMNS)


def counts_of(folder: Path, case: str, as_of: date = AS_OF) -> CaseCounted:
    found = checked(write_package(folder, {**TABLES, "case": case}), as_of)
    return CASE.count(found.tables, counted(found).scope)


def test_the_cases_are_all_there() -> None:
    assert len(CASES) >= 28
    assert {key for item in CASES for key in item} == {
        "rule",
        "as_of",
        "case",
        "status",
        "limit",
        "days",
        "late",
        "counts",
    }


@pytest.mark.parametrize("item", by_day(CASES, 2), ids=[item["rule"] for item in CASES])
def test_a_case_is_counted_as_documented(item: dict[str, Any], tmp_path: Path) -> None:
    as_of: date = item.get("as_of", AS_OF)
    counts = counts_of(tmp_path / "package", csv(",".join(COLUMNS), [row(item["case"])]), as_of)

    if item["counts"] == "not counted":
        assert counts.rows.empty
        assert all(frame.empty for levels in (counts.tallies, counts.days, counts.cuts) for frame in levels.values())
        return
    (found,) = counts.rows.to_dict("records")
    expected = {name: int(name in item["counts"]) for name in COUNTED}
    limit = None if pd.isna(found["limit_date"]) else found["limit_date"].date()
    assert {name: found[name] for name in COUNTED} == expected
    assert (found["status"], limit, found["days"], found["days_late"]) == (
        item["status"], item.get("limit"), item["days"], item.get("late", 0),
    )  # fmt: skip
    (tally,) = counts.tallies["grid"].to_dict("records")
    assert tally == {"unit": GRID, "category_id": item["case"]["category_id"], **expected}
    is_resolved = "resolved_date" in item["case"]
    assert counts.days["grid"].to_dict("records") == [
        {"unit": GRID, "category_id": item["case"]["category_id"], "days": item["days"], "resolved": int(is_resolved),
         "censored": int(not is_resolved)}
    ]  # fmt: skip


def test_the_counted_fields_are_those_of_the_tally() -> None:
    assert (*COUNTED, "median_days") == tuple(CaseTally.__dataclass_fields__)


def test_a_package_that_does_not_record_responses_has_no_response_rate_instead_of_0_percent(tmp_path: Path) -> None:
    kept = [name for name in COLUMNS if name not in {"responded_date", "extended_to_date", "outcome", "satisfaction"}]
    cells = f"C000001,{GRID},B01,网格巡查,2026-10-10,2026-10-12,已办结,否"
    (found,) = counts_of(tmp_path / "package", csv(",".join(kept), [cells])).rows.to_dict("records")

    assert [name for name in COUNTED if found[name]] == ["received", "resolve_kept", "resolve_due"]
