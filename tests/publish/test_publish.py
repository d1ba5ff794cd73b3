"""A release is published whole or not at all; what is published is what a build wrote."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from builder import publish as publishing
from builder.errors import BuilderError, ToolError
from builder.publish import Done, Folder, Order, publish, rollback
from tests.publish.sites import number, site
from tests.release.sites import names, tree

DRY = Order(is_dry=True)


def published(tmp_path: Path, n: int, order: Order | None = None) -> Done:
    made = site(tmp_path / f"site-{n}", n)
    return publish(made, Folder(tmp_path / "target"), order or Order())


def served(tmp_path: Path) -> str:
    return Folder(tmp_path / "target").state().current


def test_a_release_is_the_site_and_its_manifest_and_its_id_comes_from_that(tmp_path: Path) -> None:
    done = published(tmp_path, 1)
    folder = tmp_path / "target" / "releases" / done.release.id
    text = (folder / "release.json").read_bytes()
    found = json.loads(text)
    assert done.release.manifest == hashlib.sha256(text).hexdigest()
    assert done.release.id == f"2026-10-31-{done.release.manifest[:12]}"
    assert text == json.dumps(found, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    assert {key: found[key] for key in ("mingge", "format", "as_of", "contact")} == {
        "mingge": "release", "format": 1, "as_of": "2026-10-31", "contact": "mailto:open@example.org",
    }  # fmt: skip
    assert [item["path"] for item in found["data"]] == ["data/case.csv", "data/datapackage.json"]
    expected = {
        path: text for path, text in tree(tmp_path / "site-1").items()
        if not path.endswith("/") and path != ".mingge-site"
    }  # fmt: skip
    assert found["files"] == [
        {"path": path, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for path, content in sorted(expected.items())
    ]
    beside = {path for path in tree(folder) if path.endswith((".gz", ".zst"))}
    assert {"index.html.gz", "index.html.zst"} <= beside
    others = {path for path in tree(folder) if not path.endswith("/")} - beside
    assert others == {*expected, ".mingge-site", "release.json"}
    assert os.readlink(tmp_path / "target" / "current") == f"releases/{done.release.id}"


def test_the_same_content_again_is_no_new_release_and_the_log_is_asked_once_more(tmp_path: Path) -> None:
    told: list[object] = []
    published(tmp_path, 1)
    again = publish(site(tmp_path / "again", 1), Folder(tmp_path / "target"), Order(record=lambda *_: told.append(1)))
    assert (again.is_new, told, len(Folder(tmp_path / "target").state().there)) == (False, [1], 1)


def test_the_log_is_told_when_the_release_is_there_and_before_it_is_served(tmp_path: Path) -> None:
    seen = []

    def record(log: Path, key: str, manifest: str, previous: str) -> None:
        there = (tmp_path / "target" / "releases" / key / "release.json").read_bytes()
        seen.append((log.name, hashlib.sha256(there).hexdigest() == manifest, previous, served(tmp_path)))
        (log / "checkpoint").write_text(key, encoding="utf-8")

    first = published(tmp_path, 1, Order(record=record)).release.id
    published(tmp_path, 2, Order(record=record))
    rollback(Folder(tmp_path / "target"), first, Order(record=record))
    second = seen[2][2]
    assert seen == [("log", True, "", ""), ("log", True, first, first), ("log", True, second, second)]
    assert (tmp_path / "target" / "log" / "checkpoint").read_text() == first


def test_a_log_that_fails_stops_the_switch(tmp_path: Path) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    first = published(tmp_path, 1).release.id
    with pytest.raises(ToolError, match="No space left"):
        published(tmp_path, 2, Order(record=full))
    assert served(tmp_path) == first


def test_so_many_releases_stay_and_what_their_pages_load(tmp_path: Path) -> None:
    every = [published(tmp_path, n, Order(keep=3)).release.id for n in range(5)]
    target = tmp_path / "target"
    assert names(target / "releases") == sorted(every[2:])
    links = {path.name: path.resolve() for path in (target / "assets").iterdir()}
    assert all(path.is_dir() for path in links.values())
    loaded = {path.name for key in every[2:] for path in (target / "releases" / key / "assets").iterdir()}
    assert set(links) == loaded
    assert not (target / ".incoming").exists()
    assert number(target) == 4


def test_a_release_that_was_published_again_is_no_old_one(tmp_path: Path) -> None:
    every = [published(tmp_path, n, Order(keep=2)).release.id for n in (1, 2, 1, 3)]
    assert names(tmp_path / "target" / "releases") == sorted({every[0], every[3]})


def test_what_is_served_stays_however_old_it_is(tmp_path: Path) -> None:
    first, second = (published(tmp_path, n, Order(keep=2)).release.id for n in (1, 2))
    rollback(Folder(tmp_path / "target"), first, Order())
    assert published(tmp_path, 3, Order(keep=2)).removed == (second,)
    assert number(tmp_path / "target") == 3


def test_a_rollback_is_a_switch_and_no_release_is_lost(tmp_path: Path) -> None:
    first, second = (published(tmp_path, n).release.id for n in (1, 2))
    target = Folder(tmp_path / "target")
    assert rollback(target, first, DRY) == Done(publishing.Release(first, target.state().there[first]), second)
    assert served(tmp_path) == second
    assert rollback(target, first, Order()).previous == second
    assert (served(tmp_path), number(tmp_path / "target")) == (first, 1)
    assert set(target.state().there) == {first, second}
    assert not rollback(target, first, Order()).is_new


@pytest.mark.parametrize(
    "key", ["../../etc", "..", "", "/etc", "2026-10-31", "2026-10-31-0123456789ab/..", "current",
            "2026-10-31-0123456789AB", "2026-10-31-0123456789ab\n", "２026-10-31-0123456789ab"],
)  # fmt: skip
def test_an_id_that_is_a_path_is_refused(tmp_path: Path, key: str) -> None:
    published(tmp_path, 1)
    with pytest.raises(BuilderError, match="no id of a release"):
        rollback(Folder(tmp_path / "target"), key, Order())


def test_a_release_that_is_not_kept_cannot_come_back(tmp_path: Path) -> None:
    published(tmp_path, 1)
    with pytest.raises(BuilderError, match="is not kept"):
        rollback(Folder(tmp_path / "target"), "2026-10-31-0123456789ab", Order())


def test_a_release_that_is_not_whole_does_not_come_back(tmp_path: Path) -> None:
    first, second = (published(tmp_path, n).release.id for n in (1, 2))
    (tmp_path / "target" / "releases" / first / "grid/1/index.html").unlink()
    with pytest.raises(ToolError, match=r"grid/1/index\.html is missing"):
        rollback(Folder(tmp_path / "target"), first, Order())
    assert served(tmp_path) == second


def write(path: str) -> Callable[[Path], object]:
    return lambda made: (made / path).write_text("changed", encoding="utf-8")


def swap_folder(made: Path) -> None:
    (made / "grid").rename(made.parent / "elsewhere")
    (made / "grid").symlink_to(made.parent / "elsewhere")


def one_byte(made: Path) -> None:
    content = (made / "data/case.csv").read_bytes()
    (made / "data/case.csv").write_bytes(content.replace(b"7", b"8"))


SPOILED = {
    "a changed page": (write("index.html"), "1 files of .* are not as the build wrote them, such as .*index.html"),
    "one changed byte": (one_byte, "1 files of .* such as .*data/case.csv"),
    "a missing file": (lambda made: (made / "data/case.csv").unlink(), "1 files of .* are missing, .*data/case.csv"),
    "a link in place of a folder": (swap_folder, "2 files of .* are missing"),
    "no manifest": (lambda made: (made / ".mingge-site").unlink(), "no site that mingge has built"),
    "a manifest of somebody": (write(".mingge-site"), "does not say which files a build wrote"),
}  # fmt: skip


@pytest.mark.parametrize("way", SPOILED)
@pytest.mark.parametrize("order", [Order(), DRY], ids=["", "dry"])
def test_a_site_that_somebody_changed_is_refused(tmp_path: Path, way: str, order: Order) -> None:
    spoil, said = SPOILED[way]
    first = published(tmp_path, 1).release.id
    made = site(tmp_path / "spoiled", 7)
    spoil(made)
    with pytest.raises(BuilderError, match=said) as caught:
        publish(made, Folder(tmp_path / "target"), order)
    assert caught.value.exit_code == 2
    assert (served(tmp_path), names(tmp_path / "target" / "releases")) == (first, [first])
    assert not (tmp_path / "target" / ".incoming").exists()


@pytest.mark.parametrize("path", ["release.json", "log/checkpoint"])
def test_a_site_may_not_have_what_a_release_has_beside_it(tmp_path: Path, path: str) -> None:
    with pytest.raises(BuilderError, match=f"the site has {path}"):
        publish(site(tmp_path / "site", 1, more={path: "x"}), Folder(tmp_path / "target"), Order())


def test_what_no_build_wrote_is_not_published_and_named(tmp_path: Path) -> None:
    made = site(tmp_path / "site", 1)
    (made / ".git").mkdir()
    (made / ".git" / "config").write_text("secret", encoding="utf-8")
    (made / "link").symlink_to("/etc/passwd")
    done = publish(made, Folder(tmp_path / "target"), Order())
    assert done.left == (".git/config",)
    folder = tmp_path / "target" / "current"
    assert not (folder / ".git").exists()
    assert not os.path.lexists(folder / "link")


def test_a_dry_run_says_what_would_go_and_changes_nothing(tmp_path: Path) -> None:
    first, second = (published(tmp_path, n).release.id for n in (1, 2))
    before = tree(tmp_path / "target")
    done = published(tmp_path, 3, Order(keep=2, is_dry=True))
    assert (done.previous, done.removed, done.is_new) == (second, (first,), True)
    assert tree(tmp_path / "target") == before
    assert published(tmp_path, 3, Order(keep=2)) == done


@pytest.mark.parametrize("keep", [1, 0, -1])
def test_the_release_before_is_always_kept(tmp_path: Path, keep: int) -> None:
    with pytest.raises(BuilderError, match="at least 2 releases"):
        published(tmp_path, 1, Order(keep=keep))


def test_a_folder_of_somebody_is_no_target(tmp_path: Path) -> None:
    (tmp_path / "target").mkdir()
    (tmp_path / "target" / "thesis.txt").write_text("years", encoding="utf-8")
    with pytest.raises(BuilderError, match="holds files that `mingge publish` did not put there"):
        published(tmp_path, 1)
    assert names(tmp_path / "target") == ["thesis.txt"]


@pytest.mark.parametrize("target", ["site/inside", "."])
def test_site_and_target_lie_apart(tmp_path: Path, target: str) -> None:
    with pytest.raises(BuilderError, match="may not contain each other"):
        publishing.apart(tmp_path / "site", tmp_path / target)


def test_a_release_that_is_not_whole_is_made_anew(tmp_path: Path) -> None:
    first, _ = (published(tmp_path, n).release.id for n in (1, 2))
    (tmp_path / "target" / "releases" / first / "grid/1/index.html").unlink()
    assert published(tmp_path, 1).is_new
    assert (served(tmp_path), number(tmp_path / "target")) == (first, 1)


def test_what_is_public_can_be_read_whatever_the_rights_of_what_we_write(tmp_path: Path) -> None:
    mask = os.umask(0o077)
    try:
        (tmp_path / "target").mkdir()
        published(tmp_path, 1, Order(record=lambda folder, *_: (folder / "checkpoint").write_text("1", "utf-8")))
    finally:
        os.umask(mask)
    modes = {path: path.stat().st_mode & 0o777 for name in ("releases", "assets", "log", "current")
             for path in [tmp_path / "target" / name, *(tmp_path / "target" / name).rglob("*")]}  # fmt: skip
    assert {mode for path, mode in modes.items() if path.is_dir()} == {0o755}
    assert {mode for path, mode in modes.items() if path.is_file()} == {0o644}


# ── what is never removed ─────────────────────────────────────────────────────────────────────────


def test_nothing_is_removed_that_is_not_a_release_of_ours(tmp_path: Path) -> None:
    target, outside = tmp_path / "target", tmp_path / "outside"
    first = published(tmp_path, 1, Order(keep=2)).release.id
    outside.mkdir()
    (outside / "thesis.txt").write_text("years", encoding="utf-8")
    theirs = target / "releases"
    (theirs / "2026-01-01-0123456789ab").symlink_to(outside)
    (theirs / "2026-01-02-0123456789ab").mkdir()
    (theirs / "2026-01-02-0123456789ab" / "release.json").write_text("{}", encoding="utf-8")
    (theirs / "backup").mkdir()
    (theirs / first / "link").symlink_to(outside)
    (target / "kept").mkdir()
    (target / "kept" / "a").write_text("a", encoding="utf-8")
    for n in (2, 3, 4):
        done = published(tmp_path, n, Order(keep=2))
    assert done.stuck == (first,)
    assert {"2026-01-01-0123456789ab", "2026-01-02-0123456789ab", "backup", first} < set(names(theirs))
    assert len(names(theirs)) == 6
    (theirs / first / "link").unlink()
    assert published(tmp_path, 5, Order(keep=2)).removed.count(first) == 1
    assert (outside / "thesis.txt").read_text() == "years"
    assert (target / "kept" / "a").read_text() == "a"


def test_a_current_of_somebody_is_told(tmp_path: Path) -> None:
    published(tmp_path, 1)
    current = tmp_path / "target" / "current"
    current.unlink()
    current.symlink_to("/etc")
    with pytest.raises(BuilderError, match="does not lead to a release"):
        published(tmp_path, 2)
    assert os.readlink(current) == "/etc"


# ── time ──────────────────────────────────────────────────────────────────────────────────────────


def test_a_clock_that_was_set_back_changes_no_order_and_no_tag(tmp_path: Path) -> None:
    """Two versions of a file have two ETags: nginx makes them of second and size, and the sizes are the same."""
    every, tags = [], []
    for n in range(4):
        every.append(published(tmp_path, n, Order(keep=2)).release.id)
        page = tmp_path / "target" / "current" / "index.html"
        if n == 0:  # written by a clock that was years ahead
            for path in (tmp_path / "target" / "current").rglob("*.html*"):
                os.utime(path, (4e9, 4e9))
        tags.append((int(page.stat().st_mtime), page.stat().st_size))
        assert int(page.with_name("index.html.gz").stat().st_mtime) == tags[-1][0]
    assert len(set(tags)) == 4
    assert len({size for _, size in tags}) == 1
    assert names(tmp_path / "target" / "releases") == sorted(every[2:])
    assert number(tmp_path / "target") == 3


def test_what_is_as_it_was_keeps_its_tag(tmp_path: Path) -> None:
    published(tmp_path, 1)
    path = tmp_path / "target" / "current" / "404.html"
    os.utime(path, (1e9, 1e9))
    published(tmp_path, 2)
    assert path.stat().st_mtime == 1e9
