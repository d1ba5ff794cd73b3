"""The kinds of matters that residents raise, with their limits and how openly each may be shown."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from builder.demo.columns import Flags, Floats

__all__ = ["CATEGORIES", "SHARES", "WORKING", "limit", "table"]

OPEN, COUNTED, PROTECTED = "逐件公开", "数量公开", "受保护"
WORK, CALENDAR = "工作日", "自然日"


class Category(NamedTuple):
    """A row of case_category.csv, and its share of all cases."""

    category_id: str
    name: str
    group: str
    disclosure: str
    respond_limit_days: int
    resolve_limit_days: int
    day_kind: str
    share: float


CATEGORIES = (
    Category("A01", "路灯照明", "公共设施", OPEN, 1, 5, WORK, 8),
    Category("A02", "道路破损", "公共设施", OPEN, 2, 15, WORK, 7),
    Category("A03", "管道堵塞", "公共设施", OPEN, 1, 5, CALENDAR, 9),
    Category("A04", "健身和休息设施", "公共设施", OPEN, 2, 20, WORK, 4),
    Category("B01", "垃圾清运", "环境卫生", OPEN, 1, 3, CALENDAR, 12),
    Category("B02", "绿化养护", "环境卫生", OPEN, 2, 15, WORK, 5),
    Category("B03", "噪声扰民", "环境卫生", OPEN, 1, 7, CALENDAR, 9),
    Category("C01", "违章停车", "秩序安全", OPEN, 1, 3, CALENDAR, 9),
    Category("C02", "占道经营", "秩序安全", OPEN, 1, 5, WORK, 5),
    Category("C03", "消防通道", "秩序安全", OPEN, 1, 3, CALENDAR, 6),
    Category("D01", "物业服务", "社区服务", COUNTED, 2, 20, WORK, 8),
    Category("D02", "咨询求助", "社区服务", COUNTED, 1, 5, WORK, 5),
    Category("D03", "意见建议", "社区服务", COUNTED, 3, 30, CALENDAR, 3),
    Category("P01", "家庭邻里纠纷", "矛盾调解", PROTECTED, 2, 30, CALENDAR, 5),
    Category("P02", "困难救助", "民生保障", PROTECTED, 2, 20, WORK, 3),
    Category("P03", "信访事项", "矛盾调解", PROTECTED, 3, 30, WORK, 2),
)
SHARES = tuple(each.share for each in CATEGORIES)
WORKING: Flags = np.array([each.day_kind == WORK for each in CATEGORIES])


def table() -> pd.DataFrame:
    """Return case_category.csv, one row a category."""
    return pd.DataFrame(CATEGORIES).drop(columns="share").assign(limit_unit="天", minimum_cell="", hides_zero="否")


def limit(column: str) -> Floats:
    """Return the limit of each category in calendar days, five working days being a week."""
    return table()[column].to_numpy(dtype=np.float64) * np.where(WORKING, 1.4, 1.0)
