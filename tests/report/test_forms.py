"""Whatever stands in a cell, a person reads it and no program: not Excel, GitHub, a terminal or a browser."""

from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest

from builder import report
from builder.model import Address, Finding, Message
from tests.report import golden
from tests.report.made import EVERY, EVIL, WARNING, checked, finding

TEXT = Message("“{value}”有问题", "改一改。")
COMMAND = re.compile(r"::(error|warning|notice)( [a-z]+=[^:,\r\n]*(,[a-z]+=[^:,\r\n]*)*)?::[^\r\n]*")

HARM = [
    EVIL, "::error::x", "\n::error::x", "\r\n::set-output name=a::b", "##[add-mask]x", "  ::stop-commands::x",
    "a,b:c%0A::error::d", "=1+1", "+1", "-5", "@SUM(A1)", "\t=1", " =1", "＝1＋1", "－1", "＠a", "\x00\x07\x1b[2J",
    "\u202e反", "\ud800", "\ufffe\uffff", "</failure>", "]]>", "<!--", "-->", "<script>", "&lt;", "{{ 7*7 }}",
    "{value}", "| a | b |", "**a** `b` [c](javascript:d)", "'", '"', '","', "",
]  # fmt: skip


def told(text: str) -> report.Document:
    """Return the report of a finding that quotes `text`, in a file and a column that are called so as well."""
    named = finding("harm", Address(f"{text or 'a'}.csv", 3, "B"), TEXT, column=text, value=text, mended=text)
    return report.document(checked([named, finding("harm", Address("grid.csv", 3, "B"), TEXT, value=text)]), "en")


@pytest.mark.parametrize("text", HARM)
def test_each_line_for_github_is_one_command_of_ours(text: str) -> None:
    lines = list(report.as_github(told(text), "datasets"))

    assert len(lines) == 2
    assert [line for line in lines if not COMMAND.fullmatch(line) or "##[" in line] == []


@pytest.mark.parametrize("text", HARM)
def test_no_line_of_a_terminal_is_a_command(text: str) -> None:
    for line in report.as_console(told(text)):
        assert not line.text.lstrip().startswith("::")
        assert not re.search("##\\[|[\x00-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]", line.text)


@pytest.mark.parametrize("text", HARM)
def test_no_cell_of_the_csv_is_a_formula(text: str) -> None:
    whole = "".join(report.as_csv(told(text)))
    header, *rows = csv.reader(io.StringIO(whole.removeprefix("\ufeff"), newline=""))

    assert [len(row) for row in rows] == [len(header)] * 2
    assert [cell for row in rows for cell in row if re.match(r"\s*[=+\-@＝＋－＠]", cell)] == []
    assert whole.encode().startswith(b"\xef\xbb\xbfmingge report,")


@pytest.mark.parametrize("text", HARM)
def test_the_xml_can_be_read_and_has_a_case_for_each_file_and_kind(text: str) -> None:
    root = ElementTree.fromstring(report.as_junit(told(text)))  # noqa: S314 - our own

    assert len(root.findall("testsuite/testcase/failure")) == 2


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.values: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.values += [value or "" for _, value in attrs]


def tags(text: str) -> Tags:
    found = Tags()
    found.feed(text)
    return found


@pytest.mark.parametrize("text", HARM)
def test_the_page_has_no_other_tags_than_its_own_and_needs_nothing_else(text: str) -> None:
    own, page = tags(report.as_html(told("a"))), report.as_html(told(text))
    found = tags(page)

    assert found.tags <= own.tags
    assert not own.tags & {"script", "link", "img", "iframe", "object", "form"}
    assert not re.search(r"url\(|@import|https?:|javascript:", "".join(found.values) + page.partition("</style>")[0])
    assert page.startswith("<!doctype html>\n<!-- mingge: report -->\n")


@pytest.mark.parametrize("text", HARM)
def test_nothing_of_a_cell_is_markdown(text: str) -> None:
    own, found = report.as_markdown(told("a")), report.as_markdown(told(text))

    assert found.count("\n") == own.count("\n")
    assert re.sub(r"\\.", "", found).count("|") == re.sub(r"\\.", "", own).count("|")
    assert not re.search(r"(?<!\\)[<\[]", found.removeprefix("<!-- mingge: report -->"))


def kinds(files: int, each: int, **values: object) -> list[Finding]:
    return [
        finding(f"code-{number}", Address(f"f{file:03}.csv", 2, "A"), TEXT, value="x", **values)  # type: ignore[arg-type]
        for file in range(files) for number in range(each)
    ]  # fmt: skip


@pytest.mark.parametrize(("files", "each"), [(1, 1), (1, 100), (5, 5), (12, 3), (100, 1), (500, 20)])
def test_a_terminal_shows_a_screenful_that_counts_everything(files: int, each: int) -> None:
    found = report.document(checked(kinds(files, each)), "en")
    lines = [line.text for line in report.as_console(found)]
    shown = sum(": “x”" in line for line in lines)
    more = sum(int(match[1]) for line in lines if (match := re.search(r"more kinds of problems in (\d+) places", line)))
    others = sum(int(match[1]) for line in lines if (match := re.search(r"more files: (\d+) errors", line)))

    assert len(lines) <= 40
    assert shown + more + others == files * each
    assert lines[-1].endswith(f"{files * each} errors, 0 warnings.")


def test_github_is_given_no_more_than_it_shows_and_of_each_file_the_first_kind_before_the_second() -> None:
    found = report.document(checked([*kinds(4, 20), *kinds(3, 9, severity=WARNING)]), "en")
    lines = list(report.as_github(found, "."))
    count = {word: sum(line.startswith(f"::{word}") for line in lines) for word in ("error", "warning", "notice")}

    assert count == {"error": 10, "warning": 10, "notice": 2}
    assert [line.partition(",")[0] for line in lines[:5]] == [
        "::error file=f000.csv", "::error file=f001.csv", "::error file=f002.csv", "::error file=f003.csv",
        "::error file=f000.csv",
    ]  # fmt: skip


def test_the_line_of_a_workbook_is_no_line_of_a_text() -> None:
    (line,) = report.as_github(report.document(checked([finding("a", Address("a.xlsx", 3, "B"), TEXT, value="x")])))

    assert "line=" not in line
    assert "title=B3" in line


def test_a_summary_is_never_larger_than_github_takes_and_says_what_is_left_out() -> None:
    found = report.document(checked(kinds(400, 20, column="长" * 60)), "en")
    text = report.as_markdown(found)

    assert len(text.encode()) < 1 << 20
    assert text.endswith("The rest is left out here; the report as \\.html or \\.json has it\\.\n")


def test_json_has_its_findings_one_a_line() -> None:
    _, begin, *lines, end = "".join(report.as_json(golden.document())).splitlines()

    assert (begin, end) == ('"findings": [', "]}")
    assert [json.loads(line.removesuffix(","))["code"] for line in lines] == [item.code for item in EVERY]
