"""The tree against RFC 6962's own examples, against pymerkle, and against the paths that C2SP states."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pymerkle import InmemoryTree, verify_consistency, verify_inclusion

from builder.log import growing, verify
from tests.log import made

# the leaves and roots by which implementations of Certificate Transparency are tested
LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
MOST = 1_500


def entries(count: int) -> list[bytes]:
    return [str(number).encode() for number in range(count)]


def hashes(count: int) -> list[bytes]:
    return [verify.leaf_hash(entry) for entry in entries(count)]


@pytest.fixture(scope="module")
def other() -> InmemoryTree:
    """The same leaves in a tree that somebody else wrote."""
    tree = InmemoryTree(algorithm="sha256")
    tree.append_entries(entries(MOST))
    return tree


@pytest.mark.parametrize("size", range(len(ROOTS)))
def test_roots_are_those_of_certificate_transparency(size: int) -> None:
    leaves = [verify.leaf_hash(bytes.fromhex(leaf)) for leaf in LEAVES[:size]]
    assert verify.root(leaves).hex() == ROOTS[size]


@settings(max_examples=60, deadline=None)
@given(size=st.integers(1, MOST))
def test_a_root_is_that_of_another_implementation(other: InmemoryTree, size: int) -> None:
    assert verify.root(hashes(size)) == other.get_root(size)


@settings(max_examples=60, deadline=None)
@given(size=st.integers(1, MOST), data=st.data())
def test_another_implementation_proves_each_leaf_to_be_in_our_tree(
    other: InmemoryTree, size: int, data: st.DataObject
) -> None:
    index = data.draw(st.integers(0, size - 1))
    ours = hashes(size)
    proof = other.prove_inclusion(index + 1, size)

    verify_inclusion(ours[index], verify.root(ours), proof)


@settings(max_examples=60, deadline=None)
@given(size=st.integers(1, MOST), data=st.data())
def test_another_implementation_proves_our_tree_to_have_grown(
    other: InmemoryTree, size: int, data: st.DataObject
) -> None:
    older = data.draw(st.integers(1, size))
    ours = hashes(size)

    verify_consistency(verify.root(ours[:older]), verify.root(ours), other.prove_consistency(older, size))


@settings(max_examples=60, deadline=None)
@given(size=st.integers(1, 600), data=st.data())
def test_a_tree_with_one_leaf_changed_has_not_grown_from_any_that_held_it(size: int, data: st.DataObject) -> None:
    older = data.draw(st.integers(1, size))
    changed = data.draw(st.integers(0, size - 1))
    ours = hashes(size)
    before = verify.Checkpoint("", older, verify.root(ours[:older]), "")
    ours[changed] = verify.leaf_hash(b"another")
    log = verify.Log(verify.Checkpoint("", size, b"", ""), made.KEY.verifier, ours, ())

    if changed < older:
        with pytest.raises(verify.Wrong, match="history was rewritten"):
            verify.grown(log, before, "older")
    else:
        verify.grown(log, before, "older")


def test_tiles_are_those_that_the_specification_counts() -> None:
    found = list(verify.tiles([bytes(32)] * 70_000))

    full = [(level, width) for level, _, width, _ in found if width == verify.WIDTH]
    assert (full.count((0, 256)), full.count((1, 256)), len(full)) == (273, 1, 274)
    assert [(level, width) for level, _, width, _ in found if width < verify.WIDTH] == [(0, 112), (1, 17), (2, 1)]
    assert [item[:3] for item in verify.tiles([bytes(32)] * 256)] == [(0, 0, 256), (1, 0, 1)]


def test_a_hash_in_a_tile_is_that_of_the_tree_below_it(other: InmemoryTree) -> None:
    for level, number, _, content in verify.tiles(hashes(MOST)):
        span = verify.WIDTH**level
        for at in range(0, len(content), 32):
            first = (number * verify.WIDTH + at // 32) * span
            below = InmemoryTree(algorithm="sha256")
            below.append_entries(entries(MOST)[first : first + span])
            assert content[at : at + 32] == below.get_root()


@pytest.mark.parametrize(
    ("kind", "number", "width", "path"),
    [
        (0, 0, 256, "tile/0/000"), (0, 0, 5, "tile/0/000.p/5"), (2, 999, 256, "tile/2/999"),
        (0, 1000, 256, "tile/0/x001/000"), ("entries", 1234067, 7, "tile/entries/x001/x234/067.p/7"),
    ],
)  # fmt: skip
def test_paths_of_tiles_are_those_of_the_specification(kind: int | str, number: int, width: int, path: str) -> None:
    assert verify.tile(kind, number, width) == path


@pytest.mark.parametrize("size", [1, 255, 256, 257, 600])
def test_a_log_on_disk_is_read_back_with_the_root_of_another_implementation(
    other: InmemoryTree, tmp_path: Path, size: int
) -> None:
    leaves = [made.leaf(number).entry() for number in range(size)]
    growing.write(tmp_path, leaves, made.KEY)
    theirs = InmemoryTree(algorithm="sha256")
    theirs.append_entries(leaves)

    found = verify.log_of(verify.Folder(tmp_path), made.KEYS)
    assert (found.checkpoint.size, found.checkpoint.root) == (size, theirs.get_root())
