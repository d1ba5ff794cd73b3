"""Files are saved all or none: of every moment in which the desk may be killed, what is left is the old or the new."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from builder.desk import save
from builder.errors import BuilderError, ToolError

OLD = {"case.csv": "old case", "grid.csv": "old grid", "duty/a.csv": "old a"}
NEW = {"case.csv": "new case", "duty/a.csv": "new a", "roster.csv": "new roster"}


@pytest.fixture
def package(tmp_path: Path) -> Path:
    root = tmp_path / "package"
    for name, text in OLD.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path | None]:
    found: dict[str, Path | None] = {"grid.csv": None}
    for number, (name, text) in enumerate(NEW.items()):
        (tmp_path / str(number)).write_text(text, encoding="utf-8")
        found[name] = tmp_path / str(number)
    return found


def read(root: Path) -> dict[str, str]:
    return {
        path.relative_to(root).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def test_files_take_their_places_and_one_that_shall_go_goes(package: Path, files: dict[str, Path | None]) -> None:
    save.put(package, files)
    assert read(package) == NEW


def test_whenever_the_desk_is_killed_the_package_is_the_old_or_the_new_one(
    package: Path, files: dict[str, Path | None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moments: list[Path] = []
    is_busy = False

    def seen(function: Callable[..., object]) -> Callable[..., object]:
        def watched(*arguments: object, **named: object) -> object:
            nonlocal is_busy
            if not is_busy:
                is_busy = True
                moments.append(Path(shutil.copytree(package, tmp_path / f"moment-{len(moments)}")))
                is_busy = False
            return function(*arguments, **named)

        return watched

    for name in ("mkdir", "replace", "unlink", "write_text"):
        monkeypatch.setattr(Path, name, seen(getattr(Path, name)))
    monkeypatch.setattr(save, "flushed", seen(save.flushed))
    monkeypatch.setattr(shutil, "copyfile", seen(shutil.copyfile))
    monkeypatch.setattr(shutil, "rmtree", seen(shutil.rmtree))
    save.put(package, files)
    monkeypatch.undo()

    left = []
    for moment in moments:
        save.finish(moment)
        left.append(read(moment))
    assert len(moments) > 12
    assert [state for state in left if state not in (OLD, NEW)] == []
    decided = left.index(NEW)
    assert left == [OLD] * decided + [NEW] * (len(left) - decided), "once decided, never undecided"
    assert 0 < decided < len(left)


def test_a_full_disk_leaves_the_old_files(package: Path, files: dict[str, Path | None], tmp_path: Path) -> None:
    with pytest.raises(ToolError):
        save.put(package, {**files, "feedback.csv": tmp_path / "nothing"})
    assert read(package) == OLD


def test_a_file_keeps_its_rights(package: Path, files: dict[str, Path | None]) -> None:
    (package / "case.csv").chmod(0o640)
    save.put(package, files)
    assert (package / "case.csv").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    "path", ["../outside.csv", "/outside.csv", "a/../../outside.csv", "datapackage.json", ".git/config"]
)
def test_a_journal_that_somebody_else_has_written_leads_nowhere(path: str, package: Path, tmp_path: Path) -> None:
    beside = package / save.BESIDE
    beside.mkdir()
    (beside / "0").write_text("hostile", encoding="utf-8")
    step = f'{{"path": "{path}", "file": "0"}}'
    (beside / "journal.json").write_text(f'{{"mingge": "save", "format": 1, "steps": [{step}]}}', encoding="utf-8")
    with pytest.raises(BuilderError):
        save.finish(package)
    assert not (tmp_path / "outside.csv").exists()
    assert not (package / "datapackage.json").exists()


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"mingge": "save", "format": 2, "steps": []}', '{"steps": 1}'])
def test_a_journal_of_another_program_is_left_alone(text: str, package: Path) -> None:
    (package / save.BESIDE).mkdir()
    (package / save.BESIDE / "journal.json").write_text(text, encoding="utf-8")
    with pytest.raises(BuilderError):
        save.finish(package)
    assert (package / save.BESIDE / "journal.json").exists()


def test_a_link_in_the_place_of_our_folder_is_not_followed(package: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "precious").touch()
    (package / save.BESIDE).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(BuilderError):
        save.finish(package)
    assert (tmp_path / "elsewhere" / "precious").exists()
