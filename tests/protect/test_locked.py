"""What a package publishes is held against its policy.lock: whatever is more open than that stops the build."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from builder.model import Severity
from builder.pipeline import Checked, check
from builder.protect.lock import read
from tests.console import said
from tests.packages import no_clock, quiet
from tests.sharing import by_day

Edit = Callable[[Path], object]


def looked(package: Path) -> Checked:
    return check(package, no_clock, quiet, is_raw=True)


def found(package: Path) -> list[tuple[str, str]]:
    """Return code and sentence of each error of the lock."""
    return errors_of(looked(package))


def errors_of(checked: Checked) -> list[tuple[str, str]]:
    return [
        (item.code, item.message.text.format(**item.message.values)) for item in checked.remarks()
        if item.severity is Severity.ERROR
    ]  # fmt: skip


def renew(package: Path) -> None:
    (package / "policy.lock").write_text(looked(package).renewal().text, encoding="utf-8")


@pytest.fixture(scope="module")
def with_lock(small_raw: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an export with its lock: it has cells in every column. Look, do not touch."""
    package = Path(shutil.copytree(small_raw, tmp_path_factory.mktemp("locked") / "package"))
    renew(package)
    return package


@pytest.fixture
def locked(with_lock: Path, tmp_path: Path) -> Path:
    """Return a copy of it that a test may break."""
    return Path(shutil.copytree(with_lock, tmp_path / "package"))


def edited(path: Path, change: Callable[[Any], None]) -> None:
    value = json.loads(path.read_text(encoding="utf-8"))
    change(value)
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2), encoding="utf-8")


def field(resource: str, name: str, **properties: object) -> Edit:
    """Return the edit that sets properties of a field; None takes one out."""

    def change(schema: Any) -> None:
        (item,) = (item for item in schema["fields"] if item["name"] == name)
        item |= properties
        for key in [key for key, value in properties.items() if value is None]:
            del item[key]

    return lambda package: edited(package / f"schemas/{resource}.json", change)


def setting(name: str, value: object) -> Edit:
    return lambda package: edited(package / "datapackage.json", lambda it: it["mingge"].update({name: value}))


def category(old: str, new: str) -> Edit:
    """Return the edit that gives the first category of one level another."""

    def change(package: Path) -> None:
        path = package / "case_category.csv"
        text = path.read_text(encoding="utf-8")
        assert f",{old}," in text
        path.write_text(text.replace(f",{old},", f",{new},", 1), encoding="utf-8")

    return change


def inherited(package: Path, resource: str, name: str, heir: str) -> None:
    """Take field `name` out of a schema and let `heir` read its column, whose own is taken out of the file."""
    path = package / f"{resource}.csv"
    rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
    title = ""

    def change(schema: Any) -> None:
        nonlocal title
        (gone,) = (item for item in schema["fields"] if item["name"] == name)
        (taker,) = (item for item in schema["fields"] if item["name"] == heir)
        schema["fields"].remove(gone)
        title = gone["title"]
        taker["aliases"] = [title]

    edited(package / f"schemas/{resource}.json", change)
    at = rows[0].index(heir)
    rows[0][rows[0].index(name)] = title
    with path.open("w", encoding="utf-8", newline="") as target:
        csv.writer(target).writerows(row[:at] + row[at + 1 :] for row in rows)


def dropped(resource: str, name: str) -> Edit:
    """Return the edit that takes a field out of a schema and its column out of the file."""

    def change(package: Path) -> None:
        path = package / f"{resource}.csv"
        rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
        at = rows[0].index(name)
        with path.open("w", encoding="utf-8", newline="") as target:
            csv.writer(target).writerows(row[:at] + row[at + 1 :] for row in rows)
        edited(
            package / f"schemas/{resource}.json",
            lambda schema: schema.update(fields=[item for item in schema["fields"] if item["name"] != name]),
        )

    return change


WIDENED: dict[str, tuple[Edit, str]] = {
    "a column that was never published": (
        field("case", "petitioner", publish="public"),
        "the column “反映人” (case.petitioner): “publish” was never and is now public",
    ),
    "a column that was never counted": (field("case", "phone", publish="counts"), "was never and is now counts"),
    "a column that was only counted": (field("case", "satisfaction", publish="public"), "was counts and is now public"),
    "votes that stand for themselves": (
        field("assessment", "votes_good", vote=None, vote_score=None), "was ballots and is now public"
    ),
    "a protected category": (category("受保护", "逐件公开"), "was 受保护 and is now 逐件公开"),
    "a protected category, counted": (category("受保护", "数量公开"), "was 受保护 and is now 数量公开"),
    "a counted category": (category("数量公开", "逐件公开"), "was 数量公开 and is now 逐件公开"),
    "fewer ballots": (setting("minimum_ballots", 5), "“minimum_ballots” was 10 and is now 5"),
    "a smaller denominator": (setting("minimum_denominator", 5), "“minimum_denominator” was 10 and is now 5"),
    "smaller cells": (setting("minimum_cell", 4), "“minimum_cell” was 5 and is now 4"),
    "a repository that anybody may read": (setting("repository", "public"), "was private and is now public"),
    "void rows that nothing marks": (dropped("case", "is_void"), "(case.is_void) was protected and is now itemised"),
}  # fmt: skip


DAILY = (
    "a column that was never published", "votes that stand for themselves", "a protected category", "fewer ballots",
    "a repository that anybody may read", "void rows that nothing marks",
)  # fmt: skip
"""One of each kind of thing that the lock holds: those of one kind are compared by the same lines."""


@pytest.mark.parametrize("name", by_day(WIDENED, DAILY))
def test_whatever_is_more_open_than_the_lock_stops_the_build_and_says_what_it_exposes(locked: Path, name: str) -> None:
    edit, sentence = WIDENED[name]
    edit(locked)

    errors = [item for item in found(locked) if item[0].startswith("policy")]
    assert [code for code, _ in errors] == ["policy-widened"], errors
    assert sentence in errors[0][1]


def test_a_renewed_lock_lets_it_through_and_its_lines_say_so(locked: Path) -> None:
    before = (locked / "policy.lock").read_text(encoding="utf-8").splitlines()
    field("case", "petitioner", publish="public")(locked)
    renew(locked)

    assert found(locked) == []
    after = (locked / "policy.lock").read_text(encoding="utf-8").splitlines()
    changed = [line for line in after if line not in before and "seal" not in line]
    assert changed == ['    "case.petitioner": "public",']
    assert [line for line in before if line not in after and "seal" not in line] == [
        '    "case.petitioner": "never",', '    "case: 反映人": "never",'
    ]  # fmt: skip


def test_how_many_cells_are_exposed_is_how_many_would_be_listed(locked: Path) -> None:
    field("case", "petitioner", publish="public")(locked)
    checked = looked(locked)

    (widening,) = checked.renewal().findings
    cells = checked.tables["case"]
    listed = cells[cells["category_id"].isin(checked.policy.levels["case"].itemised) & ~cells["is_void"].fillna(False)]
    assert widening.message.values["cells"] == int(listed["petitioner"].notna().sum()) > 0


NARROWED: dict[str, Edit] = {
    "a column": field("duty", "basis", publish=None),
    "a category": category("逐件公开", "受保护"),
    "a number": setting("minimum_ballots", 20),
    "nothing": lambda _: None,
}


@pytest.mark.parametrize("name", by_day(NARROWED, ["a column"]))
def test_what_is_less_open_is_no_error_but_the_lock_is_out_of_date(locked: Path, name: str) -> None:
    NARROWED[name](locked)

    checked = looked(locked)
    assert errors_of(checked) == []
    assert checked.renewal().is_stale == (name != "nothing")


def test_a_header_of_a_private_column_may_not_become_one_of_a_public_column(locked: Path) -> None:
    inherited(locked, "case", "petitioner", "handler_kind")

    errors = found(locked)
    assert ("policy-widened") in {code for code, _ in errors}
    assert any("the header “反映人” meant a column with “publish” never and now means one with public" in text
               for _, text in errors)  # fmt: skip


def by_hand(old: str, new: str) -> Edit:
    def change(package: Path) -> None:
        text = (package / "policy.lock").read_text(encoding="utf-8")
        assert old in text
        (package / "policy.lock").write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


BROKEN: dict[str, Edit] = {
    "edited by hand": by_hand('"case.petitioner": "never"', '"case.petitioner": "public"'),
    "a line taken out": by_hand('    "case.petitioner": "never",\n', ""),
    "cut": lambda package: (package / "policy.lock").write_text("{", encoding="utf-8"),
    "a list": lambda package: (package / "policy.lock").write_text("[]", encoding="utf-8"),
    "empty": lambda package: (package / "policy.lock").write_text("", encoding="utf-8"),
    "deep": lambda package: (package / "policy.lock").write_text("[" * 100_000, encoding="utf-8"),
    "a word that there is not": by_hand('"repository": "private"', '"repository": "everybody"'),
}


@pytest.mark.parametrize("name", by_day(BROKEN, ["edited by hand", "a line taken out", "deep"]))
def test_a_lock_that_the_program_did_not_write_stops_the_build(locked: Path, name: str) -> None:
    BROKEN[name](locked)

    checked = looked(locked)
    assert [code for code, _ in errors_of(checked)] == ["policy-lock"]
    assert checked.renewal().is_new


def test_a_lock_from_windows_is_the_same_lock(locked: Path) -> None:
    text = (locked / "policy.lock").read_bytes()
    (locked / "policy.lock").write_bytes(text.replace(b"\n", b"\r\n"))

    assert found(locked) == []


def test_a_package_that_anybody_may_read_must_have_a_lock_and_a_private_one_need_not(
    own_package: Path, public_package: Path, tmp_path: Path
) -> None:
    assert found(own_package) == []
    folder = Path(shutil.copytree(public_package, tmp_path / "public"))
    (folder / "policy.lock").unlink()
    public = check(folder, no_clock, quiet).remarks()
    assert [item.code for item in public if item.severity is Severity.ERROR] == ["policy-lock"]


def test_what_was_made_of_a_locked_package_is_not_held_against_a_lock_again(public_package: Path) -> None:
    assert check(public_package, no_clock, quiet, is_locked=False).errors == 0


def test_the_command_prints_each_widening_with_its_cells_and_writes_the_lock(
    own_package: Path, english: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    from typer.testing import CliRunner

    from builder.cli import app

    renew(own_package)
    field("case", "petition_kind", publish="public")(own_package)
    assert said("check", own_package, "--config", english)[0] == 1
    result = CliRunner().invoke(app, ["policy", "--renew", str(own_package), "--config", str(english)])
    assert (result.exit_code, result.stderr) == (0, "")
    first, *_, last = result.stdout.splitlines()
    assert "(case.petition_kind): “publish” was counts and is now public" in first
    assert last.endswith("1 things are more open than before. Have the lines that changed reviewed.")
    assert said("check", own_package, "--config", english)[0] == 0
    assert read((own_package / "policy.lock").read_text(encoding="utf-8")) == looked(own_package).openness.record


def test_the_lock_is_not_renewed_over_defects_of_the_data(locked: Path, english: Path) -> None:
    before = (locked / "policy.lock").read_bytes()
    category("受保护", "全部公开")(locked)

    code, lines = said("policy", "--renew", locked, "--config", english)
    assert code == 1
    assert "The lock was not renewed" in lines[-1]
    assert (locked / "policy.lock").read_bytes() == before


def test_the_repository_has_its_lock() -> None:
    from tests.packages import DATASETS

    assert read((DATASETS / "policy.lock").read_text(encoding="utf-8")) == looked(DATASETS).openness.record
