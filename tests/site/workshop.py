"""A site with an engine of its own that notes each run, so that a test sees whether a build ran it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from builder import measure, pages, pipeline, site
from builder.load import site_config
from builder.model import Cache, Message
from builder.site import Plan
from builder.site.scaffold import Days
from tests import packages

__all__ = ["Workshop", "plan_of", "small_plan", "workshop"]

# writes what it was told of the day and of the docs; waits for the file `go` if there is one called `wait`
ENGINE = """
import json, sys, time
from pathlib import Path
here = Path(__file__).parent
options = dict(zip(sys.argv[1:], sys.argv[2:]))
config, output = json.loads(Path(options["-f"]).read_text("utf-8")), Path(options["-d"])
with (here / "runs").open("a") as runs:
    runs.write("run\\n")
while (here / "wait").exists() and not (here / "go").exists():
    time.sleep(0.01)
if (here / "fail").exists():
    sys.exit("no")
day = config["extra"]["mingge_as_of"]
(output / "assets").mkdir(parents=True)
(output / "index.html").write_text(f"<footer>{day}</footer>{day}", "utf-8")
(output / "assets/day.css").write_text(f"/* {day} */", "utf-8")
(output / "assets/theme.js.map").write_text("not published", "utf-8")
"""


UPDATED = "2026-10-12"
"""The day on which the last data came."""


@dataclass
class Workshop:
    """A project in a folder with a cache and the engine beside it."""

    folder: Path
    plan: Plan
    name: str = "project"
    told: list[Message] = field(default_factory=list)
    number: int = 0

    @property
    def project(self) -> Path:
        return self.folder / self.name

    @property
    def tools(self) -> Path:
        return self.folder / "tools"

    @property
    def cache(self) -> Path:
        return self.folder / "cache"

    @property
    def runs(self) -> int:
        """How often the engine ran."""
        log = self.tools / "runs"
        return len(log.read_text(encoding="utf-8").splitlines()) if log.exists() else 0

    def read_config(self) -> None:
        """Take the configuration as it is now."""
        config = site_config(self.project / "mkdocs.yml")
        self.plan = replace(self.plan, config=config)

    def build(self, meanwhile: Callable[[], object] = lambda: None, cached: bool = True) -> Path:
        """Build the scaffold into a new folder and return that; `meanwhile` is called while the engine may run."""
        self.number += 1
        scratch, target = self.folder / f"scratch-{self.number}", self.folder / f"site-{self.number}"
        scratch.mkdir()
        with site.begin(self.plan, scratch, Cache(self.cache, self.told.append) if cached else None) as begun:
            meanwhile()
            begun.write(target, Days(self.plan.scope.as_of.isoformat(), UPDATED, 30))
        return target


@pytest.fixture(scope="session")
def small_plan(small_package: Path) -> Plan:
    return plan_of(small_package)


@pytest.fixture
def workshop(tmp_path: Path, small_plan: Plan, monkeypatch: pytest.MonkeyPatch) -> Workshop:
    project, tools = tmp_path / "project", tmp_path / "tools"
    (tools / "noting_engine-1.0.dist-info").mkdir(parents=True)
    for name in ("noting_engine.py", "other_engine.py"):
        (tools / name).write_text(ENGINE, encoding="utf-8")
    monkeypatch.syspath_prepend(tools)
    monkeypatch.setenv("PYTHONPATH", str(tools))
    shutil.copytree(packages.ROOT / "templates" / "theme", project / "templates" / "theme")
    (project / "docs").mkdir()
    (project / "docs" / "about.md").write_text("# 关于\n", encoding="utf-8")
    (project / "docs" / "map.png").write_bytes(b"PNG")
    (project / "mkdocs.yml").write_text(
        "INHERIT: shared/base.yml\nsite_name: 试验区\ntheme: {name: material, custom_dir: templates/theme}\n"
        "extra: {mingge: {engine: noting_engine}}\n",
        encoding="utf-8",
    )
    (project / "shared").mkdir()
    (project / "shared" / "base.yml").write_text("INHERIT: ../top.yml\ncopyright: A\n", encoding="utf-8")
    (project / "top.yml").write_text("site_author: A\n", encoding="utf-8")
    shop = Workshop(tmp_path, small_plan)
    shop.read_config()
    return shop


def plan_of(package: Path) -> Plan:
    """Return what the site of a package is built from, as the pipeline says it."""
    found = packages.checked(package)
    source = packages.sources(found)
    behind = packages.published(found)
    codes = pipeline.codes(behind.package, found.subjects)
    config = site_config(packages.ROOT / "mkdocs.yml")
    has, lacks = pages.kinds(source), pages.absent(source, found.absent)
    tables, definitions = pages.tables(source), measure.definitions(found.subjects)
    return Plan(config, behind.package, behind.scope, has, lacks, codes, tables, definitions)
