"""Whoever wants to change yesterday in secret: each way is told, or refused in one line."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from builder import changes
from builder.errors import BuilderError
from tests.changes.releases import DUTY, Rows, Table, compared, progress, release, rows_of

ROWS = [
    {"duty_id": "D1", "grid_id": "G1", "title": "巡查", "due_date": "2026-11-01", "stage": "办理中"},
    {"duty_id": "D2", "grid_id": "G2", "title": "走访", "due_date": "2026-11-02", "stage": "办理中"},
]
DAYS = ["2026-10-31", "2026-11-01", "2026-11-02", "2026-11-03"]


def told(folder: Path, *states: Rows, table: Table = DUTY) -> list[list[tuple[str, str, str]]]:
    """Return, release by release, key, field and kind of what each says of the one before."""
    found, before = [], None
    for number, rows in enumerate(states):
        now = release(folder / str(number), {"duty": (table, rows)}, DAYS[number])
        compared(before, now)
        if before:
            found.append([(item.key, item.field, item.kind) for item in rows_of(now)])
        before = now
    return found


def test_rows_that_change_keys_are_told_cell_by_cell(tmp_path: Path) -> None:
    swapped = [{**ROWS[0], "duty_id": "D2"}, {**ROWS[1], "duty_id": "D1"}]

    assert told(tmp_path, ROWS, swapped) == [[
        (key, field, "changed")
        for _, key in (("G1", "D2"), ("G2", "D1")) for field in ("grid_id", "title", "due_date")
    ]]  # fmt: skip


def test_a_row_that_was_taken_away_cannot_come_back_as_a_new_one(tmp_path: Path) -> None:
    assert told(tmp_path, ROWS, ROWS[:1], ROWS) == [[("D2", "", "gone")], [("D2", "", "back")]]


def test_nor_however_many_releases_later(tmp_path: Path) -> None:
    assert told(tmp_path, ROWS, ROWS[:1], [*ROWS[:1], {"duty_id": "D3"}], [*ROWS, {"duty_id": "D3"}])[2] == [
        ("D2", "", "back")
    ]


def test_a_number_that_names_something_else_later_is_told_so(tmp_path: Path) -> None:
    other = [ROWS[0], {**ROWS[1], "title": "另一件"}]

    assert told(tmp_path, ROWS, ROWS[:1], other) == [[("D2", "", "gone")], [("D2", "", "reused")]]


def test_a_value_that_is_changed_and_changed_back_is_told_twice(tmp_path: Path) -> None:
    other = [{**ROWS[0], "due_date": "2026-12-31"}, ROWS[1]]

    assert told(tmp_path, ROWS, other, ROWS) == [[("D1", "due_date", "changed")]] * 2


def test_an_earlier_day_proves_no_progress(tmp_path: Path) -> None:
    later = [{**ROWS[0], "done_date": "2026-11-01", "stage": "已办结"}, ROWS[1], {"duty_id": "D3"}]
    before = release(tmp_path / "before", {"duty": (DUTY, ROWS)}, "2026-11-02")
    now = release(tmp_path / "now", {"duty": (DUTY, later)}, "2026-11-01")
    found = compared(before, now)

    assert progress(rows_of(now)) == []
    assert {item.kind for item in rows_of(now)} == {"changed", "early"}
    assert found.latest
    assert found.latest.is_backwards


def test_the_same_row_twice_is_told(tmp_path: Path) -> None:
    table = DUTY._replace(key=())

    assert told(tmp_path, ROWS, [*ROWS, ROWS[0]], ROWS, table=table) == [
        [("D1|G1|巡查|2026-11-01|||办理中|||", "", "repeated")], [("D1|G1|巡查|2026-11-01|||办理中|||", "", "gone")],
    ]  # fmt: skip


def test_a_key_that_two_rows_have_hides_neither(tmp_path: Path) -> None:
    twice = [*ROWS, {**ROWS[0], "title": "另一件"}]

    assert told(tmp_path, twice, ROWS) == [[("D1", "", "gone")]]
    shutil.rmtree(tmp_path / "0")
    shutil.rmtree(tmp_path / "1")
    assert told(tmp_path, ROWS, twice) == [[("D1", "", "repeated")]]


def test_keys_of_several_columns_are_not_confused_by_what_stands_between_them(tmp_path: Path) -> None:
    table = Table({"a": {}, "b": {}, "c": {}}, ("a", "b"))
    rows = [{"a": "x|y", "b": "z", "c": "1"}, {"a": "x", "b": "y|z", "c": "2"}, {"a": "x\\", "b": "y", "c": "3"}]

    assert told(tmp_path, rows, [rows[0], {**rows[1], "c": "4"}, rows[2]], table=table) == [
        [("x|y\\|z", "c", "changed")]
    ]


# ── schemas ──────────────────────────────────────────────────────────────────────────────────────


def renamed(*aliases: str) -> Table:
    fields = {("heading" if name == "title" else name): more for name, more in DUTY.fields.items()}
    return DUTY._replace(fields={**fields, "heading": {"aliases": list(aliases)}})


def test_a_renamed_column_is_compared_if_it_says_its_old_name(tmp_path: Path) -> None:
    before = release(tmp_path / "before", {"duty": (DUTY, ROWS)}, DAYS[0])
    rows = [{**{k: v for k, v in row.items() if k != "title"}, "heading": "改过"} for row in ROWS]
    now = release(tmp_path / "now", {"duty": (renamed("title"), rows)}, DAYS[1])
    found = compared(before, now)

    assert found.latest
    assert [tuple(item) for item in found.latest.schema] == [("column-renamed", "duty", ("title", "heading"))]
    assert [(item.key, item.field, item.before, item.after) for item in rows_of(now)] == [
        ("D1", "heading", "巡查", "改过"), ("D2", "heading", "走访", "改过"),
    ]  # fmt: skip


def test_one_that_does_not_say_it_stands_there_as_gone_and_as_new(tmp_path: Path) -> None:
    before = release(tmp_path / "before", {"duty": (DUTY, ROWS), "old": (DUTY, ROWS)}, DAYS[0])
    rows = [{**{k: v for k, v in row.items() if k != "title"}, "heading": "改过"} for row in ROWS]
    now = release(tmp_path / "now", {"duty": (renamed(), rows), "new": (DUTY, ROWS)}, DAYS[1])
    found = compared(before, now)

    assert found.latest
    assert [tuple(item) for item in found.latest.schema] == [
        ("table-removed", "old", ()), ("table-added", "new", ()), ("columns-removed", "duty", ("title",)),
        ("columns-added", "duty", ("heading",)),
    ]  # fmt: skip
    assert rows_of(now) == []


def test_another_key_is_told_and_rows_are_still_told_apart(tmp_path: Path) -> None:
    before = release(tmp_path / "before", {"duty": (DUTY, ROWS)}, DAYS[0])
    rows = [{**ROWS[0], "title": "改过"}, ROWS[1]]
    now = release(tmp_path / "now", {"duty": (DUTY._replace(key=("duty_id", "grid_id")), rows)}, DAYS[1])
    found = compared(before, now)

    assert found.latest
    assert [item.kind for item in found.latest.schema] == ["key-changed"]
    assert [(item.key, item.field) for item in rows_of(now)] == [("D1|G1", "title")]


# ── a damaged release ────────────────────────────────────────────────────────────────────────────


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-2])


def rewritten(name: str, value: object) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        found = json.loads(path.read_text(encoding="utf-8"))
        if name == "*":
            found = value
        else:
            found[name] = value
        path.write_text(json.dumps(found), encoding="utf-8")

    return write


DAMAGES = [
    ("data/duty.csv", cut), ("data/duty.csv", Path.unlink), ("data/datapackage.json", Path.unlink),
    ("data/datapackage.json", cut), ("data/datapackage.json", rewritten("*", [])),
    ("data/datapackage.json", rewritten("mingge", {"as_of": "2026-1-1"})),
    ("data/datapackage.json", rewritten("mingge", None)),
    ("data/datapackage.json", rewritten("resources", [
        {"name": "duty", "path": "../../secret", "schema": "s.json", "hash": "sha256:"}])),
    ("data/schemas/duty.json", cut), ("data/schemas/duty.json", rewritten("fields", [])),
    ("data/schemas/duty.json", rewritten("primaryKey", ["nobody"])),
    ("data/schemas/duty.json", rewritten("fields", [{"name": "other"}])),
    ("changes/history.json", cut), ("changes/history.json", rewritten("format", 9)),
    ("changes/history.json", rewritten("releases", [{}])),
    ("changes/history.json", rewritten("gone", {"duty": ["D1"]})),
    ("changes/history.json", rewritten("*", None)),
]  # fmt: skip


@pytest.mark.parametrize(("name", "damage"), DAMAGES)
def test_a_damaged_release_is_refused_in_one_line(name: str, damage: Callable[[Path], None], tmp_path: Path) -> None:
    before = release(tmp_path / "before", {"duty": (DUTY, ROWS)}, DAYS[0])
    compared(None, before)
    now = release(tmp_path / "now", {"duty": (DUTY, ROWS[:1])}, DAYS[1])
    damage(before / name)
    with pytest.raises(BuilderError) as error:
        compared(before, now)

    assert str(error.value) == (
        f"the last release cannot be compared with: {before / name} is missing or not as it was written"
    )


@pytest.mark.parametrize("path", ["nowhere", "file"])
def test_what_is_no_site_is_refused(path: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(BuilderError, match="cannot be compared with"):
        changes.opened(tmp_path / path)


@pytest.mark.parametrize("name", ["data/schemas/duty.json", "changes/history.json", "data/datapackage.json"])
def test_a_file_must_be_what_the_manifest_of_the_release_says(name: str, tmp_path: Path) -> None:
    before = release(tmp_path / "before", {"duty": (DUTY, ROWS)}, DAYS[0])
    compared(None, before)
    files = [{"path": name, "size": 1, "sha256": "0" * 64}]
    (before / "release.json").write_text(json.dumps({"mingge": "release", "files": files}), encoding="utf-8")
    with pytest.raises(BuilderError, match=name):
        changes.opened(before)


def test_a_release_with_a_manifest_is_named_by_its_id(tmp_path: Path) -> None:
    before = release(tmp_path / "before", {"duty": (DUTY, ROWS)}, DAYS[0])
    manifest = b'{"mingge":"release","files":[]}'
    (before / "release.json").write_bytes(manifest)

    assert changes.opened(before).id == f"2026-10-31-{hashlib.sha256(manifest).hexdigest()[:12]}"
