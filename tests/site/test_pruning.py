"""Of the theme’s style sheet what a page may use stays, and nothing else; two schemes of colours become one page’s."""

from __future__ import annotations

import re

import pytest

from builder.site import pruning

PAGE = (
    '<html dir="ltr"><body><main class="md-typeset note" id="top"><p title="x" data-x="left">gone</p>'
    '<script src="a.js"></script>'
)
SCRIPT = 'const item = document.createElement("dialog"); item.className = "made";'
KNOWN = pruning.vocabulary([PAGE], [SCRIPT])

KEPT = (
    ".md-typeset p{color:red}",
    "#top>p{color:red}",
    ".made{color:red}",
    "dialog{color:red}",
    "*,:after,:before{color:red}",
    ".md-typeset :is(.gone,p){color:red}",
    ".md-typeset:not(.gone){color:red}",
    "[dir=ltr] .md-typeset{color:red}",
    "p:hover::before{color:red}",
    "p[title]{color:red}",
    "@media print{.md-typeset{color:red}}",
)
LEFT_OUT = (
    ".gone{color:red}",
    ".left{color:red}",
    ".md-typeset .gone p{color:red}",
    "#gone{color:red}",
    "kbd{color:red}",
    ".md-typeset :is(.gone,kbd){color:red}",
    "[dir=rtl] .md-typeset{color:red}",
    "p[data-gone]{color:red}",
    "@media print{.gone{color:red}}",
)


@pytest.mark.parametrize("rule", KEPT)
def test_a_rule_that_could_match_stays(rule: str) -> None:
    assert pruning.pruned([rule], [], KNOWN).strip() == rule


@pytest.mark.parametrize("rule", LEFT_OUT)
def test_a_rule_for_what_no_page_has_is_left_out(rule: str) -> None:
    assert pruning.pruned([rule], [], KNOWN).strip() == ""


@pytest.mark.parametrize("rule", LEFT_OUT)
def test_what_is_our_own_is_left_whole(rule: str) -> None:
    assert pruning.pruned([], [rule], KNOWN).strip() == rule


def test_of_the_selectors_of_one_rule_only_those_that_could_match_stay() -> None:
    assert pruning.pruned([".gone,p , .made{color:red}"], [], KNOWN).strip() == "p,.made{color:red}"


def test_the_dark_scheme_is_for_dark_devices_and_for_readers_who_chose_it() -> None:
    sheet = '[data-md-color-scheme="default"]{--a:1}[data-md-color-scheme=slate]{--a:2}p{order:var(--a)}'
    assert pruning.pruned([sheet], [], KNOWN).split() == [
        ":root{--a:1}",
        ":root[data-mingge-colours=dark]{--a:2}",
        "@media", "(prefers-color-scheme:dark){:root:not([data-mingge-colours=light]){--a:2}}",
        "p{order:var(--a)}",
    ]  # fmt: skip


def test_a_custom_property_that_nothing_uses_is_left_out() -> None:
    sheet = ":root{--icon:url('data:image/svg+xml,<svg d=\"M0;0\"/>');--a:1;--b:2}p{order:var(--a)}"
    assert pruning.pruned([sheet], [".x{order:var(--b)}"], KNOWN).split() == [
        ":root{--a:1;--b:2}", "p{order:var(--a)}", ".x{order:var(--b)}",
    ]  # fmt: skip


def test_texts_in_a_style_sheet_stay_as_they_are() -> None:
    sheet = '.x td::before { content: "a ; b  { c } /* d */ \\22 e" } /* gone */'
    found = pruning.pruned([], [sheet], KNOWN)
    assert found.strip() == '.x td::before{content:"a ; b  { c } /* d */ \\"e"}'
    assert "gone" not in found


def test_a_style_sheet_that_cannot_be_read_is_an_error_and_not_a_shorter_one() -> None:
    with pytest.raises(ValueError, match="cannot be read"):
        pruning.pruned(["p{color:red} }"], [], KNOWN)


def test_the_theme_loses_two_thirds_and_no_class_that_a_template_names() -> None:
    from pathlib import Path

    import material

    root = Path(__file__).parents[2] / "templates"
    sheets = [path.read_text("utf-8") for path in Path(material.__file__).parent.glob("templates/assets/**/*.css")]
    known = pruning.vocabulary(path.read_text("utf-8") for path in root.rglob("*.html"))
    found = pruning.pruned(sheets, [], known)

    assert 3 * len(found) < sum(map(len, sheets))
    names = {name for sheet in sheets for name in re.findall(r"\.(md-[\w-]+)", sheet)} & known.words
    assert names
    assert {name for name in names if f".{name}" not in found} == set()
