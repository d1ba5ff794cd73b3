"""datapackage.json and its schemas: whole, or refused in one sentence that names file and property."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from builder.errors import BuilderError
from builder.load.descriptor import package as parsed
from builder.load.json_walk import positions
from builder.model import ForeignKey, Settings
from tests.load.lines import placeless, places, sentences

Json = dict[str, Any]


def descriptor() -> Json:
    return {
        "name": "district",
        "mingge": {"as_of": "2026-10-31"},
        "resources": [{"name": "grid", "path": "grid.csv", "schema": "schemas/grid.json"}],
    }


def schema() -> Json:
    return {
        "fields": [
            {"name": "grid_id", "publish": "public", "constraints": {"required": True, "pattern": "^[0-9]{15}$"}},
            {"name": "households", "title": "户数", "type": "integer", "aliases": ["住户数"]},
        ],
        "primaryKey": "grid_id",
    }


def write(folder: Path, package: object, grid: object) -> Path:
    (folder / "schemas").mkdir(exist_ok=True)
    for path, value in (("datapackage.json", package), ("schemas/grid.json", grid)):
        (folder / path).write_text(json.dumps(value), encoding="utf-8")
    return folder


def refused(folder: Path) -> str:
    """Return the sentence and the hint of each mistake, without its line, with {folder} for the package's folder."""
    with pytest.raises(BuilderError) as caught:
        parsed(folder)
    told = "\n".join(" | ".join(filter(None, pair)) for pair in sentences(caught.value))
    return placeless(told).replace(str(folder), "{folder}")


def test_a_package_is_parsed_once_and_what_it_leaves_out_has_a_default(tmp_path: Path) -> None:
    package = parsed(write(tmp_path, descriptor(), schema()))
    grid = package.resources["grid"]
    assert (package.name, package.title, package.root) == ("district", "district", tmp_path)
    assert package.settings == Settings(date(2026, 10, 31), False, "Asia/Shanghai", "", 12, 10, 10, 10)
    assert (grid.title, grid.paths, grid.minimum_rows) == ("grid", (tmp_path / "grid.csv",), 1)
    assert (grid.schema.names, grid.schema.primary_key, grid.schema.foreign_keys) == (
        ("grid_id", "households"), ("grid_id",), (),
    )  # fmt: skip
    assert [(f.title, f.type, f.publish, f.required, f.aliases) for f in grid.schema.fields] == [
        ("grid_id", "string", "public", True, ()),
        ("户数", "integer", "never", False, ("住户数",)),
    ]


def test_a_foreign_key_may_be_written_in_both_ways_of_the_standard(tmp_path: Path) -> None:
    keys = [
        {"fields": "grid_id", "reference": {"resource": "", "fields": "grid_id"}},
        {"fields": ["grid_id"], "reference": {"resource": "grid", "fields": ["grid_id"]}},
    ]
    package = parsed(write(tmp_path, descriptor(), schema() | {"foreignKeys": keys}))
    assert package.resources["grid"].schema.foreign_keys == (
        ForeignKey("grid_id", "", "grid_id"), ForeignKey("grid_id", "grid", "grid_id"),
    )  # fmt: skip


def test_a_descriptor_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    write(tmp_path, descriptor(), schema())
    (tmp_path / "datapackage.json").write_text(json.dumps(descriptor()), encoding="utf-8-sig")
    assert parsed(tmp_path).name == "district"


# ── files that cannot be read ────────────────────────────────────────────────────────────────────

UTF8 = "save it once more as UTF-8: the editor asks for the encoding where it saves under another name"
NUMBER = "cannot be used | write a number of at most 18 digits"
DEEP = "objects or lists are nested more than 32 levels deep | compare with a fresh `mingge demo`"
FILES: dict[str, tuple[bytes | None, str]] = {
    "missing": (None, "there is no such file | name the folder that holds datapackage.json"),
    "empty": (b"", "the file is empty | get it back from the repository"),
    "a comma forgotten": (
        b'{\n "name": "a"\n "title": "b"}', "a comma is missing here | write , between two items",
    ),
    "not UTF-8": (
        b'{"name": "\xff"}', "what stands here is no text in UTF-8 | type it again, and save the file as UTF-8",
    ),
    "a list": (b"[]", "must hold one JSON object | it begins with a curly bracket"),
    "GBK": ('{"name": "网"}'.encode("gbk"), f"written in GBK, not in UTF-8 | {UTF8}"),
    "UTF-16": ('{"name": "a"}'.encode("utf-16"), f"written in UTF-16, not in UTF-8 | {UTF8}"),
    "a property twice": (
        b'{"name": "a", "name": "b"}', 'the property "name" stands twice in one object | delete one of them',
    ),
    "NaN": (b'{"a": NaN}', f"the number NaN {NUMBER}"),
    "a number without end": (b'{"a": -1e999}', f"the number -1e999 {NUMBER}"),
    "10,000 digits": (b'{"a": ' + b"9" * 10_000 + b"}", f"the number {'9' * 18}… {NUMBER}"),
    "half a character": (
        b'{"a": "\\ud800"}', r'the text "\ud800" holds half a character (\ud800 … \udfff) | type the text again',
    ),
    "a name with half a character": (
        b'{"\\udfff": 1}',
        r'the property "\udfff" has a name with characters that nobody can see | type its name again',
    ),
    "a name of two lines": (
        b'{"a\\nb": 1}', r'the property "a\nb" has a name with characters that nobody can see | type its name again',
    ),
    "100,000 lists in each other": (b'{"a": ' + b"[" * 100_000, DEEP),
    "100,000 objects in each other": (b'{"a": ' * 100_000, DEEP),
    "a few too many lists in each other": (b'{"a": ' + b"[" * 33 + b"]" * 33 + b"}", DEEP),
    "5 MB": (
        b'{"a": "' + b"a" * 5_000_000 + b'"}',
        "larger than 5 MB, so nobody wrote it | name the folder that holds datapackage.json",
    ),
}  # fmt: skip


@pytest.mark.parametrize("path", ["datapackage.json", "schemas/grid.json"])
@pytest.mark.parametrize(("content", "sentence"), FILES.values(), ids=FILES)
def test_a_file_that_is_no_json_object_is_refused(
    path: str, content: bytes | None, sentence: str, tmp_path: Path
) -> None:
    file = write(tmp_path, descriptor(), schema()) / path
    file.unlink()
    if content is not None:
        file.write_bytes(content)
    if content is None and path != "datapackage.json":
        sentence = f"there is no file {path} | correct the name, or add the file"
        assert refused(tmp_path) == f"datapackage.json: resources[0] (grid): {sentence}"
    else:
        assert refused(tmp_path) == f"{{folder}}/{path}: {sentence}"


def stranger(path: Path, kind: str) -> None:
    """Put something that is no file where a file was."""
    path.unlink()
    if kind == "a pipe":
        os.mkfifo(path)
    elif kind == "a folder":
        path.mkdir()
    else:
        path.symlink_to(path.name)


NOT_A_FILE = (
    "a folder, a pipe or a device stands where a file is expected | name the folder that holds datapackage.json"
)
STRANGERS = {
    "a pipe": NOT_A_FILE,
    "a folder": NOT_A_FILE,
    "a link to itself": "cannot be read (Too many levels of symbolic links) | check the name and its permissions",
}


@pytest.mark.parametrize("path", ["datapackage.json", "schemas/grid.json"])
@pytest.mark.parametrize(("kind", "sentence"), STRANGERS.items())
def test_what_is_no_file_is_refused_at_once(path: str, kind: str, sentence: str, tmp_path: Path) -> None:
    stranger(write(tmp_path, descriptor(), schema()) / path, kind)
    assert refused(tmp_path) == f"{{folder}}/{path}: {sentence}"


def test_a_folder_whose_name_is_not_utf_8_can_be_named_in_a_message(tmp_path: Path) -> None:
    folder = tmp_path / os.fsdecode("网".encode("gbk"))
    assert refused(folder) == (
        r"{folder}/\xcd\xf8/datapackage.json: there is no such file | name the folder that holds datapackage.json"
    ).replace("{folder}", str(tmp_path))


# ── properties ───────────────────────────────────────────────────────────────────────────────────

MISTAKES = {
    "datapackage.json": Path(__file__).parent / "mistakes" / "datapackage.yaml",
    "schemas/grid.json": Path(__file__).parent / "mistakes" / "schema.yaml",
}
NULL = object()


class Loader(yaml.SafeLoader):
    """Reads the cases: null takes a property out, so a null that shall stand there is written !null."""


Loader.add_constructor("!null", lambda _loader, _node: NULL)

WRONG = [
    pytest.param(name, case["set"], " | ".join(filter(None, [case["says"], case.get("hint")])), id=case["mistake"])
    for name, path in MISTAKES.items()
    for case in yaml.load(path.read_text(encoding="utf-8"), Loader)  # noqa: S506
]


def put(target: Any, place: str, value: object) -> None:
    """Put `value` at a place like resources/0/name; None takes the property out, NULL puts JSON's null there."""
    *path, last = (int(step) if step.isdigit() else step for step in place.split("/"))
    for step in path:
        target = target[step]
    if isinstance(target, list):
        target.insert(int(last), value)
    elif value is None:
        del target[last]
    else:
        target[last] = None if value is NULL else value


@pytest.mark.parametrize(("name", "changes", "sentence"), WRONG)
def test_a_mistake_is_refused_in_one_sentence(name: str, changes: Json, sentence: str, tmp_path: Path) -> None:
    files = {"datapackage.json": descriptor(), "schemas/grid.json": schema()}
    for place, value in changes.items():
        put(files[name], place, value)
    assert refused(write(tmp_path, *files.values())) == sentence


# ── paths ────────────────────────────────────────────────────────────────────────────────────────

OUTSIDE = "copy the file into the folder and name it relative to datapackage.json"
LINK = "replace the link by a copy of the file"
PATHS = [
    "../grid.csv", "data/../../grid.csv", "..\\grid.csv", "/etc/passwd", "\\\\server\\grid.csv", "C:\\grid.csv",
    "c:grid.csv", "http://example.org/grid.csv", "HTTPS://example.org/grid.csv", "file:///etc/passwd", "s3://bucket/grid.csv",
]  # fmt: skip


@pytest.mark.parametrize("key", ["path", "schema"])
@pytest.mark.parametrize("path", PATHS)
def test_a_path_that_leads_out_of_the_folder_is_refused(key: str, path: str, tmp_path: Path) -> None:
    package = descriptor()
    package["resources"][0][key] = path
    assert refused(write(tmp_path, package, schema())) == (
        f"datapackage.json: resources[0] (grid): the path “{path}” leads out of the package’s folder | {OUTSIDE}"
    )


@pytest.mark.parametrize("key", ["path", "schema"])
@pytest.mark.parametrize(("path", "found"), [("grid\0.csv", r"grid\u0000.csv"), ("grid\n.csv", r"grid\n.csv")])
def test_a_path_that_nobody_can_see_is_refused(key: str, path: str, found: str, tmp_path: Path) -> None:
    package = descriptor()
    package["resources"][0][key] = path
    assert refused(write(tmp_path, package, schema())).partition(" | ")[0] == (
        f'datapackage.json: resources[0] (grid): “{key}” must be one line of text that can be seen, but is "{found}"'
    )


@pytest.mark.parametrize("target", ["secret.csv", "missing.csv"])
def test_a_link_out_of_the_folder_is_refused_even_when_it_leads_nowhere(target: str, tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("grid_id\n1\n", encoding="utf-8")
    (tmp_path / "package").mkdir()
    folder = write(tmp_path / "package", descriptor(), schema())
    (folder / "grid.csv").symlink_to(tmp_path / target)
    assert refused(folder) == (
        f"datapackage.json: resources[0] (grid): “grid.csv” is a link to a file outside the package’s folder | {LINK}"
    )


def test_a_link_out_of_the_folder_is_refused_in_a_folder_of_csv_files_too(tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("grid_id\n1\n", encoding="utf-8")
    (tmp_path / "package" / "grid").mkdir(parents=True)
    package = descriptor()
    package["resources"][0]["path"] = "grid"
    folder = write(tmp_path / "package", package, schema())
    (folder / "grid" / "1.csv").symlink_to(tmp_path / "secret.csv")
    assert refused(folder) == (
        f"datapackage.json: resources[0] (grid): “grid/1.csv” is a link to a file outside the package’s folder | {LINK}"
    )


@pytest.mark.parametrize("key", ["path", "schema"])
def test_a_path_that_is_too_long_is_refused(key: str, tmp_path: Path) -> None:
    package = descriptor()
    package["resources"][0][key] = "a" * 300
    assert refused(write(tmp_path, package, schema())) == (
        f'datapackage.json: resources[0] (grid): “{key}” is "{"a" * 59}…, which is not the name of a file that works '
        "everywhere | "
        + {
            "path": "rename the file, for example to grid.csv, and write that here",
            "schema": "did you mean “schemas/grid.json”?",
        }[key]
    )


def test_a_link_inside_the_folder_is_a_file(tmp_path: Path) -> None:
    folder = write(tmp_path, descriptor(), schema())
    (folder / "real.csv").write_text("grid_id\n1\n", encoding="utf-8")
    (folder / "grid.csv").symlink_to("real.csv")
    assert parsed(folder).resources["grid"].paths == (folder / "grid.csv",)


def test_a_resource_may_say_what_one_row_is_called(tmp_path: Path) -> None:
    package = descriptor()
    package["resources"][0] |= {"title": "Councils", "singular": "council"}
    named = parsed(write(tmp_path, package, schema())).resources["grid"]
    del package["resources"][0]["singular"]
    unnamed = parsed(write(tmp_path, package, schema())).resources["grid"]

    assert (named.one, unnamed.one) == ("council", "Councils")


# ── lines and columns ────────────────────────────────────────────────────────────────────────────


def told(folder: Path) -> list[str]:
    """Return every mistake with its place, {folder} for the package's folder."""
    with pytest.raises(BuilderError) as caught:
        parsed(folder)
    return [sentence.replace(str(folder), "{folder}") for sentence, _ in sentences(caught.value)]


@pytest.mark.parametrize(("name", "changes", "sentence"), WRONG)
@pytest.mark.parametrize("indent", [None, 1])
def test_a_mistake_is_told_with_the_line_and_column_at_which_it_stands(
    name: str, changes: Json, sentence: str, indent: int | None, tmp_path: Path
) -> None:
    files = {"datapackage.json": descriptor(), "schemas/grid.json": schema()}
    for place, value in changes.items():
        put(files[name], place, value)
    write(tmp_path, *files.values())
    text = json.dumps(files[name], indent=indent, ensure_ascii=False)
    (tmp_path / name).write_text(text, encoding="utf-8")

    (only,) = told(tmp_path)
    ((line, column),) = places(only)
    there = text.splitlines()[line - 1][column - 1 :]
    words = {word for way, value in changes.items() for word in (*way.split("/"), *changed_words(value))}
    # the property itself, one inside it, or the object that lacks it
    assert there[0] == "{" or json.JSONDecoder().raw_decode(there)[0] in words, (only, there[:40])


def changed_words(value: object) -> set[str]:
    """Return the names of all properties in what was written."""
    if isinstance(value, dict):
        return {*value, *(name for item in value.values() for name in changed_words(item))}
    return {name for item in value for name in changed_words(item)} if isinstance(value, list) else set()


def test_all_mistakes_of_all_files_are_told_at_once_in_the_order_of_their_lines(tmp_path: Path) -> None:
    package, grid = descriptor(), schema()
    package["mingge"] |= {"minimum_cell": 3, "timezon": "Asia/Shanghai"}
    package["resources"][0] |= {"titel": "网格", "minimum_rows": "many"}
    grid["fields"][0] |= {"publish": "yes", "titel": "x"}
    grid["fields"][1] |= {"type": "int", "constraints": {"minimum": 9, "maximum": 1}}
    write(tmp_path, package, grid)
    for name, value in (("datapackage.json", package), ("schemas/grid.json", grid)):
        (tmp_path / name).write_text(json.dumps(value, indent=1, ensure_ascii=False), encoding="utf-8")

    assert told(tmp_path) == [
        'datapackage.json:5:3: mingge: “minimum_cell” must be a whole number from 4 to 1000, but is 3',
        "datapackage.json:6:3: mingge: there is no property “timezon”",
        "datapackage.json:13:4: resources[0]: there is no property “titel”",
        "datapackage.json:14:4: resources[0] (grid): “minimum_rows” must be a whole number from 0 to 1000000000, "
        'but is "many"',
        'schemas/grid.json:5:4: field grid_id: “publish” is "yes"',
        "schemas/grid.json:10:4: field grid_id: there is no property “titel”",
        'schemas/grid.json:15:4: field households: “type” is "int"',
        "schemas/grid.json:20:5: field households: constraints: “minimum” is 9, more than “maximum”, so no value can "
        "be right",
    ]


@pytest.mark.parametrize("key", ["$schema", "profile", "keywords", "homepage", "contributors", "dialect", "备注"])
def test_what_the_standard_lets_anybody_write_is_passed_over(key: str, tmp_path: Path) -> None:
    package, grid = descriptor(), schema()
    package[key] = package["resources"][0][key] = grid[key] = "x"
    assert parsed(write(tmp_path, package, grid)).name == "district"


@pytest.mark.parametrize("kind", ["object", "list"])
def test_places_are_found_in_whatever_json_allows(kind: str) -> None:
    text = '{"a\\"b":[1,{"":"x,]}"}\r\n,[]],\t"c":{"d":{}},\n "e" : null}' if kind == "object" else '[[],{"a":1}]'
    found = positions(text)
    lines = text.split("\n")

    assert len(found) == (9 if kind == "object" else 4)
    for way, at in found.items():
        there = json.JSONDecoder().raw_decode(lines[at.line - 1][at.column - 1 :] + "\n".join(lines[at.line :]))[0]
        assert there == way[-1] if way and isinstance(way[-1], str) else there == value_at(json.loads(text), way)


def value_at(value: Any, way: tuple[str | int, ...]) -> Any:
    for step in way:
        value = value[step]
    return value
