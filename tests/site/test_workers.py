"""Whoever works, and however many, the site is the same; and when one of them dies, the old site stays."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from builder import pipeline, processes
from builder.errors import BuilderError, ToolError
from builder.language import said
from builder.load import site_config
from builder.places import streets
from builder.processes import Crew
from tests import packages
from tests.sharing import by_day
from tests.site.addresses import files

CONFIG = site_config(packages.ROOT / "mkdocs.yml")


@pytest.fixture(autouse=True)
def every_street_is_a_shard(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streets, "FEWEST", 1)


def built(package: Path, output: Path, crew: Crew) -> dict[str, bytes]:
    """Check and build a package with `crew` and return the site's files."""
    found = pipeline.check(package, packages.no_clock, packages.quiet, crew=crew)
    pipeline.build(found, CONFIG, output, packages.quiet, pipeline.Means(crew))
    return {path: file.read_bytes() for path, file in files(output).items()}


@pytest.fixture(scope="module")
def alone(package: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The site as this process alone builds it, street by street."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(streets, "FEWEST", 1)
        return built(package, tmp_path_factory.mktemp("alone") / "site", processes.here())


def test_a_site_built_street_by_street_is_the_site_built_at_once(site: Path, alone: dict[str, bytes]) -> None:
    expected = {path: file.read_bytes() for path, file in files(site).items()}

    assert alone == expected


@pytest.mark.parametrize("workers", by_day([2, 3], [2]))
def test_the_number_of_workers_changes_no_byte(
    workers: int, package: Path, alone: dict[str, bytes], tmp_path: Path
) -> None:
    with processes.crew(workers, ["builder.pipeline"]) as crew:
        assert built(package, tmp_path / "site", crew) == alone


@contextmanager
def cluster() -> Iterator[str]:
    """Start a Dask cluster of two worker processes on this machine and yield its address."""
    distributed = pytest.importorskip("distributed")
    options: dict[str, Any] = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": None}
    with distributed.LocalCluster(host="127.0.0.1", silence_logs=50, **options) as found:
        yield found.scheduler_address


@pytest.mark.nightly  # by day, other processes get and give back the same by the same functions
@pytest.mark.filterwarnings("ignore::Warning:distributed", "ignore::Warning:dask", "ignore::ResourceWarning")
def test_a_dask_cluster_changes_no_byte(package: Path, alone: dict[str, bytes], tmp_path: Path) -> None:
    with cluster() as address, processes.cluster(address) as crew:
        assert crew.size == 2
        assert built(package, tmp_path / "site", crew) == alone


def test_a_scheduler_that_does_not_answer_is_one_line() -> None:
    pytest.importorskip("distributed")
    with pytest.raises(ToolError, match="no Dask scheduler answers"), processes.cluster("tcp://127.0.0.1:9", 0.2):
        pass


def test_an_address_of_another_kind_is_one_line() -> None:
    pytest.importorskip("distributed")
    with pytest.raises(BuilderError, match="no address of a Dask scheduler"), processes.cluster("nonsense://x"):
        pass


def dying(_sheaf: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.nightly
def test_a_worker_that_dies_names_its_streets_and_the_old_site_stays(
    package: Path, site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = Path(shutil.copytree(site, tmp_path / "site"))
    old = {path: file.read_bytes() for path, file in files(output).items()}
    monkeypatch.setattr(pipeline, "printed", dying)

    with pytest.raises(ToolError) as caught, processes.crew(2, ["builder.pipeline"]) as crew:
        built(package, output, crew)

    text, _ = said(str, caught.value.message)
    assert "990001001" in text
    assert {path: file.read_bytes() for path, file in files(output).items()} == old
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def failing(_sheaf: object) -> None:
    raise BuilderError("the template {name} cannot be rendered", "", name="grid.html")


@pytest.mark.nightly  # by day tests/test_processes.py says so of any work
def test_an_error_in_a_worker_is_told_as_it_is_here(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "printed", failing)

    with pytest.raises(BuilderError) as caught, processes.crew(2, ["builder.pipeline"]) as crew:
        built(package, tmp_path / "site", crew)

    assert str(caught.value) == "the template grid.html cannot be rendered"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.nightly
def test_a_second_build_in_the_same_process_takes_nothing_of_the_first(public_package: Path, tmp_path: Path) -> None:
    copy = tmp_path / "package"
    shutil.copytree(public_package, copy)
    output = tmp_path / "site"
    built(copy, output, processes.here())
    descriptor = copy / "datapackage.json"
    descriptor.write_text(descriptor.read_text(encoding="utf-8").replace("2026-10-31", "2026-10-30"), encoding="utf-8")

    built(copy, output, processes.here())

    page = next((output / "grid").glob("*/index.html")).read_text(encoding="utf-8")
    assert "2026-10-30" in page
    assert "截至 2026-10-31" not in page
