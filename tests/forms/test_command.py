"""`mingge template` writes a form, says where it lies, and replaces nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from builder.cli import app
from builder.templates import UNFILLED
from tests.packages import DATASETS, ROOT

CONFIG = ROOT / "mkdocs.yml"


def template(*arguments: object) -> tuple[int, str]:
    words = ["template", *map(str, arguments), "--datasets", str(DATASETS), "--config", str(CONFIG)]
    result = CliRunner().invoke(app, words)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def test_a_form_lies_where_it_was_asked_for(tmp_path: Path) -> None:
    code, said = template("case", "--output", tmp_path / "new" / "事项.xlsx")

    assert (code, said) == (
        0, f"已写好 {tmp_path}/new/事项.xlsx。填好以后运行 `mingge import {tmp_path}/new/事项.xlsx --write`。\n",
    )  # fmt: skip
    assert (tmp_path / "new" / "事项.xlsx").read_bytes().startswith(b"PK")


def test_several_forms_have_the_titles_of_their_tables(tmp_path: Path) -> None:
    code, _ = template("case", "网格", "--output", tmp_path)

    assert code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["事项办理.xlsx", "网格.xlsx"]


def test_tables_that_staff_do_not_fill_in_have_no_form_unless_they_are_named() -> None:
    assert {"waivers", "case_statistic", "feedback_statistic"} <= UNFILLED
    assert not UNFILLED & {"case", "grid", "feedback"}


def test_a_form_that_is_there_may_be_filled_in_and_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "网格.xlsx"
    path.write_bytes(b"filled in")

    code, said = template("grid", "--output", path)
    assert code == 2
    assert "可能有填好的内容" in said
    assert path.read_bytes() == b"filled in"


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("case", "grid", "--output", "a.xlsx"), 2, "只能放一张表的模板"),
        (("casse", "--output", "a.xlsx"), 2, "是不是想写“case”？"),
        (("grid", "--output", "/proc/none/a.xlsx"), 3, "检查文件夹和权限"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(
    arguments: tuple[str, ...], code: int, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    found, said = template(*arguments)
    assert found == code
    assert words in said
    assert list(tmp_path.iterdir()) == []
