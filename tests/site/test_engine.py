"""The engine: a command that is run, believed when it succeeds and quoted when it fails."""

from __future__ import annotations

import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest

from builder.errors import ToolError
from builder.model import SiteConfig
from builder.site import command, engine
from tests.site.engines import run

ROOT = Path(__file__).parents[2]
ENGINES = ("mkdocs", "properdocs")


@pytest.fixture
def config(tmp_path: Path) -> SiteConfig:
    path, docs, theme = tmp_path / "mkdocs.yml", tmp_path / "docs", ROOT / "templates" / "theme"
    path.write_text(
        f"INHERIT: {ROOT / 'mkdocs.yml'}\nnav: [{{首页: index.md}}, {{关于: about.md}}]\n", encoding="utf-8"
    )
    docs.mkdir()
    (docs / "index.md").write_text("# 找到我的网格\n", encoding="utf-8")
    (docs / "about.md").write_text("# 关于\n\n[首页](index.md)\n\n## 一\n\n## 二\n", encoding="utf-8")
    command = (sys.executable, "-m", "mkdocs")
    return SiteConfig(path, "en", "试验区", "https://mingge.example/", docs, theme, theme.parent, command)


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("module", ENGINES)
def test_the_same_input_gives_the_same_bytes(config: SiteConfig, tmp_path: Path, module: str) -> None:
    config = replace(config, engine=(sys.executable, "-m", module))
    for name in ("first", "second"):
        run(config, config.docs, tmp_path / name, {}, tmp_path / f"scratch of the {name}")
    assert tree(tmp_path / "first") == tree(tmp_path / "second")


@pytest.mark.parametrize("module", ENGINES)
def test_what_the_site_does_not_use_is_not_published(config: SiteConfig, tmp_path: Path, module: str) -> None:
    config = replace(config, engine=(sys.executable, "-m", module))
    run(config, config.docs, tmp_path / "site", {}, tmp_path / "scratch")
    names = set(tree(tmp_path / "site"))
    assert {"index.html", "about/index.html", "404.html", "assets/stylesheets/theme.css"} <= names
    assert [name for name in names if name.endswith(".map") or "sitemap" in name or "lunr" in name] == []
    assert [name for name in names if name.startswith(("search/", "assets/javascripts/workers/"))] == []


def test_a_handwritten_page_has_notice_search_and_date(config: SiteConfig, tmp_path: Path) -> None:
    extra = {"mingge_demonstration": True, "mingge_as_of": "2026-11-23"}
    run(config, config.docs, tmp_path / "site", {"extra": extra}, tmp_path / "scratch")
    page = (tmp_path / "site/about/index.html").read_text(encoding="utf-8")
    assert '<p class="mingge-notice md-grid"' in page
    assert 'class="mingge-search mingge-icon mingge-icon--search" href="../find/" data-mingge-search>' in page
    assert '<time datetime="2026-11-23">' in page
    assert "md-header" in page


def test_real_data_carries_no_notice(config: SiteConfig, tmp_path: Path) -> None:
    run(config, config.docs, tmp_path / "site", {"extra": {"mingge_demonstration": False}}, tmp_path / "scratch")
    page = (tmp_path / "site/about/index.html").read_text(encoding="utf-8")
    assert "mingge-notice" not in page
    assert "md-banner" not in page


def test_every_word_of_the_theme_is_translated(config: SiteConfig, tmp_path: Path) -> None:
    words = {name: f"<{name}>" for name in engine.WORDS}
    days = {"mingge_as_of": "2026-11-23", "mingge_updated": "2026-11-22", "mingge_stale_days": 30}
    text = ""
    for number, is_demonstration in enumerate((True, False)):
        extra = {"mingge_words": words, "mingge_demonstration": is_demonstration, **days}
        site = tmp_path / f"site-{number}"
        run(config, config.docs, site, {"extra": extra}, tmp_path / f"scratch-{number}")
        pages = ("index.html", "about/index.html", "404.html")
        text += "".join((site / name).read_text(encoding="utf-8") for name in pages)
    assert {name for name in words if f"&lt;{name}&gt;" not in text} == set()


def test_words_go_through_the_translator() -> None:
    assert engine.words(str.upper)["close"] == "CLOSE"


def test_a_mistake_in_the_docs_fails_with_the_last_lines(config: SiteConfig, tmp_path: Path) -> None:
    (config.docs / "about.md").write_text("[weg](missing.md)\n", encoding="utf-8")
    with pytest.raises(ToolError) as caught:
        run(config, config.docs, tmp_path / "site", {}, tmp_path / "scratch")
    first, *said = str(caught.value.message.values["output"]).splitlines()
    assert str(caught.value) == "the site’s engine failed with exit code 1"
    assert caught.value.message.hint == command.OUTPUT
    assert first == f"$ {Path(sys.executable).name} -m mkdocs build --strict"
    assert any("missing.md" in line for line in said)
    assert "Aborted with 1 warnings in strict mode!" in said[-1]


def fail(config: SiteConfig, folder: Path, *engine_command: str) -> ToolError:
    """Run an engine that fails and return its error."""
    with pytest.raises(ToolError) as caught:
        run(replace(config, engine=engine_command), config.docs, folder / "site", {}, folder / "scratch")
    return caught.value


def test_no_more_than_eight_lines_are_quoted(config: SiteConfig, tmp_path: Path) -> None:
    script = "import sys; [print('line', n) for n in range(20)]; sys.exit(7)"
    error = fail(config, tmp_path, sys.executable, "-c", script)
    assert str(error) == "the site’s engine failed with exit code 7"
    assert str(error.message.values["output"]).splitlines()[1:] == [f"line {number}" for number in range(12, 20)]


def test_a_program_that_is_not_there_is_named(config: SiteConfig, tmp_path: Path) -> None:
    error = fail(config, tmp_path, "no-such-program")
    assert str(error) == "the site’s engine could not be started (No such file or directory)"
    assert error.message.hint == "correct extra.mingge.engine in mkdocs.yml, or install the program: {command}"
    assert error.message.values["command"] == "no-such-program build --strict"


def test_a_module_that_is_not_there_is_named(config: SiteConfig, tmp_path: Path) -> None:
    error = fail(config, tmp_path, sys.executable, "-m", "nosuchdocs")
    assert "No module named nosuchdocs" in str(error.message.values["output"])


def test_the_engine_works_in_the_scratch_folder_and_nowhere_else(
    config: SiteConfig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tmp").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    monkeypatch.setattr(tempfile, "tempdir", None)
    script = "import os, sys, tempfile; print(os.getcwd(), os.listdir()); print(tempfile.mkdtemp()); sys.exit(1)"
    error = fail(config, tmp_path, sys.executable, "-c", script)
    _, folder, temporary = str(error.message.values["output"]).splitlines()
    assert folder == f"{tmp_path}/scratch/engine/work []"
    assert Path(temporary).parent == tmp_path / "scratch/engine/tmp"
    assert list((tmp_path / "tmp").iterdir()) == []
