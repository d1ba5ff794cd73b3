"""The parts of builder: which stands on which, in which order the stages run, and what each shows of itself."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping

import pytest

from tests.architecture.source import (
    BUILDER,
    STAGES,
    calls,
    dotted,
    function,
    imports,
    known,
    part_of,
    sources,
    stated_names,
)

# part of builder → the other parts that it knows, besides the values of model, the words of language and the errors
KNOWS: Mapping[str, frozenset[str]] = {
    name: frozenset(others.split())
    for name, others in {
        "model": "", "errors": "", "keyfile": "", "language": "", "calendar": "", "frames": "", "rules": "",
        "changes": "", "control": "", "excel": "", "gate": "patterns", "patterns": "", "pinyin": "", "processes": "",
        "shapes": "", "shipped": "", "supply": "", "mend": "patterns", "fix": "load mend",
        "places": "rules frames",
        "subjects": "rules frames calendar places demo control",
        "demo": "subjects", "district": "demo shipped",
        "load": "calendar patterns shapes shipped", "validate": "mend patterns",
        "check": "changes gate mend rules places shapes subjects",
        "count": "calendar frames places processes subjects",
        "protect": "gate places shapes subjects",
        "measure": "frames places subjects",
        "pages": "frames pinyin places shapes subjects",
        "site": "excel frames log processes shapes", "release": "", "publish": "release", "log": "keyfile",
        "forms": "calendar excel mend", "hold": "checked",
        "checked": "frames protect subjects", "report": "checked", "upkeep": "calendar",
        "workbooks": "checked load report",
        "pipeline": " ".join(("changes", "checked", "gate", "places", "processes", "subjects", *STAGES)),
        "templates": "forms gate load subjects",
        "intake": "calendar frames keyfile places shapes subjects",
        "desk": "checked fix load pipeline processes report",
        "cli": "calendar demo desk district fix gate hold intake load log pipeline processes publish release report "
               "shipped subjects supply templates upkeep workbooks",
        "__main__": "cli", "__init__": "",
    }.items()
}  # fmt: skip

LONGEST = 300
ONE_FILE = ("log/verify.py",)
"""What readers download and run without anything else of ours (docs/adr/0043)."""


def test_the_parts_of_builder_are_those_that_are_known_here() -> None:
    assert {part_of(path) for path in sources()} == set(KNOWS)
    assert {part for part in STAGES if part not in KNOWS} == set()


@pytest.mark.parametrize("part", sorted(KNOWS))
def test_a_part_knows_only_what_it_stands_on(part: str) -> None:
    allowed = {"model", "language", "errors"} if part not in ("model", "errors") else {"model"}
    found = {name for path in sources() if part_of(path) == part for name in known(path)}

    assert found - allowed == set(KNOWS[part]), "the table above says what is needed and nothing else"


def test_what_stages_share_knows_no_stage() -> None:
    above = ("pipeline", "cli", "checked", "desk", "fix", "publish", "report", "templates", "workbooks")
    shared = [part for part in KNOWS if part not in (*STAGES, *above)]

    assert {part: KNOWS[part] & set(STAGES) for part in shared if KNOWS[part] & set(STAGES)} == {}


@pytest.mark.parametrize(
    "part",
    [
        *STAGES, "changes", "cli", "demo", "desk", "district", "excel", "fix", "forms", "frames", "gate", "hold",
        "model", "places", "publish", "report", "rules", "subjects",
    ],
)
def test_the_public_names_of_a_part_are_in_its_all(part: str) -> None:
    tree = sources()[f"{part}/__init__.py"]
    stated = stated_names(tree)
    defined = {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    defined |= {
        name.asname or name.name for node in tree.body if isinstance(node, ast.ImportFrom) for name in node.names
    }

    assert len(stated) == 1
    assert stated[0] == sorted(stated[0], key=lambda name: (not name.isupper(), name))
    assert set(stated[0]) <= defined | {
        dotted(target)
        for node in tree.body
        if isinstance(node, ast.Assign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
    }


def test_pipeline_takes_nothing_from_a_stage_but_what_is_in_its_all() -> None:
    deep = {name for name in imports()["pipeline.py"] if name.startswith("builder.") and name.count(".") > 1}

    assert {name for name in deep if name.split(".")[1] in STAGES} == set()


@pytest.mark.parametrize(
    ("name", "order"),
    [
        ("check", ["load.package", "load.tables", "validate.tables", "protect.policy", "checks.tables"]),
        ("take_in", ["intake.close", "protect.tables", "intake.opaque", "intake.write"]),
        (
            "build",
            ["count.tables", "protect.counted", "measure.pieces", "release.staged", "site.begin", "site.publish",
             "changes.since", "site.open_site", "crew.map", "crew.map", "gate.search"],
        ),
        ("measured", ["measure.published", "pages.sources"]),
        ("put", ["pages.made", "printer.page"]),
    ],
)  # fmt: skip
def test_the_stages_run_in_the_order_of_the_design(name: str, order: list[str]) -> None:
    found = list(calls(function(sources()["pipeline.py"], name)))

    assert [call for call in found if call in order] == order


def test_a_function_of_a_stage_is_called_once_so_that_nothing_goes_round_the_wall() -> None:
    once = (
        "protect.tables", "intake.opaque", "intake.write", "count.tables", "protect.counted", "measure.published",
        "site.open_site", "release.staged",
    )  # fmt: skip
    found = list(calls(sources()["pipeline.py"]))

    assert {name: found.count(name) for name in once} == dict.fromkeys(once, 1)


def test_no_file_of_builder_is_too_long_to_be_one_subject() -> None:
    lengths = {path: len((BUILDER / path).read_text(encoding="utf-8").splitlines()) for path in sources()}

    assert {path: length for path, length in lengths.items() if length > LONGEST and path not in ONE_FILE} == {}


def test_each_decision_has_a_number_of_its_own_and_says_it() -> None:
    records = sorted((BUILDER.parent / "docs" / "adr").glob("*.md"))
    numbers = [path.name[:4] for path in records]

    assert len(set(numbers)) == len(numbers) > 10
    for path in records:
        assert path.read_text(encoding="utf-8").startswith(f"# {int(path.name[:4])}. "), path.name


def test_whoever_cites_a_decision_cites_one_that_is_there() -> None:
    root = BUILDER.parent
    there = {path.name[:4] for path in (root / "docs" / "adr").glob("*.md")}
    texts = [*root.glob("*.md"), *root.glob("docs/*.md"), root / "mkdocs.yml", *BUILDER.rglob("*.py")]
    cited = {(path.name, number) for path in texts
             for number in re.findall(r"docs/adr/([0-9]{4})", path.read_text(encoding="utf-8"))}  # fmt: skip

    assert len(cited) > 5
    assert {item for item in cited if item[1] not in there} == set()
