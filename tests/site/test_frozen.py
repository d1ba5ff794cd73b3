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
            begun.write(target, DAY, UPDATED)
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


def test_a_page_that_is_new_is_there_and_said_to_be_in_no_navigation(project: Frozen) -> None:
    (project.project / "docs" / "late.md").write_text("# 后来的一页\n", encoding="utf-8")
    text = (project.project / "mkdocs.yml").read_text(encoding="utf-8")
    (project.project / "mkdocs.yml").write_text(text.replace("nav:\n", "nav:\n  - 后来: late.md\n"), encoding="utf-8")
    found = project.built()

    assert "<title>后来 - " in found["late/index.html"].decode()
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


def write(name: str, text: str) -> Callable[[Frozen], object]:
    return lambda project: (project.project / name).write_text(text, encoding="utf-8")


def swap(name: str, old: str, new: str) -> Callable[[Frozen], object]:
    def change(project: Frozen) -> None:
        path = project.project / name
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")

    return change


def real(project: Frozen) -> None:
    settings = replace(project.plan.package.settings, demonstration=not project.plan.package.settings.demonstration)
    project.plan = replace(project.plan, package=replace(project.plan.package, settings=settings))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda project: project.file.unlink(), "there is no frozen shell"),
        (lambda project: project.file.write_bytes(project.whole[:-9]), "is no frozen shell, or is damaged"),
        (lambda project: project.file.write_bytes(kept.written({"a": b""})), "is no frozen shell, or is damaged"),
        (swap("mkdocs.yml", "language: zh", "language: en"), "was made for another site"),
        (real, "was made for another site"),
        (write("docs/about.md", "[x](nowhere.md)"), "which is not there"),
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
    ids=["missing", "damaged", "another tree", "language", "demonstration", "link", "extension", "tag"],
)
def test_what_cannot_be_shown_as_it_is_stops_the_build(
    change: Callable[[Frozen], object], message: str, project: Frozen
) -> None:
    change(project)
    with pytest.raises(BuilderError) as caught:
        project.built()
    assert message in caught.value.message.text


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (swap("mkdocs.yml", "toc_depth: 3", "toc_depth: 2"), "mkdocs.yml"),
        (swap("templates/theme/partials/footer.html", "<strong>", "<b>"), "the theme"),
    ],
    ids=["configuration", "theme"],
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
