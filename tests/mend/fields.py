"""Fields as schemas have them, by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from builder.model import Field

__all__ = ["FIELDS", "made"]


def made(kind: str = "string", title: str = "列", rest: Mapping[str, Any] | None = None, **limits: Any) -> Field:
    """Return a public field of a type with these constraints; `rest`: other properties of its descriptor."""
    more = dict(rest or {})
    labels = more.pop("labels", {})
    return Field(
        name="x", title=title, description="", type=kind, publish="public", required=bool(limits.get("required")),
        fix="", aliases=(), labels=labels, roles={}, vote="",
        descriptor={"name": "x", "type": kind, "constraints": limits, **more},
    )  # fmt: skip


FIELDS: Mapping[str, Field] = {
    "grid": made(pattern="^[0-9]{15}$", required=True),
    "long code": made(pattern="^[0-9]{18}$"),
    "area": made(pattern="^[0-9]{6}([0-9]{3}([0-9]{3})?)?$"),
    "category": made(pattern="^[A-Z][0-9]{2}$", required=True),
    "case": made(pattern="^[A-Za-z0-9][A-Za-z0-9-]{0,39}$", required=True),
    "period": made(pattern="^20[0-9]{2}-Q[1-4]$"),
    "names": made(pattern="^[^0-9０-９]*$", maxLength=30),
    "day": made("date", required=True),
    "optional day": made("date", minimum="2000-01-01", maximum="2030-12-31"),
    "moment": made("datetime"),
    "moment as Excel writes it": made("datetime", rest={"format": "%Y-%m-%d %H:%M"}),
    "households": made("integer", "户数", minimum=0, maximum=5000),
    "money": made("number", "金额(元)", {"decimals": 2}),
    "score": made("number", minimum=0, maximum=100),
    "void": made("boolean", rest={"trueValues": ["是"], "falseValues": ["否"]}),
    "stage": made(enum=["待受理", "办理中", "已办结"], required=True),
    "satisfaction": made(enum=["满意", "基本满意", "不满意"]),
    "level": made(enum=["district", "street"], rest={"labels": {"district": "区", "street": "街道"}}),
    "text": made(maxLength=60),
    "needed text": made(required=True, minLength=1),
}
