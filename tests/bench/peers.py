"""The same pages by others, from the contexts that `ours.collect` stored."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from tests.bench import hugo_pages, mkdocs_pages, ours
from tests.bench.compare import Likeness, compare
from tests.bench.measure import Cost

__all__ = ["Pages", "Peers", "by_hugo", "by_mkdocs"]


class Pages(NamedTuple):
    """Grid pages written by one program, cold: `bytes` is their mean size, `rows` the mean number of table rows."""

    program: str
    pages: int
    cost: Cost
    bytes: int
    rows: int


class Peers(NamedTuple):
    """A peer beside us on the same contexts."""

    ours: Pages
    theirs: Pages
    likeness: Likeness | None

    @property
    def ratio(self) -> float:
        """Return how many times our wall time the peer took; under 1, the peer is faster."""
        return self.theirs.cost.wall / self.ours.cost.wall


def counted(program: str, cost: Cost, target: Path) -> Pages:
    files = sorted(target.glob("grid/*/index.html"))
    some = [path.read_bytes() for path in files[:: max(1, len(files) // 200)]]
    size, rows = sum(map(len, some)), sum(page.count(b"<tr>") for page in some)
    return Pages(program, len(files), cost, size // len(some), rows // len(some))


def by_us(stored: Path, target: Path) -> Pages:
    return counted("Mingge", ours.cold(stored, target), target)


def by_hugo(stored: Path, folder: Path) -> Peers:
    """Render the stored contexts by Hugo and by us, each from a cold process."""
    hugo_pages.prepare(stored, folder / "hugo")
    mine = by_us(stored, folder / "cold")
    cost = hugo_pages.build(folder / "hugo", folder / "hugo-site")
    theirs = counted(f"Hugo {hugo_pages.version()}", cost, folder / "hugo-site")
    files = stored.glob("sample-*.html")
    samples = {path.stem.removeprefix("sample-"): path.read_text(encoding="utf-8") for path in files}
    return Peers(mine, theirs, compare(samples, folder / "hugo-site"))


def by_mkdocs(stored: Path, folder: Path) -> Peers:
    """Build the stored contexts by MkDocs and render them by us, each from a cold process."""
    mkdocs_pages.prepare(stored, folder / "mkdocs")
    mine = by_us(stored, folder / "cold-medium")
    cost = mkdocs_pages.build(folder / "mkdocs", folder / "mkdocs-site")
    return Peers(mine, counted("MkDocs + Material", cost, folder / "mkdocs-site"), None)
