"""What was found, grouped: nothing hides anything else, every count is true, and nothing private is in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder import report
from builder.model import Address, Finding, Message, Report, Severity
from builder.model.finding import spot
from tests.report import golden, made
from tests.report.made import ERROR, WARNING, checked, finding

DATE = Message("“{value}”不是日期", "写成 2026-03-05 这样。")


def dates(path: str, count: int) -> Iterator[Finding]:
    return (finding("type-error", Address(path, row + 2, "C"), DATE, value=str(row)) for row in range(count))


def test_39_bad_dates_in_one_file_hide_no_two_in_another() -> None:
    found = report.document(checked([*dates("case.csv", 39), *dates("grid.csv", 2)]))

    assert [(file.path, [(kind.count, len(kind.items), kind.left) for kind in file.kinds]) for file in found.files] == [
        ("grid.csv", [(2, 2, 0)]), ("case.csv", [(39, report.NAMED, 29)]),
    ]  # fmt: skip


def test_project_files_come_first_then_tables_as_the_package_has_them_then_the_others() -> None:
    assert [file.path for file in golden.document().files] == [
        "datapackage.json", "grid.csv", "case.csv", "case(1).csv", "attachments/",
    ]  # fmt: skip


def test_errors_come_before_warnings_within_a_file() -> None:
    both = [finding("a", Address("grid.csv"), DATE, severity=WARNING), finding("b", Address("grid.csv"), DATE)]
    (file,) = report.document(checked(both)).files

    assert [kind.code for kind in file.kinds] == ["b", "a"]
    assert (file.errors, file.warnings) == (1, 1)


def test_what_differs_between_findings_of_a_kind_is_left_open_in_its_sentence_and_what_does_not_is_said() -> None:
    text = Message("“{value}”不在可以填的内容里（{allowed}）", "", {"allowed": ("甲", "乙")})
    many = [finding("enum", Address("grid.csv", row, "B"), text, value=value) for row, value in enumerate("申由", 2)]
    (kind,) = report.document(checked(many)).files[0].kinds
    (one,) = report.document(checked(many[:1])).files[0].kinds

    assert (kind.wrong, one.wrong) == ("“…”不在可以填的内容里（甲、乙）", "“申”不在可以填的内容里（甲、乙）")


def test_a_kind_says_what_to_do_once_or_else_each_finding_does() -> None:
    text = Message("“{value}”不对", "是不是想写“{near}”？")
    pairs = [
        finding("enum", Address("grid.csv", row, "B"), replace(text, values={"near": near}), value="x")
        for row, near in enumerate("甲乙", 2)
    ]
    (kind,) = report.document(checked(pairs)).files[0].kinds
    (same,) = report.document(checked(pairs[:1] * 2)).files[0].kinds

    assert (kind.fix, [item.fix for item in kind.items]) == ("", ["是不是想写“甲”？", "是不是想写“乙”？"])
    assert same.fix == "是不是想写“甲”？"


def test_one_code_about_two_columns_or_with_two_causes_is_two_kinds() -> None:
    found = [
        finding("a", Address("grid.csv", 2, "B"), DATE, column="一"),
        finding("a", Address("grid.csv", 2, "C"), DATE, column="二"),
        finding("a", Address("grid.csv", 3, "C"), Message("别的原因"), column="二"),
    ]

    assert len(report.document(checked(found)).files[0].kinds) == 3


def test_what_may_not_be_read_is_in_no_form() -> None:
    found = golden.document()
    item = next(item for item in found.findings if item.code == "secret")
    every = "".join(form(golden.document(language)) for form in golden.FORMS.values() for language in ("zh", "en"))

    assert (item.value, item.mended, "***" in item.wrong) == ("***", "", True)
    assert "秘密" not in every


def test_the_effect_is_the_codes_own_or_follows_from_how_bad_it_is() -> None:
    kinds = {kind.code: kind for file in golden.document("en").files for kind in file.kinds}

    assert kinds["name"].effect == "名称照样显示。"
    assert kinds["secret"].effect == "The site stays as it was until this is mended."
    assert kinds["stray"].effect.startswith("The site is updated; ")
    assert (kinds["type-error"].rule, kinds["secret"].rule) == ("每一格是日期。", "")


def test_findings_of_one_file_are_found_by_its_path_and_attachments_by_their_folder() -> None:
    items = golden.document().findings

    assert {item.path for item in items.of("grid.csv")} == {"grid.csv"}
    assert [item.code for item in items.of("attachments/")] == ["photo", "photo"]
    assert sum(1 for path in ("datapackage.json", "grid.csv", "case.csv", "case(1).csv", "attachments/")
               for _ in items.of(path)) == len(made.EVERY)  # fmt: skip


@pytest.mark.parametrize(
    ("address", "words"),
    [
        (Address("a.csv", 17, "C"), "C17"), (Address("a.csv", 17), "row 17"), (Address("a.csv", 0, "C"), "column C"),
        (Address("a.csv"), "the whole file"),
    ],
)  # fmt: skip
def test_a_place_is_told_as_excel_has_it(address: Address, words: str) -> None:
    found = report.document(checked([finding("a", address, DATE)]), "en")

    assert report.as_console(found)[1].text.startswith(f"  {words}: ")


def test_of_a_package_without_findings_every_form_says_so() -> None:
    found = report.document(checked([]), "en")

    (line,) = report.as_console(found)
    assert line.text == "2 tables, 10 rows, as of 2026-10-31: 0 errors, 0 warnings."
    assert list(report.as_github(found)) == []
    assert "Nothing is wrong. The site can be updated." in report.as_html(found)
    assert 'tests="1" failures="0"' in report.as_junit(found)
    assert "".join(report.as_csv(found)).count("\r\n") == 1


FOUND = st.lists(
    st.builds(
        lambda code, path, row, severity, text, column: finding(
            code, Address(path, row, "B" if column else ""), Message(text), severity=severity, column=column, value="x"
        ),
        st.sampled_from("abc"), st.sampled_from(["grid.csv", "case.csv", "attachments/a", "attachments/b", "x.json"]),
        st.integers(0, 5), st.sampled_from(Severity), st.sampled_from(["一", "二"]), st.sampled_from(["", "甲"]),
    ),
    max_size=60,
)  # fmt: skip


@given(FOUND, st.integers(1, 5))
def test_the_counts_of_any_report_add_up(findings: list[Finding], named: int) -> None:
    whole = checked(findings)
    found = report.document(whole, named=named)
    kinds = [kind for file in found.files for kind in file.kinds]

    assert (found.errors, found.warnings) == (whole.errors, whole.warnings)
    assert sum(file.errors for file in found.files) == whole.report.total(ERROR)
    assert sum(file.warnings for file in found.files) == whole.report.total(WARNING)
    assert sum(kind.count for kind in kinds) == len(findings) == sum(whole.report.counts().values())
    assert all(1 <= len(kind.items) == min(kind.count, named) for kind in kinds)
    assert len(list(found.findings)) == len(findings)


@given(FOUND)
def test_a_report_of_several_sources_counts_and_samples_as_one(findings: list[Finding]) -> None:
    half = len(findings) // 2
    one = checked(findings).report
    two = Report((checked(findings[:half]).report.groups[0], checked(findings[half:]).report.groups[0]))

    assert one.spots() == two.spots()
    assert list(one.sample(2)) == list(two.sample(2))
    assert {spot(item) for item in one.sample(1)} == set(one.spots())


@given(FOUND, FOUND)
def test_what_differs_from_the_last_release_is_counted_and_named_like_the_rest(
    findings: list[Finding], compared: list[Finding]
) -> None:
    whole = checked(findings)
    whole.compared = tuple(replace(item, severity=WARNING) for item in compared)
    found = report.document(whole)

    assert sum(kind.count for file in found.files for kind in file.kinds) == len(list(found.findings))
    assert (found.errors, found.warnings) == (whole.errors, whole.warnings)
    assert sum(1 for file in found.files for _ in found.findings.of(file.path)) == len(findings) + len(compared)


def test_what_is_to_be_done_in_one_place_is_said_of_no_other() -> None:
    text = Message("“{value}”不对", "请写上“{title}”。")
    pairs = [
        finding("header", Address("grid.csv", 1, letter), replace(text, values={"title": title}), value="x")
        for letter, title in (("A", "网格编码"), ("F", "户数"))
    ]
    found = report.document(checked(pairs))

    assert [line.text for line in report.as_console(found)][1:3] == [
        "  2 处：“x”不对。 [header]", "      A1：请写上“网格编码”。  F1：请写上“户数”。",
    ]  # fmt: skip
    assert "A1：请写上“网格编码”。" in report.as_markdown(found)
    assert report.as_markdown(found).count("网格编码") == 1


def test_what_a_cell_should_say_is_said_once() -> None:
    text = Message("“{value}”不对", "应写成 {mended}。", {"mended": "182"})
    found = report.document(checked([finding("unit", Address("grid.csv", 2, "B"), text, value="182户", mended="182")]))

    assert [form.count("应写成") for form in ("".join(report.as_github(found)), report.as_junit(found))] == [1, 1]
