"""The page on which readers check the site, in a real browser: it finds what verify.py does, and loads nothing else."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import pytest

from builder.log import LOG, Asked, SigningKey, growing, run
from tests.browser.plain_server import served
from tests.browser.web_server import nginx
from tests.log import made, test_key_attacks
from tests.log.test_attacks import entries, signed_anew
from tests.log.test_handovers import NEW, OLD

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.browser

PARTS = ("verify", "assets", "data/grid.csv", "index.html", "404.html", "headers.json")
"""What of a site the page needs to be shown, and some files to be checked."""

NO_ED25519 = """const importKey = crypto.subtle.importKey.bind(crypto.subtle);
crypto.subtle.importKey = (format, key, algorithm, ...rest) => algorithm.name === "Ed25519"
  ? Promise.reject(new DOMException("", "NotSupportedError")) : importKey(format, key, algorithm, ...rest);"""
"""A browser of 2024."""

NOT_SECURE = "Object.defineProperty(crypto, 'subtle', { value: undefined });"


class Published(NamedTuple):
    """A site published three times, and its address."""

    target: Path
    root: Path
    address: str


@pytest.fixture
def bare(site: Path, tmp_path: Path) -> Path:
    """Parts of a site, as they were built."""
    return parts(site, tmp_path / "bare")


def parts(site: Path, folder: Path) -> Path:
    for part in PARTS:
        if (folder / part).exists():
            continue
        (folder / part).parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if (site / part).is_dir() else shutil.copy)(site / part, folder / part)
    return folder


@pytest.fixture(scope="module")
def thrice(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Parts of a site, published on three days: copy it, do not touch."""
    folder = tmp_path_factory.mktemp("thrice")
    for day in (29, 30, 31):
        contents = made.contents(parts(site, folder / "bare"))
        made.published(folder / "target", {**contents, "day": str(day).encode()}, f"2026-10-{day}")
    return folder / "target"


@pytest.fixture
def published(thrice: Path, tmp_path: Path) -> Iterator[Published]:
    target = Path(shutil.copytree(thrice, tmp_path / "target", symlinks=True))
    with served(tmp_path) as address:
        yield Published(target, made.web(target, tmp_path / "web"), f"{address}web/")


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context()
    yield context
    context.close()


def visited(context: BrowserContext, address: str) -> Page:
    """Return the page when it has said what there is to say; no script failed, nothing broke the policy."""
    page = context.new_page()
    broken: list[str] = []
    page.on("pageerror", lambda error: broken.append(str(error)))
    page.on("console", lambda told: broken.append(told.text) if "Content Security Policy" in told.text else None)
    page.goto(f"{address}verify/")
    page.wait_for_selector("#mingge-verify li")
    page.wait_for_load_state("networkidle")
    assert broken == []
    return page


def said(page: Page) -> list[str]:
    return [text.replace("\n", " ") for text in page.locator("#mingge-verify li").all_inner_texts()]


def wrong(page: Page) -> list[str]:
    return [text.removeprefix("不符").strip() for text in said(page) if text.startswith("不符")]


def test_a_site_that_is_right_is_said_to_be_so(published: Published, context: BrowserContext) -> None:
    page = visited(context, published.address)
    last = (published.target / "current").resolve().name
    assert [line.split()[0] for line in said(page)] == ["说明", "通过", "通过", "说明", "通过", "说明"]
    assert f"本次发布 {last} 是日志 3 条中的第 3 条" in said(page)[4]
    assert str(made.KEY.verifier) in said(page)[1]
    assert "核验通过不等于数据真实" in said(page)[5]


@pytest.mark.nightly  # by day, what of them is wrong is named
def test_all_files_are_checked_when_the_reader_asks(published: Published, context: BrowserContext) -> None:
    page = visited(context, published.address)
    count = len(made.contents((published.target / "current").resolve())) - 1
    page.click("#mingge-verify button[type=button]")
    page.wait_for_selector(f"#mingge-verify li:has-text('{count} 个文件的大小和 SHA-256 都与发布清单一致')")
    assert wrong(page) == []


def test_a_changed_and_a_missing_file_are_named(published: Published, context: BrowserContext) -> None:
    (published.target / "current" / "day").write_bytes(b"30")
    (published.target / "current" / "data" / "grid.csv").unlink()
    page = visited(context, published.address)
    page.click("#mingge-verify button[type=button]")
    page.wait_for_selector("#mingge-verify button[type=button]", state="hidden")
    assert sorted(wrong(page)) == ["day 的 SHA-256 与发布清单不符", "缺少 data/grid.csv"]


@pytest.mark.nightly
def test_an_old_browser_computes_signatures_with_a_library(published: Published, context: BrowserContext) -> None:
    context.add_init_script(NO_ED25519)
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page = visited(context, published.address)
    assert wrong(page) == []
    assert f"{published.address}verify/noble-ed25519.js" in asked
    assert [url for url in asked if not url.startswith(published.address)] == []

    note = published.target / "log" / "checkpoint"
    note.write_bytes(note.read_bytes().replace(b"\n3\n", b"\n2\n"))
    assert wrong(visited(context, published.address)) == ["log/checkpoint 的签名是假的"]


@pytest.mark.nightly
def test_a_browser_that_knows_signatures_loads_no_library(published: Published, context: BrowserContext) -> None:
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    visited(context, published.address)
    assert [url for url in asked if "noble" in url] == []


def test_without_a_log_the_page_says_so_kindly(bare: Path, context: BrowserContext) -> None:
    with served(bare) as address:
        page = visited(context, address)
        assert said(page) == ["说明 本站还没有公开日志，现在没有可核验的内容。下次发布时开始有。"]


@pytest.mark.nightly
def test_without_https_the_page_leads_to_the_program(published: Published, context: BrowserContext) -> None:
    context.add_init_script(NOT_SECURE)
    assert said(visited(context, published.address)) == [
        "说明 本页不是通过 https 打开的，浏览器不提供计算功能。请改用 verify.py。"
    ]


def test_without_script_the_page_explains_the_program(browser: Browser, published: Published) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{published.address}verify/")
    text = page.locator("article").inner_text()
    assert "这个浏览器没有运行脚本" in text
    assert "python3 verify.py https://mingge.example/ --known known.json" in text
    assert "不能证明数据真实" in text
    with page.expect_download() as download:
        page.click("text=verify.py >> nth=0")
    assert download.value.suggested_filename == "verify.py"
    context.close()


def dropped(target: Path) -> None:
    signed_anew(target, entries(target)[:-1])


def rewritten(target: Path) -> None:
    signed_anew(target, [made.leaf(0).entry(), *entries(target)[1:]])


def other_key(target: Path) -> None:
    signed_anew(target, entries(target), SigningKey(made.ORIGIN, LOG, bytes(32)))


def other_log(target: Path) -> None:
    growing.write(target / "elsewhere", entries(target), SigningKey("other.example/log", LOG, bytes(32)))
    shutil.copy(target / "elsewhere" / "checkpoint", target / "log" / "checkpoint")


def tampered(path: str, content: bytes) -> Callable[[Path], object]:
    return lambda target: (target / path).write_bytes(content)


def rewritten_unsigned(target: Path) -> None:
    note = made.checkpoint(target)
    signed_anew(target, [made.leaf(number).entry() for number in range(3)])
    (target / "log" / "checkpoint").write_bytes(note)


def vanished(target: Path) -> None:
    shutil.rmtree(target / "log")
    (target / "current" / "release.json").unlink()


def at_night(attack: Callable[[Path], object], first: str, again: str) -> Any:
    """Return an attack that the page notices in the same comparison as one of those by day."""
    return pytest.param(attack, first, again, marks=pytest.mark.nightly)


@pytest.mark.parametrize(
    ("attack", "first", "again"),
    [
        (dropped, "日志里没有本次发布", "日志现有 2 条，您以前看到时已有 3 条"),
        at_night(rewritten, "日志第 2 条不合规定", "日志第 2 条不合规定"),
        at_night(rewritten_unsigned, "log/checkpoint 与签名的树不符", "log/checkpoint 与签名的树不符"),
        at_night(other_key, "", "公钥变了"),
        at_night(other_log, "log/checkpoint 属于另一个日志：other.example/log", "log/checkpoint 属于另一个日志"),
        at_night(tampered("log/tile/0/000.p/3", bytes(96)), "log/tile/0/000.p/3 与签名的树不符", "与签名的树不符"),
        at_night(
            tampered("log/tile/entries/000.p/3", bytes(5)), "log/tile/entries/000.p/3 与签名的树不符", "与签名的树不符"
        ),
        (tampered("current/release.json", b"{}"), "release.json 不是这种格式的发布清单", "不是这种格式"),
        at_night(tampered("log/checkpoint", b"x"), "log/checkpoint 不是签名文本", "不是签名文本"),
        (vanished, "", "缺少 "),
    ],
)
def test_an_attack_is_noticed_by_the_browser_that_came_before(
    browser: Browser, published: Published, attack: Callable[[Path], object], first: str, again: str
) -> None:
    before, new = browser.new_context(), browser.new_context()
    assert wrong(visited(before, published.address)) == []
    attack(published.target)

    found = "".join(wrong(visited(new, published.address)))
    assert (first in found) if first else not found, found
    assert any(again in line for line in wrong(visited(before, published.address)))
    before.close()
    new.close()


@pytest.mark.nightly
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_what_was_said(
    browser: Browser, published: Published, scheme: Literal["light", "dark"]
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    context = browser.new_context(viewport={"width": 360, "height": 740}, color_scheme=scheme)
    (published.target / "current" / "day").write_bytes(b"30")
    page = visited(context, published.address)
    page.click("#mingge-verify button[type=button]")
    page.wait_for_selector("#mingge-verify button[type=button]", state="hidden")
    violations = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    context.close()
    assert [(item["id"], [node["html"] for node in item["nodes"]]) for item in violations] == []


@pytest.mark.nightly  # by day, tests/browser/test_server.py sends these headers
def test_nginx_with_our_settings_serves_all_that_is_needed(
    published: Published, context: BrowserContext, tmp_path: Path
) -> None:
    (tmp_path / "nginx").mkdir()
    with nginx(published.root, tmp_path / "nginx") as address:
        page = visited(context, address)
        assert wrong(page) == []
        page.click("#mingge-verify button[type=button]")
        page.wait_for_selector("#mingge-verify button[type=button]", state="hidden")
        assert wrong(page) == []
        lines: list[str] = []
        assert run(Asked(address, is_chinese=False), lines.append) == 0, lines


@pytest.mark.nightly
def test_a_key_from_elsewhere_is_held_against_the_site_s(published: Published, context: BrowserContext) -> None:
    other_key(published.target)
    page = visited(context, published.address)
    assert wrong(page) == []
    page.fill("#mingge-verify-key", str(made.KEY.verifier))
    page.click("#mingge-verify button[type=submit]")
    page.wait_for_selector("#mingge-verify li:has-text('公钥变了')")


def released(published: Published, day: str, *keys: SigningKey) -> None:
    """Publish the same files as of another day."""
    files = made.contents((published.target / "current").resolve())
    made.published(published.target, {name: files[name] for name in files if name != "release.json"}, day, *keys)
    shutil.rmtree(published.root)
    made.web(published.target, published.root)


@pytest.mark.nightly
def test_a_log_that_grew_is_said_to_have_grown(published: Published, context: BrowserContext) -> None:
    visited(context, published.address)
    released(published, "2026-11-01")
    page = visited(context, published.address)
    assert wrong(page) == []
    assert "与这个浏览器以前看到的 1 个检查点比对：日志只增加，没有改写" in " ".join(said(page))


def test_a_browser_follows_a_key_that_its_own_has_signed_for(browser: Browser, published: Published) -> None:
    often, seldom, new = (browser.new_context() for _ in range(3))
    for context in (often, seldom):
        assert wrong(visited(context, published.address)) == []
    replaced = f"公钥已更换：原公钥 {OLD.verifier} 签名确认由 {NEW.verifier} 接替"
    for day, keys in (("2026-11-01", (OLD, NEW)), ("2026-11-02", (NEW,))):
        released(published, day, *keys)
        page = visited(often, published.address)
        assert wrong(page) == []
        assert (replaced in " ".join(said(page))) == (len(keys) == 2)
        assert str(NEW.verifier) in " ".join(said(page))

    # who was away meanwhile, and who comes for the first time with the old key on paper
    for _ in range(2):
        assert wrong(visited(seldom, published.address)) == []
    page = visited(new, published.address)
    page.fill("#mingge-verify-key", str(OLD.verifier))
    page.click("#mingge-verify button[type=submit]")
    page.wait_for_selector(f"#mingge-verify li:has-text('{replaced}')")
    assert wrong(page) == []
    for context in (often, seldom, new):
        context.close()


CHANGED, UNLIKE, REPLACED = "而且原公钥没有签名确认更换", "与这个浏览器以前看到的公钥更换记录对不上", "已经更换掉的公钥"
NO_LIST = "不是公钥更换记录"


@pytest.mark.parametrize(
    ("attack", "late", "again"),
    [
        (test_key_attacks.old_key_in_secret, REPLACED, REPLACED),
        # the others are the same for verify.py, which is tried every time
        pytest.param(test_key_attacks.signature_added, CHANGED, CHANGED, marks=pytest.mark.nightly),
        pytest.param(test_key_attacks.old_key_elsewhere, "", UNLIKE, marks=pytest.mark.nightly),
        pytest.param(test_key_attacks.without_the_old_key, CHANGED, UNLIKE, marks=pytest.mark.nightly),
        pytest.param(test_key_attacks.handover_forged, "没有", "没有", marks=pytest.mark.nightly),
        pytest.param(test_key_attacks.signature_moved, "签名是假的", UNLIKE, marks=pytest.mark.nightly),
        pytest.param(test_key_attacks.old_key_alone, "", UNLIKE, marks=pytest.mark.nightly),
        pytest.param(test_key_attacks.old_key_again, NO_LIST, NO_LIST, marks=pytest.mark.nightly),
        pytest.param(test_key_attacks.handovers_hidden, CHANGED, UNLIKE, marks=pytest.mark.nightly),
        pytest.param(test_key_attacks.rewritten_on_the_way, "历史", UNLIKE, marks=pytest.mark.nightly),
    ],
)
def test_an_attack_with_keys_is_noticed_by_the_browser_that_came_before(
    browser: Browser, published: Published, attack: Callable[[Path], object], late: str, again: str
) -> None:
    contexts = [browser.new_context() for _ in range(2)]
    assert wrong(visited(contexts[0], published.address)) == []
    for day, keys in (("2026-11-01", (OLD, NEW)), ("2026-11-02", (NEW,))):
        released(published, day, *keys)
    assert wrong(visited(contexts[1], published.address)) == []
    attack(published.target)

    for context, reason in zip(contexts, (late, again), strict=True):
        # the attacks add a release to the log and leave the files that are shown: that is told besides
        found = [line for line in wrong(visited(context, published.address)) if "日志最后一条却是" not in line]
        assert [reason in line for line in found] == ([True] if reason else []), found
        context.close()
