"""What comes first for what is typed, in the script that readers run, over the document that a package gives."""

from __future__ import annotations

import gzip
import json
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from builder import pages
from builder.pages import Sources
from tests import packages
from tests.browser.conftest import ROOT
from tests.browser.plain_server import served
from tests.sharing import by_day

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

SCRIPT = ROOT / "templates/theme/assets/javascripts/search.js"
WORDS = {"searching": "…", "none": "nothing", "count": "{count} found", "more": "more", "prose": "Texts",
         "prose-more": "texts too", "reason": "{name}: {text}", "failed": "failed"}  # fmt: skip
FORM = '<form data-mingge-find action="find/"><input name="q"><button type="submit">go</button></form>'

AREAS = """area_id,name,level,parent_id
990001,演示区,district,
990001001,城南街道,street,990001
990001002,盐河镇,street,990001
990001001001,柴米居委会,community,990001001
990001001002,城南居委会,community,990001001
990001002001,王庄村委会,community,990001002
"""
GRIDS = [
    "990001001001001,柴米第一网格,990001001001,东至白露河、南至晨曦巷,郑红斌,马建,0517-83901234,米市,柴米新村;河畔花园",
    "990001001002001,城南第一网格,990001001002,南至样本街、北至重庆路,沈芳,何英清,0517-83905678,,",
    "990001001002002,城南第二网格,990001001002,南至样本街、北至栖霞巷,张军平,李文莉,0517-83905679,,晨曦公寓",
    "990001002001001,王庄第一网格,990001002001,东至西安路、南至O'Brien Road,<b>粗</b>,钱长乐,0517-83900001,,",
    '990001002001002,"<img src=x onerror=alert(1)>",990001002001,,$& {text},,,,',
    "990001002001003,LA-32 Élan,990001002001,,,,,,",
]
BRANCHES = [
    "B00000001,城南街道党委,党委,,沈海燕,0517-83900999", "B00000002,柴米社区第一党支部,党支部,B00000001,孙立,",
    "B00000003,城南社区党支部,党支部,B00000001,周明,", "B00000004,王庄村党支部,党支部,,吴红,",
]  # fmt: skip
TERMS = [
    "B00000002,990001001001001", "B00000003,990001001002001", "B00000003,990001001002002", "B00000004,990001002001001",
]  # fmt: skip
FIRST, SECOND, THIRD, FOURTH, HOSTILE, LATIN = (f"grid/{row[:15]}/" for row in GRIDS)
STREET = "area/990001001/"

# typed → what is found first, and by what, as the reader is told
CASES: Sequence[tuple[str, str, str]] = (
    ("柴米第一网格", FIRST, ""),
    ("柴米", FIRST, ""),
    ("城南街道", STREET, ""),
    ("城南", STREET, ""),
    ("柴米居委会", "area/990001001001/", ""),
    ("城南第", SECOND, ""),
    ("演示区", "area/990001/", ""),
    ("米市", FIRST, "aliases: 米市"),
    ("河畔花园", FIRST, "estates: 河畔花园"),
    ("河畔花园12栋3单元", FIRST, "estates: 河畔花园"),
    ("晨曦巷", FIRST, "四至范围: 南至晨曦巷"),
    ("晨曦巷12号", FIRST, "四至范围: 南至晨曦巷"),
    ("晨曦巷十二号", FIRST, "四至范围: 南至晨曦巷"),
    ("晨曦巷 １２－３ 号", FIRST, "四至范围: 南至晨曦巷"),
    ("晨曦巷12", FIRST, "四至范围: 南至晨曦巷"),
    ("城南街道样本街3号", SECOND, "四至范围: 南至样本街"),
    ("城南　栖霞", THIRD, "四至范围: 北至栖霞巷"),
    ("西安路", FOURTH, "四至范围: 东至西安路"),
    ("o'brien", FOURTH, "四至范围: 南至O'Brien Road"),
    ("obrien road 12", FOURTH, "四至范围: 南至O'Brien Road"),
    ("12 O’BRIEN road", FOURTH, "四至范围: 南至O'Brien Road"),
    ("郑红斌", FIRST, "网格员: 郑红斌"),
    ("郑洪斌", FIRST, "网格员: 郑红斌"),
    ("马建", FIRST, "网格长: 马建"),
    ("沈海燕", "branch/B00000001/", "书记: 沈海燕"),
    ("柴米社区第一党支部", "branch/B00000002/", ""),
    ("柴米社区", FIRST, "党组织: 柴米社区第一党支部"),
    ("才米", FIRST, ""),
    ("拆迷", FIRST, ""),
    ("chaimi", FIRST, ""),
    ("Chai Mi", FIRST, ""),
    ("cmdywg", FIRST, ""),
    ("chongqinglu", SECOND, "四至范围: 北至重庆路"),
    ("congqinlu", SECOND, "四至范围: 北至重庆路"),
    ("zjp", THIRD, "网格员: 张军平"),
    ("qcl", FOURTH, "网格长: 钱长乐"),
    ("990001001001001", FIRST, "网格编码: 990001001001001"),
    ("９９０００１００１００１００１", FIRST, "网格编码: 990001001001001"),
    ("1001001", FIRST, "网格编码: 990001001001001"),
    ("2001002", HOSTILE, "网格编码: 990001002001002"),
    ("990001001", STREET, "区划代码: 990001001"),
    ("b00000002", "branch/B00000002/", "党组织编码: B00000002"),
    ("051783901234", FIRST, "工作电话: 0517-83901234"),
    ("0517 8390-1234", FIRST, "工作电话: 0517-83901234"),
    ("83905679", THIRD, "工作电话: 0517-83905679"),
    ("5679", THIRD, "工作电话: 0517-83905679"),
    ("0999", "branch/B00000001/", "办公电话: 0517-83900999"),
    ("<img", HOSTILE, ""),
    ("$& {text}", HOSTILE, "网格员: $& {text}"),
    ("la32", LATIN, ""),
    ("LA 32 elan", LATIN, ""),
    ("elan", LATIN, ""),
    ("龘靐齉", "", ""),
    ("....", "", ""),
)


def sources(folder: Path) -> Sources:
    """Return what the pages of the package above are made from."""
    tables = {
        "area": AREAS,
        "grid": packages.csv("grid_id,name,area_id,extent,worker,leader,work_phone,aliases,estates", GRIDS),
        "branch": packages.csv("branch_id,name,kind,parent_id,secretary,office_phone", BRANCHES),
        "branch_grid": packages.csv(
            "branch_id,grid_id,role,from_date,to_date", [f"{term},主责,2020-01-01," for term in TERMS]
        ),
    }
    package = packages.write_package(folder, tables)
    path = package / "schemas/grid.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    schema["fields"] += [
        {"name": name, "type": "string", "title": name, "description": name, "publish": "public"}
        for name in ("aliases", "estates")
    ]
    packages.write_json(path, schema)
    return packages.sources(packages.checked(package, errors=None))


def written(folder: Path, documents: Mapping[str, Any]) -> Path:
    """Write a site of one page with a form and the dialog, the script, and the documents that it asks for."""
    words = " ".join(f'data-{name}="{text}"' for name, text in WORDS.items())
    head = '<meta charset="utf-8"><link rel="stylesheet" href="find.css"><style>html { font-size: 20px }</style>'
    page = f'<!doctype html>{head}<main>{FORM}</main><a href="find/" data-mingge-search>find</a>' + (
        f'<dialog id="mingge-search" {words}>{FORM}</dialog><script src="assets/javascripts/search.js"></script>'
    )
    (folder / "assets/javascripts").mkdir(parents=True)
    (folder / "index.html").write_text(page, encoding="utf-8")
    shutil.copy(ROOT / "templates/theme/assets/stylesheets/find.css", folder / "find.css")
    shutil.copy(SCRIPT, folder / "assets/javascripts/search.js")
    for path, document in documents.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        packages.write_json(folder / path, document)
    return folder


def documents(source: Sources) -> dict[str, Any]:
    """Return path → document of everything the finder may ask for."""
    keys = [key for key in pages.plan(source) if key.kind in ("find", "find_list")]
    made = ((key, pages.made(source, key)) for key in keys)
    return {f"{page.context.head.path}data.json": page.document for _, page in made if page.document}


@pytest.fixture(scope="module")
def page(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    folder = tmp_path_factory.mktemp("finder")
    with served(written(folder / "site", documents(sources(folder / "package")))) as address:
        page = browser.new_page(viewport={"width": 360, "height": 740})
        page.goto(address)
        yield page
        page.close()


def search(page: Page, typed: str) -> list[list[str]]:
    """Return address and lines of each result of the page's form."""
    page.evaluate("document.querySelector('main [role=status]').textContent = ''")
    page.fill("main input", typed)
    page.press("main input", "Enter")
    page.locator("main [role=status]", has_text=re.compile("found|nothing|failed")).wait_for()
    rows = page.locator("main .mingge-find li a").all()
    root = page.url.partition("?")[0]
    return [
        [str(row.get_attribute("href")).removeprefix(root), *row.inner_text().split("\n")] for row in rows
    ]


@pytest.mark.parametrize(("typed", "path", "reason"), by_day(CASES, 3), ids=[typed for typed, *_ in CASES])
def test_what_comes_first(page: Page, typed: str, path: str, reason: str) -> None:
    found = search(page, typed)
    if not path:
        assert found == []
        return
    assert found[0][0] == path
    assert [line for line in found[0] if ": " in line] == ([reason] if reason else [])


def test_grids_come_before_branches_and_these_before_areas(page: Page) -> None:
    kinds = [path.partition("/")[0] for path, *_ in search(page, "柴米")]
    assert kinds == ["grid", "branch", "area"]
    assert [path.partition("/")[0] for path, *_ in search(page, "城南街道")][:2] == ["area", "grid"]


def test_a_result_names_street_and_community(page: Page) -> None:
    assert search(page, "柴米第一网格")[0][1:] == ["柴米第一网格", "城南街道 › 柴米居委会"]


def test_what_the_data_says_is_text_and_never_markup(page: Page) -> None:
    assert search(page, "<img")[0][1] == "<img src=x onerror=alert(1)>"
    assert page.locator(".mingge-find img, .mingge-find b").count() == 0


def test_arrows_lead_from_the_box_through_the_results_and_back(page: Page) -> None:
    search(page, "城南")
    focused = "document.activeElement.textContent"
    first = page.evaluate(focused)
    assert first.startswith("城南街道")
    page.keyboard.press("ArrowDown")
    assert page.evaluate(focused).startswith("城南第一网格")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.name") == "q"


def test_a_target_is_large_enough_for_a_thumb(page: Page) -> None:
    search(page, "城南")
    sizes = [row.bounding_box() for row in page.locator("main .mingge-find li a").all()]
    assert min(size["height"] for size in sizes if size) >= 44


def test_letters_that_an_input_method_still_composes_are_not_looked_for(page: Page) -> None:
    search(page, "柴米")
    page.evaluate("""() => {
      const input = document.querySelector("main input");
      input.value = "cheng";
      input.dispatchEvent(new InputEvent("input", { isComposing: true }));
    }""")
    page.wait_for_timeout(400)
    assert page.locator("main li a").first.inner_text().startswith("柴米第一网格")
    page.evaluate("""() => {
      const input = document.querySelector("main input");
      input.value = "城南";
      input.dispatchEvent(new CompositionEvent("compositionend"));
    }""")
    page.locator("main li a", has_text="城南街道").first.wait_for(timeout=5_000)


def test_what_another_script_found_is_shown_in_the_same_list(page: Page) -> None:
    page.goto(page.url)  # what was typed before may still be looked for
    page.evaluate("""() => document.dispatchEvent(new CustomEvent("mingge:found", { detail: [
      { label: "<i>近</i>", path: "grid/1/", note: "120 m" }] }))""")
    row = page.locator("main .mingge-find li a")
    assert row.inner_text().split("\n") == ["<i>近</i>", "120 m"]
    assert row.get_attribute("href") == f"{page.url}grid/1/"
    assert page.locator("main [role=status]").inner_text() == "1 found"


def test_words_in_the_address_are_looked_for(page: Page) -> None:
    root = page.url
    page.goto(f"{root}?q=%E6%99%A8%E6%9B%A6%E5%B7%B712%E5%8F%B7")
    page.locator("main li a").first.wait_for()
    assert page.input_value("main input") == "晨曦巷12号"
    page.goto(root)


def test_the_dialog_looks_through_the_same(page: Page) -> None:
    page.click("[data-mingge-search]")
    page.keyboard.type("zhenghongbin")
    page.locator("dialog li a").first.wait_for()
    assert page.locator("dialog li a").first.inner_text().split("\n")[-1] == "网格员: 郑红斌"
    page.keyboard.press("Escape")
    assert page.locator("dialog").is_hidden()


def test_a_document_that_cannot_be_loaded_is_told(browser: Browser, tmp_path: Path) -> None:
    with served(written(tmp_path / "site", {})) as address:
        page = browser.new_page()
        page.goto(address)
        assert search(page, "柴米") == []
        page.locator("main [role=status]", has_text="failed").wait_for()
        page.close()


# ── a package that is parted by street ───────────────────────────────────────────────────────────

STREETS, COMMUNITIES, IN_EACH = 20, 5, 25
SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许", "安柏岑岱恩帆戈禾嘉凯岚明宁佩琪荣舒涛薇轩"
ROADS = "晨曦栖霞问渠听竹惊蛰春禾谷雨白露秋穗云帆星桥暮雨青荷小满白榆样本"


def large(folder: Path) -> Sources:
    """Return what the pages of 2,500 grids, each with its branch, are made from."""
    areas, grids, branches, terms = ["990001,演示区,district,"], [], [], []
    for street in range(STREETS):
        road = ROADS[street : street + 2]
        areas.append(f"990001{street + 1:03},{road}街道,street,990001")
        for community in range(COMMUNITIES):
            code = f"990001{street + 1:03}{community + 1:03}"
            name = f"{road}{GIVEN[community]}"
            areas.append(f"{code},{name}社区居委会,community,990001{street + 1:03}")
            for number in range(IN_EACH):
                place = (street * COMMUNITIES + community) * IN_EACH + number
                grid = f"{code}{number + 1:03}"
                people = [
                    SURNAMES[(place * k) % 20] + GIVEN[(place // 20 + k) % 20] + GIVEN[(place // 400 + k * place) % 20]
                    for k in (1, 3, 7)
                ]
                roads = "、".join(f"{side}至{ROADS[(place * k) % 30]}{ROADS[(place + k) % 30]}路"
                                 for k, side in enumerate("东南西北", 1))  # fmt: skip
                phone = f"0517-83{place:06}"
                grids.append(",".join((grid, f"{name}第{number + 1}网格", code, roads, *people[:2], phone)))
                branches.append(f"B{place:08},{name}社区第{number + 1}党支部,党支部,,{people[2]},0517-84{place:06}")
                terms.append(f"B{place:08},{grid},主责,2020-01-01,")
    tables = {
        "area": packages.csv("area_id,name,level,parent_id", areas),
        "grid": packages.csv("grid_id,name,area_id,extent,worker,leader,work_phone", grids),
        "branch": packages.csv("branch_id,name,kind,parent_id,secretary,office_phone", branches),
        "branch_grid": packages.csv("branch_id,grid_id,role,from_date,to_date", terms),
    }
    return packages.sources(packages.checked(packages.write_package(folder, tables), errors=None))


@pytest.mark.nightly
def test_the_first_search_of_2500_grids_is_small_and_finds_what_a_whole_document_would(
    browser: Browser, tmp_path: Path
) -> None:
    found = documents(large(tmp_path / "package"))
    assert len(found["find/data.json"]["parts"]) == STREETS
    packed = {path: len(gzip.compress(json.dumps(document, ensure_ascii=False).encode(), mtime=0))
              for path, document in found.items()}  # fmt: skip
    with served(written(tmp_path / "site", found)) as address:
        row = dict(zip(("code", "name"), (found["find/990001007/data.json"]["grids"][name][60]
                                          for name in ("code", "name")), strict=True))  # fmt: skip
        phone = found["find/990001007/data.json"]["grids"]["words"][-2][2][60]
        asked: dict[str, int] = {}
        for typed in (row["name"], row["code"], "雨白街道", phone, "yubai", "wenqu", "赵安安"):
            page = browser.new_page()
            loaded: list[str] = []
            page.on("response", lambda answer: loaded.append(answer.url.removeprefix(address)))  # noqa: B023
            page.goto(address)
            page.fill("main input", typed)
            page.press("main input", "Enter")
            page.locator("main [role=status]", has_text="found").wait_for()
            page.wait_for_timeout(300)
            if typed in row.values() or typed == phone:
                link = page.locator("main li a").first.get_attribute("href")
                assert link == f"{address}grid/{row['code']}/"
            asked[typed] = len(gzip.compress(SCRIPT.read_bytes())) + sum(packed.get(path, 0) for path in loaded)
            page.close()
    assert {typed: size for typed, size in asked.items() if size > 150_000} == {}
    assert max(asked[row["name"]], asked[row["code"]]) < 75_000, asked
