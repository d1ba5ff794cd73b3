"""Every kind of defect in a cell, as a whole Finding: where it is, what was found, what to do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from builder.errors import BuilderError
from builder.model import Address, Finding, Message, Quote, Severity
from tests.validate.one_table import KEY, Field, cell, read, short, shorts, validated


def field(kind: str = "string", publish: str = "public", **constraints: object) -> dict[str, Any]:
    return {"name": "x", "title": "栏", "type": kind, "publish": publish, "constraints": constraints}


SENTENCES = {
    "date": (field("date"), "明天", "type-error: “明天” is not a date | Write it like 2026-03-05."),
    "datetime": (
        field("datetime"), "明早",
        "type-error: “明早” is not a day with a time | Write it like 2026-03-05T08:00:00.",
    ),
    "integer": (field("integer"), "很多", "type-error: “很多” is not a whole number | Write digits only, such as 312."),
    "number": (field("number"), "很多", "type-error: “很多” is not a number | Write digits only, such as 92.5."),
    "boolean": (
        {**field("boolean"), "trueValues": ["是"], "falseValues": ["否"]}, "也许",
        "type-error: “也许” is neither of: 是, 否 | Write one of these.",
    ),
    "required": (field(required=True), "", "required-constraint: the cell is empty | Fill it in."),
    "enum": (
        field(enum=["已办结", "办理中"]), "等等",
        "enum-constraint: “等等” is not one of: 已办结, 办理中 | Write one of these.",
    ),
    "enum, a near miss": (
        field(enum=["已办结", "办理中"]), "办结",
        "enum-near: “办结” is not one of: 已办结, 办理中 | Did you mean “已办结”?",
    ),
    "pattern": (
        field(pattern="^[A-Z][0-9]{3}$"), "甲",
        "pattern-constraint: “甲” is not written as it should be | "
        "It should be, one after the other: 1 capital letters, 3 digits.",
    ),
    "minimum": (
        field("integer", minimum=0), "-1", "minimum-constraint: “-1” is below the minimum 0 | Correct it.",
    ),
    "maximum": (
        field("number", maximum=100), "100.5",
        "maximum-constraint: “100.5” is above the maximum 100 | Correct it.",
    ),
    "minLength": (
        field(minLength=2), "一", "minlength-constraint: “一” has 1 characters, at least 2 are needed | Write it out.",
    ),
    "maxLength": (
        field(maxLength=2), "一二三", "maxlength-constraint: the text has 3 characters, at most 2 fit | Shorten it.",
    ),
    "a sentence of the schema": (
        {**field("integer"), "fix": "请填{半角}数字。"}, "很多",
        "type-error: “很多” is not a whole number | 请填{半角}数字。",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("tested", "value", "sentence"), SENTENCES.values(), ids=SENTENCES)
def test_a_defect_is_a_sentence_with_an_address(tested: Field, value: str, sentence: str, tmp_path: Path) -> None:
    findings = cell(tmp_path, tested, value)
    assert [short(item) for item in findings] == [f"note.csv:2:B {sentence}"]


def test_a_finding_holds_all_that_a_report_needs(tmp_path: Path) -> None:
    quote = Quote("note", "x", "-1", is_formal=True)
    assert cell(tmp_path, field("integer", minimum=0), "7", "-1") == [
        Finding(
            code="minimum-constraint", severity=Severity.ERROR, resource="note", address=Address("note.csv", 3, "B"),
            message=Message(
                "“{value}” is below the minimum {allowed}", "Correct it.",
                {"value": quote, "allowed": ("0",)},
            ),
            column="栏", value=quote,
        )
    ]  # fmt: skip


REFUSED = {
    "integer": ["３１２", "1_000", "1,000", "12.0", "1e3", "0x10", "三", "٣", "9" * 19, "312户", "true"],
    "number": ["９２.5", "1_000", "1;5", "NaN", "nan", "inf", "-Infinity", "1e400", "92%", "--1"],
    "date": ["2026-02-30", "2026/03/05", "20260305", "05.03.2026", "２０２６-03-05", "2026-03-05 ", "2026-03-05T00"],
    "datetime": ["2026-03-05", "2026-03-05T08:00", "2026-03-05T08:00:00Z", "2026-03-05T24:00:00", "2026-02-30T08:00"],
    "boolean": ["是", "yes", "tRue", "2"],
}  # fmt: skip
ACCEPTED = {
    "integer": {"0": 0, "007": 7, "-5": -5, "+5": 5, " 12": 12, "9" * 18: 10**18 - 1},
    "number": {"92.5": 92.5, ".5": 0.5, "5.": 5.0, "-1e3": -1000.0, " 12": 12.0},
    "date": {"2026-03-05": "2026-03-05", "2024-02-29": "2024-02-29"},
    "datetime": {"2026-03-05T08:00:00": "2026-03-05T08:00:00", "2026-03-05 23:59:59": "2026-03-05T23:59:59"},
    "boolean": {"true": True, "True": True, "1": True, "false": False, "0": False},
}  # fmt: skip


@pytest.mark.parametrize(("kind", "values"), REFUSED.items(), ids=REFUSED)
def test_no_text_that_is_no_value_vanishes_in_silence(kind: str, values: list[str], tmp_path: Path) -> None:
    findings = cell(tmp_path, field(kind), *[f'"{value}"' for value in values])
    assert [(item.address.row, item.value and item.value[:3]) for item in findings] == [
        (row, ("note", "x", value)) for row, value in enumerate(values, 2)
    ]


@pytest.mark.parametrize(("kind", "values"), ACCEPTED.items(), ids=ACCEPTED)
def test_values_are_read_as_they_are_written(kind: str, values: dict[str, object], tmp_path: Path) -> None:
    text = "key,x\n" + "".join(f"k,{value}\n" for value in values)
    table, report = validated(tmp_path, text, [KEY, field(kind)])
    assert tuple(report.findings) == ()
    assert table is not None
    written = {"date": lambda item: item.date().isoformat(), "datetime": lambda item: item.isoformat()}
    found = [written[kind](item) if kind in written else item for item in table.frame["x"].tolist()]
    assert found == list(values.values())


# ── what is shown of a cell ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("publish", ["public", "counts", "never"])
def test_a_value_is_quoted_from_its_column_so_that_the_wall_knows_who_may_read_it(publish: str, tmp_path: Path) -> None:
    (finding,) = cell(tmp_path, field(publish=publish, maxLength=5), "13800001234")
    # one column that is not public, and no cell of the table can be trusted to stand where it belongs
    quote = Quote("note", "x" if publish == "public" else "", "13800001234")
    assert (finding.value, finding.message.values["value"]) == (quote, quote)
    rest = {name: value for name, value in finding.message.values.items() if not isinstance(value, Quote)}
    assert "138" not in repr((rest, finding.message.text, finding.message.hint, finding.address, finding.column))


@pytest.mark.parametrize("publish", ["counts", "never"])
def test_a_private_cell_is_not_told_by_the_word_that_it_is_nearly(publish: str, tmp_path: Path) -> None:
    tested = field(publish=publish, enum=["已办结", "办理中"])
    (finding,) = cell(tmp_path, tested, "办结")
    assert (finding.message.hint, "mended" in finding.message.values) == ("Write one of these.", False)


SHOWN = {
    '"一\n二\r\n三"': "一↵二↵三",
    '"a\u2028b"': "a↵b",
    "\x1b[31mred": "\ufffd[31mred",
    "\u202eabc": "\ufffdabc",
    "[bold]x[/]": "[bold]x[/]",
    "{value}{0}": "{value}{0}",
    "长" * 70: "长" * 60,
}


@pytest.mark.parametrize(("value", "shown"), SHOWN.items(), ids=[ascii(value) for value in SHOWN])
def test_a_value_is_shown_as_one_short_line_without_invisible_characters(
    value: str, shown: str, tmp_path: Path
) -> None:
    findings = cell(tmp_path, field(enum=["好"]), value)
    (finding,) = [item for item in findings if item.code == "enum-constraint"]
    assert (read(finding).value, short(finding)) == (
        shown, f"note.csv:2:B enum-constraint: “{shown}” is not one of: 好 | Write one of these.",
    )  # fmt: skip


@pytest.mark.parametrize(
    "character", ["\x07", "\x1b", "\x7f", "\x85", "\x9b", "\u200e", "\u200f", "\u061c", "\u202e", "\u2066", "\u2069"]
)
def test_invisible_characters_are_a_warning_and_become_a_replacement_character(character: str, tmp_path: Path) -> None:
    text = f'key,x\n1,"柴米{character}网格"\n2,柴米\n'
    table, report = validated(tmp_path, text, [KEY, field()])
    quote = Quote("note", "x", f"柴米{'↵' if character == chr(0x85) else chr(0xFFFD)}网格")
    assert tuple(report.findings) == (
        Finding(
            "control-character", Severity.WARNING, "note", Address("note.csv", 2, "B"),
            Message(
                "the cell holds an invisible control character, shown as � on the site",
                "Type the cell again instead of pasting it.",
                {"value": quote},
            ),
            column="栏",
            value=quote,
        ),
    )  # fmt: skip
    assert table is not None
    assert table.frame["x"].tolist() == ["柴米\ufffd网格", "柴米"]


def test_line_breaks_tabs_and_emoji_are_plain_text(tmp_path: Path) -> None:
    table, report = validated(tmp_path, 'key,x\n1,"一\n\t二👩‍🌾"\n', [KEY, field()])
    assert tuple(report.findings) == ()
    assert table is not None
    assert table.frame["x"].tolist() == ["一\n\t二👩‍🌾"]


# ── rows ─────────────────────────────────────────────────────────────────────────────────────────


def test_all_defects_are_collected_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = "key,x\n1,a\n\n2\n,\n3,2,1\n4,-1\n"
    _, report = validated(tmp_path, text, [{**KEY, "constraints": {"required": True}}, field("integer", minimum=0)])
    comma = "A comma is missing or too many; a cell with a comma must stand in double quotes."
    assert shorts(report) == [
        "note.csv:2:B type-error: “a” is not a whole number | Write digits only, such as 312.",
        "note.csv:3: blank-row: the row is empty | Delete the empty row.",
        f"note.csv:4: ragged-row: the row has 1 cells, the header has 2 | {comma}",
        "note.csv:5: blank-row: the row is empty | Delete the empty row.",
        f"note.csv:6: ragged-row: the row has 3 cells, the header has 2 | {comma}",
        "note.csv:7:B minimum-constraint: “-1” is below the minimum 0 | Correct it.",
    ]


def test_a_cell_may_break_several_rules_at_once(tmp_path: Path) -> None:
    findings = cell(tmp_path, field(pattern="^[0-9]+$", maxLength=2), "abc")
    assert sorted(item.code for item in findings) == ["maxlength-constraint", "pattern-constraint"]


def test_a_table_of_a_header_only_is_one_finding(tmp_path: Path) -> None:
    table, report = validated(tmp_path, "key,x\n", [KEY, field("date")])
    assert shorts(report) == [
        "note.csv:0: too-few-rows: 0 rows of data, at least 1 expected | "
        "Export the file again; if it may be this short, set minimum_rows in datapackage.json."
    ]
    assert table is None  # what is made from it would only be wrong for want of rows
    assert report.row_counts == {"note": 0}


# ── schemas that Frictionless cannot use are a mistake in the project ────────────────────────────

UNUSABLE = {
    "a rule nobody knows": (field("integer", least=1), "there is no property “least”"),
    "a rule of another type": (field(minimum=1), "a string has no “minimum”"),
    "a minimum that is no number": (
        field("integer", minimum="few"), "“minimum” is \"few\", which is no value of the field",
    ),
    "a maximum that is no date": (
        field("date", maximum="2026-13-01"), "“maximum” is \"2026-13-01\", which is no value of the field",
    ),
    "a choice that is no number": (
        field("integer", enum=[1, "two"]), "“two” of the enumeration is no value of the field",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("tested", "reason"), UNUSABLE.values(), ids=UNUSABLE)
def test_a_constraint_that_cannot_be_used_is_refused(tested: Field, reason: str, tmp_path: Path) -> None:
    with pytest.raises(BuilderError) as caught:
        cell(tmp_path, tested, "1")
    assert str(caught.value).endswith(f"field x: constraints: {reason}")
