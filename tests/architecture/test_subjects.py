"""The wall, and subjects that know nothing of each other: neither has a way round."""

from __future__ import annotations

import ast

import pytest

from tests.architecture.source import ROOT, SUBJECTS, dotted, imports, inside, is_or_below, sources, stated_names

TEMPLATES = ROOT / "templates"

# what holds private cells, and the stages behind the wall that never see it
PRIVATE = ("Counted", "CountedPart", "Finding", "Issue", "Quote", "Report", "Table", "Tables", "TextTable")
BEHIND = ("measure/", "pages/", "site/", "release/")


# ── the wall ─────────────────────────────────────────────────────────────────────────────────────


def test_nothing_behind_the_wall_names_a_type_that_holds_private_cells() -> None:
    private = {f"builder.model.{name}" for name in PRIVATE}

    assert {
        (path, name)
        for path, modules in imports().items()
        if inside(path, BEHIND)
        for name in private & modules
    } == set()


@pytest.mark.parametrize("subject", SUBJECTS)
def test_of_a_subject_only_its_wall_knows_what_was_counted(subject: str) -> None:
    counted = f"builder.subjects.{subject}.count"
    users = {
        path.removeprefix(f"subjects/{subject}/")
        for path, modules in imports().items()
        if path.startswith(f"subjects/{subject}/") and any(is_or_below(module, counted) for module in modules)
    }

    # measures, and what is published of closed periods, are counted in front of the wall, as counts are
    assert users - {"measures.py", "statistics.py"} == {"__init__.py", "protect.py"}


# ── subjects ─────────────────────────────────────────────────────────────────────────────────────


def test_the_list_of_subjects_is_the_list_of_their_folders() -> None:
    tree = sources()["subjects/__init__.py"]
    (listed,) = [
        [dotted(item) for item in node.value.elts]
        for node in tree.body
        if isinstance(node, ast.AnnAssign) and dotted(node.target) == "SUBJECTS" and isinstance(node.value, ast.Tuple)
    ]

    assert sorted(listed) == sorted(name.upper() for name in SUBJECTS)


@pytest.mark.parametrize("subject", SUBJECTS)
def test_a_subject_shows_one_value_and_nothing_else(subject: str) -> None:
    assert stated_names(sources()[f"subjects/{subject}/__init__.py"]) == [[subject.upper()]]


def test_nothing_outside_a_subject_names_one() -> None:
    outside = {path: tree for path, tree in sources().items() if not inside(path, [f"subjects/{s}/" for s in SUBJECTS])}
    named = {
        (path, node.value)
        for path, tree in outside.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and node.value in SUBJECTS
    }

    assert named == set()


def test_no_template_that_all_subjects_share_names_one() -> None:
    quoted = [f'"{name}"' for name in SUBJECTS] + [f"blocks/{name}" for name in SUBJECTS] + ['"blocks/_']
    own = {path for path in TEMPLATES.glob("pages/*.html") if path.stem.startswith(SUBJECTS)}
    shared = {*TEMPLATES.glob("pages/*.html"), *TEMPLATES.glob("parts/*.html")} - own
    texts = {path.name: path.read_text(encoding="utf-8") for path in shared}

    assert len(shared) > 10
    assert {(name, word) for name, text in texts.items() for word in quoted if word in text} == set()
