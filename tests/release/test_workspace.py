"""A workspace is held by one process at a time, and one that is taken away before it is claimed is not used."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from builder.release import workspace
from tests.release.sites import names


def test_a_workspace_has_the_first_name_that_nobody_uses(tmp_path: Path) -> None:
    (tmp_path / ".site.building-mingge-1").mkdir()
    (tmp_path / ".site.building-mingge-2").write_text("mine", encoding="utf-8")
    work = workspace.claim(tmp_path / "site")
    work.leave()

    assert work.folder == tmp_path / ".site.building-mingge-3"
    assert names(tmp_path) == [".site.building-mingge-1", ".site.building-mingge-2"]


def test_a_claim_that_somebody_removed_before_we_had_its_lock_is_none(tmp_path: Path) -> None:
    descriptor = os.open(tmp_path / "claim", os.O_RDWR | os.O_CREAT)
    (tmp_path / "claim").unlink()

    assert not workspace.has_lock(descriptor)
    os.close(descriptor)


def test_a_folder_that_is_taken_away_before_it_is_claimed_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mkdir, made = Path.mkdir, []

    def make_and_lose(self: Path) -> None:
        mkdir(self)
        made.append(self)
        if len(made) == 1:
            self.rmdir()

    monkeypatch.setattr(Path, "mkdir", make_and_lose)
    work = workspace.claim(tmp_path / "site")

    assert len(made) == 2
    assert work.folder.is_dir()
    work.leave()


def test_a_folder_whose_claim_another_process_took_is_left_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    has_lock, asked = workspace.has_lock, []

    def too_late_once(descriptor: int) -> bool:
        asked.append(descriptor)
        return len(asked) > 1 and has_lock(descriptor)

    monkeypatch.setattr(workspace, "has_lock", too_late_once)
    work = workspace.claim(tmp_path / "site")
    work.leave()

    assert work.folder == tmp_path / ".site.building-mingge-2"
    assert names(tmp_path) == [".site.building-mingge-1"]


def test_a_workspace_in_which_something_is_left_stays_and_is_found_again(tmp_path: Path) -> None:
    work = workspace.claim(tmp_path / "site")
    work.site.mkdir()
    assert list(workspace.abandoned(tmp_path / "site")) == []
    work.leave()

    found = list(workspace.abandoned(tmp_path / "site"))
    assert [again.folder for again in found] == [work.folder]
    found[0].site.rmdir()
    found[0].leave()
    assert names(tmp_path) == []
