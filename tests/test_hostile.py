"""Whatever stands in a name, a title, a page or a cell: a site that shows it as text, or one line that says what to do.

Names and places are data; every name is put into every place.
"""

from __future__ import annotations

import json
import os
import re
import socket
from collections.abc import Callable, Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from tests.console import said, told
from tests.packages import BRANCH_TABLES, GRIDS, ROOT, write_json, write_package

RAW = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""What no line on a terminal may hold."""

NAMES = {
    "a script": "<script>alert(1)</script>",
    "a handler": '"><x-evil onerror="alert(1)">',
    "code and a script": "`<x-evil>`</code><x-evil>",
    "an entity": "&lt;x-evil&gt;&#60;x-evil>",
    "a link": "[a](javascript:alert(1)){: onclick=alert(1) }",
    "a template": "{{ 7*7 }}{% raw %}{# x #}",
    "braces": "{} {0} {path} %s",
    "a marker": "MINGGESHELLTITLE",
    "the shells": "a__shell__b",
    "a colour": "a\x1b[31mb\x9b1m",
    "a bell": "a\x07b\x7f",
    "text turned around": "a\u202eb\u2066c",
    "a line break": "a\n::error::b",
    "a carriage return": "a\r\n::warning::b\u2028c",
    "a formula": '=HYPERLINK("http://x","y")',
    "a plus": "+1+cmd|' /C calc'!A0",
    "an at sign": "@SUM(1)",
    "a tab": "\t=1",
    "an option": "-rf",
    "a device": "CON",
    "a device and a suffix": "nul.txt",
    "dots": "a..",
    "a way up": "../../etc/passwd",
    "a page": "index.html",
    "300 characters": "a" * 300,
    "a million": "网" * 1_000_000,
    "markup of the terminal": "[/red] :warning: [bold",
    "nothing": "",
}  # fmt: skip


LATE = f"{GRIDS[1]},主责,2026-03-01,2026-03-31"
TABLES = BRANCH_TABLES | {
    "branch_grid": BRANCH_TABLES["branch_grid"].replace(LATE, f"{GRIDS[1]},主责,2020-01-01,"),
}
"""Two grids, three branches, and no defect."""


class Package:
    """A small package and the configuration of a site, whose files a case may change."""

    def __init__(self, folder: Path) -> None:
        self.folder = write_package(folder / "package", TABLES)
        self.docs = folder / "docs"
        self.docs.mkdir()
        for name in ("about", "metrics", "privacy", "reading"):
            (self.docs / f"{name}.md").write_text(f"# {name}\n", encoding="utf-8")
        self.config = folder / "mkdocs.yml"
        theme = {"name": "material", "custom_dir": str(ROOT / "templates" / "theme"), "language": "en", "font": False}
        self.settings: dict[str, Any] = {
            "site_name": "Grids", "docs_dir": "docs", "theme": theme, "plugins": [],
            "nav": [{name: f"{name}.md"} for name in ("index", "about", "metrics", "privacy", "reading", "dictionary")],
            "markdown_extensions": ["attr_list", "tables", "md_in_html"],
        }  # fmt: skip
        self.write_config()

    def write_config(self) -> None:
        write_json(self.config, self.settings)

    def change(self, path: str, how: Callable[[dict[str, Any]], None]) -> None:
        value = json.loads((self.folder / path).read_text(encoding="utf-8"))
        how(value)
        write_json(self.folder / path, value)

    def cells(self, path: str, old: str, new: str) -> None:
        text = (self.folder / path).read_text(encoding="utf-8")
        quoted = '"' + new.replace('"', '""') + '"'
        (self.folder / path).write_text(text.replace(old, quoted), encoding="utf-8")

    def check(self) -> tuple[int, list[str]]:
        return said("check", self.folder, "--config", self.config, "--workers", 1)


def in_field(key: str) -> Callable[[Package, str], None]:
    return lambda package, name: package.change("schemas/grid.json", lambda s: s["fields"][1].update({key: name}))


def in_resource(key: str) -> Callable[[Package, str], None]:
    return lambda package, name: package.change("datapackage.json", lambda v: v["resources"][1].update({key: name}))


def in_package(key: str) -> Callable[[Package, str], None]:
    return lambda package, name: package.change("datapackage.json", lambda value: value.update({key: name}))


def in_schema(value: Callable[[str], Mapping[str, Any]]) -> Callable[[Package, str], None]:
    return lambda package, name: package.change("schemas/grid.json", lambda s: s["fields"][3].update(value(name)))


def in_config(key: str) -> Callable[[Package, str], None]:
    def put(package: Package, name: str) -> None:
        package.settings[key] = name
        package.write_config()

    return put


def renamed_key(package: Package, name: str) -> None:
    def rename(schema: dict[str, Any]) -> None:
        schema["fields"][0]["name"] = schema["primaryKey"][0] = name

    package.change("schemas/case_category.json", rename)


def as_file(package: Package, name: str) -> None:
    in_resource("path")(package, f"{name}.csv")
    put_file(package.folder / f"{name}.csv", (package.folder / "grid.csv").read_text(encoding="utf-8"))


def in_folder(package: Package, name: str) -> None:
    in_resource("path")(package, "grid")
    (package.folder / "grid").mkdir()
    (package.folder / "grid.csv").rename(package.folder / "grid" / "a.csv")
    header = (package.folder / "grid" / "a.csv").read_text(encoding="utf-8").partition("\n")[0]
    put_file(package.folder / "grid" / f"{name}.csv", header + "\n")


def as_page(package: Package, name: str) -> None:
    put_file(package.docs / f"{name}.md", "# x\n")


def put_file(path: Path, text: str) -> None:
    """Write a file if this system can have one of that name."""
    try:
        path.write_text(text, encoding="utf-8")
    except OSError:
        return


PLACES: Mapping[str, Callable[[Package, str], None]] = {
    "a field's title": in_field("title"),
    "a field's description": in_field("description"),
    "a field's name": in_field("name"),
    "a field's repair": in_field("fix"),
    "a field's alias": lambda package, name: in_field("aliases")(package, [name]),  # type: ignore[arg-type]
    "a value": in_schema(lambda name: {"constraints": {"enum": ["综合", name]}}),
    "a label": in_schema(lambda name: {"categories": [{"value": "综合", "label": name}]}),
    "a role": in_schema(lambda name: {"roles": {name: ["综合"]}}),
    "a pattern": in_schema(lambda name: {"constraints": {"pattern": name}}),
    "a property": in_schema(lambda name: {name: 1}),
    "a key's name": renamed_key,
    "a resource's title": in_resource("title"),
    "a resource's description": in_resource("description"),
    "a resource's name": in_resource("name"),
    "a resource's file": as_file,
    "one of a resource's files": in_folder,
    "a schema's file": in_resource("schema"),
    "the package's title": in_package("title"),
    "the package's version": in_package("version"),
    "a setting": lambda package, name: package.change("datapackage.json", lambda v: v["mingge"].update({name: 1})),
    "a rule's reason": lambda package, name: package.change(
        "datapackage.json",
        lambda v: v["mingge"].update(severities={"grid-code": {"severity": "warning", "reason": name}}),
    ),
    "the site's name": in_config("site_name"),
    "the site's address": in_config("site_url"),
    "the folder of pages": in_config("docs_dir"),
    "a page's file": as_page,
    "a page's text": lambda package, name: put_file(package.docs / "about.md", f"# a\n\n{name}\n"),
    "a name in a cell": lambda package, name: package.cells("grid.csv", "0格", name),
    "a code in a cell": lambda package, name: package.cells("grid.csv", GRIDS[0], name),
    "a header": lambda package, name: package.cells("grid.csv", "closed_date", name),
}


EVERY = 9
"""Of so many names one is put into a place while somebody waits; at night all are."""


@pytest.mark.parametrize("number", range(len(PLACES)), ids=PLACES)
def test_a_hostile_name_is_one_line_or_text_wherever_it_stands(number: int, tmp_path: Path) -> None:
    put_everywhere(number, list(NAMES)[number % EVERY :: EVERY], tmp_path)


@pytest.mark.nightly
@pytest.mark.parametrize("number", range(len(PLACES)), ids=PLACES)
def test_so_is_every_other_one(number: int, tmp_path: Path) -> None:
    put_everywhere(number, list(NAMES), tmp_path)


def put_everywhere(place: int, names: list[str], folder: Path) -> None:
    for number, what in enumerate(names):
        package = Package(folder / str(number))
        list(PLACES.values())[place](package, NAMES[what])

        code, lines = package.check()

        assert code in (0, 1, 2), what
        assert not [line for line in lines if RAW.search(line) or line.startswith("::") or len(line) > 2_000], what
        if code == 2:
            # what is wrong, and what to do, of each mistake
            assert [line.startswith("  ") for line in lines] == [False, True] * (len(lines) // 2), (what, lines)
        else:
            told(lines)  # fails where a line is none of a report


# ── what is let through is text on the site ──────────────────────────────────────────────────────

SHOWN = ("a script", "a handler", "code and a script", "an entity", "a link", "a template", "braces", "a formula",
         "markup of the terminal")  # fmt: skip
"""Names that may stand in titles: nothing is hidden in them."""


class Tags(HTMLParser):
    """Notes elements and attributes that only a hostile name could have brought."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [tag] if tag == "x-evil" else []
        self.found += [name for name, value in attrs if name.startswith("on") or "javascript:" in (value or "")]

    def handle_data(self, data: str) -> None:
        if self.cdata_elem == "script" and "alert(1)" in data and "<x-evil" not in data:
            self.found.append(data)


def test_what_is_let_through_is_text_on_every_page_and_in_every_download(tmp_path: Path) -> None:
    package = Package(tmp_path)
    words = [NAMES[name] for name in SHOWN]
    for number, place in enumerate(("title", "description")):
        in_resource(place)(package, words[number])
        in_field(place)(package, words[number + 2])

    def every(schema: dict[str, Any]) -> None:
        for number, field in enumerate(schema["fields"]):
            field |= {"title": f"{words[number % len(words)]}{number}", "description": "".join(words)}

    package.change("schemas/branch.json", every)
    in_package("title")(package, "".join(words)[:90])
    package.cells("grid.csv", "0格", words[1])
    package.cells("branch.csv", "第1党支部", words[0])
    code, lines = said("check", package.folder, "--config", package.config, "--workers", 1)
    assert code == 0, lines
    built = build(package, tmp_path / "site")

    assert built == 0
    pages = list((tmp_path / "site").rglob("*.html"))
    assert len(pages) > 10
    found: dict[str, list[str]] = {}
    for path in pages:
        tags = Tags()
        tags.feed(path.read_text(encoding="utf-8"))
        found |= {path.name: tags.found} if tags.found else {}
    assert found == {}
    assert "&lt;x-evil" in (tmp_path / "site" / "dictionary" / "index.html").read_text(encoding="utf-8")
    for book in (tmp_path / "site" / "data").glob("*.xlsx"):
        with ZipFile(book) as archive:
            assert not [name for name in archive.namelist() if b"<f>" in archive.read(name)], book.name


def build(package: Package, output: Path) -> int:
    from typer.testing import CliRunner

    from builder.cli import app

    arguments = ["build", package.folder, "--config", package.config, "--output", output, "--workers", 1, "--no-cache"]
    result = CliRunner().invoke(app, [str(item) for item in arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code


# ── what is no file ──────────────────────────────────────────────────────────────────────────────


def fifo(path: Path) -> None:
    os.mkfifo(path)


def linked(path: Path) -> None:
    fifo(path.with_name("pipe"))
    path.symlink_to("pipe")


def listener(path: Path) -> None:
    here = os.open(path.parent, os.O_RDONLY)
    try:
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(f"/proc/self/fd/{here}/{path.name}")  # the path itself may be too long for a socket
    finally:
        os.close(here)


KINDS: Mapping[str, Callable[[Path], None]] = {
    "a pipe": fifo,
    "a socket": listener,
    "a folder": Path.mkdir,
    "a device": lambda path: path.symlink_to("/dev/zero"),
    "a link to a pipe": linked,
    "a link to nothing": lambda path: path.symlink_to("nothing"),
    "a link to itself": lambda path: path.symlink_to(path.name),
    "a link outside": lambda path: path.symlink_to("/etc/passwd"),
}
TAKEN = {
    "a table": lambda package: package.folder / "grid.csv",
    "a schema": lambda package: package.folder / "schemas" / "grid.json",
    "the descriptor": lambda package: package.folder / "datapackage.json",
    "the configuration": lambda package: package.config,
    "a page": lambda package: package.docs / "metrics.md",
    "a picture": lambda package: package.docs / "a.png",
    "something else": lambda package: package.docs / "case.csv",
}


@pytest.mark.parametrize("taken", TAKEN)
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_no_file_is_refused_and_never_waited_for(kind: str, taken: str, tmp_path: Path) -> None:
    package = Package(tmp_path)
    path = TAKEN[taken](package)
    path.unlink(missing_ok=True)
    KINDS[kind](path)

    code, lines = package.check()

    assert code in expected(kind, taken, package, path), lines
    assert not [line for line in lines if RAW.search(line)]
    assert not [line for line in lines if "root:" in line]


def expected(kind: str, taken: str, package: Package, path: Path) -> tuple[int, ...]:
    """Return the exit codes that are right."""
    if taken == "the configuration":  # a check does without one
        return (0, 2)
    if kind == "a folder" and path.parent == package.docs:
        return (0,)
    return (1,) if taken == "a table" and kind not in ("a device", "a link outside") else (2,)
