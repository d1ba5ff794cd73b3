"""A site from a frozen shell is the engine's, and what people wrote since then is on it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from builder import site
from builder.errors import BuilderError, ToolError
from builder.load import site_config
from builder.model import Cache, FrozenShell, Message
from builder.site import Plan, kept
from builder.site.frozen import ABOUT
from builder.site.scaffold import Days
from tests.packages import ROOT
from tests.site.workshop import small_plan

__all__ = ["small_plan"]

DAY, UPDATED = "2026-10-31", "2026-10-12"


class Frozen:
    """A project whose shell was frozen with MkDocs and Material. `told`: what is said while it is thawed."""

    def __init__(self, folder: Path, plan: Plan) -> None:
        self.folder, self.number = folder, 0
        self.told: list[Message] = []
        self.project = folder / "project"
        for name in ("docs", "templates"):
            shutil.copytree(ROOT / name, self.project / name)
        shutil.copyfile(ROOT / "mkdocs.yml", self.project / "mkdocs.yml")
        self.plan = plan
        self.engines = self.built(is_made=True)
        self.whole = self.file.read_bytes()

    @property
    def file(self) -> Path:
        return self.project / "shell.frozen"

    def built(self, *, is_made: bool = False) -> Mapping[str, bytes]:
        """Return the scaffold that is written by now: path → content."""
        self.number += 1
        scratch, target = (self.folder / f"{name}-{self.number}" for name in ("scratch", "site"))
        scratch.mkdir()
        plan = replace(self.plan, config=site_config(self.project / "mkdocs.yml"))
        with site.begin(plan, scratch, Cache(None, self.told.append, FrozenShell(self.file, is_made))) as begun:
            begun.write(target, Days(DAY, UPDATED, 30))
        return {path.relative_to(target).as_posix(): path.read_bytes() for path in target.rglob("*") if path.is_file()}

    def said(self) -> list[tuple[str, ...]]:
        """Return what the messages name."""
        return [value for message in self.told for value in message.values.values() if isinstance(value, tuple)]


@pytest.fixture(scope="module")
def once(small_plan: Plan, tmp_path_factory: pytest.TempPathFactory) -> Frozen:
    return Frozen(tmp_path_factory.mktemp("frozen"), small_plan)


@pytest.fixture
def project(once: Frozen, tmp_path: Path) -> Frozen:
    """A copy of the project that a test may change."""
    own = Frozen.__new__(Frozen)
    own.__dict__.update(once.__dict__, folder=tmp_path, project=tmp_path / "project", told=[])
    shutil.copytree(once.project, own.project)
    own.file.write_bytes(once.whole)
    return own


def differing(first: Mapping[str, bytes], second: Mapping[str, bytes]) -> list[str]:
    return sorted(name for name in {*first, *second} if first.get(name) != second.get(name))


def test_what_is_as_it_was_is_the_engines_byte_for_byte(project: Frozen) -> None:
    assert len(project.engines) > 30
    assert differing(project.built(), project.engines) == []
    assert project.told == []


def test_a_page_that_is_made_without_the_engine_is_the_page_that_the_engine_makes(project: Frozen) -> None:
    tree = dict(kept.parsed(project.whole))
    about = json.loads(tree[ABOUT])
    about["sources"] = dict.fromkeys(about["sources"], "of another text")
    project.file.write_bytes(kept.written({**tree, ABOUT: json.dumps(about).encode()}))

    assert differing(project.built(), project.engines) == []


def test_a_page_that_was_changed_says_what_it_says_now(project: Frozen) -> None:
    page = project.project / "docs" / "about.md"
    page.write_text(
        "---\ndescription: 新的一句\n---\n\n# 新的名字\n\n看[口径](metrics.md#x)。\n\n## 甲\n\n## 乙\n",
        encoding="utf-8",
    )
    found = project.built()
    text = found["about/index.html"].decode()

    assert differing(found, project.engines) == ["about/index.html"]
    wanted = ("新的名字</h1>", 'href="../metrics/#x"', '<a href="#_2">甲</a>', 'content="新的一句"', DAY)
    assert [part for part in wanted if part not in text] == []


# pages as people write them: what is in front, the title, links with spaces and Chinese names, marks of Windows
WRITTEN = {
    "plain.md": b"# A \"d\" *e* `f`\n\ntext\n",
    "set_ext-page.md": b"Setext title\n============\n\ntext [x](sub/deep/page.md#y) ![p](images/new-one.png)\n",
    "nameless_page.md": b"text without a title\n",
    "Kept_Name.md": b"text\n\n## one\n\n## two\n",
    "windows.md": b'\xef\xbb\xbf---\r\ntitle: "Q: x"\r\ndescription: plain\r\n---\r\n\r\n# h\r\n\r\n## a\r\n## b\r\n',
    "listed.md": b"---\ntags:\n  - title: none of it\nauthor:\n  title: neither\ntitle: 'single'\n---\n\n# head\n",
    "\u4e2d\u6587.md": "# 中文\n\n看[另一页](nameless_page.md)、[这里](#a)、[外面](https://a.example/)\n".encode(),
    "sub/README.md": b"# Readme\n\n[up](../about.md) [page](deep/page.md)\n",
    "sub/deep/page.md": b"# Deep\n\n!!! note\n    text[^1]\n\n[^1]: foot\n\n| a | b |\n| - | -: |\n| 1 | 2 |\n",
    "images/new-one.png": b"PNG",
}


def test_pages_that_come_later_are_those_that_the_engine_would_make(project: Frozen) -> None:
    for name, content in WRITTEN.items():
        (project.project / "docs" / name).parent.mkdir(parents=True, exist_ok=True)
        (project.project / "docs" / name).write_bytes(content)
    text = (project.project / "mkdocs.yml").read_text(encoding="utf-8")
    names = "\n".join(f"  /{name}" for name in WRITTEN)
    (project.project / "mkdocs.yml").write_text(f"{text}\nnot_in_nav: |\n{names}\n", encoding="utf-8")
    found = project.built()
    aside = project.file.rename(project.project.parent / "aside")
    engines = project.built(is_made=True)
    aside.replace(project.file)

    assert len(engines) == len(project.engines) + len(WRITTEN)
    assert differing(found, engines) == []


@pytest.mark.parametrize(
    ("text", "title"),
    [("# A & B", "A &amp; B"), ("---\ntitle: A & B\n---\n# c", "A &amp; B"), ("---\ntitle:\n---\n# c", "c")],
)
def test_a_title_is_text_and_is_escaped_once(text: str, title: str, project: Frozen) -> None:
    (project.project / "docs" / "late.md").write_text(text, encoding="utf-8")
    assert f"<title>{title} - 清江浦区网格公开</title>" in project.built()["late/index.html"].decode()


def test_a_page_that_is_new_is_there_and_said_to_be_in_no_navigation(project: Frozen) -> None:
    (project.project / "docs" / "late.md").write_text("# 后来的一页\n", encoding="utf-8")
    text = (project.project / "mkdocs.yml").read_text(encoding="utf-8")
    (project.project / "mkdocs.yml").write_text(text.replace("nav:\n", "nav:\n  - 后来: late.md\n"), encoding="utf-8")
    found = project.built()

    page = found["late/index.html"].decode()
    assert "<title>后来 - " in page
    assert "aria-current" not in page
    assert 'href="../about/"' in page
    assert ("late.md",) in project.said()
    assert len(project.told) == 2, "mkdocs.yml is not as it was, either"


def test_a_page_that_is_gone_is_gone_from_the_navigation_too(project: Frozen) -> None:
    (project.project / "docs" / "staff.md").unlink()
    text = (project.project / "mkdocs.yml").read_text(encoding="utf-8")
    (project.project / "mkdocs.yml").write_text(text.replace("      - 填报指南: staff.md\n", ""), encoding="utf-8")
    about = project.project / "docs" / "about.md"
    about.write_text(about.read_text(encoding="utf-8").replace("(staff.md", "(about.md"), encoding="utf-8")
    was = project.engines["about/index.html"] + project.engines["404.html"]
    found = project.built()
    pages = {name: content for name, content in found.items() if name.endswith(".html")}

    assert b"staff/" in was
    assert [name for name, page in pages.items() if b'staff/"' in page] == []
    assert "staff/index.html" not in found


def test_a_page_that_leads_to_one_that_is_gone_stops_the_build_though_it_is_as_it_was(project: Frozen) -> None:
    (project.project / "docs" / "reading.md").unlink()
    text = (project.project / "mkdocs.yml").read_text(encoding="utf-8")
    (project.project / "mkdocs.yml").write_text(text.replace("      - 怎样看: reading.md\n", ""), encoding="utf-8")
    with pytest.raises(BuilderError, match=r"leads to reading\.md, which is not there"):
        project.built()


def test_a_part_of_which_the_package_has_nothing_any_more_is_gone_from_the_navigation(project: Frozen) -> None:
    gone = next(kind for kind in project.plan.has if kind.name == "overdue")
    project.plan = replace(project.plan, has=[kind for kind in project.plan.has if kind != gone], lacks=[gone])
    found = project.built()

    assert "overdue/index.html" in project.engines
    assert "overdue/index.html" not in found
    assert [name for name, page in found.items() if name.endswith(".html") and b'overdue/"' in page] == []


def test_a_kind_of_pages_that_is_new_has_the_frame_of_another(project: Frozen) -> None:
    tree = dict(kept.parsed(project.whole))
    about = json.loads(tree[ABOUT])
    del tree["overdue/index.html"], about["sources"]["overdue.md"]
    project.file.write_bytes(kept.written({**tree, ABOUT: json.dumps(about).encode()}))

    assert b"CONTENT" in project.built()["overdue/index.html"]


def test_what_the_engine_leaves_out_is_left_out(project: Frozen) -> None:
    (project.project / "docs" / "developers.md").write_text("# 不公开\n", encoding="utf-8")
    (project.project / "docs" / "benchmarks-new.md").write_text("# 不公开\n", encoding="utf-8")

    assert differing(project.built(), project.engines) == []


def test_pictures_and_files_of_the_theme_are_those_of_today(project: Frozen) -> None:
    for name in ("docs/images/new.png", "templates/theme/assets/images/logo.svg"):
        (project.project / name).parent.mkdir(exist_ok=True)
        (project.project / name).write_bytes(b"new")
    found = project.built()

    assert (found["images/new.png"], found["assets/images/logo.svg"]) == (b"new", b"new")


def other_format(project: Frozen) -> bytes:
    tree = dict(kept.parsed(project.whole))
    return kept.written({**tree, ABOUT: json.dumps(json.loads(tree[ABOUT]) | {"format": 2}).encode()})


def write(name: str, text: str) -> Callable[[Frozen], object]:
    return lambda project: (project.project / name).write_text(text, encoding="utf-8")


def swap(name: str, old: str, new: str) -> Callable[[Frozen], object]:
    def change(project: Frozen) -> None:
        path = project.project / name
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")

    return change


def renamed(project: Frozen) -> None:
    resources = dict(project.plan.package.resources)
    resources["grid"] = replace(resources["grid"], title="片区")
    project.plan = replace(project.plan, package=replace(project.plan.package, resources=resources))


def real(project: Frozen) -> None:
    settings = replace(project.plan.package.settings, demonstration=not project.plan.package.settings.demonstration)
    project.plan = replace(project.plan, package=replace(project.plan.package, settings=settings))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda project: project.file.unlink(), "there is no frozen shell"),
        (lambda project: project.file.write_bytes(project.whole[:-9]), "is no frozen shell, or is damaged"),
        (lambda project: project.file.write_bytes(kept.written({"a": b""})), "is no frozen shell, or is damaged"),
        (lambda project: project.file.write_bytes(other_format(project)), "is no frozen shell, or is damaged"),
        (swap("mkdocs.yml", "language: zh", "language: en"), "was made for another site"),
        (real, "was made for another site"),
        (write("docs/about.md", "[x](nowhere.md)"), "which is not there"),
        (write("docs/about.md", "---\ntitle: >\n  folded\n---\nx"), "{name} cannot be read without the engine"),
        (write("docs/about.md", "---\ntitle: 'It''s'\n---\nx"), "{name} cannot be read without the engine"),
        (write("docs/about.md", "---\ndescription: a # b\n---\nx"), "{name} cannot be read without the engine"),
        (
            lambda project: (
                (project.project / "docs/a/b/c/d/e").mkdir(parents=True),
                write("docs/a/b/c/d/e/f.md", "x")(project),
            ),
            "lies as deep as",
        ),
        (
            lambda project: (
                swap("mkdocs.yml", "  - footnotes\n", "  - pymdownx.gone\n")(project),
                write("docs/about.md", "x")(project),
            ),
            "extensions of Markdown cannot be used",
        ),
        (
            lambda project: (
                swap("mkdocs.yml", "toc_depth: 3", "slugify: !!python/name:markdown.x")(project),
                write("docs/about.md", "x")(project),
            ),
            "can be read by the engine alone",
        ),
    ],
    ids=[
        "missing", "damaged", "another tree", "another format", "language", "demonstration", "link", "folded", "quotes",
        "remark", "deep", "extension", "tag",
    ],
)
def test_what_cannot_be_shown_as_it_is_stops_the_build(
    change: Callable[[Frozen], object], message: str, project: Frozen
) -> None:
    change(project)
    with pytest.raises(BuilderError) as caught:
        project.built()
    assert message in caught.value.message.text


@pytest.mark.parametrize(
    "change",
    [
        swap("mkdocs.yml", "reminders: {}", "reminders: {x: 2027-01-01}"),
        swap("mkdocs.yml", "security: https://mingge.example/about/", "security: ''"),
        swap("mkdocs.yml", "  /threats.md\n", "  /threats.md\n  /none.md\n"),
    ],
    ids=["a reminder", "whom to tell of a hole", "what is left out"],
)
def test_what_does_not_stand_in_the_frame_may_change_without_a_word(
    change: Callable[[Frozen], object], project: Frozen
) -> None:
    change(project)
    project.built()
    assert project.told == []


def test_a_site_may_move_to_another_address(project: Frozen) -> None:
    swap("mkdocs.yml", "site_url: https://mingge.example/", "site_url: https://gov.example/open/")(project)
    found = project.built()
    addresses = {name: page.decode() for name, page in found.items() if name.endswith(".html")}

    assert 'rel="canonical" href="https://gov.example/open/metrics/"' in addresses["metrics/index.html"]
    assert [name for name, page in addresses.items() if "mingge.example" in page.partition("<article")[0]] == []
    assert 'href="/open/about/"' in addresses["404.html"]
    assert project.told == []


@pytest.mark.parametrize("name", [".hidden", "mkdocs_theme.yml", "__pycache__/x.pyc", "README.txt", "x.py", "a/.b"])
def test_what_of_a_theme_the_engine_does_not_publish_is_not_published(name: str, project: Frozen) -> None:
    (project.project / "templates" / "theme" / name).parent.mkdir(exist_ok=True)
    (project.project / "templates" / "theme" / name).write_bytes(b"x")
    assert differing(project.built(), project.engines) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (swap("mkdocs.yml", "toc_depth: 3", "toc_depth: 2"), "mkdocs.yml"),
        (swap("templates/theme/partials/footer.html", "<strong>", "<b>"), "the theme"),
        (swap("mkdocs.yml", "site_name: 清江浦区", "site_name: 淮阴区"), "the name of the site"),
        (renamed, "the words of the frame"),
    ],
    ids=["configuration", "theme", "name", "words"],
)
def test_what_stands_in_the_frame_and_has_changed_is_said(
    change: Callable[[Frozen], object], said: str, project: Frozen
) -> None:
    change(project)
    project.built()
    assert [parts for parts in project.said() if said in parts] == [(said,)]


def test_a_shell_that_cannot_be_written_is_the_disks_fault(project: Frozen) -> None:
    project.file.unlink()
    project.file.mkdir()
    with pytest.raises(ToolError):
        project.built(is_made=True)
    assert [path.name for path in project.project.glob(".shell*")] == []
