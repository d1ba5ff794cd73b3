"""The house keeps its shape: who may import whom, who owns which library, who may print, exit or look at the clock.

The rules are DESIGN §2 and STYLE 5 and 8. Everything is read from the source with ast; nothing is imported.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BUILDER = ROOT / "builder"
STAGES = ("load", "validate", "checks", "derive", "protect", "pages", "site", "release")

# library → the only places that import it; a place ending in / is a folder
OWNERS: Mapping[str, tuple[str, ...]] = {
    "yaml": ("load/",),
    "frictionless": ("validate/",),
    "jinja2": ("site/",),
    "typer": ("cli.py",),
    "rich": ("cli.py",),
    "babel": ("language.py",),
    "chinese_calendar": ("workdays.py",),
    "livereload": ("serve.py",),
    "pyarrow": ("load/cells.py", "site/downloads.py"),
    "mkdocs": (),
    "properdocs": (),
    "builder.cli": ("__main__.py",),
    "builder.demo": ("cli.py", "demo/"),
    "builder.serve": ("cli.py",),
    "builder.pipeline": ("cli.py",),
    **{f"builder.{stage}": (f"{stage}/", "pipeline.py", "cli.py") for stage in STAGES},
}

# what is used → the only places that use it
USES: Mapping[str, tuple[str, ...]] = {
    "print": ("cli.py",),
    "sys.exit": ("cli.py",),
    "exit": (),
    "quit": (),
    "os._exit": (),
    "os.getenv": (),
    "datetime.now": ("cli.py",),
    "datetime.today": (),
    "datetime.utcnow": (),
    "date.today": (),
    "time.time": (),
    # a child process needs PATH and HOME: the engine hands its own environment on and reads nothing from it
    "os.environ": ("site/command.py",),
}

LONGEST = 300
# one record after the other and no code between them: the contract of the templates
RECORDS = ("pages/context.py",)


# ── reading sources ──────────────────────────────────────────────────────────────────────────────


@cache
def sources() -> Mapping[str, ast.Module]:
    """Return every file of builder/ by its path in there."""
    return {
        path.relative_to(BUILDER).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted(BUILDER.rglob("*.py"))
    }


def imported(tree: ast.AST, path: str) -> set[str]:
    """Return every module that the file `path` imports, at any depth, relative imports resolved."""
    package = ("builder", *Path(path).parts[:-1])
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*base, *([node.module] if node.module else [])])
            # `from builder import load` imports builder.load; `from builder.load import package` a name in it
            found |= {module, *(f"{module}.{name.name}" for name in node.names)}
    return found


def dotted(node: ast.AST) -> str:
    """Return `a.b.c` of an attribute or a name, "" for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = dotted(node.value)
        return f"{before}.{node.attr}" if before else ""
    return ""


def used(tree: ast.AST) -> set[str]:
    """Return the names and attributes that a file uses, under the name they were imported from."""
    origin: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            origin |= {name.asname or name.name: f"{node.module}.{name.name}" for name in node.names}
        elif isinstance(node, ast.Import):
            origin |= {name.asname: name.name for name in node.names if name.asname}
    found = set(filter(None, map(dotted, ast.walk(tree))))
    found |= {".".join([origin.get(first, first), *rest]) for first, *rest in (name.split(".") for name in found)}
    # datetime.datetime.now and datetime.now are the same thing
    return found | {name.removeprefix("datetime.") for name in found}


def inside(path: str, places: Iterable[str]) -> bool:
    return any(path == place or (place.endswith("/") and path.startswith(place)) for place in places)


def is_or_below(module: str, library: str) -> bool:
    return module == library or module.startswith(f"{library}.")


def trespasses(files: Mapping[str, ast.Module]) -> set[str]:
    """Return `path imports library` and `path uses name` for everything that the tables above do not allow."""
    return {
        f"{path} imports {library}"
        for path, tree in files.items()
        for library, places in OWNERS.items()
        if not inside(path, places) and any(is_or_below(module, library) for module in imported(tree, path))
    } | {
        f"{path} uses {name}"
        for path, tree in files.items()
        for name, places in USES.items()
        if not inside(path, places) and name in used(tree)
    }


def calls(tree: ast.AST) -> Iterator[str]:
    """Yield the dotted names that are called, in the order in which they run: arguments before their call."""
    for child in ast.iter_child_nodes(tree):
        yield from calls(child)
    if isinstance(tree, ast.Call) and (name := dotted(tree.func)):
        yield name


def function(tree: ast.Module, name: str) -> ast.FunctionDef:
    return next(node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == name)


# ── the helper itself ────────────────────────────────────────────────────────────────────────────

SAMPLES = [
    ("site/a.py", "from builder.derive.case import rows", {"site/a.py imports builder.derive"}),
    ("site/a.py", "from builder import derive", {"site/a.py imports builder.derive"}),
    ("site/a.py", "from ..derive import case", {"site/a.py imports builder.derive"}),
    ("site/a.py", "from .. import derive", {"site/a.py imports builder.derive"}),
    ("site/a.py", "def f():\n    import builder.derive.case", {"site/a.py imports builder.derive"}),
    ("site/a.py", "from . import shell\nfrom builder.site import engine\nfrom builder.model import Table", set()),
    ("demo/a.py", "from builder import load, cli", {"demo/a.py imports builder.load", "demo/a.py imports builder.cli"}),
    ("facts.py", "from builder.pipeline import build", {"facts.py imports builder.pipeline"}),
    ("site/a.py", "import mkdocs.config", {"site/a.py imports mkdocs"}),
    ("site/a.py", "import mkdocs_like", set()),
    ("site/a.py", "from pyarrow import csv", {"site/a.py imports pyarrow"}),
    ("site/downloads.py", "import pyarrow as pa", set()),
    ("checks/a.py", "import frictionless", {"checks/a.py imports frictionless"}),
    ("checks/a.py", "print('no')", {"checks/a.py uses print"}),
    ("checks/a.py", "blueprint(1)", set()),
    ("checks/a.py", "show = print", {"checks/a.py uses print"}),
    ("checks/a.py", "import sys\nsys.exit(1)", {"checks/a.py uses sys.exit"}),
    ("checks/a.py", "from sys import exit as leave\nleave()", {"checks/a.py uses sys.exit"}),
    ("checks/a.py", "from datetime import date\ndate.today()", {"checks/a.py uses date.today"}),
    ("checks/a.py", "import datetime\ndatetime.date.today()", {"checks/a.py uses date.today"}),
    ("checks/a.py", "import datetime as dt\ndt.datetime.now()", {"checks/a.py uses datetime.now"}),
    ("checks/a.py", "from datetime import datetime as clock\nclock.now()", {"checks/a.py uses datetime.now"}),
    ("checks/a.py", "from os import environ\nenviron['A']", {"checks/a.py uses os.environ"}),
    ("checks/a.py", "import os\nos.environ.get('A')", {"checks/a.py uses os.environ"}),
    ("checks/a.py", "'''print( and sys.exit in words'''", set()),
]


@pytest.mark.parametrize(("path", "text", "found"), SAMPLES)
def test_a_trespass_is_noticed_however_it_is_written(path: str, text: str, found: set[str]) -> None:
    assert trespasses({path: ast.parse(text)}) == found


def test_calls_are_read_in_the_order_in_which_they_run() -> None:
    assert list(calls(ast.parse("a.one(b.two(), c=d.three(e.four()))\nf.five()"))) == [
        "b.two", "e.four", "d.three", "a.one", "f.five",
    ]  # fmt: skip


# ── the house ────────────────────────────────────────────────────────────────────────────────────


def test_every_library_stage_and_side_effect_has_one_owner() -> None:
    assert trespasses(sources()) == set()


@pytest.mark.parametrize("library", [name for name, places in OWNERS.items() if places and name != "builder.cli"])
def test_every_owner_named_here_still_owns_something(library: str) -> None:
    users = [path for path, tree in sources().items() if any(is_or_below(m, library) for m in imported(tree, path))]

    assert users


def test_the_stages_are_the_folders_of_builder() -> None:
    folders = {path.parent.name for path in BUILDER.glob("*/__init__.py")}

    assert folders == {*STAGES, "model", "demo"}


@pytest.mark.parametrize("path", ["model/", "facts.py", "errors.py", "language.py", "periods.py", "workdays.py"])
def test_what_stages_share_knows_no_stage(path: str) -> None:
    shared = {"builder.model", "builder.errors"}
    found = {
        ".".join(module.split(".")[:2])
        for file, tree in sources().items()
        if inside(file, (path,))
        for module in imported(tree, file)
        if module.startswith("builder.")
    }

    assert found <= shared


@pytest.mark.parametrize("stage", STAGES)
def test_the_public_names_of_a_stage_are_in_its_all(stage: str) -> None:
    tree = ast.parse((BUILDER / stage / "__init__.py").read_text(encoding="utf-8"))
    stated = [
        ast.literal_eval(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign) and [dotted(target) for target in node.targets] == ["__all__"]
    ]
    defined = {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    defined |= {
        name.asname or name.name for node in tree.body if isinstance(node, ast.ImportFrom) for name in node.names
    }

    assert len(stated) == 1
    assert stated[0] == sorted(stated[0])
    assert set(stated[0]) <= defined | {dotted(t) for n in tree.body if isinstance(n, ast.Assign) for t in n.targets}


def test_pipeline_takes_nothing_from_a_stage_but_what_is_in_its_all() -> None:
    pipeline = sources()["pipeline.py"]
    deep = {name for name in imported(pipeline, "pipeline.py") if name.startswith("builder.") and name.count(".") > 1}

    assert {name for name in deep if name.split(".")[1] in STAGES} == set()


@pytest.mark.parametrize(
    ("name", "order"),
    [
        ("check", ["load.package", "load.tables", "validate.tables", "protect.columns", "checks.run"]),
        (
            "build",
            ["derive.counts", "protect.counts", "derive.measures", "protect.rows", "pages.sources", "release.staged",
             "site.open_site", "open_site.downloads", "write_pages"],
        ),
    ],
)  # fmt: skip
def test_the_stages_run_in_the_order_of_the_design(name: str, order: list[str]) -> None:
    found = list(calls(function(sources()["pipeline.py"], name)))

    assert [call for call in found if call in order] == order


def test_no_file_of_builder_is_too_long_to_be_one_subject() -> None:
    lengths = {path: len((BUILDER / path).read_text(encoding="utf-8").splitlines()) for path in sources()}

    assert {path: length for path, length in lengths.items() if length > LONGEST and path not in RECORDS} == {}


@pytest.mark.parametrize("path", RECORDS)
def test_the_files_that_may_be_longer_hold_records_only(path: str) -> None:
    assert [node for node in sources()[path].body if isinstance(node, ast.FunctionDef)] == []
