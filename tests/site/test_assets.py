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


def test_what_people_wrote_into_their_docs_stays_and_the_rest_is_joined(tmp_path: Path) -> None:
    theme, docs, target = (tmp_path / name for name in ("theme", "docs", "target"))
    for folder, names in ((theme, ["theme.css", "own.js"]), (docs, ["city.css", "city.js"]),
                          (target, ["theme.css", "own.js", "city.css", "city.js", "base.css", "base.js"])):  # fmt: skip
        for name in names:
            kind = "stylesheets" if name.endswith(".css") else "javascripts"
            path = folder / "assets" / kind / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"p{{order:{len(name)}}}\n", encoding="utf-8")

    assets.write(theme, theme, docs, "", target)

    left = {path.relative_to(target / "assets").as_posix() for path in target.rglob("*.*")}
    assert left == {
        "stylesheets/site.css", "stylesheets/city.css", "javascripts/site.js", "javascripts/early.js",
        "javascripts/city.js",
    }  # fmt: skip


def test_style_sheets_overrule_each_other_in_one_order() -> None:
    assert assets.ordered(["map", "content", "elder", "theme"]) == ["theme", "content", "elder", "map"]
