"""A form says what belongs in each cell, refuses nothing that the schema allows, and has no column that is private."""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from builder import templates
from builder.errors import BuilderError
from builder.forms import ROWS
from builder.forms.rules import rule
from builder.forms.words import form as form_in_words
from builder.language import Translator, fill
from tests.forms.made import CHINESE, ENGLISH, book, form, resource, rules, titles
from tests.packages import DATASETS

TABLES = {item["name"]: item for item in json.loads((DATASETS / "datapackage.json").read_text("utf-8"))["resources"]}


def wanted(name: str) -> list[Mapping[str, Any]]:
    """Return the fields of a table that a public package may have; waivers are read by reviewers there."""
    allowed = ("public", "counts") if name == "waivers" else ("public",)
    return [item for item in schema_of(name) if item.get("publish") in allowed]


def schema_of(name: str) -> list[Mapping[str, Any]]:
    found: list[Mapping[str, Any]] = json.loads((DATASETS / TABLES[name]["schema"]).read_text("utf-8"))["fields"]
    return found


@pytest.mark.parametrize("name", TABLES)
def test_the_first_sheet_has_the_titles_of_what_may_be_published_and_nothing_else(name: str) -> None:
    found = book(form(name))
    sheet = found.worksheets[0]
    fields = schema_of(name)

    assert sheet.title == TABLES[name]["title"]
    assert titles(sheet) == [item["title"] for item in wanted(name)]
    assert sheet.max_row == 1
    assert sheet.freeze_panes == "A2"
    told = "\n".join(str(cell.value or "") for row in found["填写说明"].iter_rows() for cell in row)
    assert [item["title"] for item in fields if item["title"] not in told] == []
    assert ("不能有这些列，模板里没有：" in told) == (len(fields) > len(wanted(name)))


@pytest.mark.parametrize("name", TABLES)
def test_each_header_has_a_note_that_says_all_there_is_to_know(name: str) -> None:
    sheet = book(form(name)).worksheets[0]
    for cell, field in zip(sheet[1], wanted(name), strict=True):
        note = cell.comment.text
        assert note.startswith("必填" if field.get("constraints", {}).get("required") else "可以不填"), note
        assert field.get("description", "") in note
        assert "填法：" in note
        assert re.search("是否公开：(原样公开|只用于计数)$", note)
        assert field.get("constraints", {}).get("pattern", "\0") not in note, "no clerk reads a regular expression"


@pytest.mark.parametrize("name", TABLES)
def test_codes_and_texts_are_text_and_days_are_days_before_anything_is_typed(name: str) -> None:
    sheet = book(form(name)).worksheets[0]
    formats = {"string": "@", "boolean": "@", "datetime": "@", "date": r"yyyy\-mm\-dd"}
    spans = [(span.min, span.max, span.number_format) for span in sheet.column_dimensions.values()]
    found = {
        title: next(shape for first, last, shape in spans if first <= place <= last)
        for place, title in enumerate(titles(sheet), 1)
    }

    assert found == {
        item["title"]: formats.get(item["type"], "General")
        for item in wanted(name)
    }


@pytest.mark.parametrize("name", TABLES)
def test_what_excel_says_when_it_refuses_a_cell_is_chinese_and_fits(name: str) -> None:
    sheet = book(form(name)).worksheets[0]

    assert rules(sheet)
    for title, item in rules(sheet).items():
        assert len(item.error) <= 255, title
        assert re.search("[\u4e00-\u9fff]{3}", item.error)
        assert re.fullmatch(rf"[A-Z]+2:[A-Z]+{ROWS + 1}", str(item.sqref))
        assert item.showErrorMessage
        assert item.allowBlank


@pytest.mark.parametrize("name", [name for name in TABLES if (DATASETS / TABLES[name]["path"]).exists()])
def test_excel_refuses_nothing_that_the_demonstration_holds(name: str) -> None:
    found = book(form(name))
    sheet = found.worksheets[0]
    held = rules(sheet)
    with (DATASETS / TABLES[name]["path"]).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))[:3000]
    for field in schema_of(name):
        if (item := held.get(field["title"])) is None:
            continue
        allowed = members(found, item) if item.type == "list" else set()
        values = {row[key] for row in rows for key in (field["name"], field["title"]) if row.get(key)}
        assert [value for value in values if not passes(item, value, allowed)] == [], field["title"]


def members(found: Any, item: Any) -> set[str]:
    sheet, cells = re.fullmatch(r"='?(.+?)'?!(\$.+)", f"={item.formula1}").groups()  # type: ignore[union-attr]
    return {str(cell.value) for (cell,) in found[sheet][cells.replace("$", "")]}


def passes(item: Any, value: str, allowed: set[str]) -> bool:
    """Return what Excel would say of a cell."""
    if item.type == "list":
        return value in allowed
    if item.type == "custom":
        places = re.search(r"ROUND\(.*?,(\d)\)", item.formula1)
        assert places
        return round(float(value), int(places[1])) == float(value)
    bounds = (float(item.formula1), float(item.formula2))
    if item.type == "date":
        number = float((date.fromisoformat(value) - date(1899, 12, 30)).days)
    else:
        number = float(len(value) if item.type == "textLength" else value)
    return bounds[0] <= number <= bounds[1]


# ── rules, one by one ────────────────────────────────────────────────────────────────────────────

HELD = [
    ({"type": "date"}, ("date", "between", date(1900, 3, 1), date(9998, 12, 31))),
    ({"type": "date", "constraints": {"minimum": "2020-01-01"}},
     ("date", "between", date(2020, 1, 1), date(9998, 12, 31))),
    ({"type": "integer", "constraints": {"minimum": 0, "maximum": 5000}}, ("integer", "between", 0, 5000)),
    ({"type": "integer"}, ("integer", "between", -(10**15), 10**15)),
    ({"type": "number", "constraints": {"minimum": 0.5}}, ("decimal", "between", 0.5, 10**15)),
    ({"type": "string", "constraints": {"maxLength": 30}}, ("length", "between", 0, 30)),
    ({"type": "string", "constraints": {"pattern": "^[0-9]{15}$"}}, ("length", "between", 15, 15)),
    ({"type": "string", "constraints": {"pattern": "^B[0-9]{8,14}$"}}, ("length", "between", 9, 15)),
    ({"type": "string", "constraints": {"pattern": "^20[0-9]{2}-Q[1-4]$"}}, ("length", "between", 7, 7)),
    ({"type": "string", "constraints": {"pattern": "^[0-9]{6}([0-9]{3})?$"}}, ("length", "between", 6, 9)),
    ({"type": "string", "constraints": {"pattern": "^[0-9]{3,}$"}}, None),
    ({"type": "string", "constraints": {"pattern": "^[a-z]+$"}}, None),
    ({"type": "string", "constraints": {"pattern": "^(a|bcd)$"}}, ("length", "between", 1, 3)),
    ({"type": "string", "constraints": {"pattern": "^[^0-9]$", "maxLength": 60}}, ("length", "between", 0, 60)),
    ({"type": "string"}, None),
    ({"type": "datetime"}, None),
]  # fmt: skip


@pytest.mark.parametrize(("described", "held"), HELD)
def test_a_cell_is_held_to_what_its_field_says(described: Mapping[str, Any], held: tuple[object, ...] | None) -> None:
    (field,) = resource({"name": "a", **described})
    found = rule(field, None, "", "A2", CHINESE)
    keys = ("validate", "criteria", "minimum", "maximum")

    assert (tuple(found[key] for key in keys) if found else None) == held
    assert not found or found["error_type"] == "stop"


def test_money_is_held_to_its_decimals() -> None:
    (field,) = resource({"name": "a", "type": "number", "decimals": 2, "constraints": {"minimum": 0}})
    found = rule(field, None, "", "C2", CHINESE)

    assert found["value"] == "=AND(ISNUMBER(C2),C2>=0,C2<=1000000000000000,ROUND(C2,2)=C2)"
    assert form_in_words(field, None, CHINESE) == "数字，不小于 0，最多 2 位小数"
    assert form_in_words(field, None, ENGLISH) == "A number, at least 0, at most 2 decimals"


SHAPES = [
    ("^[0-9]{15}$", "15 位数字"),
    ("^B[0-9]{8,14}$", "依次写 “B”、8 至 14 位数字"),
    ("^https?://[^\\s]+$", "文字"),
]


@pytest.mark.parametrize(("pattern", "told"), SHAPES)
def test_what_a_pattern_asks_for_is_told_in_words_or_not_at_all(pattern: str, told: str) -> None:
    (field,) = resource({"name": "a", "type": "string", "constraints": {"pattern": pattern}})

    assert form_in_words(field, None, CHINESE) == told


def test_a_key_of_another_table_is_warned_of_and_can_be_found_by_name() -> None:
    found = book(form("case"))
    held = rules(found.worksheets[0])

    assert held["网格编码"].errorStyle == "warning"
    assert held["来源"].errorStyle is None or held["来源"].errorStyle == "stop"
    sheet = found["网格代码"]
    assert [cell.value for cell in sheet[1]] == ["网格编码", "网格名称", "所在社区"]
    assert [cell.value for cell in sheet[2]] == ["320812001001001", "柴米第一网格", "柴米居委会"]
    assert sheet.auto_filter.ref == f"A1:C{sheet.max_row}"
    assert [cell.value for cell in found["事项类别代码"][1]] == ["类别编号", "类别名称"]


def test_parents_of_the_same_table_are_listed_too() -> None:
    found = book(form("area"))

    assert [cell.value for cell in found["区划代码"][1]][:2] == ["区划代码", "名称"]
    assert rules(found.worksheets[0])["上级区划代码"].errorStyle == "warning"


# ── rows ─────────────────────────────────────────────────────────────────────────────────────────


def test_rows_that_are_there_stand_in_the_form_as_they_are() -> None:
    sheet = book(form("grid", with_rows=True)).worksheets[0]
    with (DATASETS / "grid.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    found = [[shown(cell.value) for cell in row] for row in sheet.iter_rows(min_row=2)]

    assert found == rows[1:]
    assert isinstance(sheet["A2"].value, str)
    assert isinstance(sheet["F2"].value, int)
    assert isinstance(sheet["K2"].value, datetime)
    assert str(next(iter(rules(sheet).values())).sqref).endswith(str(len(rows) + ROWS))


def shown(value: object) -> str:
    return value.date().isoformat() if isinstance(value, datetime) else "" if value is None else str(value)


ODD = [
    ("320812001001001,多,一,格", "grid.csv：第 2 行有 4 格，表头有 3 格"),
    ("", "grid.csv：没有“序号”这一列"),
]


@pytest.mark.parametrize(("row", "said"), ODD)
def test_rows_that_a_form_would_show_otherwise_are_refused(row: str, said: str, own_package: Path) -> None:
    header = "网格编码,网格名称,所在社区" if row else "网格编码,网格名称,序号"
    (own_package / "grid.csv").write_text(f"{header}\n{row or '1,2,3'}\n", encoding="utf-8")

    with pytest.raises(BuilderError) as refused:
        list(templates.templates(own_package, ("grid",), CHINESE, with_rows=True))
    assert fill(CHINESE, refused.value.message.text, refused.value.message.values) == said


def test_a_damaged_cell_stays_as_it_is_written(own_package: Path) -> None:
    path = own_package / "grid.csv"
    header, first, *rest = path.read_text(encoding="utf-8").splitlines()
    cells = first.split(",")
    cells[header.split(",").index("opened_date")] = "2026.3.5"
    cells[header.split(",").index("household_count")] = "３１２户"
    path.write_text("\n".join([header, ",".join(cells), *rest]) + "\n", encoding="utf-8")
    (made,) = templates.templates(own_package, ("grid",), CHINESE, with_rows=True)
    values = [cell.value for cell in book(made.data).worksheets[0][2]]

    assert "2026.3.5" in values
    assert "３１２户" in values


# ── a package without rows, other words, other names ─────────────────────────────────────────────


def test_a_package_that_has_no_rows_yet_has_forms_and_says_what_they_lack(own_package: Path) -> None:
    for path in own_package.glob("*.csv"):
        path.unlink()
    found = {made.title: made.missing for made in templates.templates(own_package, (), CHINESE)}

    assert list(found) == [item["title"] for name, item in TABLES.items() if name not in templates.UNFILLED]
    assert found["网格"] == ("“所在社区”没有下拉名单：area.csv 里没有能读出来的代码",)
    assert found["事项类别"] == ()


@pytest.mark.parametrize("name", ["case", "case.csv", "事项办理", " 事项 办理", "CASE"])
def test_a_table_is_known_by_each_of_its_names(name: str) -> None:
    (made,) = templates.templates(DATASETS, (name,), CHINESE)

    assert made.title == "事项办理"
    assert made.data == form("case"), "the same form is the same bytes"


@pytest.mark.parametrize(("name", "hint"), [("事项办里", "是不是想写“case”？"), ("zzz", "有这些表：area (区划)、")])
def test_a_table_that_nobody_knows_is_refused_with_the_nearest_name(name: str, hint: str) -> None:
    with pytest.raises(BuilderError) as refused:
        list(templates.templates(DATASETS, (name,), CHINESE))
    message = refused.value.message

    assert fill(CHINESE, message.text, message.values) == f"没有叫“{name}”的表"
    assert fill(CHINESE, message.hint, message.values).startswith(hint)


@pytest.mark.parametrize(("translate", "words"), [(ENGLISH, "Must be filled in"), (CHINESE, "必填")])
def test_a_form_speaks_the_language_of_the_site(translate: Translator, words: str) -> None:
    (made,) = templates.templates(DATASETS, ("grade",), translate)
    sheet = book(made.data).worksheets[0]

    assert sheet["A1"].comment.text.startswith(words)
    assert sheet["A1"].number_format == ('@"（必填）"' if words == "必填" else '@" (required)"')
    assert sheet["A1"].value == "等次代码", "the value is the title alone"


def test_a_private_column_of_another_table_is_on_no_list(own_package: Path) -> None:
    shutil.copytree(DATASETS / "schemas", own_package / "schemas", dirs_exist_ok=True)
    path = own_package / "schemas" / "grid.json"
    value = json.loads(path.read_text("utf-8"))
    name = next(item for item in value["fields"] if item["name"] == "name")
    name |= {"publish": "never", "constraints": {}}
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    (made,) = templates.templates(own_package, ("duty",), CHINESE)
    found = book(made.data)

    assert "网格名称" not in [cell.value for cell in found["网格代码"][1]]


def test_a_private_package_has_columns_that_are_counted_and_still_none_that_nobody_publishes(own_package: Path) -> None:
    (made,) = templates.templates(own_package, ("case",), CHINESE)
    found = titles(book(made.data).worksheets[0])

    assert {"满意度", "是否作废", "反映方式"} <= set(found)
    assert {"事项摘要", "反映人", "联系电话", "地址"} & set(found) == set()
    assert {"满意度", "是否作废", "反映方式"} & set(titles(book(form("case")).worksheets[0])) == set()


# ── numbers, days, and lists that are none ───────────────────────────────────────────────────────


def changed(folder: Path, table: str, change: Callable[[dict[str, Any]], None]) -> Any:
    """Return the form of a table of a package whose schema was changed."""
    path = folder / "schemas" / f"{table}.json"
    value = json.loads(path.read_text("utf-8"))
    change(value)
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    (made,) = templates.templates(folder, (table,), CHINESE)
    return book(made.data)


def test_a_list_of_numbers_holds_numbers_because_to_excel_a_text_is_none(own_package: Path) -> None:
    def change(value: dict[str, Any]) -> None:
        limits = {"enum": [1, 2, 6]}
        value["fields"].append(
            {"name": "storeys", "type": "integer", "title": "层数", "publish": "public", "constraints": limits}
        )

    found = changed(own_package, "grid", change)
    assert rules(found.worksheets[0])["层数"].type == "list"
    assert [[cell.value for cell in row] for row in found["选项"]["C1:C4"]] == [["层数"], [1], [2], [6]]


def test_days_are_held_to_their_limits_and_never_chosen_from_a_list(own_package: Path) -> None:
    def change(value: dict[str, Any]) -> None:
        limits = {"enum": ["2026-03-05"], "minimum": "2020-01-01", "maximum": "2026-12-31"}
        value["fields"].append(
            {"name": "day", "type": "date", "title": "日子", "publish": "public", "constraints": limits}
        )

    item = rules(changed(own_package, "grid", change).worksheets[0])["日子"]
    assert (item.type, item.formula1, item.formula2) == ("date", "43831", "46387")


def test_a_table_without_a_single_key_is_no_list(own_package: Path) -> None:
    (own_package / "area.csv").write_text("area_id,name,level,parent_id\n,无,community,\n", encoding="utf-8")
    (made,) = templates.templates(own_package, ("grid",), CHINESE)

    assert made.missing == ("“所在社区”没有下拉名单：area.csv 里没有能读出来的代码",)


TITLES = ["历史", "History", "a/b:c*[d]?", "'", "表" * 60, "=1+1", "<b>&amp;</b>", "选项", "填写说明"]


@pytest.mark.parametrize("title", TITLES)
def test_whatever_a_table_is_called_its_form_can_be_opened(title: str, own_package: Path) -> None:
    path = own_package / "datapackage.json"
    value = json.loads(path.read_text("utf-8"))
    for item in value["resources"]:
        if item["name"] in ("grid", "area"):
            item["title"] = title
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    (made,) = templates.templates(own_package, ("grid",), CHINESE)
    found = book(made.data)

    assert titles(found.worksheets[0])[0] == "网格编码"
    assert len({sheet.title.casefold() for sheet in found.worksheets}) == len(found.worksheets) == 4
    assert all(members(found, item) for item in rules(found.worksheets[0]).values() if item.type == "list")
