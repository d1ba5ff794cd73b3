"""What a maintainer sees of many mistakes: kinds, their places, a screenful at most, and how many more there are."""

from __future__ import annotations

import json
from pathlib import Path

from builder.cli.mistakes import lines
from builder.errors import BuilderError, ToolError, gathered
from tests.console import said


def wrong(line: int, key: str = "publish", hint: str = "use public") -> BuilderError:
    return BuilderError("{where}: “{key}” is wrong", hint, where=f"a.json:{line}:1: x", key=key)


def told(*errors: BuilderError) -> list[str]:
    return [line for line, _ in lines(gathered(errors), str)]


def test_one_mistake_is_a_line_and_a_hint() -> None:
    assert told(wrong(3)) == ["a.json:3:1: x: “publish” is wrong", "  use public"]


def test_mistakes_of_one_kind_are_told_once_with_their_places() -> None:
    assert told(wrong(3), wrong(5), wrong(4, "type"), wrong(9)) == [
        "a.json:3:1: x: “publish” is wrong", "  use public", "  the same at a.json:5:1: x, a.json:9:1: x",
        "a.json:4:1: x: “type” is wrong", "  use public",
    ]  # fmt: skip


def test_many_places_are_counted() -> None:
    assert told(*(wrong(number) for number in range(1, 41)))[2].endswith("a.json:6:1: x and 34 more places")


def test_more_than_a_screenful_is_counted() -> None:
    found = told(*(wrong(number, f"key{number}", "") for number in range(1, 31)))
    assert len(found) == 13
    assert found[-1] == "… and 18 more mistakes; they are told when these are mended."


def test_a_tool_that_failed_keeps_its_exit_code() -> None:
    assert ToolError("x").each[0].exit_code == 3
    assert gathered([wrong(1), wrong(2)]).exit_code == 2


def test_check_tells_the_mistakes_of_all_files_and_exits_with_2(own_package: Path, english: Path) -> None:
    for name, key in (("datapackage.json", "titel"), ("schemas/grid.json", "primarykey")):
        value = json.loads((own_package / name).read_text(encoding="utf-8"))
        (own_package / name).write_text(json.dumps({key: "x", **value}, indent=1), encoding="utf-8")

    assert said("check", own_package, "--config", english) == (2, [
        "datapackage.json:2:2: there is no property “titel”", "  did you mean “title”?",
        "schemas/grid.json:2:2: there is no property “primarykey”", "  did you mean “primaryKey”?",
    ])  # fmt: skip
