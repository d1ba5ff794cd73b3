"""The same pages by others, from the contexts that `ours.collect` stored."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from statistics import median
from typing import NamedTuple

from tests.bench import hugo_pages, mkdocs_pages, ours
from tests.bench.compare import Likeness, compare
from tests.bench.measure import Cost

__all__ = ["Pages", "Peers", "by_hugo", "by_mkdocs", "wall"]


class Pages(NamedTuple):
    """Grid pages written by one program, cold: `bytes` is their mean size, `rows` the mean number of table rows."""

    program: str
    pages: int
    cost: Cost
    bytes: int
    rows: int


class Peers(NamedTuple):
    """A peer beside us on the same contexts, run by run."""

    ours: tuple[Pages, ...]
    theirs: tuple[Pages, ...]
    likeness: Likeness | None

    @property
    def ratio(self) -> float:
        """How many times our median wall time the peer took; under 1, the peer is faster."""
        return wall(self.theirs) / wall(self.ours)


def wall(runs: Iterable[Pages]) -> float:
    """Return the median of the wall time."""
    return median(pages.cost.wall for pages in runs)


def counted(program: str, cost: Cost, target: Path) -> Pages:
    files = sorted(target.glob("grid/*/index.html"))
    some = [path.read_bytes() for path in files[:: max(1, len(files) // 200)]]
    size, rows = sum(map(len, some)), sum(page.count(b"<tr>") for page in some)
    return Pages(program, len(files), cost, size // len(some), rows // len(some))


def by_hugo(stored: Path, folder: Path, rounds: int) -> Peers:
    """Render the stored contexts `rounds` times by us and by Hugo in turn, each time from a cold process."""
    hugo_pages.prepare(stored, folder / "hugo")
    files = stored.glob("sample-*.html")
    samples = {path.stem.removeprefix("sample-"): path.read_text(encoding="utf-8") for path in files}
    mine, theirs = [], []
    likeness = None
    for number in range(rounds):
        # nothing is removed: ext4 is slower at making files for minutes afterwards
        target = folder / f"peer-by-us-{number}"
        mine.append(counted("Mingge", ours.grid_pages(stored, target), target))
        target = folder / f"peer-by-hugo-{number}"
        theirs.append(counted(f"Hugo {hugo_pages.version()}", hugo_pages.build(folder / "hugo", target), target))
        likeness = likeness or compare(samples, target)
    return Peers(tuple(mine), tuple(theirs), likeness)


def by_mkdocs(stored: Path, folder: Path) -> Peers:
    """Build the stored contexts by MkDocs and render them by us, each from a cold process."""
    mkdocs_pages.prepare(stored, folder / "mkdocs")
    mine = counted("Mingge", ours.grid_pages(stored, folder / "by-us"), folder / "by-us")
    cost = mkdocs_pages.build(folder / "mkdocs", folder / "by-mkdocs")
    return Peers((mine,), (counted("MkDocs + Material", cost, folder / "by-mkdocs"),), None)
