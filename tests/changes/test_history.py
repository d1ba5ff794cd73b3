"""What is carried from release to release: nothing is lost, and nothing is quoted that may not be quoted any more."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from builder.changes import history
from builder.model import ChangeHistory
from tests.changes.releases import COURSE, DUTY, Rows, Table, compared, release, rows_of

CORRECTION = Table(
    {
        "resource": {}, "key": {}, "field": {}, "date": {"type": "date"}, "reason": {},
        "is_withheld": {"type": "boolean", "trueValues": ["是"], "falseValues": ["否"]},
    },
    ("resource", "key", "field", "date"),
)  # fmt: skip
BEFORE = [{"duty_id": "D1", "grid_id": "G1", "title": "a", "reason": "x"}, {"duty_id": "D2", "grid_id": "G2"}]
NOW = [{"duty_id": "D1", "grid_id": "G1", "title": "b", "reason": "y"}]


def why(key: str, field: str, day: str, reason: str, withheld: str = "") -> dict[str, str]:
    return {"resource": "duty", "key": key, "field": field, "date": day, "reason": reason, "is_withheld": withheld}


def site(folder: Path, day: int, rows: Rows, *reasons: dict[str, str]) -> Path:
    return release(folder / str(day), {"duty": (DUTY, rows), "correction": (CORRECTION, reasons)}, f"2026-11-{day:02}")


def explained(site: Path) -> dict[tuple[str, str], str]:
    return {(item.key, item.field): item.reason for item in rows_of(site) if item.resource == "duty"}


# the reasons → what is said of D1's title, of its reason, and of D2, which is gone
REASONS = [
    ((), ("", "", "")),
    ((why("D1", "title", "2026-11-02", "exact"),), ("exact", "", "")),
    ((why("D1", "*", "2026-11-02", "row"), why("D1", "title", "2026-11-02", "exact")), ("exact", "row", "")),
    ((why("*", "title", "2026-11-02", "column"), why("D2", "*", "2026-11-02", "row")), ("column", "", "row")),
    ((why("*", "*", "2026-11-02", "all"),), ("all", "all", "all")),
    ((why("*", "*", "2026-11-01", "the day before counts"),), ("the day before counts",) * 3),
    ((why("*", "*", "2026-10-31", "too old"),), ("", "", "")),
    ((why("*", "*", "2026-11-04", "not yet"),), ("", "", "")),
    ((why("D1", "*", "2026-11-02", "first"), why("D1", "*", "2026-11-03", "last")), ("last", "last", "")),
    (({**why("*", "*", "2026-11-02", "other table"), "resource": "case"},), ("", "", "")),
]


@pytest.mark.parametrize(("reasons", "expected"), REASONS)
def test_a_reason_explains_what_it_names_between_the_two_releases(
    reasons: tuple[dict[str, str], ...], expected: tuple[str, str, str], tmp_path: Path
) -> None:
    before, now = site(tmp_path, 1, BEFORE), site(tmp_path, 3, NOW, *reasons)
    compared(before, now)

    assert explained(now) == dict(zip([("D1", "title"), ("D1", "reason"), ("D2", "")], expected, strict=True))


def test_a_reason_may_be_told_later_and_none_is_ever_taken_back(tmp_path: Path) -> None:
    sites = [
        site(tmp_path, 1, BEFORE), site(tmp_path, 2, NOW, why("D2", "*", "2026-11-02", "moved")),
        site(tmp_path, 3, NOW, why("D1", "title", "2026-11-02", "a slip")),
    ]  # fmt: skip
    for before, now in zip([None, *sites], sites, strict=False):
        found = compared(before, now)

    _, second = found.history.releases
    assert {(item.key, item.field): item.reason for item in second.corrections if item.resource == "duty"} == {
        ("D1", "title"): "a slip", ("D1", "reason"): "", ("D2", ""): "moved",
    }  # fmt: skip


def test_what_is_withheld_is_named_and_not_quoted_from_then_on(tmp_path: Path) -> None:
    sites = [
        site(tmp_path, 1, BEFORE), site(tmp_path, 2, NOW),
        site(tmp_path, 3, NOW, why("D1", "title", "2026-11-03", "it named somebody", "是")),
    ]  # fmt: skip
    for before, now in zip([None, *sites], sites, strict=False):
        found = compared(before, now)

    quoted = {(c.key, c.field): (c.before, c.after) for c in found.history.releases[1].corrections}
    assert quoted == {("D1", "title"): (None, None), ("D1", "reason"): ("x", "y"), ("D2", ""): (None, None)}


def test_what_the_gate_would_stop_is_not_quoted(tmp_path: Path) -> None:
    before, now = site(tmp_path, 1, BEFORE), site(tmp_path, 2, NOW)
    compared(None, before)
    compared(before, now, unquotable=frozenset({"a", "D2"}))
    later = site(tmp_path, 3, [{**NOW[0], "title": "c"}])
    found = compared(now, later, unquotable=frozenset({"b"}))

    assert [(c.key, c.field, c.before) for c in rows_of(now)] == [
        ("D1", "title", ""), ("D1", "reason", "x"), ("", "", ""),
    ]  # fmt: skip
    assert [(c.key, c.field, c.before, c.after) for release in found.history.releases for c in release.corrections] == [
        ("D1", "title", None, "c"), ("D1", "title", None, None), ("D1", "reason", "x", "y"), ("", "", None, None),
    ]  # fmt: skip


def test_a_column_that_is_not_public_any_more_is_not_quoted_from_the_past(tmp_path: Path) -> None:
    before, now = site(tmp_path, 1, BEFORE), site(tmp_path, 2, NOW)
    compared(None, before)
    compared(before, now)
    fields = {name: more for name, more in DUTY.fields.items() if name != "title"}
    rows = [{name: text for name, text in row.items() if name != "title"} for row in NOW]
    later = release(tmp_path / "3", {"duty": (DUTY._replace(fields=fields), rows)}, "2026-11-03")
    found = compared(now, later)

    assert [(c.field, c.before, c.after) for c in found.history.releases[1].corrections] == [
        ("title", None, None), ("reason", "x", "y"), ("", None, None),
    ]  # fmt: skip


def test_older_releases_are_counts_by_month_and_add_up(tmp_path: Path) -> None:
    before, every = None, 0
    for number, day in enumerate(["2026-09-29", "2026-09-30", "2026-10-01", "2026-10-02", "2026-10-03"]):
        now = release(
            tmp_path / day, {"duty": (DUTY, [{"duty_id": "D", "title": str(number)}, {"duty_id": f"N{number}"}])}, day
        )
        found = compared(before, now, shown=2)
        every += len(rows_of(now)) if before else 0
        before = now

    assert [item.as_of for item in found.history.releases] == ["2026-10-03", "2026-10-02"]
    assert [tuple(item) for item in found.history.months] == [("2026-10", 1, 2, 1), ("2026-09", 1, 2, 1)]
    told = sum(sum(kinds.values()) for item in found.history.releases for kinds in item.counts.values())
    assert told + sum(item.corrections + item.progress for item in found.history.months) == every


def test_a_repeated_build_is_no_release_of_its_own_and_the_same_bytes(tmp_path: Path) -> None:
    before, now = site(tmp_path, 1, BEFORE), site(tmp_path, 2, NOW)
    compared(None, before)
    compared(before, now)
    known = (now / "changes" / "history.json").read_bytes()
    again = Path(shutil.copytree(now, tmp_path / "again"))
    compared(before, again)
    assert (again / "changes" / "history.json").read_bytes() == known

    found = compared(now, again)
    assert found.latest
    assert found.latest.is_empty
    assert (again / "changes" / "history.json").read_bytes() == known


def test_a_night_without_a_change_is_told_as_one(tmp_path: Path) -> None:
    before, now = site(tmp_path, 1, NOW), site(tmp_path, 2, NOW)
    found = compared(before, now)

    assert [(item.as_of, item.counts) for item in found.history.releases] == [("2026-11-02", {})]


def updated(folder: Path, *states: Rows) -> list[str]:
    """Return for each release, one a day, the day on which it says that the last data came."""
    before, found = None, []
    for day, rows in enumerate(states, 1):
        now = site(folder, day, rows)
        found.append(compared(before, now, shown=2).history.updated[-2:])
        before = now
    return found


def test_the_day_of_the_last_data_stays_until_there_is_some(tmp_path: Path) -> None:
    assert updated(tmp_path, BEFORE, BEFORE, NOW, NOW, NOW, NOW, BEFORE) == ["01", "01", "03", "03", "03", "03", "07"]


def test_a_row_that_leaves_by_itself_is_no_data(tmp_path: Path) -> None:
    rows = [{"duty_id": "D1", "to_date": "2026-11-01"}, {"duty_id": "D2"}]
    course = COURSE._replace(leaves="to_date")
    before, now = site(tmp_path, 1, rows), site(tmp_path, 3, rows[1:])
    compared(None, before)
    found = compared(before, now, (course,))
    assert found.latest
    assert found.latest.counts == {"duty": {"left": 1}}
    assert found.history.updated == "2026-11-01"


@pytest.mark.parametrize(("states", "day"), [((NOW, NOW), "2026-11-01"), ((BEFORE, NOW, NOW), "2026-11-02")])
def test_a_history_of_before_that_does_not_name_the_day_has_it_in_its_releases(
    states: Sequence[Rows], day: str, tmp_path: Path
) -> None:
    sites = [site(tmp_path, number, rows) for number, rows in enumerate(states, 1)]
    for before, now in zip([None, *sites], sites, strict=False):
        found = compared(before, now)
        path = now / "changes" / "history.json"
        path.write_text(path.read_text("utf-8").replace(f'"updated":"{found.history.updated}",', ""), "utf-8")
    assert found.history.updated == day


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    before, now = site(tmp_path, 1, BEFORE), site(tmp_path, 2, NOW, why("D1", "*", "2026-11-02", "“”\n\u2028"))
    found = compared(before, now)
    text = (now / "changes" / "history.json").read_text(encoding="utf-8")

    assert history.read(text) == found.history
    assert history.written(history.read(text)) == text
    assert history.read(history.written(ChangeHistory())) == ChangeHistory()
    assert json.loads(text)["format"] == 1


def test_without_an_earlier_release_the_history_begins_empty(tmp_path: Path) -> None:
    now = site(tmp_path, 1, NOW)
    found = compared(None, now)

    assert found.latest is None
    assert sorted(path.name for path in (now / "changes").iterdir()) == ["history.json"]
