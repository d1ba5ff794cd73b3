"""Who owns which library, and who may print, exit or look at the clock: one owner each."""

from __future__ import annotations

import ast
from collections.abc import Mapping

import pytest

from tests.architecture.source import STAGES, SUBJECTS, calls, imported, imports, inside, is_or_below, used, uses

# library, or name of builder → the only places that import it; a place ending in / is a folder
OWNERS: Mapping[str, tuple[str, ...]] = {
    "yaml": ("load/yaml_file.py",),
    "frictionless": ("validate/",),
    "re2": ("patterns.py",),
    "pypinyin": ("pinyin.py",),
    "starlette": ("desk/",),
    "uvicorn": ("desk/server.py",),
    "markdown": ("site/prose.py",),
    "pathspec": ("site/thaw.py",),
    "jinja2": ("site/", "report/page.py", "desk/page.py"),
    "typer": ("cli/",),
    "rich": ("cli/",),
    "babel": ("language.py",),
    "chinese_calendar": ("calendar/workdays.py",),
    "livereload": ("cli/serve.py",),
    "pyarrow": ("changes/", "load/", "validate/", "model/table.py", "frames/written.py", "gate/"),
    "pyarrow.csv": ("changes/", "load/columns.py", "frames/written.py"),
    "tornado": ("cli/serve.py",),
    "cyclonedx": ("supply/bill.py",),
    "packageurl": ("supply/bill.py",),
    "shapely": ("shapes/",),
    "simpleeval": ("subjects/assessment/formula.py",),
    "segno": ("site/qr.py",),
    "tinycss2": ("site/pruning.py",),
    "xlsxwriter": ("excel/", "forms/", "report/workbook.py"),
    "openpyxl": ("load/workbook.py",),
    "feedgen": ("site/atom.py",),
    "stdnum": ("gate/numbers.py",),
    "rfc8785": ("publish/manifest.py",),
    "zstandard": ("publish/beside.py", "log/verify.py"),
    "phonenumbers": ("gate/numbers.py",),
    "pypdf": ("gate/pdf.py", "load/pdf.py"),
    "cryptography": ("log/verify.py", "log/keys.py", "upkeep/certificates.py"),
    "urllib.request": ("log/verify.py", "cli/notice.py"),
    "builder.gate": ("gate/", "check/", "protect/report.py", "pipeline.py", "templates.py", "cli/personal.py"),
    "builder.changes": ("changes/", "check/unknown.py", "pipeline.py"),
    "mkdocs": (),
    "properdocs": (),
    "builder.cli": ("cli/", "__main__.py"),
    "builder.pipeline": ("cli/", "desk/"),  # the desk is a second command line, in a page
    **{f"builder.{stage}": (f"{stage}/", "pipeline.py") for stage in STAGES},
    "builder.protect": ("protect/", "pipeline.py", "checked.py"),
    "builder.load": (
        "load/", "fix/", "pipeline.py", "templates.py", "workbooks.py", "cli/boundary.py", "desk/parts.py",
    ),
    "builder.district": ("district/", "cli/init.py"),
    "builder.forms": ("forms/", "templates.py"),
    "builder.hold": ("hold/", "cli/work.py"),
    "builder.templates": ("cli/template.py",),
    "builder.fix": (
        "fix/", "cli/fix.py", "cli/imports.py", "cli/arrival.py", "cli/arrived.py", "desk/parts.py",
    ),
    "builder.intake": ("intake/", "pipeline.py", "cli/intake.py", "cli/work.py"),
    "builder.publish": ("publish/", "cli/publish.py"),
    "builder.release": (
        "release/", "publish/", "pipeline.py", "cli/told.py", "cli/work.py", "cli/policy.py", "cli/init.py",
    ),
    "builder.subjects.SUBJECTS": ("pipeline.py", "templates.py", "cli/app.py"),
    **{f"builder.subjects.{name}": (f"subjects/{name}/", "subjects/__init__.py") for name in SUBJECTS},
}

# what is used → the only places that use it
USES: Mapping[str, tuple[str, ...]] = {
    # verify.py is a program of its own: whoever checks a site runs it without anything else of ours
    "print": ("cli/", "log/verify.py"),
    "sys.exit": ("cli/",),
    # the guardian is a program of its own and says why it could not start another
    "sys.stdout": ("cli/", "log/verify.py"),
    "sys.stderr": ("cli/", "processes/guardian.py"),
    "exit": (),
    "quit": (),
    "os._exit": (),
    "os.getenv": (),
    "datetime.now": ("cli/",),
    "datetime.today": (),
    "datetime.utcnow": (),
    "date.today": (),
    "time.time": (),
    # a child process needs PATH and HOME: the engine hands its own environment on and reads nothing from it
    "os.environ": ("site/command.py",),
}


def trespasses(imports: Mapping[str, frozenset[str]], uses: Mapping[str, frozenset[str]]) -> set[str]:
    """Return `path imports library` and `path uses name` for everything that the tables above do not allow."""
    return {
        f"{path} imports {library}"
        for path, modules in imports.items()
        for library, places in OWNERS.items()
        if not inside(path, places) and any(is_or_below(module, library) for module in modules)
    } | {
        f"{path} uses {name}"
        for path, names in uses.items()
        for name, places in USES.items()
        if not inside(path, places) and name in names
    }


# ── the reading itself ───────────────────────────────────────────────────────────────────────────

SAMPLES = [
    ("site/a.py", "from builder.count.tables import tables", {"site/a.py imports builder.count"}),
    ("site/a.py", "from builder import count", {"site/a.py imports builder.count"}),
    ("site/a.py", "from ..count import tables", {"site/a.py imports builder.count"}),
    ("site/a.py", "from .. import count", {"site/a.py imports builder.count"}),
    ("site/a.py", "def f():\n    import builder.count.tables", {"site/a.py imports builder.count"}),
    ("site/a.py", "from . import shell\nfrom builder.site import engine\nfrom builder.model import Table", set()),
    ("demo/a.py", "from builder import load, cli", {"demo/a.py imports builder.load", "demo/a.py imports builder.cli"}),
    ("places/a.py", "from builder.pipeline import build", {"places/a.py imports builder.pipeline"}),
    ("cli/a.py", "from builder import load, pipeline", {"cli/a.py imports builder.load"}),
    ("pages/a.py", "from builder.subjects.duty import DUTY", {"pages/a.py imports builder.subjects.duty"}),
    ("pages/a.py", "from builder.subjects import duty", {"pages/a.py imports builder.subjects.duty"}),
    ("pages/a.py", "from builder.subjects import SUBJECTS", {"pages/a.py imports builder.subjects.SUBJECTS"}),
    ("pages/a.py", "from builder.subjects.subject import AnySubject", set()),
    (
        "subjects/duty/a.py",
        "from builder.subjects.case.tally import X",
        {"subjects/duty/a.py imports builder.subjects.case"},
    ),
    ("subjects/duty/a.py", "from builder.subjects.duty.tally import X", set()),
    ("subjects/__init__.py", "from builder.subjects.duty import DUTY", set()),
    ("site/a.py", "import mkdocs.config", {"site/a.py imports mkdocs"}),
    ("site/a.py", "import mkdocs_like", set()),
    ("site/a.py", "from pyarrow import csv", {"site/a.py imports pyarrow", "site/a.py imports pyarrow.csv"}),
    ("frames/written.py", "import pyarrow as pa", set()),
    ("check/a.py", "import frictionless", {"check/a.py imports frictionless"}),
    ("check/a.py", "print('no')", {"check/a.py uses print"}),
    ("check/a.py", "blueprint(1)", set()),
    ("check/a.py", "show = print", {"check/a.py uses print"}),
    ("check/a.py", "import sys\nsys.exit(1)", {"check/a.py uses sys.exit"}),
    ("check/a.py", "from sys import exit as leave\nleave()", {"check/a.py uses sys.exit"}),
    ("check/a.py", "from datetime import date\ndate.today()", {"check/a.py uses date.today"}),
    ("check/a.py", "import datetime\ndatetime.date.today()", {"check/a.py uses date.today"}),
    ("check/a.py", "import datetime as dt\ndt.datetime.now()", {"check/a.py uses datetime.now"}),
    ("check/a.py", "from datetime import datetime as clock\nclock.now()", {"check/a.py uses datetime.now"}),
    ("check/a.py", "from os import environ\nenviron['A']", {"check/a.py uses os.environ"}),
    ("check/a.py", "import os\nos.environ.get('A')", {"check/a.py uses os.environ"}),
    ("check/a.py", "'''print( and sys.exit in words'''", set()),
]


@pytest.mark.parametrize(("path", "text", "found"), SAMPLES)
def test_a_trespass_is_noticed_however_it_is_written(path: str, text: str, found: set[str]) -> None:
    tree = ast.parse(text)
    assert trespasses({path: frozenset(imported(tree, path))}, {path: frozenset(used(tree))}) == found


def test_calls_are_read_in_the_order_in_which_they_run() -> None:
    assert list(calls(ast.parse("a.one(b.two(), c=d.three(e.four()))\nf.five()"))) == [
        "b.two", "e.four", "d.three", "a.one", "f.five",
    ]  # fmt: skip


# ── the house ────────────────────────────────────────────────────────────────────────────────────


def test_every_library_stage_and_side_effect_has_one_owner() -> None:
    assert len(imports()) > 100
    assert trespasses(imports(), uses()) == set()


@pytest.mark.parametrize("library", [name for name, places in OWNERS.items() if places])
def test_every_owner_named_here_still_owns_something(library: str) -> None:
    users = {path for path, modules in imports().items() if any(is_or_below(m, library) for m in modules)}

    assert {place for place in OWNERS[library] if not any(inside(path, (place,)) for path in users)} <= {
        f"{library.removeprefix('builder.')}/"  # a stage may be one file that imports nothing of itself
    }
