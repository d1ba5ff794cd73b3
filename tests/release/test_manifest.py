"""The manifest lists every file of a site but itself, the same bytes for the same site, and is never guessed."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from builder.errors import BuilderError, ToolError
from builder.release import manifest, staged
from tests.release.sites import MANIFEST, build, build_files, names, put, tree


def listed(site: Path) -> list[dict[str, object]]:
    """Return the files of a site's manifest."""
    source = json.loads((site / MANIFEST).read_text(encoding="utf-8"))
    assert {key: value for key, value in source.items() if key != "files"} == {"mingge": "site", "format": 1}
    files: list[dict[str, object]] = source["files"]
    return files


def test_every_file_but_the_manifest_is_listed_with_size_and_sha256(tmp_path: Path) -> None:
    build_files(tmp_path / "site", {"b.html": "b", "a/网格.html": "格", "a.html": ""})

    assert listed(tmp_path / "site") == [
        {"path": path, "size": len(content), "sha256": sha256(content).hexdigest()}
        for path, content in (("a.html", b""), ("a/网格.html", "格".encode()), ("b.html", b"b"))
    ]


def test_a_site_without_files_has_a_manifest_without_files(tmp_path: Path) -> None:
    with staged(tmp_path / "site"):
        pass

    assert listed(tmp_path / "site") == []


def test_the_same_files_make_the_same_manifest_at_another_time_and_in_another_order(tmp_path: Path) -> None:
    files = {f"{n}.html": str(n) for n in range(50)}
    build_files(tmp_path / "one", files)
    os.utime(tmp_path / "one" / MANIFEST, (1, 1))
    build_files(tmp_path / "two", dict(reversed(files.items())))

    assert tree(tmp_path / "one") == tree(tmp_path / "two")


def test_what_people_put_there_never_gets_into_a_manifest(tmp_path: Path) -> None:
    build(tmp_path / "site", "old")
    before = listed(tmp_path / "site")
    put(tmp_path / "site", {"CNAME": "grid.example"})
    build(tmp_path / "site", "old")

    assert listed(tmp_path / "site") == before


def test_a_name_that_is_no_utf8_is_ours_again_in_the_next_build(tmp_path: Path) -> None:
    with staged(tmp_path / "site") as staging:
        (staging.site / os.fsdecode(b"\xff.html")).write_text("old", encoding="utf-8")
    build(tmp_path / "site", "new")

    assert names(tmp_path / "site") == [MANIFEST, "grid", "index.html"]


def test_a_folder_without_files_is_not_published(tmp_path: Path) -> None:
    with staged(tmp_path / "site") as staging:
        (staging.site / "empty" / "inside").mkdir(parents=True)

    assert names(tmp_path / "site") == [MANIFEST]


# ── a manifest that cannot be read ───────────────────────────────────────────────────────────────

UNREADABLE = [
    "Written by mingge; it may be replaced by the next build.\n",
    "",
    "[]",
    '{"files": []}',
    '{"mingge": "report", "format": 1, "files": []}',
    '{"mingge": "site", "format": 2, "files": []}',
    '{"mingge": "site", "format": 1}',
    '{"mingge": "site", "format": 1, "files": [{"path": "a"}]}',
    '{"mingge": "site", "format": 1, "files": ["a"]}',
    '{"mingge": "site", "format": 1, "files": [{"path": "index.html", "si',
    "[" * 100_000,
    "\udcff",
]


@pytest.mark.parametrize("text", UNREADABLE, ids=range(len(UNREADABLE)))
def test_a_site_whose_manifest_cannot_be_read_is_refused_and_kept(tmp_path: Path, text: str) -> None:
    build(tmp_path / "site", "old")
    (tmp_path / "site" / MANIFEST).write_bytes(text.encode("utf-8", "surrogateescape"))
    before = tree(tmp_path)
    with pytest.raises(BuilderError) as raised, staged(tmp_path / "site"):
        pytest.fail("the block must not be entered")

    assert str(raised.value) == f"{tmp_path / 'site' / MANIFEST} does not say which files a build wrote"
    assert (raised.value.exit_code, bool(raised.value.message.hint)) == (2, True)
    assert tree(tmp_path) == before


@pytest.mark.parametrize("make", [Path.mkdir, lambda path: path.symlink_to("../manifest"), os.mkfifo])
def test_a_manifest_that_is_no_file_is_refused(tmp_path: Path, make: Callable[[Path], None]) -> None:
    build(tmp_path / "site", "old")
    path = tmp_path / "site" / MANIFEST
    path.rename(tmp_path / "manifest")
    make(path)
    with pytest.raises(BuilderError), staged(tmp_path / "site"):
        pytest.fail("the block must not be entered")


@pytest.mark.parametrize("path", ["../letter.txt", "{}/letter.txt", "grid/../../letter.txt", "link/letter.txt"])
def test_a_manifest_cannot_name_a_file_outside_of_its_site(tmp_path: Path, path: str) -> None:
    put(tmp_path / "home", {"letter.txt": "dear"})
    put(tmp_path, {"letter.txt": "dear"})
    build(tmp_path / "site", "old")
    (tmp_path / "site" / "link").symlink_to(tmp_path / "home")
    file = {"path": path.format(tmp_path), "size": 4, "sha256": sha256(b"dear").hexdigest()}
    files = [*listed(tmp_path / "site"), file]
    (tmp_path / "site" / MANIFEST).write_text(json.dumps({"mingge": "site", "format": 1, "files": files}))
    build(tmp_path / "site", "new")

    assert (tmp_path / "letter.txt").is_file()
    assert (tmp_path / "home" / "letter.txt").is_file()
    assert (tmp_path / "site" / "link").is_symlink()


# ── the new site against its manifest ────────────────────────────────────────────────────────────


def appears(site: Path) -> None:
    put(site, {"grid/3/index.html": "late"})


def disappears(site: Path) -> None:
    (site / "z.html").unlink()


def grows(site: Path) -> None:
    put(site, {"z.html": "longer"})


def changes(site: Path) -> None:
    before = (site / "z.html").stat()
    put(site, {"z.html": "y"})
    os.utime(site / "z.html", ns=(before.st_atime_ns, before.st_mtime_ns))


def is_replaced(site: Path) -> None:
    put(site, {"y.html": "y"})
    (site / "y.html").rename(site / "z.html")


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (appears, "grid/3/index.html"), (disappears, "z.html"), (grows, "z.html"), (changes, "z.html"),
        (is_replaced, "z.html"),
    ],
)  # fmt: skip
def test_a_site_that_changes_while_its_manifest_is_made_is_not_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[Path], None], path: str
) -> None:
    build(tmp_path / "site", "old")
    before = tree(tmp_path)
    digest, calls = manifest.digest, []

    def change_after(file: str | Path) -> str:
        found = digest(file)
        calls.append(file)
        # z.html is the last one, and has been read by now
        if Path(file).name == "z.html":
            change(Path(file).parent)
        return found

    monkeypatch.setattr(manifest, "digest", change_after)
    with pytest.raises(ToolError) as raised:
        build_files(tmp_path / "site", {"a.html": "a", "z.html": "z"})

    assert calls
    assert str(raised.value) == f"{path} changed while the site was being finished"
    assert tree(tmp_path) == before


def test_what_was_hashed_before_the_end_is_hashed_again_if_it_has_changed_since(tmp_path: Path) -> None:
    with staged(tmp_path / "site") as staging:
        put(staging.site, {"kept.html": "kept", "changed.html": "before"})
        staging.hasher.begin()
        put(staging.site, {"changed.html": "behind", "late.html": "late"})

    assert {file["path"]: file["sha256"] for file in listed(tmp_path / "site")} == {
        path: sha256(text).hexdigest()
        for path, text in (("changed.html", b"behind"), ("kept.html", b"kept"), ("late.html", b"late"))
    }


def test_a_file_is_hashed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    digest, calls = manifest.digest, []

    def noted(file: str | Path) -> str:
        calls.append(Path(file).name)
        return digest(file)

    monkeypatch.setattr(manifest, "digest", noted)
    with staged(tmp_path / "site") as staging:
        put(staging.site, {"early.html": "early"})
        staging.hasher.begin()
        put(staging.site, {"late.html": "late"})

    assert calls == ["early.html", "late.html"]


def test_a_link_in_a_new_site_is_refused(tmp_path: Path) -> None:
    put(tmp_path, {"secret.txt": "secret"})
    build(tmp_path / "site", "old")
    before = tree(tmp_path)
    with pytest.raises(BuilderError) as raised, staged(tmp_path / "site") as staging:
        (staging.site / "link.txt").symlink_to(tmp_path / "secret.txt")

    assert str(raised.value) == "link.txt in the new site is neither a file nor a folder"
    assert tree(tmp_path) == before


def test_a_disk_that_is_full_when_the_manifest_is_written_leaves_the_old_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(tmp_path / "site", "old")
    before = tree(tmp_path)

    def full(_files: object) -> list[str]:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(manifest, "lines", full)
    with pytest.raises(ToolError) as raised:
        build(tmp_path / "site", "new")

    assert str(raised.value) == "the site could not be written: No space left on device"
    assert tree(tmp_path) == before


def test_a_site_that_nobody_touched_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build_files(tmp_path / "site", {"a.html": "old"})
    # the clock of a file system ticks every few milliseconds: a manifest of the same tick decides nothing
    os.utime(tmp_path / "site" / MANIFEST)
    while (tmp_path / "site" / MANIFEST).stat().st_ctime_ns == (tmp_path / "site" / "a.html").stat().st_ctime_ns:
        os.utime(tmp_path / "site" / MANIFEST)
    digest, read = manifest.digest, []

    def note(path: str | Path) -> str:
        read.append(Path(path).name)
        return digest(path)

    monkeypatch.setattr(manifest, "digest", note)
    build_files(tmp_path / "site", {"b.html": "new"})

    assert read == ["b.html"]
