"""A package with findings made by hand: of every shape that a finding can have, and with cells that mean harm."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from builder.checked import Checked
from builder.model import (
    Address,
    Explained,
    Field,
    Finding,
    Listed,
    Message,
    Openness,
    Package,
    Policy,
    Quote,
    Record,
    Report,
    Resource,
    Schema,
    Settings,
    Severity,
    Tables,
)

__all__ = ["CODES", "ERROR", "EVERY", "EVIL", "FILES", "WARNING", "checked", "field", "finding", "package"]

ERROR, WARNING = Severity.ERROR, Severity.WARNING

FILES = {
    "grid.csv": "网格编码,网格名称,户数\n" + "".join(f"32081200100100{n},第{n}网格,{n}0\n" for n in range(1, 9)),
    "case.csv": "事项编号,收到日期\nC1,2026-03-05\nC2,45000\n",
}

EVIL = (
    "=cmd|' /C calc'!A0 ::error::x ##[stop-commands]y"
    " %0A <script>alert(1)</script> &amp; | `a` ]]>\x00\x1b[31m\ufffe\r\n::warning::z"
)
"""What a cell may say to whoever reads it: a spreadsheet, GitHub, a terminal, a browser, XML, Markdown."""


def finding(
    code: str,
    place: Address,
    message: Message,
    *,
    severity: Severity = ERROR,
    resource: str = "grid",
    column: str = "",
    value: str | None = None,
    mended: str | None = None,
) -> Finding:
    """Return a finding; `value` and `mended` stand in a column that anybody may read."""
    quote = None if value is None else Quote(resource, "name", value)
    values = dict(message.values) | ({"value": quote} if quote else {})
    text = Message(message.text, message.hint, values)
    better = None if mended is None else Quote(resource, "name", mended)
    return Finding(code, severity, resource, place, text, column, quote, better)


DATE = Message("“{value}”不是日期", "写成 2026-03-05 这样。")
NEAR = Message("“{value}”不在可以填的内容里（{allowed}）", "是不是想写“{near}”？")

EVERY: tuple[Finding, ...] = (
    finding("bad-setting", Address("datapackage.json"), Message("没有 as_off 这个设置", "是不是想写 as_of？"),
            resource=""),
    finding("missing-file", Address("case.csv"), Message("没有这个文件", "请放进来。"), resource="case"),
    *(
        finding("unknown-column", Address("grid.csv", 1, letter),
                Message("不认识 {letter} 列", "删除这一列。", {"letter": letter}))
        for letter in "DE"
    ),
    finding("ragged-row", Address("grid.csv", 9), Message("这一行多了一格", "")),
    *(
        finding("type-error", Address("grid.csv", row, "C"), DATE, column="户数", value=f"{45000 + row}",
                mended=f"2023-03-{row:02}")
        for row in range(2, 9)
    ),
    finding("enum", Address("grid.csv", 3, "B"), Message(NEAR.text, NEAR.hint, {"near": "甲", "allowed": ("甲", "乙")}),
            column="网格名称", value="申", mended="甲"),
    finding("name", Address("grid.csv", 4, "B"), Message("“{value}”有问题", "改一改。"), severity=WARNING,
            column="网格名称", value=EVIL),
    Finding("secret", ERROR, "case", Address("case.csv", 2, "B"),
            Message("“{value}”不能公开", "", {"value": Quote("case", "secret", "秘密内容")}), "收到日期",
            Quote("case", "secret", "秘密内容"), Quote("case", "secret", "秘密改法")),
    *(
        finding("photo", Address(f"attachments/{name}.pdf"), Message("没有用到这个附件", "删除它。"), severity=WARNING,
                resource="case")
        for name in ("a", "b\udcb2")
    ),
    finding("stray", Address("case(1).csv"), Message("没有人读这个文件", "改名。"), severity=WARNING, resource=""),
)  # fmt: skip

CODES = (
    Explained("type-error", ERROR, "每一格是日期。", "cell", "", ""),
    Explained("name", WARNING, "名称没有怪字符。", "cell", "", "", "名称照样显示。", "grid"),
)


def package(root: Path, names: Iterable[str] = ("grid", "case")) -> Package:
    """Return a package of a few tables, the files of which need not be there."""
    titles = {"grid": "网格", "case": "事项"}
    resources = {
        name: Resource(
            name, titles.get(name, name), "", f"{name}.csv", (root / f"{name}.csv",), 1,
            Schema((field("name"), field("secret", "never")), ("name",), (), {}),
        )
        for name in names
    }  # fmt: skip
    settings = Settings(
        as_of=None, demonstration=False, timezone="Asia/Shanghai", calendar="CN", period_months=12,
        minimum_denominator=10, minimum_ballots=10, minimum_ranked=10, nested_codes=True, severities={},
    )  # fmt: skip
    return Package(root, "made", "示例数据", "", settings, resources, {})


def field(name: str, publish: str = "public") -> Field:
    return Field(name, name, "", "string", publish, False, "", (), {}, {}, "", {})  # type: ignore[arg-type]


def checked(
    findings: Iterable[Finding] = EVERY, root: Path = Path("/package"), rows: Mapping[str, int] | None = None
) -> Checked:
    """Return a checked package with these findings."""
    found = package(root)
    policy = Policy(
        public={"grid": frozenset({"name"}), "case": frozenset({"name"})}, polls={}, levels={}, minimum_denominator=10,
        minimum_ballots=10, minimum_ranked=10, quotable=frozenset({"grid"}),
    )  # fmt: skip
    report = Report((Listed(tuple(findings)),), rows or {"grid": 8, "case": 2})
    openness = Openness(Record("private", {}, {}, {}, {}), ())
    return Checked(Tables(found, {}), report, date(2026, 10, 31), policy, (), (), {}, openness)
