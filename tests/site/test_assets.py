"""One style sheet and two scripts, joined from files that know nothing of each other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from builder.site import assets

SCRIPTS = sorted((Path(__file__).parents[2] / "templates" / "theme" / "assets" / "javascripts").rglob("*.js"))


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_no_text_of_a_script_goes_over_more_than_one_line(path: Path) -> None:
    """So that indentation can be left out of what is sent."""
    code = assets.COMMENT.sub("", path.read_text(encoding="utf-8"))
    assert [text for text in re.findall(r"`[^`]*`", code) if "\n" in text] == []


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_a_script_is_a_function_of_its_own(path: Path) -> None:
    code = assets.COMMENT.sub("", path.read_text(encoding="utf-8")).strip()
    assert code.startswith("(() => {\n")
    assert code.endswith("\n})();")


def test_scripts_come_by_name_without_their_comments(tmp_path: Path) -> None:
    code = "/* what\n   it does */\n(() => {\n  // why\n  a(`// b`); // c\n})();\n"
    (tmp_path / "b.js").write_text(code, encoding="utf-8")
    (tmp_path / "a.js").write_text("(() => {})();\n", encoding="utf-8")
    (tmp_path / "c.js").write_text("left()", encoding="utf-8")
    assert assets.joined(tmp_path, ["c"]) == "(() => {})();\n(() => {\na(`// b`); // c\n})();\n"


def test_style_sheets_overrule_each_other_in_one_order() -> None:
    assert assets.ordered(["map", "content", "elder", "theme"]) == ["theme", "content", "elder", "map"]
