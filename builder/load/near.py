"""The right word for one that is nearly right: misspelt, in other letters, or as another program calls it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping

__all__ = ["nearest"]

OTHERWISE: Mapping[str, tuple[str, ...]] = {
    "string": ("text", "str", "varchar", "char", "文本", "文字", "字符串"),
    "integer": ("int", "long", "bigint", "whole", "整数"),
    "number": ("float", "double", "decimal", "numeric", "real", "money", "数字", "小数"),
    "boolean": ("bool", "logical", "yesno", "是否", "布尔"),
    "date": ("day", "日期"),
    "datetime": ("timestamp", "time", "moment", "时间"),
    "public": ("yes", "true", "open", "all", "是", "公开"),
    "never": ("no", "false", "none", "private", "secret", "hidden", "否", "不公开"),
    "counts": ("count", "statistics", "sum", "only_counts", "统计"),
    "Asia/Shanghai": ("Asia/Beijing", "Beijing", "Shanghai", "China", "UTC+8", "UTC+08:00", "GMT+8", "北京时间"),
    "private": ("secret", "internal", "staff", "内部"),
}
"""What other programs, and people, call a word of ours."""


def nearest(word: str, known: Iterable[str], cutoff: float = 0.6) -> str:
    """Return the one of `known` that `word` means, "" if none is near. `cutoff`: 1 is the same, 0 nothing alike."""
    words = {item: item for item in known}
    plain = word.strip().casefold().replace("-", "_").replace(" ", "_")
    for item, others in OTHERWISE.items():
        if item in words:
            words |= {other: item for other in others if other not in words}
    folded = {other.casefold().replace("_", ""): item for other, item in words.items()}
    if plain.replace("_", "") in folded:
        return folded[plain.replace("_", "")]
    near = difflib.get_close_matches(word[:60], list(words.values()), n=1, cutoff=cutoff)
    return near[0] if near else ""
