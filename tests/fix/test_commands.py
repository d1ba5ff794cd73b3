"""`mingge fix` and `mingge import` as a clerk meets them: what is said, what is written, and the exit code."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from builder import fix, templates
from builder.cli import app
from builder.fix import Taken
from builder.language import translator
from builder.pipeline import Opened


def run(*arguments: object) -> tuple[int, list[str], list[str]]:
    """Return the exit code, the lines of the standard output and those of the standard error."""
    result = CliRunner().invoke(app, [*map(str, arguments), "--workers", "1"])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout.splitlines(), result.stderr.splitlines()


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def state(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir() if path.is_file()}


# ── fix ──────────────────────────────────────────────────────────────────────────────────────────


def test_a_package_that_is_fine_is_not_touched(package: Path) -> None:
    before = state(package)

    assert run("fix", package, "--write") == (0, ["没有可以自动改的地方。"], [])
    assert state(package) == before


def test_what_is_mended_is_shown_first_and_written_only_when_it_is_asked_for(package: Path) -> None:
    file = package / "area.csv"
    fine = file.read_bytes()
    file.write_bytes(b"\xef\xbb\xbf" + fine)
    told = ["area.csv：改 1 处", "  文件开头看不见的标记：1 处"]

    assert run("fix", package) == (1, [*told, "还没有写入。看过没有问题，再加上 --write 写入这 1 个文件。"], [])
    assert file.read_bytes() != fine
    assert run("fix", package, "--write") == (0, [*told, "已写入 1 个文件。"], [])
    assert file.read_bytes() == fine


def test_what_takes_judgement_is_left_and_counted(package: Path) -> None:
    edit(package / "area.csv", "320812001,东街道,street", "320812001,东街道,stret")

    assert run("fix", package) == (
        1, ["没有可以自动改的地方。"], ["还要人来改：错误 1 处，提醒 0 处。运行 `mingge check` 看在哪里。"],
    )  # fmt: skip


def test_only_the_file_that_is_named_is_looked_at(package: Path) -> None:
    for name in ("area.csv", "branch.csv"):
        (package / name).write_bytes(b"\xef\xbb\xbf" + (package / name).read_bytes())

    code, told, _ = run("fix", package, "--file", "branch.csv")

    assert (code, told[0]) == (1, "branch.csv：改 1 处")
    assert len([line for line in told if "改" in line]) == 1
    code, _, said = run("fix", package, "--file", "case(1).csv")
    assert (code, said[0]) == (2, "这个数据包里没有 case(1).csv")


def test_of_one_kind_ten_changes_are_shown_and_all_when_that_is_asked_for(package: Path) -> None:
    rows = "area_id,name,level,parent_id\n" + ",,,\n" * 14 + "320812,清江浦区,district,\n"
    (package / "area.csv").write_text(rows, "utf-8")

    told = run("fix", package, "--file", "area")[1]

    assert told[1] == "  空行：14 处"
    assert told[12] == "    …… 还有 4 处没有列出；加上 --all 全部列出。"
    assert len(run("fix", package, "--file", "area", "--all")[1]) == len(told) + 3


# ── import ───────────────────────────────────────────────────────────────────────────────────────


def workbook(path: Path, csv: Path, change: Callable[[list[list[str]]], object] = lambda _: None) -> Path:
    """Write the cells of a CSV into a workbook, all of them text."""
    rows = [line.split(",") for line in csv.read_text("utf-8").splitlines()]
    change(rows)
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append([cell or None for cell in row])
    book.save(path)
    return path


def with_column(rows: list[list[str]], place: int, header: str, cell: str) -> None:
    """Insert a column with one cell, in row 3."""
    for number, row in enumerate(rows, 1):
        row.insert(place, header if number == 1 else cell if number == 3 else "")


def test_a_workbook_replaces_the_file_of_its_table_and_the_rows_are_counted(package: Path, tmp_path: Path) -> None:
    def change(rows: list[list[str]]) -> None:
        rows[2][1] = "东街道办"
        rows.pop()
        rows.append(["320812002002", "新社区居委会", "community", "320812002"])

    file = workbook(tmp_path / "区划(1).xlsx", package / "area.csv", change)
    before = (package / "area.csv").read_bytes()

    code, told, _ = run("import", file, "--into", package)

    assert told[:3] == [
        "区划(1).xlsx → area.csv（区划）",
        "  5 行，原来 5 行：新增 1，删去 1，改动 1",
        "    删去：320812002001",
    ]
    assert (code, (package / "area.csv").read_bytes()) == (1, before), "a grid lies in the area that is gone"


def test_a_file_without_errors_is_written_as_plain_csv(package: Path, tmp_path: Path) -> None:
    file = workbook(tmp_path / "area.xlsx", package / "area.csv", lambda rows: rows[2].__setitem__(1, "东街道办"))

    code, told, said = run("import", file, "--into", package)
    assert (code, told[-1], said) == (0, "没有错误。还没有写入：加上 --write 写入 area.csv。", [])
    assert run("import", file, "--into", package, "--write")[1][-1] == "已写入 area.csv。"

    assert (package / "area.csv").read_text("utf-8").splitlines()[:3] == [
        "area_id,name,level,parent_id", "320812,清江浦区,district,", "320812001,东街道办,street,320812",
    ]  # fmt: skip
    assert run("import", file, "--into", package, "--write") == (
        0,
        [
            "area.xlsx → area.csv（区划）",
            "  5 行，原来 5 行：新增 0，删去 0，改动 0",
            "area.csv 和原来一字不差，不用写。",
        ],
        [],
    )


def test_a_file_with_errors_is_not_written_and_they_are_told_where_the_clerk_mends_them(
    package: Path, tmp_path: Path
) -> None:
    file = tmp_path / "北京导出.csv"
    rows = "district,清江浦区,,320812\n街,东街道,320812,320812001\n"
    file.write_text(f"区划一览,,,\n层级,名称,上级区划代码,区划代码\n{rows}", "utf-8")
    before = state(package)

    code, _, said = run("import", file, "--into", package, "--write", "--as", "区划")

    assert code == 1
    assert said[0].startswith("北京导出.csv  第 4 行 A 列“层级”：“街”")
    assert said[-1] == "没有写入：数据包还是原来的样子。"
    assert state(package) == before


def test_a_column_that_is_never_published_does_not_come_in(package: Path, tmp_path: Path) -> None:
    schema = package / "schemas" / "area.json"
    described = json.loads(schema.read_text("utf-8"))
    described["fields"].append({"name": "contact", "title": "联系人", "type": "string", "publish": "never"})
    schema.write_text(json.dumps(described, ensure_ascii=False), "utf-8")
    file = workbook(
        tmp_path / "area.xlsx", package / "area.csv",
        lambda rows: with_column(rows, 1, "联系人", "张三"),
    )  # fmt: skip

    code, told, _ = run("import", file, "--into", package, "--write")

    assert (code, told[1]) == (0, "  不收 B 列“联系人”（1 格有内容）：这一列从不公开")
    assert "张三" not in (package / "area.csv").read_text("utf-8")


def test_a_raw_export_is_not_taken_into_a_public_package(package: Path, tmp_path: Path) -> None:
    raw = tmp_path / "case.csv"
    raw.write_bytes((package / "case.csv").read_bytes())
    descriptor = json.loads((package / "datapackage.json").read_text("utf-8"))
    descriptor["mingge"]["repository"] = "public"
    (package / "datapackage.json").write_text(json.dumps(descriptor, ensure_ascii=False), "utf-8")

    code, _, said = run("import", raw, "--into", package, "--write")

    assert code == 1
    assert said[0].startswith("case.csv：这是系统导出的原始表：E 列“反映方式”不公开，却有 ")
    assert said[0].endswith("请把它放进私密文件夹，再用 `mingge intake` 取出可以公开的内容。")


def test_a_file_that_cannot_be_read_is_said_without_the_cells_that_nobody_may_read(
    package: Path, tmp_path: Path
) -> None:
    text = (package / "case.csv").read_text("utf-8").replace("上门走访", "上門走訪")
    (tmp_path / "case.csv").write_bytes(text.encode("big5", "replace"))

    code, _, said = run("import", tmp_path / "case.csv", "--into", package)

    assert code == 1
    assert "Big5" in said[0]
    assert "***" in said[0]
    assert "走訪" not in said[0]
    (package / "case.csv").write_bytes((tmp_path / "case.csv").read_bytes())
    assert "***" in run("fix", package)[1][0]


def test_notes_of_the_check_are_left_out(package: Path, tmp_path: Path) -> None:
    file = workbook(
        tmp_path / "area.xlsx", package / "area.csv",
        lambda rows: with_column(rows, len(rows[0]), "检查意见", "请改"),
    )  # fmt: skip

    assert run("import", file, "--into", package)[1][-1] == "area.csv 和原来一字不差，不用写。"


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("区划最新(2).csv", "area.csv 和原来一字不差，不用写。"),
        ("x.csv", "area.csv 和原来一字不差，不用写。"),
        ("case.csv", "case.csv：从文件名和表头看不准是哪张表"),
    ],
)
def test_the_table_is_told_by_name_and_header_or_not_at_all(
    name: str, says: str, package: Path, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes((package / "area.csv").read_bytes())

    _, told, said = run("import", tmp_path / name, "--into", package)

    assert [*told[-1:], *said[:1]] == [says]


def test_two_files_for_one_table_and_a_table_that_is_not_there_are_mistakes(package: Path, tmp_path: Path) -> None:
    for name in ("area.csv", "area(1).csv"):
        (tmp_path / name).write_bytes((package / "area.csv").read_bytes())

    both = run("import", tmp_path / "area.csv", tmp_path / "area(1).csv", "--into", package)
    assert (both[0], both[2][0]) == (2, "area.csv 和 area(1).csv 都要放到 area.csv")
    assert run("import", tmp_path / "area.csv", "--into", package, "--as", "天气")[0] == 2
    assert run("import", tmp_path / "none.csv", "--into", package)[0] == 2


def test_a_file_of_a_folder_is_replaced_by_that_of_the_same_name_and_a_new_one_comes_beside(
    package: Path, tmp_path: Path
) -> None:
    (package / "area").mkdir()
    lines = (package / "area.csv").read_text("utf-8").splitlines(keepends=True)
    (package / "area" / "east.csv").write_text("".join(lines[:-1]), "utf-8")
    (package / "area.csv").unlink()
    descriptor = json.loads((package / "datapackage.json").read_text("utf-8"))
    next(item for item in descriptor["resources"] if item["name"] == "area")["path"] = "area"
    (package / "datapackage.json").write_text(json.dumps(descriptor, ensure_ascii=False), "utf-8")
    (tmp_path / "west.csv").write_text(lines[0] + lines[-1], "utf-8")

    code, told, _ = run("import", tmp_path / "west.csv", "--into", package, "--as", "area", "--write")

    assert (code, told) == (
        0, ["west.csv → area/west.csv（区划）", "  1 行，原来没有这个文件", "已写入 area/west.csv。"]
    )  # fmt: skip
    assert (package / "area" / "west.csv").read_text("utf-8") == lines[0] + lines[-1]


# ── what a clerk may take for something else ─────────────────────────────────────────────────────


def part_of_cases(package: Path, path: Path) -> bytes:
    """Write a file that has one row of the table, and a new one; return the table."""
    before = (package / "case.csv").read_bytes()
    header, first, *_ = before.decode().splitlines()
    code = first.split(",")[0]
    path.write_text("\n".join([header, first, first.replace(code, f"{code[:-3]}999", 1), ""]), encoding="utf-8")
    return before


def test_a_file_that_lacks_rows_is_not_taken_before_somebody_says_what_it_is(package: Path, tmp_path: Path) -> None:
    before = part_of_cases(package, tmp_path / "事项办理.csv")

    code, _, said = run("import", tmp_path / "事项办理.csv", "--into", package, "--write")

    assert (code, (package / "case.csv").read_bytes()) == (1, before)
    assert any("不在这个文件里" in line for line in said)


def test_rows_come_behind_those_that_are_there(package: Path, tmp_path: Path) -> None:
    before = part_of_cases(package, tmp_path / "事项办理.csv")

    run("import", tmp_path / "事项办理.csv", "--into", package, "--write", "--append")

    after = (package / "case.csv").read_bytes()
    assert len(after.splitlines()) == len(before.splitlines()) + 1
    assert after.splitlines()[: len(before.splitlines())] == before.splitlines()


@pytest.mark.parametrize("name", ["f1.xlsx", "9月.xlsx"])
def test_a_form_is_known_by_its_first_sheet_and_not_by_the_lists_behind_it(name: str, opened: Opened) -> None:
    (made,) = templates.templates(opened.package.root, ("case",), translator("zh"))

    assert [item.name for item in fix.recognised(opened.package, name, made.data)] == ["case"]


def test_columns_that_nobody_publishes_are_left_out_whether_or_not_cells_are_mended(opened: Opened) -> None:
    resource = opened.package.resources["grid"]
    data = (opened.package.root / "grid.csv").read_bytes()

    kept = fix.taken(resource, "grid.csv", data.replace(b",", b" ,", 99), ("public",), is_mended=False)

    assert kept.dropped
    assert kept.changes == ()


def test_rows_in_a_sentence_are_those_of_the_file_that_was_brought() -> None:
    taken = Taken(b"", numbers=(2, 3, 5, 7))

    told = taken.values({"row": 3, "rows": "2, 4", "path": "grid.csv"}, "grid.csv", "网格.xlsx")

    assert told == {"row": 5, "rows": "3, 7", "path": "网格.xlsx"}
    assert taken.values({"row": 3, "path": "other.csv"}, "grid.csv", "网格.xlsx")["row"] == 3
