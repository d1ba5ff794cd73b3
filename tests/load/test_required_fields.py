"""A package without a key or a field that the engine needs, or with one of another type, is refused by name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from builder.model import Use
from tests.load.needs import ALL, edit, every, field, key_of, package, refused, without_foreign_keys
from tests.sharing import by_day

MISTAKES = yaml.safe_load((Path(__file__).parent / "mistakes" / "needs.yaml").read_text(encoding="utf-8"))

needed_fields = pytest.mark.parametrize(
    ("table", "use"),
    by_day([(name, use) for name, needs in sorted(ALL.items()) for use in needs.uses if not use.optional], 4),
    ids=lambda value: value.name if isinstance(value, Use) else value,
)
counted_fields = pytest.mark.parametrize(
    ("table", "use"),
    by_day(
        [(name, use) for name, needs in sorted(ALL.items()) for use in needs.uses if use.figure or not use.optional], 4
    ),
    ids=lambda value: value.name if isinstance(value, Use) else value,
)
every_field = pytest.mark.parametrize(
    ("table", "use"),
    [(name, use) for name, needs in sorted(ALL.items()) for use in needs.uses],
    ids=lambda value: value.name if isinstance(value, Use) else value,
)


@needed_fields
def test_a_missing_field_is_named_with_its_schema(table: str, use: Use, own_package: Path) -> None:
    def change(schema: Any) -> None:
        schema["fields"] = [item for item in schema["fields"] if item["name"] != use.name]
        schema["primaryKey"] = [name for name in schema["primaryKey"] if name != use.name]
        if use.name in key_of(table):  # a key that names no such field would be refused before
            schema["primaryKey"] = [schema["fields"][0]["name"]]

    without_foreign_keys(own_package)
    edit(own_package / "schemas" / f"{table}.json", change)

    said, hint = refused(own_package)
    if use.name in key_of(table):
        assert said.startswith(f"schemas/{table}.json: primaryKey is ")
        assert hint == f"the engine tells rows apart by {', '.join(key_of(table))}"
    else:
        assert said == f"schemas/{table}.json: the field “{use.name}” is missing"


@counted_fields
def test_a_field_that_figures_are_made_from_is_published(table: str, use: Use, own_package: Path) -> None:
    publish = "counts" if use.shown else "never"

    def change(schema: Any) -> None:
        field(schema, use.name)["publish"] = publish
        if publish == "never":  # a key that is never published is refused for that reason
            schema["primaryKey"] = [name for name in schema["primaryKey"] if name != use.name]

    without_foreign_keys(own_package)
    edit(own_package / "schemas" / f"{table}.json", change)

    if publish == "never" and use.name in key_of(table):
        assert any("primaryKey" in text for text, _ in every(own_package))
        return
    allowed = "public" if use.shown else "public / counts"
    assert refused(own_package) == (
        f"schemas/{table}.json: the engine needs field {use.name}, but its publish is “{publish}”", f"use {allowed}",
    )  # fmt: skip


ALLOWED = {"number": "number / integer", "money": "number", "moment": "date / datetime"}
TIED = ("trueValues", "falseValues", "attachment", "decimals", "phone", "official")
"""What only a field of one type can have."""


@every_field
def test_a_field_of_another_type_is_refused_by_name(table: str, use: Use, own_package: Path) -> None:
    wrong = "integer" if use.type == "string" else "string"

    def change(schema: Any) -> None:
        if use.name not in {item["name"] for item in schema["fields"]}:  # one that the demonstration does without
            schema["fields"].append({"name": use.name, "title": use.name})
        found = field(schema, use.name)
        found.update(type=wrong, constraints={})
        for name in TIED:
            found.pop(name, None)

    edit(own_package / "schemas" / f"{table}.json", change)

    allowed = ALLOWED.get(use.type, use.type)
    assert refused(own_package) == (
        f"schemas/{table}.json: the engine reads field {use.name} as {allowed}, but its type is {wrong}",
        f"declare it with type {allowed}",
    )


@pytest.mark.parametrize("name", ["score", "weight", "full_score", "min_score"])
def test_a_number_may_be_declared_as_a_whole_one(name: str, own_package: Path) -> None:
    for path in (own_package / "schemas").glob("*.json"):
        edit(path, lambda schema: [item.update(type="integer") for item in schema["fields"] if item["name"] == name])
    assert set(package(own_package).resources) == set(ALL)


@pytest.mark.parametrize("item", MISTAKES, ids=[item["mistake"] for item in MISTAKES])
def test_a_mistake_that_would_make_wrong_figures_is_refused_in_one_sentence(
    item: dict[str, Any], own_package: Path
) -> None:
    for name, changes in item["fields"].items():
        edit(own_package / "schemas" / f"{item['schema']}.json", lambda schema: field(schema, name).update(changes))  # noqa: B023 - called at once
    assert refused(own_package) == (item["says"], item["hint"])


@pytest.mark.parametrize("name", ["votes_good", "votes_fair", "votes_average", "votes_poor"])
@pytest.mark.parametrize("change", ["publish", "type"])
def test_a_vote_that_cannot_be_counted_is_refused(name: str, change: str, own_package: Path) -> None:
    def spoil(schema: Any) -> None:
        if change == "publish":
            del field(schema, name)["publish"]
        else:
            field(schema, name).update(type="string", constraints={})

    edit(own_package / "schemas" / "assessment.json", spoil)

    said = {
        "publish": f"the engine needs field {name}, but its publish is “never”",
        "type": f"the engine reads field {name} as integer, but its type is string",
    }
    assert refused(own_package)[0] == f"schemas/assessment.json: {said[change]}"


# ── keys ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("table", sorted(ALL))
def test_a_table_without_a_primary_key_would_count_a_row_twice(table: str, own_package: Path) -> None:
    edit(own_package / "schemas" / f"{table}.json", lambda schema: schema.pop("primaryKey"))

    key = ", ".join(key_of(table)) or "…"
    assert refused(own_package) == (
        f"schemas/{table}.json: there is no primaryKey, so a row that stands there twice would count twice",
        f"name the fields that tell one row from another: {key}",
    )


@pytest.mark.parametrize("table", sorted(name for name, needs in ALL.items() if needs.key))
def test_a_table_with_another_primary_key_is_refused(table: str, own_package: Path) -> None:
    edit(own_package / "schemas" / f"{table}.json", lambda schema: schema.update(primaryKey=["name_of_row"]))
    edit(
        own_package / "schemas" / f"{table}.json",
        lambda schema: schema["fields"].append({"name": "name_of_row", "publish": "public"}),
    )

    assert refused(own_package) == (
        f"schemas/{table}.json: primaryKey is name_of_row",
        f"the engine tells rows apart by {', '.join(key_of(table))}",
    )
