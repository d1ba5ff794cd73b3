"""Every rule across rows and tables, as cases in `cases/*.yaml`: tables in, findings out."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from builder import checks, load, protect, validate
from builder.checks import keys
from builder.model import Finding, Tables

DATASETS = Path(__file__).parents[2] / "datasets"
CASES = Path(__file__).parent / "cases"
AS_OF = date(2026, 10, 31)

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Case:
    """One entry of a cases file: `rule` is the sentence of the check that it is about."""

    rule: str
    case: str
    tables: Mapping[str, str]
    findings: list[str]
    as_of: date = AS_OF


FILES = sorted(CASES.glob("*.yaml"))
ALL = [Case(**item) for path in FILES for item in yaml.safe_load(path.read_text(encoding="utf-8"))]


# ── a package with the tables and columns of one case, and nothing else ──────────────────────────


def write_package(folder: Path, tables: Mapping[str, str]) -> None:
    """Write the repository's package cut down to `tables` (resource → CSV) and to the columns that they have."""
    columns = {name: text.splitlines()[0].split(",") for name, text in tables.items()}
    descriptor = json.loads((DATASETS / "datapackage.json").read_text(encoding="utf-8"))
    descriptor["resources"] = [item for item in descriptor["resources"] if item["name"] in tables]
    (folder / "schemas").mkdir()
    for name, text in tables.items():
        schema = json.loads((DATASETS / "schemas" / f"{name}.json").read_text(encoding="utf-8"))
        (folder / "schemas" / f"{name}.json").write_text(json.dumps(cut(schema, name, columns)), encoding="utf-8")
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")


def cut(schema: Json, name: str, columns: Mapping[str, list[str]]) -> Json:
    """Return the schema of `name` without the fields, keys and foreign keys that need a column nobody gave."""
    given = columns[name]
    return {
        **schema,
        "fields": [field for field in schema["fields"] if field["name"] in given],
        "primaryKey": schema["primaryKey"] if set(schema["primaryKey"]) <= set(given) else [],
        "foreignKeys": [
            key
            for key in schema.get("foreignKeys", ())
            if set(key["fields"]) <= set(given)
            and set(key["reference"]["fields"]) <= set(columns.get(key["reference"]["resource"] or name, ()))
        ],
    }


def checked(folder: Path) -> Tables:
    package = load.package(folder)
    text, unreadable = load.tables(package)
    assert unreadable == []
    return protect.columns(validate.tables(package, text)[0])


def short(finding: Finding, tables: Mapping[str, str]) -> str:
    """Return file:row:field code, the field as the header of the file names it under the finding's letter."""
    path, row, letter = finding.address
    header = next(csv.reader(tables[finding.resource].splitlines()))
    return f"{path}:{row}:{header[ord(letter) - ord('A')]} {finding.code}"


def find(folder: Path, case: Case) -> list[str]:
    write_package(folder, case.tables)
    return [short(finding, case.tables) for finding in checks.run(checked(folder), case.as_of)]


def breaks(case: Case, code: str) -> bool:
    return any(item.endswith(f" {code}") for item in case.findings)


# ── tests ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("case", ALL, ids=[f"{case.rule} {case.case}" for case in ALL])
def test_a_case_has_exactly_the_findings_it_names(case: Case, tmp_path: Path) -> None:
    assert find(tmp_path, case) == case.findings


@pytest.mark.parametrize("case", ALL, ids=[f"{case.rule} {case.case}" for case in ALL])
def test_a_case_gives_the_check_it_is_about_all_it_needs(case: Case, tmp_path: Path) -> None:
    write_package(tmp_path, case.tables)
    assert case.rule in [check.rule for check in checks.all_for(load.package(tmp_path))]


def test_every_check_has_a_case_that_breaks_its_rule_and_one_that_keeps_it() -> None:
    package = load.package(DATASETS)
    rules = {check.rule: check.code for check in checks.all_for(package)}
    broken = {rules[case.rule] for case in ALL if breaks(case, rules[case.rule])}
    kept = {rules[case.rule] for case in ALL if not breaks(case, rules[case.rule])}
    assert set(rules.values()) == {check.code for check in checks.CHECKS} | {"primary-key", "foreign-key"}
    assert (set(rules.values()) - broken, set(rules.values()) - kept) == (set(), set())


def test_a_code_belongs_to_one_rule() -> None:
    codes, rules = {check.code for check in checks.CHECKS}, {check.rule for check in checks.CHECKS}
    assert (len(codes), len(rules)) == (len(checks.CHECKS), len(checks.CHECKS))


def test_every_resource_of_the_repository_has_the_checks_of_its_keys() -> None:
    resources = load.package(DATASETS).resources
    found = {name: [check.code for check in keys.of(resource)] for name, resource in resources.items()}
    assert found == {
        "area": ["primary-key", "foreign-key"],
        "grid": ["primary-key", "foreign-key"],
        "branch": ["primary-key", "foreign-key"],
        "branch_grid": ["primary-key", "foreign-key", "foreign-key"],
        "duty": ["primary-key", "foreign-key", "foreign-key"],
        "case_category": ["primary-key"],
        "case": ["primary-key", "foreign-key", "foreign-key"],
        "indicator": ["primary-key"],
        "assessment": ["primary-key", "foreign-key", "foreign-key"],
        "grade": ["primary-key"],
    }
