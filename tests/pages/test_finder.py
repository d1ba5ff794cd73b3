"""What the finder looks through: all that is published of places, nothing else, in the same bytes."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from builder import pages, pinyin
from builder.pages import Sources, find, finder
from builder.pages.find import FindListPage, FindPage
from tests import packages
from tests.packages import BRANCH_TABLES
from tests.pages.made import Made, of, only

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def document(source: Sources, *key: str) -> Any:
    """Return what lies beside find/, or beside the list of a street."""
    return pages.made(source, pages.PageKey("find_list" if key else "find", key)).document


def texts(value: object) -> Iterator[str]:
    """Yield every text in a document."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)


# ── words ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("extent", "words"),
    [
        ("东至白露河、南至晨曦巷", ["东至\t白露河", "南至\t晨曦巷"]),
        ("东临:问渠街；西北靠 云帆路。", ["东临:\t问渠街", "西北靠 \t云帆路。"]),
        ("西安路、南京东路", ["西安路", "南京东路"]),
        ("东至河", ["东至河"]),
        ("Main St, 5th Ave", ["Main St", "5th Ave"]),
        ("", []),
    ],
)
def test_an_extent_falls_into_its_roads(extent: str, words: list[str]) -> None:
    assert list(finder.sides(extent)) == words


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("城南街道", "城南"), ("武墩街道办事处", "武墩"), ("盐河镇", "盐河"), ("南乡", ""), ("和平社区", ""),
        ("街道", ""), ("Hollywood", ""),
    ],
)  # fmt: skip
def test_a_street_has_the_name_that_people_use(name: str, short: str) -> None:
    assert finder.short(name) == short


# ── sounds ───────────────────────────────────────────────────────────────────────────────────────


def syllables(table: str, sign: str) -> set[str]:
    return {group.strip(group.lstrip(LETTERS)) for group in table.split("|") if sign in group}


@pytest.mark.parametrize(
    ("text", "sign", "sounds"),
    [
        ("柴米第一网格", "柴", {"chai"}), ("重庆路", "重", {"chong"}), ("重庆路和重点", "重", {"chong", "zhong"}),
        ("米", "才", {"cai"}), ("米", "龘", set()), ("绿地", "绿", {"lv"}),
    ],
)  # fmt: skip
def test_a_character_sounds_as_it_does_in_the_package_or_as_it_mostly_does(
    text: str, sign: str, sounds: set[str]
) -> None:
    assert syllables(pinyin.sounds([text]), sign) == sounds


def test_without_chinese_there_are_no_sounds() -> None:
    assert pinyin.sounds(["Hollywood Hills", "LA-32", "Élan", ""]) == ""


@pytest.mark.parametrize(
    ("name", "letter"),
    [
        ("柴米第一网格", "C"), ("重庆路网格", "C"), (" 城南", "C"), ("Élan", "E"), ("hollywood", "H"), ("12 栋", "#"),
        ("《和》", "#"), ("", "#"), ("龘", "D"),
    ],
)  # fmt: skip
def test_a_name_stands_under_its_initial(name: str, letter: str) -> None:
    assert pinyin.initial(name) == letter


# ── documents ────────────────────────────────────────────────────────────────────────────────────


def test_every_area_grid_and_branch_can_be_found(made: Made) -> None:
    found, tree = document(made.source), made.source.edition.tree
    assert found["areas"]["code"] == sorted(tree.parent)
    assert found["grids"]["code"] == sorted(tree.areas_of)
    assert found["branches"]["code"] == sorted(made.source.guide.branch_parent)
    assert found["parts"] == []
    for name in ("grids", "branches"):
        table = found[name]
        assert {len(table["code"])} == {len(table["name"]), len(table["area"]), *(len(c) for *_, c in table["words"])}
        assert all(any(cells) for *_, cells in table["words"])


def test_a_grid_is_found_by_what_its_row_says(made: Made) -> None:
    found, source = document(made.source)["grids"], made.source
    words = {title: cells for title, _, cells in found["words"]}
    for place, code in enumerate(found["code"]):
        row = source.row("grid", code)
        assert found["name"][place] == row["name"]
        assert words["网格员"][place] == row["worker"]
        assert words["工作电话"][place] == row["work_phone"]
        assert words["四至范围"][place].replace("\t", "").split("\n") == row["extent"].split("、")
        assert words[source.edition.title("branch")][place] == source.edition.names.branch(
            source.edition.tree.responsible[code]
        ).label


def test_nothing_is_said_that_is_not_published_of_places(made: Made) -> None:
    source = made.source
    cells = {str(cell) for name in ("area", "grid", "branch") for row in source.units[name].values() for cell in
             row.values()}  # fmt: skip
    titles = {source.edition.label(name, field.name) for name in ("area", "grid", "branch")
              for field in source.edition.package.resources[name].schema.fields}  # fmt: skip
    titles |= {source.edition.title(name) for name in ("grid", "branch")}
    levels = {field.label(value) for field in [source.edition.package.resources["area"].schema["level"]]
              for value in {row["level"] for row in source.units["area"].values()}}  # fmt: skip
    known = "\n".join([*cells, *titles, *levels])
    document_ = dict(document(source))
    assert pinyin.sounds(texts(document_)) == document_.pop("sounds")
    said = {line.replace("\t", "") for text in texts(document_) for line in text.split("\n")}
    assert {text for text in said if text not in known} == set()


def test_a_column_that_is_not_published_is_in_no_document(tmp_path: Path) -> None:
    grid = "grid_id,name,area_id,kind,opened_date,worker,leader,work_phone"
    tables = {**BRANCH_TABLES, "grid": packages.csv(grid, [
        f"{code},{n}格,990001001001,综合,2020-01-01,秘密{n},公开{n},0517-8390000{n}"
        for n, code in enumerate(packages.GRIDS)
    ])}  # fmt: skip
    folder = packages.write_package(tmp_path / "package", tables)
    path = folder / "schemas" / "grid.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    for field in schema["fields"]:
        if field["name"] in ("worker", "work_phone"):
            field["publish"] = "counts"
    packages.write_json(path, schema)

    said = json.dumps(document(packages.sources(packages.checked(folder, errors=None))), ensure_ascii=False)

    assert "公开0" in said
    assert "秘密" not in said
    assert "0517" not in said


def test_a_package_without_branches_and_further_columns_is_found_by_name_and_code(tmp_path: Path) -> None:
    grid = packages.csv("grid_id,name,area_id", [f"{code},{n}格,990001001001" for n, code in enumerate(packages.GRIDS)])
    tables = {"area": BRANCH_TABLES["area"], "grid": grid}
    folder = packages.write_package(tmp_path / "package", tables)
    found = document(packages.sources(packages.checked(folder, errors=None)))
    assert found["grids"]["words"] == []
    assert found["branches"]["code"] == []


def test_the_order_of_rows_changes_no_byte(tmp_path: Path) -> None:
    def shuffled(table: str, seed: int) -> str:
        head, *rows = table.splitlines()
        random.Random(seed).shuffle(rows)  # noqa: S311 - an order, not a secret
        return packages.csv(head, rows)

    said = set()
    for seed in (1, 2, 5):
        tables = {name: shuffled(table, seed) for name, table in BRANCH_TABLES.items()}
        folder = packages.write_package(tmp_path / str(seed), tables)
        said.add(json.dumps(document(packages.sources(packages.checked(folder, errors=None)))))
    assert len(said) == 1


# ── one street after the other ───────────────────────────────────────────────────────────────────


def test_a_large_package_is_parted_by_street_and_nothing_is_lost(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    source, whole = made.source, document(made.source)
    monkeypatch.setattr(finder, "LARGE", 29)
    index = document(source)
    parts = {code: document(source, code) for code, _ in index["parts"]}

    assert set(parts) == {"990001001", "990001002"}
    assert index["grids"]["code"] == []
    assert (index["areas"], index["sounds"]) == (whole["areas"], whole["sounds"])
    for name in ("grids", "branches"):
        rows = [row for part in (index, *parts.values()) for row in zip(part[name]["code"], part[name]["name"],
                part[name]["area"], strict=True)]  # fmt: skip
        assert sorted(rows) == sorted(zip(whole[name]["code"], whole[name]["name"], whole[name]["area"], strict=True))


def test_a_street_knows_every_character_of_its_names_and_words(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finder, "LARGE", 29)
    for code, known in document(made.source)["parts"]:
        signs = known.partition(" ")[0]
        part = document(made.source, code)
        names = "".join(cell for name in ("grids", "branches") for cells in
                        (part[name]["name"], *(c for _, is_phone, c in part[name]["words"] if not is_phone))
                        for cell in cells)  # fmt: skip
        assert {sign for sign in names if sign >= "\u2e80"} == set(signs)


def test_how_many_branches_there_are_counts_as_well(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    units = len(made.source.edition.tree.areas_of) + len(made.source.guide.branch_parent)
    monkeypatch.setattr(finder, "MOST", units)
    assert document(made.source)["parts"] == []
    monkeypatch.setattr(finder, "MOST", units - 1)
    assert len(document(made.source)["parts"]) == 2


# ── lists ────────────────────────────────────────────────────────────────────────────────────────


def listed(pages_of: list[FindListPage]) -> list[str]:
    return [row.link.path for page in pages_of for group in page.groups for row in group.rows]


def test_every_grid_is_in_the_list_of_its_street_once(made: Made) -> None:
    lists = of(made, FindListPage)
    for street in only(made, FindPage).streets:
        grids = made.source.streets.grids[street.link.path.split("/")[1]]
        assert sorted(listed([lists[street.link.path]])) == [f"grid/{code}/" for code in grids]
        assert street.grid_count == len(grids)
    assert sum(street.grid_count for street in only(made, FindPage).streets) == packages.PLAN.grids


def test_a_long_list_goes_on_on_further_pages(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    source = made.source
    once = sorted(listed(list(of(made, FindListPage).values())))
    monkeypatch.setattr(find, "LONGEST", 4)
    keys = [key for key in pages.plan(source) if key.kind in ("find_list", "find_rest")]
    made_now = [pages.made(source, key).context for key in keys]
    lists = [page for page in made_now if isinstance(page, FindListPage)]

    assert len(lists) == len({page.head.path for page in lists}) > 4
    assert sorted(listed(lists)) == once
    assert max(len(listed([page])) for page in lists) <= 4
    for page in lists:
        assert [part.path for part in page.parts].count("") == 1
        assert {part.path for part in page.parts} - {""} <= {other.head.path for other in lists}
        letters = [group.letter for group in page.groups]
        assert letters == sorted(letters, key=lambda letter: letter.replace("#", "~"))
