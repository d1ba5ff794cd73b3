"""A site from the cache or from a frozen shell, in an environment without any engine, is the one that MkDocs built."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

from tests.packages import ROOT
from tests.site.addresses import files
from tests.site.test_builds import config

ENGINES = ("mkdocs", "material", "properdocs", "zensical")
"""What the names of all engines and themes begin with; materialx is one of them."""


@pytest.fixture(scope="module")
def without_engine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the Python of an environment with everything that is installed here but an engine."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, symlinks=True)
    installed = Path(sysconfig.get_path("purelib"))
    own = Path(sysconfig.get_path("purelib", vars={"base": str(folder), "platbase": str(folder)}))
    for path in installed.iterdir():
        if not path.name.lower().startswith(ENGINES):
            (own / path.name).symlink_to(path)
    return folder / "bin" / "python"


def build(python: Path, package: Path, output: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [str(python), "-m", "builder", "build", str(package), "--output", str(output), "--workers", "1", *options]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.nightly  # three builds; by day test_scaffold.py says when what is kept is taken, and that it is the same
def test_the_next_night_needs_no_engine_and_gives_the_same_bytes(
    own_package: Path, without_engine: Path, tmp_path: Path
) -> None:
    here, cache = Path(sys.executable), ("--cache", str(tmp_path / "cache"))
    assert build(here, own_package, tmp_path / "first", *cache).returncode == 0
    text = (own_package / "case.csv").read_text(encoding="utf-8")
    (own_package / "case.csv").write_text(text.rpartition("\n")[0].rpartition("\n")[0] + "\n", encoding="utf-8")
    night = ("--as-of", "2026-11-01")
    kept = build(without_engine, own_package, tmp_path / "kept", *night, *cache)
    assert (kept.returncode, "Traceback" in kept.stderr) == (0, False), kept.stderr
    assert build(here, own_package, tmp_path / "anew", *night, "--no-cache").returncode == 0
    first, second = files(tmp_path / "kept"), files(tmp_path / "anew")

    assert len(first) > 100
    assert set(first) == set(second)
    assert [path for path in first if first[path].read_bytes() != second[path].read_bytes()] == []
    assert "2026-11-01" in first["about/index.html"].read_text(encoding="utf-8")


@pytest.mark.nightly
def test_without_the_engine_and_without_a_cache_there_is_no_site(
    own_package: Path, without_engine: Path, tmp_path: Path
) -> None:
    done = build(without_engine, own_package, tmp_path / "site", "--no-cache")
    assert (done.returncode, "No module named mkdocs" in done.stderr) == (3, True), done.stderr
    assert not (tmp_path / "site").exists()


def test_a_frozen_shell_keeps_publishing_after_the_engines_end(
    public_package: Path, without_engine: Path, tmp_path: Path
) -> None:
    own = ("--config", str(config(tmp_path, docs_dir=str(shutil.copytree(ROOT / "docs", tmp_path / "docs")))))
    assert build(Path(sys.executable), public_package, tmp_path / "first", *own, "--shell", "freeze").returncode == 0
    (tmp_path / "docs" / "privacy.md").write_text("# 新的一页\n\n写于引擎停用以后。\n", encoding="utf-8")
    night = (*own, "--as-of", "2026-11-01", "--no-cache")
    done = build(without_engine, public_package, tmp_path / "frozen", *night, "--shell", "frozen")
    assert (done.returncode, done.stderr.splitlines()[1:]) == (0, [])
    assert build(Path(sys.executable), public_package, tmp_path / "anew", *night).returncode == 0
    first, second = files(tmp_path / "frozen"), files(tmp_path / "anew")

    assert len(first) > 100
    assert "写于引擎停用以后" in first["privacy/index.html"].read_text(encoding="utf-8")
    assert [path for path in {*first, *second} if path not in first or path not in second
            or first[path].read_bytes() != second[path].read_bytes()] == []  # fmt: skip


@pytest.mark.nightly
def test_the_engines_files_are_kept_beside_the_configuration_or_the_site_is_built_without(
    public_package: Path, tmp_path: Path
) -> None:
    cache = tmp_path / ".mingge_cache"

    def said(name: str) -> list[str]:
        done = build(Path(sys.executable), public_package, tmp_path / name, "--config", str(config(tmp_path)))
        assert (done.returncode, (tmp_path / name / "index.html").exists()) == (0, True), done.stderr
        return done.stderr.splitlines()[1:]

    assert (said("first"), len(list(cache.glob("*.tree")))) == ([], 1)
    cache.rename(tmp_path / "moved")
    cache.write_bytes(b"a file")
    assert said("second") == [
        f"缓存文件夹 {cache} 里存不了东西：File exists",
        "  请用 --cache 另外指定一个文件夹，或者加上 --no-cache",
    ]
