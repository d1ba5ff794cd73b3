"""A package may lower a rule to a warning, with a reason that the public reads; what the build rests on stays."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from builder import check, load, validate
from builder.errors import BuilderError
from builder.load.descriptor import package as parsed
from builder.model import Tables
from builder.subjects import SUBJECTS
from tests.load.lines import placeless

AS_OF = date(2026, 10, 31)
DATASETS = Path(__file__).parents[2] / "datasets"
GRIDS = "grid_id,name,area_id,opened_date,closed_date\nA-1,第一网格,B,2026-03-01,2026-02-01\n"
AREAS = "area_id,name,level,parent_id\nB,甲街道,街道,\n"


def tables(folder: Path, settings: dict[str, object]) -> Tables:
    """Return a package of one area and one grid, whose code is not that of its area and whose days are turned round."""
    (folder / "schemas").mkdir()
    resources = []
    for name, text in (("area", AREAS), ("grid", GRIDS)):
        columns = text.splitlines()[0].split(",")
        schema = json.loads((DATASETS / "schemas" / f"{name}.json").read_text("utf-8"))
        fields = [{k: v for k, v in f.items() if k != "constraints"} for f in schema["fields"] if f["name"] in columns]
        (folder / "schemas" / f"{name}.json").write_text(json.dumps({**schema, "fields": fields}), "utf-8")
        (folder / f"{name}.csv").write_text(text, "utf-8")
        resources.append({"name": name, "path": f"{name}.csv", "schema": f"schemas/{name}.json"})
    descriptor = {"name": "other", "mingge": settings, "resources": resources}
    (folder / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    package = parsed(folder)
    return validate.tables(package, load.tables(package)[0], {})[0]


def found(tables: Tables) -> list[tuple[str, str]]:
    groups = check.tables(tables, AS_OF, SUBJECTS, SUBJECTS)
    return [(item.code, item.severity.value) for group in groups for item in group]


def lowering(code: str) -> dict[str, object]:
    return {"severities": {code: {"severity": "warning", "reason": "The old files were kept like that."}}}


def test_without_a_word_both_rules_are_errors(tmp_path: Path) -> None:
    assert found(tables(tmp_path, {})) == [("grid-code", "error"), ("grid-closed-before-opened", "error")]


def test_a_package_whose_codes_are_not_nested_is_not_held_to_it(tmp_path: Path) -> None:
    loaded = tables(tmp_path, {"nested_codes": False})

    assert found(loaded) == [("grid-closed-before-opened", "error")]
    assert "grid-code" not in [rule.code for rule in check.rules(loaded.package, SUBJECTS)]


def test_a_lowered_rule_is_a_warning_and_tells_its_reason(tmp_path: Path) -> None:
    loaded = tables(tmp_path, lowering("grid-code"))
    told = {rule.code: (rule.severity, rule.reason) for rule in check.rules(loaded.package, SUBJECTS)}

    assert found(loaded) == [("grid-code", "warning"), ("grid-closed-before-opened", "error")]
    assert {code: row for code, row in told.items() if row[1]} == {
        "grid-code": ("warning", "The old files were kept like that.")
    }


STRUCTURAL = (
    "primary-key", "foreign-key", "area-cycle", "branch-cycle", "code-in-address", "code-in-other-case",
    "resolved-after-as-of", "votes-sum",
)  # fmt: skip
REFUSED = {
    "grid-cod": "there is no check “grid-cod” | did you mean “grid-code”?",
    "zzz": (
        "there is no check “zzz” | the page of rules names them all; what a single cell may hold is said in its schema"
    ),
    "calendar-not-announced": (
        "“calendar-not-announced” is a warning already, so there is nothing to lower | take it out"
    ),
    **{
        code: f"“{code}” cannot be lowered: pages or figures rest on it | mend the data, or take the rows out"
        for code in STRUCTURAL
    },
}


@pytest.mark.parametrize(("code", "sentence"), REFUSED.items(), ids=REFUSED)
def test_a_rule_that_cannot_be_lowered_is_refused(code: str, sentence: str, tmp_path: Path) -> None:
    with pytest.raises(BuilderError) as caught:
        found(tables(tmp_path, lowering(code)))
    error = caught.value

    hint = error.message.hint.format(**error.message.values)
    assert placeless(f"{error} | {hint}") == f"datapackage.json: mingge: severities: {sentence}"
