"""Whatever is written into a descriptor, a schema or mkdocs.yml: a value or a BuilderError, never anything else.

Of whatever bytes a table has: a table or a finding, in bounded memory.
"""

from __future__ import annotations

import copy
import gzip
import io
import json
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import openpyxl
import pytest
import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from builder import load, validate
from builder.errors import BuilderError
from builder.load.descriptor import package as parsed
from builder.places import NEEDS as TREE
from builder.subjects import SUBJECTS
from tests.load.lines import sentences

ROOT = Path(__file__).parents[2]
NEEDS = [TREE, *(subject.needs for subject in SUBJECTS)]
DATASETS = ROOT / "datasets"

Place = tuple[str | int, ...]


class Literal(NamedTuple):
    """Text that stands in the file as it is, because no JSON writer would write it."""

    text: str


VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 1.5, 10**17, "", " ", "x", "name", "grid", "2026-01-01", "0001-01-01", "9999-12-31",
    "../x", "/etc/passwd", "a\nb", "\x1b[31m", "\u202eabc", "a" * 5000, "[0-9", "(a", "a{99999999999}", "(" * 2000,
    "{", "{x}", "%s", "date", "number", "boolean", "string", "public", "counts", "never", "true", "CN", "Asia",
    [], [[]], [None], [1], [True], ["x"], ["x", "x"], ["x", 1], [{}], [{"value": 1}], [{"value": "x", "label": []}],
    [{"fields": {}, "reference": {"resource": [], "fields": {}}}], {}, {"x": []}, {"x": ["y"]}, {"fields": []},
    {"enum": []}, {"enum": [[]]}, {"required": "yes"}, {"minimum": "many"}, {"maxLength": "long"}, {"pattern": None},
    Literal("NaN"), Literal("-Infinity"), Literal("1e999"), Literal("9" * 10_000), Literal('"\\ud800"'),
    Literal('{"a": 1, "a": 2}'), Literal("[" * 100_000), Literal("[" * 200 + "]" * 200), Literal('{"a":' * 100_000),
)  # fmt: skip
KEYS = ("path", "title", "format", "unique", "missingValues", "trueValues", "falseValues", "roles", "vote", "aliases",
        "categories", "fix", "minimum_rows", "minimum", "enum", "minLength", "dialect", "", "\n")  # fmt: skip
BYTES = (b"\xff", b"\0", "网".encode("gbk"), b"\xef\xbb\xbf", b'"', b"{", b"]", b",", b"\\", b"\n", b"&a", b"*a", b"!x")


@cache
def documents() -> dict[str, Any]:
    """Return the descriptor and the schemas of the repository by path."""
    paths = [DATASETS / "datapackage.json", *sorted((DATASETS / "schemas").glob("*.json"))]
    return {path.relative_to(DATASETS).as_posix(): json.loads(path.read_text(encoding="utf-8")) for path in paths}


def places(value: Any, here: Place = ()) -> Iterator[Place]:
    """Yield the way to every value inside a document."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield (*here, key)
        yield from places(item, (*here, key))


def parent(document: Any, place: Place) -> Any:
    for step in place[:-1]:
        document = document[step]
    return document


def changed(document: Any, place: Place, how: str, value: Any, key: str) -> None:
    """Change one place of `document`; a place that an earlier change took away is left alone."""
    try:
        target, last = parent(document, place), place[-1]
        old = target[last]
    except (KeyError, IndexError, TypeError):
        return
    if type(target) not in (dict, list):
        return
    if how == "delete":
        del target[last]
    elif how == "twice" and isinstance(target, list):
        target.append(copy.deepcopy(old))
    elif how == "add" and isinstance(old, dict):
        old[key] = value
    else:
        target[last] = [old] if how == "wrap" else value


def written(document: Any) -> str:
    """Return the document as JSON, with every `Literal` as it stands."""
    literals: list[str] = []

    def put(value: Any) -> Any:
        if isinstance(value, Literal):
            literals.append(value.text)
            return f"@@{len(literals) - 1}@@"
        if isinstance(value, dict):
            return {key: put(item) for key, item in value.items()}
        return [put(item) for item in value] if isinstance(value, list) else value

    text = json.dumps(put(document), ensure_ascii=False)
    for number, literal in enumerate(literals):
        text = text.replace(f'"@@{number}@@"', literal)
    return text


class Mutation(NamedTuple):
    """A file's path and what stands in it; `changes` says what was done, for whoever looks for the fault."""

    path: str
    data: bytes
    changes: tuple[str, ...]

    def __repr__(self) -> str:
        return " | ".join([self.path, *self.changes])


@st.composite
def mutations(draw: Callable[..., Any], sources: dict[str, Any]) -> Mutation:
    """Return a file after up to three changes of its values, and now and then of its bytes."""
    path = draw(st.sampled_from(sorted(sources)))
    document = copy.deepcopy(sources[path])
    ways, changes = sorted(places(document), key=str), []
    for _ in range(draw(st.integers(1, 3))):
        how = draw(st.sampled_from(["set", "set", "set", "delete", "twice", "wrap", "add"]))
        value, place, key = draw(st.sampled_from(VALUES)), draw(st.sampled_from(ways)), draw(st.sampled_from(KEYS))
        changed(document, place, how, copy.deepcopy(value), key)
        changes.append(f"{how} {place} {key!r} {str(value)[:60]}")
    data = written(document).encode()
    if draw(st.integers(0, 9)) == 0:
        at = draw(st.integers(0, len(data)))
        cut = draw(st.integers(0, 3))
        new = draw(st.sampled_from((b"", *BYTES)))
        data = data[:at] + new + data[at + cut :]
        changes.append(f"bytes {at} {cut} {new!r}")
    return Mutation(path, data, tuple(changes))


PLACED = re.compile(r"[^ ]*(\.json|\.yml):[1-9][0-9]*:[1-9][0-9]*: .|[^ ]*(\.json|\.yml): (written in|larger than) .")
"""How a sentence about a file begins: with line and column, or with what is said of the file as a whole."""


def said(error: BuilderError) -> str:
    """Return the sentences and hints of an error; what cannot be filled in or written, or has no line, raises."""
    texts = [" | ".join(pair) for pair in sentences(error)]
    for text in texts:
        assert text.encode("utf-8")
        assert not set("\n\r\x1b\u202e") & set(text), text
        assert PLACED.match(text), text
    assert len(set(texts)) == len(texts)
    return "\n".join(texts)


def ends_well(work: Callable[[], object]) -> str:
    """Return "" when `work` is done, the sentence when it is refused."""
    try:
        work()
    except BuilderError as error:
        return said(error)
    return ""


def parse(folder: Path, path: str, data: bytes) -> str:
    """Return what is said of the package in `folder` while `path` holds `data`."""
    before = (folder / path).read_bytes()
    (folder / path).write_bytes(data)
    try:
        # validating no table at all asks Frictionless whether it can use every schema that load let through
        return ends_well(lambda: validate.tables(load.package(folder, NEEDS), {}, {}))
    finally:
        (folder / path).write_bytes(before)


def run(count: int, strategy: st.SearchStrategy[Mutation], one: Callable[[Mutation], str]) -> set[str]:
    """Try `count` mutations, always the same ones; return every sentence that was said."""
    seen: set[str] = set()

    @settings(
        max_examples=count, derandomize=True, database=None, deadline=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(strategy)
    def attempt(mutation: Mutation) -> None:
        seen.add(one(mutation))

    attempt()
    return seen


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(DATASETS, tmp_path / "package", ignore=shutil.ignore_patterns("*.csv"))
    return tmp_path / "package"


def fuzz_package(folder: Path, count: int) -> set[str]:
    return run(count, mutations(documents()), lambda change: parse(folder, change.path, change.data))


def test_200_mutated_descriptors_are_parsed_or_refused(folder: Path) -> None:
    said = fuzz_package(folder, 200)
    assert "" in said  # some changes do no harm
    assert len(said) > 40  # the others are told apart


@pytest.mark.nightly
def test_20_000_mutated_descriptors_are_parsed_or_refused(folder: Path) -> None:
    assert len(fuzz_package(folder, 20_000)) > 1000


# ── every value at every place of one package ────────────────────────────────────────────────────


@pytest.mark.nightly
@pytest.mark.parametrize("path", ["datapackage.json", "schemas/assessment.json", "schemas/branch.json"])
def test_every_hostile_value_at_every_place_is_parsed_or_refused(path: str, folder: Path) -> None:
    for place in places(documents()[path]):
        for value in VALUES:
            document = copy.deepcopy(documents()[path])
            parent(document, place)[place[-1]] = value
            parse(folder, path, written(document).encode())


# ── mkdocs.yml ───────────────────────────────────────────────────────────────────────────────────


@cache
def configuration() -> dict[str, Any]:
    config = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    del config["markdown_extensions"], config["theme"]["logo"]  # nothing that the build reads
    return {"mkdocs.yml": config}


def read_config(data: bytes) -> str:
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "docs").mkdir()
        (folder / "templates" / "theme").mkdir(parents=True)
        (folder / "mkdocs.yml").write_bytes(data)
        return ends_well(lambda: load.site_config(folder / "mkdocs.yml")).replace(name, "")


def fuzz_config(count: int) -> set[str]:
    return run(count, mutations(configuration()), lambda change: read_config(change.data))


def test_200_mutated_configurations_are_parsed_or_refused() -> None:
    said = fuzz_config(200)
    assert "" in said
    assert len(said) > 20


@pytest.mark.nightly
def test_5_000_mutated_configurations_are_parsed_or_refused() -> None:
    assert len(fuzz_config(5_000)) > 200


# ── tables: any bytes ────────────────────────────────────────────────────────────────────────────

TABLE = "网格编码,网格名称,启用日期\n320812001001001,柴米巷第一网格,2024-06-01\n320812001001002,“二网格”,2022-04-01\n"
NOISE = (b"\0", b"\xff", b"\xfe\xff", b'"', b"\n", b"\r", b",", b"\t", b"PK\x03\x04", b"<f>", b"\xe4\xba", b"9" * 400)


def workbook() -> bytes:
    book = openpyxl.Workbook()
    for line in TABLE.splitlines():
        book.active.append(line.split(","))
    book.active.append(["=A1", 0.5, date(2026, 3, 5), True])
    book.active.merge_cells("A2:A3")
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@cache
def seeds() -> tuple[bytes, ...]:
    """Return files as people have them: every encoding, a workbook, packed, and what only has the name."""
    texts = (TABLE.encode(code) for code in ("utf-8", "utf-8-sig", "utf-16", "utf-16-be", "gb18030"))
    return (*texts, workbook(), gzip.compress(TABLE.encode(), mtime=0), b"<html><table>", b"%PDF-1.7\n", b"")


@st.composite
def spoilt(draw: st.DrawFn) -> bytes:
    """Draw a file with some bytes changed, doubled or lost."""
    data = draw(st.sampled_from(seeds()))
    for _ in range(draw(st.integers(0, 4))):
        at, gone = draw(st.integers(0, len(data))), draw(st.integers(0, 20))
        new = draw(st.one_of(st.sampled_from(NOISE), st.binary(max_size=12), st.just(data[at : at + 40])))
        data = data[:at] + new + data[at + gone :]
    return data[: draw(st.integers(0, len(data)))] if draw(st.integers(0, 3)) == 0 else data


@st.composite
def repacked(draw: st.DrawFn) -> bytes:
    """Draw a workbook of which one part is changed, so that it still unpacks."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook())) as source, zipfile.ZipFile(target, "w") as archive:
        names = source.namelist()
        chosen = draw(st.sampled_from(names))
        for name in names:
            data = source.read(name)
            if name == chosen:
                at = draw(st.integers(0, len(data)))
                data = data[:at] + draw(st.sampled_from((b"", *NOISE))) + data[at + draw(st.integers(0, 30)) :]
            archive.writestr(name, data)
    return target.getvalue()


FILES = ("note.csv", "note.xlsx", "note.csv.gz")


def read_table(folder: Path, name: str, data: bytes) -> str:
    """Return the codes that are told of a file, or table."""
    fields = [{"name": "grid_id", "title": "网格编码"}, {"name": "name", "title": "网格名称"}]
    fields += [{"name": "opened_date", "title": "启用日期", "type": "date"}]
    schema = {"fields": [{"publish": "public", **field} for field in fields]}
    (folder / "note.json").write_text(json.dumps(schema), encoding="utf-8")
    resources = [{"name": "note", "path": name, "schema": "note.json"}]
    (folder / "datapackage.json").write_text(json.dumps({"resources": resources}), encoding="utf-8")
    (folder / name).write_bytes(data)
    package = parsed(folder)
    grid = load.grid(name, data, package.resources["note"])
    tables, findings = load.tables(package)
    _, report = validate.tables(package, tables, {})
    told = [*findings, *report.findings]
    assert tables or findings
    assert isinstance(grid, load.Grid) or findings, "what is read as a table can be mended"
    for item in told:
        text = item.message.text.format(**item.message.values)
        assert text.encode("utf-8")
    return " ".join(sorted({item.code for item in told})) or "table"


def fuzz_tables(strategy: st.SearchStrategy[bytes], count: int, folder: Path) -> set[str]:
    seen: set[str] = set()

    @settings(
        max_examples=count, derandomize=True, database=None, deadline=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(strategy, st.sampled_from(FILES))
    def attempt(data: bytes, name: str) -> None:
        with TemporaryDirectory(dir=folder) as own:
            seen.add(read_table(Path(own), name, data))

    attempt()
    return seen


def test_of_any_bytes_there_is_a_table_or_a_finding(tmp_path: Path) -> None:
    seen = fuzz_tables(spoilt(), 120, tmp_path)
    assert "table" in seen
    assert len(seen) > 5


def test_of_any_part_of_a_workbook_there_is_a_table_or_a_finding(tmp_path: Path) -> None:
    assert len(fuzz_tables(repacked(), 40, tmp_path)) > 1


@pytest.mark.nightly
def test_of_many_more_bytes_there_is_a_table_or_a_finding(tmp_path: Path) -> None:
    assert len(fuzz_tables(spoilt(), 10_000, tmp_path) | fuzz_tables(repacked(), 3_000, tmp_path)) > 15


# ── memory ───────────────────────────────────────────────────────────────────────────────────────

MEASURE = """
import re, sys
from pathlib import Path
from builder import load, validate
from builder.load.descriptor import package
found = package(Path(sys.argv[1]))
tables, findings = load.tables(found)
validate.tables(found, tables, {})
status = Path("/proc/self/status").read_text()  # what getrusage says begins with the parent's
print(int(re.search(r"VmHWM:\\s+([0-9]+)", status)[1]) // 1024, [item.code for item in findings])
"""

MEGABYTE = 2**20


def rows(size: int) -> str:
    line = "320812001001001,柴米巷第{n}网格,2024-06-01\n"
    count = size // len(line.encode())
    return "grid_id,name,opened_date\n" + "".join(line.replace("{n}", str(n)) for n in range(count))


def deep_zip(size: int) -> bytes:
    """Return a workbook whose sheet unpacks to `size` bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook())) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for name in source.namelist():
            data = source.read(name)
            if name.endswith("sheet1.xml"):
                data = data.replace(b"</sheetData>", b"<row/>" * (size // 6) + b"</sheetData>")
            out.writestr(name, data)
    return target.getvalue()


LARGE: Mapping[str, tuple[str, Callable[[int], bytes]]] = {
    "UTF-8": ("note.csv", lambda size: rows(size).encode()),
    "GB18030": ("note.csv", lambda size: rows(size).encode("gb18030")),
    "UTF-16": ("note.csv", lambda size: rows(size).encode("utf-16")),
    "Big5": ("note.csv", lambda size: ("編號,摘要\n" + "1,居民反映路燈不亮\n" * (size // 20)).encode("big5")),
    "commas": ("note.csv", lambda size: b"grid_id,name,opened_date\n" + b"," * 900_000 + b"\n" + b"x" * size),
    "line breaks": ("note.csv", lambda size: b"grid_id,name,opened_date\n" + b"\n" * size),
    "quotation marks": ("note.csv", lambda size: b"grid_id,name,opened_date\n" + b'"' * size),
    "a .gz of zeros": ("note.csv.gz", lambda size: gzip.compress(b"\0" * (20 * size), mtime=0)),
    "a workbook of empty rows": ("note.xlsx", lambda size: deep_zip(10 * size)),
}


def peak(folder: Path, kind: str, size: int) -> tuple[int, int]:
    """Return the size of a file and the most memory that reading it took, in megabytes."""
    name, make = LARGE[kind]
    data = make(size)
    fields = [{"name": "grid_id"}, {"name": "name"}, {"name": "opened_date", "type": "date"}]
    (folder / "note.json").write_text(json.dumps({"fields": fields}), encoding="utf-8")
    resources = [{"name": "note", "path": name, "schema": "note.json"}]
    (folder / "datapackage.json").write_text(json.dumps({"resources": resources}), encoding="utf-8")
    (folder / name).write_bytes(data)
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(folder)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return len(data) // MEGABYTE, int(done.stdout.split()[0])


@pytest.mark.parametrize("kind", ["GB18030", "a .gz of zeros"])
def test_a_file_takes_no_more_memory_than_three_times_its_size_and_300_megabytes(kind: str, tmp_path: Path) -> None:
    size, most = peak(tmp_path, kind, 4 * MEGABYTE)
    assert most <= 3 * size + 300


@pytest.mark.nightly
@pytest.mark.parametrize("kind", LARGE)
def test_a_large_file_takes_no_more_memory_than_three_times_its_size_and_300_megabytes(
    kind: str, tmp_path: Path
) -> None:
    size, most = peak(tmp_path, kind, 60 * MEGABYTE)
    assert most <= 3 * size + 300
