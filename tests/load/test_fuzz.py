"""Whatever is written into a descriptor, a schema or mkdocs.yml: a value or a BuilderError, never anything else."""

from __future__ import annotations

import copy
import json
import re
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import pytest
import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from builder import load, validate
from builder.errors import BuilderError
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
