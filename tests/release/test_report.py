"""A report goes to a new file or in the place of an earlier report, never in the place of anything else."""

from __future__ import annotations

import errno
import io
import json
import os
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from builder.errors import BuilderError, ToolError
from builder.release import stamped, write_report
from builder.report.workbook import SIGNATURE
from tests.release.sites import names, put, tree

OLD = json.dumps({"mingge": "report", "findings": ["old"]}, indent=1) + "\n"
NEW = json.dumps({"mingge": "report", "findings": ["新"]}, ensure_ascii=False, indent=1) + "\n"


def test_a_report_goes_to_a_new_file(tmp_path: Path) -> None:
    write_report(tmp_path / "report.json", NEW)

    assert tree(tmp_path) == {"report.json": NEW.encode()}


@pytest.mark.parametrize(
    "old",
    [
        OLD,
        '{"mingge":"report"}',
        '\n { "mingge" :\n"report" , "findings": []}',
        json.dumps({"mingge": "report", "a": 1}),
        json.dumps({"mingge": "report", "findings": ["long"] * 1000}, indent=4),
    ],
)
def test_a_report_takes_the_place_of_an_earlier_one(tmp_path: Path, old: str) -> None:
    put(tmp_path, {"report.json": old})
    write_report(tmp_path / "report.json", NEW)

    assert tree(tmp_path) == {"report.json": NEW.encode()}


@pytest.mark.parametrize(
    "content",
    [
        "grid_id,name\n1,东街\n",
        "",
        "[]\n",
        "{}",
        '{"mingge": "site", "format": 1, "files": []}',
        '{"findings": [], "mingge": "report"}',
        '{"mingge": "report',
        '{"mingge": "reports", "a": 1}',
        '[{"mingge": "report"}]',
        'a,b\n{"mingge": "report"}\n',
        " " * 5000 + OLD,
    ],
)
def test_a_file_that_is_no_report_is_refused(tmp_path: Path, content: str) -> None:
    put(tmp_path, {"grid.csv": content})

    assert_refused(tmp_path, tmp_path / "grid.csv")


@pytest.mark.parametrize("target", ["grid.csv", "report.json", "nowhere", "folder"])
def test_a_link_is_refused_wherever_it_leads(tmp_path: Path, target: str) -> None:
    put(tmp_path, {"grid.csv": "grid_id\n", "report.json": OLD, "folder/a": ""})
    (tmp_path / "link").symlink_to(target)

    assert_refused(tmp_path, tmp_path / "link")


def test_a_folder_and_a_fifo_are_refused(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "fifo")

    assert_refused(tmp_path, tmp_path / "folder")
    assert_refused(tmp_path, tmp_path / "fifo")
    assert_refused(tmp_path, tmp_path / ".")
    assert_refused(tmp_path, Path("/dev/full"))


def assert_refused(around: Path, path: Path) -> None:
    before = tree(around)
    with pytest.raises(BuilderError) as raised:
        write_report(path, NEW)

    assert (type(raised.value), raised.value.exit_code, bool(raised.value.message.hint)) == (BuilderError, 2, True)
    assert str(raised.value) == f"{path} is there already and is not a report"
    assert tree(around) == before


@pytest.mark.parametrize("path", ["nowhere/report.json", "grid.csv/report.json", "n" * 300])
def test_a_report_that_the_system_refuses_is_a_tool_error(tmp_path: Path, path: str) -> None:
    put(tmp_path, {"grid.csv": "grid_id\n"})
    with pytest.raises(ToolError) as raised:
        write_report(tmp_path / path, NEW)

    assert str(raised.value).startswith(f"the report {tmp_path / path} cannot be written: ")
    assert names(tmp_path) == ["grid.csv"]


def test_a_disk_that_is_full_leaves_the_earlier_report_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, {"report.json": OLD})

    def full(_source: object, _target: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(ToolError) as raised:
        write_report(tmp_path / "report.json", NEW)

    assert str(raised.value).endswith("No space left on device")
    assert tree(tmp_path) == {"report.json": OLD.encode()}


def test_a_name_that_is_no_utf8_does_not_stop_a_report(tmp_path: Path) -> None:
    write_report(tmp_path / "report.json", '{"mingge": "report", "file": "\udcff.csv"}')

    assert json.loads((tmp_path / "report.json").read_bytes()) == {"mingge": "report", "file": "\udcff.csv"}


FORMS = {
    "csv": ("\ufeffmingge report,程度\r\n", ["mingge report,a", "\ufeffgrid_id,name", "网格编码\n1"]),
    "html": ("<!doctype html>\n<!-- mingge: report -->\n<html>", ["<!doctype html>\n<p>", "<!-- mingge: report -->"]),
    "xml": ('<?xml version="1.0"?>\n<!-- mingge: report -->\n<a/>', ["<?xml version='1.0'?><a/>", "<testsuites/>"]),
    "md": ("<!-- mingge: report -->\n## a", ["## a", "<!-- mingge: reports -->\n"]),
}


@pytest.mark.parametrize("form", FORMS)
def test_each_form_takes_the_place_of_itself_and_of_nothing_else(form: str, tmp_path: Path) -> None:
    text, others = FORMS[form]
    write_report(tmp_path / "report", text, form)
    write_report(tmp_path / "report", iter([text, "more"]), form)
    assert tree(tmp_path) == {"report": f"{text}more".encode()}

    for other in [*others, "", NEW, *(text for name, (text, _) in FORMS.items() if name != form)]:
        put(tmp_path, {"other": other})
        with pytest.raises(BuilderError):
            write_report(tmp_path / "other", text, form)
        assert (tmp_path / "other").read_bytes() == other.encode()


def test_an_empty_file_is_replaced_where_whoever_made_it_waits_for_a_summary(tmp_path: Path) -> None:
    put(tmp_path, {"summary": ""})
    write_report(tmp_path / "summary", FORMS["md"][0], "md", may_be_empty=True)
    put(tmp_path, {"data": "grid_id\n"})
    with pytest.raises(BuilderError):
        write_report(tmp_path / "data", FORMS["md"][0], "md", may_be_empty=True)

    assert tree(tmp_path) == {"summary": FORMS["md"][0].encode(), "data": b"grid_id\n"}


def workbook(text: str) -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    book.set_custom_property(*SIGNATURE)
    book.add_worksheet().write_string(0, 0, text)
    book.close()
    return stamped(target.getvalue())


def test_a_workbook_takes_the_place_of_one_that_nobody_has_edited(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_report(path, workbook("old"), "xlsx")
    write_report(path, workbook("new"), "xlsx")
    assert path.read_bytes() == workbook("new")

    book = openpyxl.load_workbook(path)
    book.active["A1"] = "mine"
    book.save(path)
    mine = path.read_bytes()
    with pytest.raises(BuilderError):
        write_report(path, workbook("new"), "xlsx")
    assert path.read_bytes() == mine


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"grid_id\n", workbook("x")[:-30], b"PK\x05\x06" + bytes(18)])
def test_what_is_no_workbook_of_ours_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(content)
    with pytest.raises(BuilderError):
        write_report(tmp_path / "a.xlsx", workbook("new"), "xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == content


def test_a_workbook_without_a_sum_is_a_bug(tmp_path: Path) -> None:
    target = io.BytesIO()
    openpyxl.Workbook().save(target)
    with pytest.raises(ValueError, match="no place for a sum"):
        stamped(target.getvalue())
    with pytest.raises(ValueError, match="PK"):
        write_report(tmp_path / "a.xlsx", target.getvalue(), "xlsx")


def test_a_text_that_the_next_run_would_not_recognise_is_a_bug(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="findings"):
        write_report(tmp_path / "report.json", '{"findings": []}')

    assert names(tmp_path) == []


def test_a_report_can_be_read_by_whoever_the_umask_allows(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_report(tmp_path / "report.json", NEW)
    finally:
        os.umask(before)

    assert (tmp_path / "report.json").stat().st_mode & 0o777 == 0o640
