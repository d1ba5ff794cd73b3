"""What verify.py says of a site, from a folder and over http, and that it needs nothing of the program."""

from __future__ import annotations

import ast
import gzip
import hashlib
import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import rfc8785
import zstandard

from builder.log import Asked, Leaf, growing, published, run, verify
from tests.browser.plain_server import served
from tests.log import made

SOURCE = Path(verify.__file__)
VALUE = re.compile(r"\{(\w+)\}")


def said(site: str | Path, *, is_chinese: bool = False, **options: Any) -> tuple[int, list[str]]:
    """Return the exit code and the lines."""
    lines: list[str] = []
    code = run(Asked(str(site), is_chinese=is_chinese, **options), lines.append)
    return code, lines


def wrong(site: str | Path, **options: Any) -> tuple[int, list[str]]:
    """Return the exit code and what is wrong."""
    code, lines = said(site, **options)
    return code, [line.removeprefix("WRONG  ") for line in lines if line.startswith("WRONG")]


@dataclass(frozen=True)
class Both:
    """A target folder, and the same over http."""

    target: Path
    folder: str
    address: str


@pytest.fixture
def both(tmp_path: Path) -> Iterator[Both]:
    """Three releases of a site."""
    target = tmp_path / "target"
    for day in (29, 30, 31):
        made.published(target, {**made.FILES, "day": str(day).encode()}, f"2026-10-{day}")
    shown = made.web(target, tmp_path / "web")
    with served(shown) as address:
        yield Both(target, str(target), address)


def test_a_site_that_is_right_is_said_to_be_so_with_counts(both: Both, tmp_path: Path) -> None:
    code, lines = said(both.folder, vkey=str(made.KEY.verifier), known=tmp_path / "known")
    last = (both.target / "current").resolve().name
    size = sum(map(len, made.FILES.values())) + 2
    assert (code, lines) == (0, [
        f"ok  the checkpoint of {made.ORIGIN} (3 entries) is signed by {made.KEY.verifier}",
        "ok  all 3 entries and tiles give the root that was signed",
        f"note  1 checkpoints are remembered in {tmp_path / 'known'}",
        f"ok  release {last} is entry 3 of 3",
        "note  4 files are looked at",
        f"ok  4 files ({size} bytes) have the size and SHA-256 that the release states",
        "note  this does not prove that the data are true",
    ])  # fmt: skip


def test_over_http_it_is_said_what_cannot_be_seen_from_there(both: Both) -> None:
    code, lines = said(both.address)
    assert code == 0
    assert "note  files that the release does not state can be seen in its folder alone, not from here" in lines
    assert "note  the key was taken from the site itself; compare it with one that you got in another way" in lines
    assert "ok  4 files" in "".join(lines)


def test_in_a_folder_of_a_pages_host_log_and_files_lie_in_one_tree(both: Both, tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    shutil.copytree((both.target / "current").resolve(), folder)
    shutil.copytree(both.target / "log", folder / "log")
    (folder / ".mingge-site").write_text("{}", "utf-8")
    assert said(folder)[0] == 0


def test_an_older_release_is_checked_where_the_log_is_named(both: Both) -> None:
    oldest = min((both.target / "releases").iterdir())
    assert wrong(oldest, log=str(both.target / "log")) == (0, [])
    (oldest / "day").write_bytes(b"28")
    assert wrong(oldest, log=str(both.target / "log")) == (1, ["has another SHA-256 than stated: day"])


def edited(change: Callable[[dict[str, object]], object]) -> Callable[[Path], None]:
    """Returns what changes release.json, canonically."""

    def edit(target: Path) -> None:
        path = target / "current" / "release.json"
        stated = json.loads(path.read_bytes())
        change(stated)
        path.write_bytes(rfc8785.dumps(stated))

    return edit


def written(path: str, content: bytes) -> Callable[[Path], object]:
    return lambda target: (target / path).write_bytes(content)


def removed(path: str) -> Callable[[Path], object]:
    return lambda target: (target / path).unlink()


SPOILT: list[tuple[Callable[[Path], object], str]] = [
    (written("current/day", b"30"), "has another SHA-256 than stated: day"),
    (written("current/day", b"310"), "has 3 bytes instead of 2: day"),
    (written("current/day", b""), "has 0 bytes instead of 2: day"),
    (removed("current/day"), "is missing: "),
    (removed("current/find/空 格.json"), "is missing: "),
    (removed("current/release.json"), "is missing: "),
    (removed("log/checkpoint"), "is missing: "),
    (removed("log/vkey"), "is missing: "),
    (removed("log/tile/entries/000.p/3"), "is missing: "),
    (written("log/vkey", b"nonsense"), "is no key: nonsense"),
    (written("log/tile/0/000.p/3", bytes(96)), "tile/0/000.p/3 does not belong to the tree that was signed"),
    (written("log/tile/entries/000.p/3", bytes(6)), "tile/0/000.p/3 does not belong to the tree that was signed"),
    (written("log/tile/entries/000.p/3", b"\x00\x09"), "tile/entries/000.p/3 does not belong to the tree that was"),
    (written("current/release.json", b"{}"), "is no release of this format: release.json"),
    (edited(lambda stated: stated.update(as_of="2026-10-30")), "is not in the log"),
    (edited(lambda stated: stated.update(format=2)), "is no release of this format: release.json"),
    (edited(lambda stated: stated.update(files=[])), "is not in the log"),
]  # fmt: skip


@pytest.mark.parametrize(("spoil", "reason"), SPOILT)
@pytest.mark.parametrize("is_web", [False, pytest.param(True, marks=pytest.mark.nightly)])
def test_what_is_wrong_is_said_with_its_file(
    both: Both, spoil: Callable[[Path], object], reason: str, *, is_web: bool
) -> None:
    spoil(both.target)
    code, found = wrong(both.address if is_web else both.folder)

    assert code == 1
    assert any(reason in line for line in found), found


@pytest.mark.parametrize(
    "path", ["../secret", "/etc/passwd", "a/../../b", "", ".", "a//b", "log/checkpoint", "release.json", "a\\b", "a\nb"]
)
def test_a_path_that_leads_out_of_the_release_is_never_opened(tmp_path: Path, path: str) -> None:
    made.stated(tmp_path, {path: b""}, "2026-10-31")
    with pytest.raises(verify.Wrong, match="is no release of this format"):
        verify.release_of(verify.Folder(tmp_path))


@pytest.mark.parametrize(
    ("old", "new"), [(b"}", b"}\n"), (b'"format":1', b'"format":2,"format":1'), (b'"day"', b'"data/case.csv"')]
)
def test_a_release_that_states_a_file_twice_or_is_not_canonical_is_refused(
    tmp_path: Path, old: bytes, new: bytes
) -> None:
    made.release(tmp_path, {**made.FILES, "day": b"1"})
    text = (tmp_path / "release.json").read_bytes()
    assert old in text
    (tmp_path / "release.json").write_bytes(new.join(text.rsplit(old, 1)))
    with pytest.raises(verify.Wrong, match="is no release of this format"):
        verify.release_of(verify.Folder(tmp_path))


@pytest.mark.parametrize(
    "entry",
    [
        b"", b"{}", b"[]", b"7", b"\xff", made.leaf(1).entry() + b" ", made.leaf(1, previous=5).entry(),
        made.leaf(1).entry().replace(b'"id":"2026', b'"id":"2027-\\u0031'),
        Leaf("0" * 64, made.name(0), "").entry(), Leaf("x" * 64, f"2026-10-31-{'x' * 12}", "").entry(),
        b'{"id":[],"manifest":"","previous":""}', b'{"id":"a","manifest":7,"previous":""}',
        rfc8785.dumps({"id": made.name(1), "manifest": made.digest(1), "previous": [""]}),
    ],
)  # fmt: skip
def test_an_entry_that_is_no_leaf_is_wrong_though_it_was_signed(tmp_path: Path, entry: bytes) -> None:
    growing.write(tmp_path, [made.leaf(0).entry(), entry], made.KEY)
    with pytest.raises(verify.Wrong, match="entry 2 of the log is not what it should be"):
        verify.log_of(verify.Folder(tmp_path), made.KEYS)


def test_files_that_no_release_states_are_found_in_a_folder(both: Both) -> None:
    (both.target / "current" / "data" / "more.csv").write_bytes(b"")
    (both.target / "current" / "elsewhere").symlink_to(both.target / "log")
    assert wrong(both.folder) == (1, [
        "is not stated by the release: data/more.csv", "is not stated by the release: elsewhere",
    ])  # fmt: skip


def packed(path: Path, content: bytes) -> None:
    """Write the copies that servers send as they are."""
    path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(content))
    path.with_name(f"{path.name}.zst").write_bytes(zstandard.compress(content))


def test_compressed_copies_must_hold_what_the_file_holds(both: Both) -> None:
    release = both.target / "current"
    for path in ("day", "data/case.csv"):
        packed(release / path, (release / path).read_bytes())
    code, lines = said(both.folder)
    assert code == 0
    assert "ok  4 copies (.gz, .zst) hold what the files beside them hold" in lines

    packed(release / "day", b"30")
    (release / "data" / "case.csv.gz").write_bytes(b"nothing")
    (release / "data" / "case.csv.zst").write_bytes(b"nothing")
    (release / "none.gz").write_bytes(b"")
    assert wrong(both.folder) == (1, [
        "is not stated by the release: none.gz", "is no copy of the file beside it: data/case.csv.gz",
        "is no copy of the file beside it: data/case.csv.zst", "is no copy of the file beside it: day.gz",
        "is no copy of the file beside it: day.zst",
    ])  # fmt: skip


def test_a_copy_that_would_fill_the_memory_is_read_no_further_than_the_file(both: Both) -> None:
    packed(both.target / "current" / "day", bytes(200_000_000))
    assert len(wrong(both.folder)[1]) == 2


def test_without_the_library_it_is_said_that_copies_were_not_looked_into(
    both: Both, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "zstandard", None)
    packed(both.target / "current" / "day", b"31")
    code, lines = said(both.folder)
    assert code == 0
    assert "note  1 copies (.zst) were not looked into: install zstandard" in lines


def test_what_pages_of_the_release_before_load_is_counted(both: Both) -> None:
    folder = both.target / "current" / "assets" / "0123456789ab"
    folder.mkdir(parents=True)
    (folder / "site.js").write_bytes(b"")
    code, lines = said(both.folder)
    assert code == 0
    assert "note  1 files below assets/ are none of this release and were not looked at" in lines


def test_of_many_wrong_files_the_rest_is_counted(tmp_path: Path) -> None:
    files = {f"{number:03}": b"1" for number in range(50)}
    made.published(tmp_path / "t", files)
    for path in files:
        (tmp_path / "t" / "current" / path).write_bytes(b"2")
    code, found = wrong(tmp_path / "t")
    assert (code, len(found), found[-1]) == (1, 21, "30 more files are wrong")


@pytest.mark.parametrize("site", ["http://127.0.0.1:9/", "nowhere"])
def test_what_cannot_be_reached_is_another_exit_code(site: str) -> None:
    code, found = wrong(site)
    assert code == 2
    assert found[0].startswith(("cannot be reached: ", "is neither a folder nor an address: "))


def test_what_is_wrong_counts_more_than_what_cannot_be_reached(both: Both) -> None:
    (both.target / "current" / "day").write_bytes(b"30")
    assert wrong(both.folder, log="http://127.0.0.1:9/")[0] == 1


def test_known_checkpoints_are_kept_and_compared(both: Both, tmp_path: Path) -> None:
    known = tmp_path / "known.json"
    assert said(both.folder, known=known)[0] == 0
    made.published(both.target, {**made.FILES, "day": b"1"}, "2026-11-01")
    code, lines = said(both.folder, known=known)

    assert code == 0
    assert "ok  the log has grown from each of 1 older checkpoints" in lines
    assert len(made.known(known)) == 2


@pytest.mark.parametrize("content", ["", "{}", '{"mingge": "known", "format": 2, "vkey": "", "checkpoints": []}', "[]"])
def test_a_file_that_is_something_else_is_not_overwritten(both: Both, tmp_path: Path, content: str) -> None:
    (tmp_path / "mine").write_text(content, "utf-8")
    assert wrong(both.folder, known=tmp_path / "mine") == (
        1, [f"is not a file of known checkpoints: {tmp_path / 'mine'}"],
    )  # fmt: skip
    assert (tmp_path / "mine").read_text("utf-8") == content


# ── a program of its own ─────────────────────────────────────────────────────────────────────────


def test_the_file_alone_says_the_same(both: Both, tmp_path: Path) -> None:
    alone = tmp_path / "alone"
    alone.mkdir()
    shutil.copy(SOURCE, alone / "verify.py")
    command = [sys.executable, "-I", "verify.py", both.folder, "--vkey", str(made.KEY.verifier)]
    found = subprocess.run(command, cwd=alone, capture_output=True, text=True, encoding="utf-8", check=False)

    assert (found.returncode, found.stdout.splitlines()) == said(
        both.folder, is_chinese=True, vkey=str(made.KEY.verifier)
    )
    assert found.stderr == ""


def test_the_file_imports_nothing_but_the_standard_library_and_cryptography() -> None:
    tree = ast.parse(SOURCE.read_text("utf-8"))
    names = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    names |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    tops = {name.partition(".")[0] for name in names}
    assert tops - sys.stdlib_module_names == {"cryptography", "zstandard"}  # the latter where it is installed


def test_every_sentence_has_its_translation_with_the_same_values() -> None:
    tree = ast.parse(SOURCE.read_text("utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    used = {
        value.value for call in calls for value in ast.walk(call)
        if getattr(call.func, "id", getattr(call.func, "attr", "")) in ("Wrong", "Missing", "Unreachable", "tell")
        and isinstance(value, ast.Constant)
    }  # fmt: skip
    every = Counter(node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
    assert {text for text in used if isinstance(text, str) and " " in text} <= set(verify.SAID)
    assert [text for text in verify.SAID if every[text] < 2] == []
    assert [text for text, other in verify.SAID.items() if values(text) != values(other)] == []


def values(text: str) -> set[str]:
    return set(VALUE.findall(text))


# ── what the site offers ─────────────────────────────────────────────────────────────────────────

# as in @noble/ed25519 3.2.0, index.js and LICENSE
NOBLE = {
    "verify/noble-ed25519.js": "a4f631d1876b5d9e43a86cd71194ca27b5e1451edf4ba4db9a418f40a475569a",
    "verify/noble-ed25519.LICENSE.txt": "394c2e6e5552e5dba202bee6390b9d6aa2754d657f5b9869e83b3d265a315501",
}


def test_the_site_offers_the_program_as_it_stands_here_and_the_library_as_npm_has_it() -> None:
    offered = published()
    assert set(offered) == {"verify/verify.py", "verify/check.js", *NOBLE}
    assert offered["verify/verify.py"] == SOURCE.read_bytes()
    assert {path: hashlib.sha256(offered[path]).hexdigest() for path in NOBLE} == NOBLE
