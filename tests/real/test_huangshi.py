"""A real month of mediation in Huangshi: its totals by category, by origin and by result are one number."""

from __future__ import annotations

import json
from itertools import chain, repeat
from pathlib import Path

import pytest

from builder.subjects.case.facts import CaseFacts
from tests.packages import ONE_COMMUNITY, checked, csv, facts, write_package

SOURCE = Path(__file__).parents[3] / "shared" / "data" / "huangshi-2016-08.json"
GRID = "990001001001001"

pytestmark = pytest.mark.skipif(
    not SOURCE.is_file(), reason="the month of Huangshi (../shared/data/huangshi-2016-08.json) is not on this machine"
)


def test_the_totals_reconcile_three_ways(tmp_path: Path) -> None:
    month = json.loads(SOURCE.read_text(encoding="utf-8"))
    codes = {name: f"M{number:02d}" for number, name in enumerate(month["by_category"])}
    categories = list(chain.from_iterable(repeat(codes[name], n) for name, n in month["by_category"].items()))
    channels = dict(zip(month["by_origin"], ("网格巡查", "窗口来访", "12345热线"), strict=True))
    origins = list(chain.from_iterable(repeat(channels[name], n) for name, n in month["by_origin"].items()))
    results = ["解决"] * month["successful"] + ["未解决"] * (month["total"] - month["successful"])
    assert len(categories) == len(origins) == len(results) == month["total"]
    rows = [
        f"C{number:06d},{GRID},{category},{origin},2016-08-15,2016-08-20,已办结,{result},否"
        for number, (category, origin, result) in enumerate(zip(categories, origins, results, strict=True))
    ]
    header = "case_id,grid_id,category_id,channel,received_date,resolved_date,stage,outcome,is_void"
    package = write_package(
        tmp_path / "package",
        {
            "area": ONE_COMMUNITY,
            "grid": csv("grid_id,name,area_id,kind", [f"{GRID},一格,990001001001,综合"]),
            "case_category": csv(
                "category_id,name,group,disclosure,respond_limit_days,resolve_limit_days,day_kind",
                [f"{code},{name},调解,逐件公开,,,自然日" for name, code in codes.items()],
            ),
            "case": csv(header, rows),
        },
        {"as_of": "2016-08-31", "period_months": 1},
    )
    case = facts(checked(package)).parts["case"]
    assert isinstance(case, CaseFacts)
    district = case.units["area"]["990001"]
    cuts = dict(district.cuts)

    assert {name: tally.received for name, tally in cuts["channel"]} == {
        channels[name]: count for name, count in month["by_origin"].items()
    }
    assert {case.names[code]: tally.received for code, tally in district.categories} == month["by_category"]
    assert district.tally.resolution == (month["successful"], month["total"])
    assert district.tally.received == month["total"]
    assert sum(tally.outcome_resolved for _, tally in cuts["channel"]) == month["successful"]
