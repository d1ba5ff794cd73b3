"""Every rule across rows and tables, as cases in the folders of those who own the rules: tables in, findings out.

Keys: keys.yaml beside this file. The tree: places/checks/. A subject: subjects/<name>/checks/.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
import yaml

from builder import check, load, places, protect, validate
from builder.check import keys
from builder.language import fill
from builder.load.descriptor import package as parsed
from builder.model import Damage, Finding, Package, Remark, Tables
from builder.subjects import SUBJECTS
from builder.subjects.measured import with_measures
from builder.subjects.subject import present
from tests import two_trees
from tests.load import test_safe

TESTS = Path(__file__).parents[1]
DATASETS = TESTS.parent / "datasets"
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
    files: Mapping[str, str] = field(default_factory=dict)


CONTENT = {
    "pdf": test_safe.pdf(),
    "script": test_safe.pdf(test_safe.opening("JavaScript", JS="app.alert(1)")),
    "png": test_safe.png(2, 2),
    "giant": test_safe.png(30_000, 30_000),
    "jpeg": test_safe.jpeg(2, 2),
    "photo": b"\xff\xd8\xff\xe1\x00\x0eExif\0\0MM\0*GPS" + test_safe.jpeg(2, 2)[2:],
    "broken": b"%PDF-1.4\n1 0 obj\n<<\n%%EOF\n",
    "large": b"%PDF-1.4\n" + b" " * 10**7 + b"%%EOF\n",
}

FILES = [
    TESTS / "check" / "keys.yaml",
    TESTS / "check" / "attachments.yaml",
    TESTS / "check" / "addresses.yaml",
    TESTS / "check" / "personal.yaml",
    *sorted(TESTS.glob("places/checks/*.yaml")),
    *sorted(TESTS.glob("subjects/*/checks/*.yaml")),
]
ALL = [Case(**item) for path in FILES for item in yaml.safe_load(path.read_text(encoding="utf-8"))]


# ── a package with the tables and columns of one case, and nothing else ──────────────────────────


def write_package(folder: Path, tables: Mapping[str, str]) -> None:
    """Write the repository's package cut down to `tables` (resource → CSV) and to the columns that they have.

    Or with more than it has: what trees of other kinds need.
    """
    columns = {name: text.splitlines()[0].split(",") for name, text in tables.items()}
    descriptor = two_trees.descriptor()
    descriptor["resources"] = [item for item in descriptor["resources"] if item["name"] in tables]
    (folder / "schemas").mkdir()
    for name, text in tables.items():
        schema = json.dumps(cut(two_trees.schema(name), name, columns))
        (folder / "schemas" / f"{name}.json").write_text(schema, encoding="utf-8")
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
    package = parsed(folder)
    text, unreadable = load.tables(package)
    assert unreadable == []
    tables = with_measures(validate.tables(package, text, {})[0], AS_OF, present(SUBJECTS, package))
    # a rule is judged for itself here: what a cell is refused for is told by another stage, and would hide it
    return replace(tables, damage=Damage())


def found(tables: Tables) -> list[Finding]:
    return list(chain.from_iterable(check.tables(tables, AS_OF, SUBJECTS, SUBJECTS)))


def first_for_staff(tables: Tables) -> Remark:
    return next(protect.for_staff(found(tables), protect.policy(tables, SUBJECTS)))


def codes(package: Package) -> list[str]:
    return [rule.code for rule in check.rules(package, SUBJECTS)]


def short(finding: Finding, tables: Mapping[str, str]) -> str:
    """Return file:row:field code, the field as the header of the file names it under the finding's letter."""
    path, row, letter = finding.address
    if not row:  # about a file as a whole
        return f"{Path(path).name} {finding.code}"
    header = next(csv.reader(tables[finding.resource].splitlines()))
    return f"{path}:{row}:{header[ord(letter) - ord('A')]} {finding.code}"


def find(folder: Path, case: Case) -> list[str]:
    write_package(folder, case.tables)
    (folder / "attachments").mkdir()
    for name, kind in case.files.items():
        (folder / "attachments" / name).write_bytes(CONTENT[kind])
    tables = checked(folder)
    groups = check.tables(tables, case.as_of, SUBJECTS, SUBJECTS, load.attachments(tables.package))
    return [short(finding, case.tables) for group in groups for finding in group]


def breaks(case: Case, code: str) -> bool:
    return any(item.endswith(f" {code}") for item in case.findings)


# ── tests ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("case", ALL, ids=[f"{case.rule} {case.case}" for case in ALL])
def test_a_case_has_exactly_the_findings_it_names(case: Case, tmp_path: Path) -> None:
    assert find(tmp_path, case) == case.findings


@pytest.mark.parametrize("case", ALL, ids=[f"{case.rule} {case.case}" for case in ALL])
def test_a_case_gives_the_check_it_is_about_all_it_needs(case: Case, tmp_path: Path) -> None:
    write_package(tmp_path, case.tables)
    assert case.rule in [rule.sentence for rule in check.rules(parsed(tmp_path), SUBJECTS)]


OWNED = [*places.CHECKS, *(item for subject in SUBJECTS for item in subject.checks)]
"""Every check but those of keys, files and personal data, which come from the schemas."""

FROM_SCHEMAS = {
    "primary-key", "foreign-key", "row-missing", "attachment-name", "attachment-missing", "attachment-type",
    "attachment-too-large", "attachment-metadata", "attachment-unsafe", "address-web", "address-host",
    "personal-data", "personal-data-unread", "waiver-expired", "waiver-unused",
}  # fmt: skip


def test_every_check_has_a_case_that_breaks_its_rule_and_one_that_keeps_it(tmp_path: Path) -> None:
    other = {"area": "area_id,parent_id,area_kind\n", "grid": "area_id\n", "grid_area": "grid_id,area_id\n"}
    write_package(tmp_path, other)
    known = [rule for folder in (DATASETS, tmp_path) for rule in check.rules(parsed(folder), SUBJECTS)]
    rules = {rule.sentence: rule.code for rule in known}
    broken = {rules[case.rule] for case in ALL if breaks(case, rules[case.rule])}
    kept = {rules[case.rule] for case in ALL if not breaks(case, rules[case.rule])}
    assert set(rules.values()) == {item.code for item in OWNED} | FROM_SCHEMAS
    assert (set(rules.values()) - broken, set(rules.values()) - kept) == (set(), set())


def test_a_code_belongs_to_one_rule_and_a_table_has_it_once() -> None:
    pairs = {(item.code, item.rule) for item in OWNED}
    assert (len({code for code, _ in pairs}), len({rule for _, rule in pairs})) == (len(pairs), len(pairs))
    assert len({(item.code, item.resource) for item in OWNED}) == len(OWNED)


def test_each_case_lies_with_the_owner_of_its_rule() -> None:
    owners = {item.rule: subject.name for subject in SUBJECTS for item in subject.checks}
    # a rule that places lends to subjects, such as that of codes, is still its own
    owners |= {item.rule: "places" for item in places.CHECKS}
    for path in FILES:
        owner = path.parent.name if path.parent.name == "check" else path.parents[1].name
        for item in yaml.safe_load(path.read_text(encoding="utf-8")):
            assert owners.get(item["rule"], "check") == owner, (path, item["rule"])


def test_every_resource_of_the_repository_has_the_checks_of_its_keys() -> None:
    resources = parsed(DATASETS).resources
    found = {name: [item.code for item in keys.of(resource)] for name, resource in resources.items()}
    assert found == {
        "area": ["primary-key", "foreign-key"],
        "grid": ["primary-key", "foreign-key"],
        "branch": ["primary-key", "foreign-key"],
        "branch_grid": ["primary-key", "foreign-key", "foreign-key"],
        "duty": ["primary-key", "foreign-key", "foreign-key"],
        "roster": ["primary-key", "foreign-key", "foreign-key"],
        "case_category": ["primary-key"],
        "case": ["primary-key", "foreign-key", "foreign-key"],
        "indicator": ["primary-key"],
        "assessment": ["primary-key", "foreign-key", "foreign-key"],
        "grade": ["primary-key"],
        "partner": ["primary-key", "foreign-key", "foreign-key"],
        "partner_item": ["primary-key", "foreign-key", "foreign-key", "foreign-key", "foreign-key"],
        "feedback": ["primary-key", "foreign-key"],
        "project": ["primary-key", "foreign-key", "foreign-key"],
        "ledger": ["primary-key", "foreign-key"],
        "ledger_balance": ["primary-key", "foreign-key"],
        "catalogue": ["primary-key"],
        "disclosure": ["primary-key", "foreign-key", "foreign-key", "foreign-key"],
        "waivers": ["primary-key"],
        "correction": ["primary-key"],
        "case_statistic": ["primary-key"],
        "feedback_statistic": ["primary-key"],
    }


# ── what a finding says ──────────────────────────────────────────────────────────────────────────

SAID = {
    "a gap is told up to the day the data describes": (
        {
            "grid": "grid_id,opened_date,closed_date\n320812001001001,2026-01-01,\n",
            "branch_grid": "branch_id,grid_id,role,from_date,to_date\nB99000100,320812001001001,主责,2026-12-01,\n",
        },
        "from 2026-01-01 to 2026-10-31 no branch is responsible for grid 320812001001001",
    ),
    "the first of two rows is named": (
        {"grade": "grade,name\nB,良好\nA,优秀\nA,优良\n"}, "“A” stands already in row 3 of grade.csv",
    ),
    "rows that are the same in all cells are told as such": (
        {"grade": "grade,name\nB,良好\nA,优秀\nA,优秀\n"}, "the row is the same as row 3 of grade.csv",
    ),
    "a code that stands there often is told once, with all its rows": (
        {"grade": "grade,name\nA,良好\nA,优秀\nA,优秀\n"}, "“A” stands there 3 times: rows 2, 3, 4",
    ),
    "a key of several columns is named whole": (
        {"branch_grid": "branch_id,grid_id,from_date,role\n" + "".join(
            f"B99000100,320812001001001,2026-01-01,{role}\n" for role in ("主责", "共建")
        )},
        "“B99000100 + 320812001001001 + 2026-01-01” stands already in row 2 of branch_grid.csv",
    ),
    "a total that misses 100 by little does not read 100": (
        {
            "indicator": "indicator_id,weight,valid_from_date,valid_to_date\nI01,99.99999,2026-01-01,\n",
            "assessment": "period\n2026-Q1\n",
        },
        "the weights in force in 2026-Q1 sum to 99.99999, not to 100",
    ),
    "no ballots issued are 0 ballots": (
        {"assessment": "period,ballots_issued,ballots_valid\n2026-Q1,,12\n"}, "12 valid ballots, but only 0 issued",
    ),
    "sums that differ are both named, and by how much": (
        {
            "ledger": "entry_id,branch_id,entry_date,direction,amount\nL000001,B99000100,2026-01-10,支出,1000.20\n",
            "ledger_balance": "branch_id,period,start_date,end_date,opening,closing\n"
            "B99000100,2026-Q1,2026-01-01,2026-03-31,21000.30,20000.00\n",
        },
        "21,000.30 + 0.00 − 1,000.20 is 20,000.10, but the closing balance is 20,000.00: 0.10 apart",
    ),
    "a circle is told in full": (
        {"area": "area_id,parent_id\n320812001,320812002\n320812002,320812001\n"},
        "“320812001” ends up above itself: 320812001 → 320812002 → 320812001",
    ),
    "a line break in a code stays in the line": (
        {"area": 'area_id,parent_id\n320812001,"32\n0812"\n'}, "“32 0812” does not stand in the table “区划”",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("tables", "sentence"), SAID.values(), ids=SAID)
def test_a_finding_says_what_is_wrong(tables: Mapping[str, str], sentence: str, tmp_path: Path) -> None:
    write_package(tmp_path, tables)
    message = first_for_staff(checked(tmp_path)).message
    assert fill(str, message.text, message.values) == sentence


def test_a_check_is_left_out_when_a_column_it_reads_is_never_published(tmp_path: Path) -> None:
    write_package(tmp_path, {"case": "case_id,stage,resolved_date\nC000001,已办结,\n"})
    path = tmp_path / "schemas" / "case.json"
    assert "closed-without-date" in codes(parsed(tmp_path))
    schema = json.loads(path.read_text(encoding="utf-8"))
    del schema["fields"][2]["publish"]
    path.write_text(json.dumps(schema), encoding="utf-8")
    assert codes(parsed(tmp_path)) == ["primary-key", "resolved-after-as-of", "personal-data"]
    assert found(checked(tmp_path)) == []


def test_a_table_pasted_twice_is_told_row_by_row(tmp_path: Path) -> None:
    rows = "".join(f"C{number:06d}\n" for number in range(20_000))
    write_package(tmp_path, {"case": f"case_id\n{rows}{rows}"})
    findings = found(checked(tmp_path))
    assert (len(findings), findings[0].address.row, findings[-1].address.row) == (20_000, 20_002, 40_001)
