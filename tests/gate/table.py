"""The table of what is found, as docs/personal-data.md states it: `python -m tests.gate.table` writes it there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pyarrow as pa

from builder.gate import Kind

__all__ = ["Score", "array", "of"]

NAMES: Mapping[Kind, str] = {
    Kind.IDENTITY: "身份证号（15、18 位）", Kind.MOBILE: "手机号", Kind.LANDLINE: "座机号（不是登记的工作电话）",
    Kind.CARD: "银行卡号", Kind.PLATE: "车牌", Kind.EMAIL: "电子邮箱", Kind.CHAT: "微信、QQ 号",
    Kind.PASSPORT: "护照、通行证号", Kind.DOOR: "住户的门牌",
    Kind.COORDINATE: "精确坐标", Kind.BIRTH: "出生日期",
    Kind.CLASS: "未成年人的班级",
}  # fmt: skip

START, END = "<!-- measured -->", "<!-- /measured -->"


class Score(NamedTuple):
    """`lines` of the corpus that hold the kind, how many were `found`, and how many others were taken for it."""

    lines: int
    found: int
    wrongly: int

    @property
    def recall(self) -> float:
        return self.found / self.lines

    @property
    def precision(self) -> float:
        return self.found / (self.found + self.wrongly)


def array(texts: Sequence[str]) -> pa.Array:
    return pa.array(texts, type=pa.large_string())


def of(scores: Mapping[Kind, Score], total: int) -> str:
    """Return the table in Markdown, between its marks."""
    rows = [
        f"| {NAMES[kind]} | {s.lines} | {s.found} | {s.wrongly} | {s.recall:.1%} | {s.precision:.1%} |"
        for kind, s in scores.items()
    ]
    head = ["| 种类 | 样本里有 | 找到 | 误报 | 找全的比例 | 找准的比例 |", "| --- | ---: | ---: | ---: | ---: | ---: |"]
    return "\n".join([START, f"样本共 {total} 行，都是编写的，不是真人的信息。", "", *head, *rows, END])


def main() -> None:
    from tests.gate.test_corpus import PAGE, lines, scores

    before, _, rest = PAGE.read_text(encoding="utf-8").partition(START)
    PAGE.write_text(before + of(scores(), len(lines())) + rest.partition(END)[2], encoding="utf-8")


if __name__ == "__main__":
    main()
