"""What is handed out: a source distribution of the tree as it stands, and the wheel that is made of it alone."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from tests.console import ROOT

__all__ = ["sdist", "tree", "wheel"]

HOOK = "import sys; from setuptools import build_meta as hooks; getattr(hooks, sys.argv[1])(sys.argv[2])"


def tree() -> list[str]:
    """Return the files of the repository, those that are to be committed included."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("no repository: what belongs to the program is not known")
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    said = subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout
    return [name for name in said.decode().split("\0") if name and (ROOT / name).is_file()]


def built(hook: str, source: Path, into: Path) -> Path:
    """Run a hook of the build backend in the folder `source` and return the one file that it has made."""
    into.mkdir()
    done = subprocess.run([sys.executable, "-c", HOOK, hook, str(into)], cwd=source, capture_output=True, text=True,
                          check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr
    (made,) = into.iterdir()
    return made


def sdist(folder: Path) -> Path:
    """Build the source distribution of a copy of the repository, so that nothing of an earlier build is in it."""
    for name in tree():
        (folder / "copy" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, folder / "copy" / name)
    return built("build_sdist", folder / "copy", folder / "sdist")


def wheel(source: Path, folder: Path) -> Path:
    """Build the wheel of an unpacked source distribution."""
    with tarfile.open(source) as archive:
        archive.extractall(folder / "unpacked", filter="data")
    (root,) = (folder / "unpacked").iterdir()
    return built("build_wheel", root, folder / "wheel")
