"""The desk in a browser: a file is dropped, mended, previewed, saved and undone, and nothing leaves the machine."""

from __future__ import annotations

import base64
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.accessibility.engines import AXE, AXE_RUN, require
from tests.browser.accessibility.walking import prepare, walked
from tests.console import ROOT
from tests.desk.opened import Opened, git, opened, repository

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.browser

DROP = """([names, texts]) => {
  const held = new DataTransfer();
  names.forEach((name, n) => held.items.add(new File([Uint8Array.from(atob(texts[n]), c => c.charCodeAt(0))], name)));
  const form = document.querySelector("[data-drop]");
  for (const kind of ["dragenter", "dragover", "drop"]) {
    form.dispatchEvent(new DragEvent(kind, {bubbles: true, cancelable: true, dataTransfer: held}));
  }
}"""
LONG = 120_000
"""Milliseconds until a desk has looked at a package, or built a site, on a machine that is busy."""

CLICK = "document.querySelectorAll('details').forEach(fold => fold.open = true)"


@pytest.fixture(scope="module")
def package(public_package: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return repository(Path(shutil.copytree(public_package, tmp_path_factory.mktemp("desk") / "package")))


@pytest.fixture(scope="module")
def desk(package: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    folder = tmp_path_factory.mktemp("opened")
    options = ("--config", str(ROOT / "mkdocs.yml"), "--cache", str(folder / "cache"))
    with opened(package, folder, *options) as found:
        yield found


@pytest.fixture(scope="module")
def context(browser: Browser, desk: Opened) -> Iterator[BrowserContext]:
    """A browser that was let in, and whose every request is to the desk."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    outside: list[str] = []
    ours = f"http://127.0.0.1:{desk.port}/"
    context.on("request", lambda request: None if request.url.startswith(ours) else outside.append(request.url))
    page = context.new_page()
    enter(page, desk)
    page.close()
    yield context
    context.close()
    assert outside == []


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    page.close()
    assert said == []


def enter(page: Page, desk: Opened) -> str:
    page.goto(desk.address)
    page.wait_for_url(lambda url: "/enter/" not in url)
    page.locator("dl").wait_for(timeout=LONG)
    return page.url


def home(page: Page, context: BrowserContext, desk: Opened) -> None:
    """Go to the first page with the cookie that is there already."""
    cookie = context.cookies()[0]
    page.goto(f"http://127.0.0.1:{desk.port}{cookie['path']}")
    page.locator("dl").wait_for(timeout=LONG)


def drop(page: Page, **files: bytes) -> None:
    page.locator("[data-hint]").wait_for()  # the script says so when it is there
    names = [name.replace("_csv", ".csv") for name in files]
    page.evaluate(DROP, [names, [base64.b64encode(data).decode() for data in files.values()]])
    page.wait_for_url("**/trial/*/", timeout=LONG)
    page.locator("[data-result]").wait_for(timeout=LONG)


def changed(package: Path) -> bytes:
    """Return a file of grids as a clerk may hand it in: one cell is new, another is written as Excel writes it."""
    lines = (package / "grid.csv").read_text(encoding="utf-8").splitlines()
    header, first = lines[0].replace('"', "").split(","), lines[1].split(",")
    first[header.index("household_count")] = "４９９"
    date = first[header.index("opened_date")].strip('"')
    year, month, day = date.split("-")
    first[header.index("opened_date")] = f"{year}/{int(month)}/{int(day)}"
    return "\r\n".join([lines[0], ",".join(first), *lines[2:], ""]).encode("gb18030")


def test_a_file_is_dropped_mended_previewed_saved_committed_and_undone(
    page: Page, context: BrowserContext, desk: Opened, package: Path
) -> None:
    before, head = (package / "grid.csv").read_bytes(), git(package, "rev-parse", "HEAD")
    (package / "notes.txt").write_text("staged\n", encoding="utf-8")
    git(package, "add", "notes.txt")
    home(page, context, desk)
    drop(page, **{"网格(1).csv": changed(package)})
    assert page.locator("[data-result] h2").inner_text() == "These files can be saved"
    page.locator("#result:focus").wait_for(timeout=5000)  # where a screen reader goes on
    assert "0 rows new, 0 gone, 1 changed, 2 as before" in page.locator("fieldset").inner_text()
    assert (package / "grid.csv").read_bytes() == before

    page.evaluate(CLICK)
    assert "“４９９” becomes “499”" in page.locator("fieldset").inner_text()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the mended CSV").click()
    assert download.value.suggested_filename == "grid.csv"
    mended = Path(download.value.path()).read_bytes()
    assert (b"499" in mended, mended.count(b"\r"), mended.decode().count("２")) == (True, 0, 0)

    page.get_by_role("button", name="Build the preview").click()
    page.get_by_role("button", name="Open the page").wait_for(timeout=LONG)
    with context.expect_page() as shown:
        page.get_by_role("button", name="Open the page").click()
    preview = shown.value
    preview.wait_for_load_state()
    assert "/preview/" in preview.url
    assert preview.url.endswith("/grid/990001001001001/")
    assert "499" in preview.locator("main").inner_text()
    preview.close()

    page.get_by_label("Message of the record of changes").fill("网格：更新户数")
    page.get_by_role("button", name="Save into the package").click()
    page.locator("[data-result]").wait_for()
    assert page.locator("[data-result] h2").inner_text() == "Saved: 网格"
    assert (package / "grid.csv").read_bytes() == mended
    assert git(package, "log", "-1", "--format=%an %s").strip() == "王芳 网格：更新户数"
    assert git(package, "show", "--name-only", "--format=", "HEAD").split() == ["grid.csv"]
    assert git(package, "status", "--porcelain").split("\n") == ["A  notes.txt", ""]

    page.get_by_role("button", name="Undo this save").click()
    page.get_by_role("heading", name="Undone: 网格").wait_for()
    assert (package / "grid.csv").read_bytes() == before
    assert git(package, "rev-parse", "HEAD~2") == head
    assert git(package, "status", "--porcelain").split("\n") == ["A  notes.txt", ""]


@pytest.mark.nightly  # tests/desk says so without a browser
def test_errors_are_told_and_keep_a_file_from_being_saved(
    page: Page, context: BrowserContext, desk: Opened, package: Path
) -> None:
    home(page, context, desk)
    wrong = (package / "grid.csv").read_text(encoding="utf-8").replace("综合", "综和", 1)
    drop(page, grid_csv=wrong.encode())
    assert page.locator("[data-result] h2").inner_text() == "There are errors: nothing can be saved yet"
    assert "“综和”" in page.locator("section.file").first.inner_text()
    assert page.get_by_role("button", name="Save into the package").count() == 0
    with context.expect_page() as shown:
        page.get_by_role("link", name="Open the whole report").click()
    shown.value.wait_for_load_state()
    assert "综和" in shown.value.content()
    shown.value.close()
    page.get_by_role("button", name="Leave these files").click()
    page.locator("dl").wait_for(timeout=LONG)


@pytest.mark.nightly  # tests/desk says so without a browser
def test_two_tabs_do_not_mix(page: Page, context: BrowserContext, desk: Opened, package: Path) -> None:
    home(page, context, desk)
    drop(page, **{"网格.csv": changed(package)})
    other = context.new_page()
    home(other, context, desk)
    other.evaluate(CLICK)
    drop(other, **{"grid.csv": (package / "grid.csv").read_bytes()})
    assert other.locator("h1").inner_text() == "Trying grid.csv"
    page.reload()
    assert page.locator("h1").inner_text() == "Trying 网格.csv"
    assert "1 changed" in page.locator("fieldset").inner_text()
    assert "0 changed" in other.locator("fieldset").inner_text()
    for tab in (page, other):
        tab.get_by_role("button", name="Leave these files").click()
        tab.locator("dl").wait_for(timeout=LONG)
    other.close()


@pytest.mark.nightly
def test_all_of_it_works_without_a_script(browser: Browser, desk: Opened, package: Path, tmp_path: Path) -> None:
    (tmp_path / "grid.csv").write_bytes(changed(package))
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(desk.address)
    page.locator("dl").wait_for(timeout=LONG)
    page.locator("#files").set_input_files(tmp_path / "grid.csv")
    page.get_by_role("button", name="Check these files").click()
    page.get_by_role("heading", name="These files can be saved").wait_for(timeout=LONG)
    page.get_by_role("button", name="Leave these files").click()
    page.locator("dl").wait_for(timeout=LONG)
    context.close()


def test_a_browser_that_was_not_let_in_sees_nothing(browser: Browser, context: BrowserContext, desk: Opened) -> None:
    room = context.cookies()[0]["path"]
    stranger = browser.new_context()
    page = stranger.new_page()
    for path in (room, f"{room}state", "/", "/enter/x"):
        answer = page.goto(f"http://127.0.0.1:{desk.port}{path}")
        assert answer is not None
        assert answer.status == 403
        assert "package" not in page.content()
    stranger.close()


def small_and_narrow(page: Page) -> list[str]:
    prepare(page)
    page.evaluate(CLICK)
    found: list[str] = []
    for script in ("measure.small(16, 14)", "measure.targets(44)", "measure.wider()", "measure.cut()"):
        if said := page.evaluate(script):
            found.append(f"{script}: {said}")
    return found


@pytest.mark.parametrize(
    ("width", "scheme"),
    [(360, "dark"), *(pytest.param(*item, marks=pytest.mark.nightly) for item in
                      ((360, "light"), (1280, "light"), (1280, "dark")))],
)  # fmt: skip
def test_pages_are_accessible_in_light_and_dark_narrow_and_wide(
    browser: Browser, desk: Opened, package: Path, scheme: str, width: int
) -> None:
    require()
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme="dark" if scheme == "dark" else "light"
    )
    page = context.new_page()
    wrong = changed(package).replace("综合".encode("gb18030"), "综和".encode("gb18030"), 1)
    faults: list[str] = []

    def judge(where: str) -> None:
        page.evaluate(CLICK)
        page.evaluate(f"{AXE.read_text(encoding='utf-8')}\n;window.axe = axe;")
        faults.extend(f"{where}: {item['rule']} {item['where']}" for item in page.evaluate(AXE_RUN))
        faults.extend(f"{where}: {said}" for said in small_and_narrow(page))
        faults.extend(f"{where}: {said}" for said in walked(page))

    enter(page, desk)
    judge("first page")
    drop(page, grid_csv=wrong)
    judge("errors")
    page.get_by_role("button", name="Leave these files").click()
    page.locator("dl").wait_for(timeout=LONG)
    drop(page, grid_csv=changed(package))
    judge("fit")
    page.get_by_role("button", name="Leave these files").click()
    context.close()
    assert faults == []
