"""`make bench`: from CSV to a finished site, cold, in three sizes, with two peers on the same pages.

Prints a Markdown report; `--write FILE` writes it as well. Exits with 1 when a limit was missed.
"""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench import ours, peers
from tests.bench.measure import warm
from tests.bench.ours import Rendered, Whole
from tests.bench.packages import SIZES, package
from tests.bench.peers import Peers
from tests.bench.table import Results, limits, report


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


Found = tuple[dict[str, Whole], dict[str, Rendered], dict[str, Peers]]


def measure(names: list[str], with_peers: bool, folder: Path) -> Found:
    """Measure the sizes `names`, the smallest first, with everything below `folder`."""
    wholes: dict[str, Whole] = {}
    renders: dict[str, Rendered] = {}
    beside: dict[str, Peers] = {}
    warm()
    for name in names:
        size = SIZES[name]
        say(f"{size.words}: the package …")
        data = package(folder, size)
        say("  mingge build …")
        wholes[name] = ours.whole(data, size, folder)
        say(f"  {wholes[name].cost.wall:.1f} s; the render stage …")
        renders[name] = ours.collect(data, size, folder / f"contexts-{name}")
        say(f"  {renders[name].ms:.2f} ms a page")
        if with_peers and name != "small":
            peer = {"medium": peers.by_mkdocs, "large": peers.by_hugo}[name]
            say(f"  {peer.__name__} …")
            beside[name] = peer(folder / f"contexts-{name}", folder)
            say(f"  {beside[name].theirs.program} took {beside[name].ratio:.2f} times our time")
    return wholes, renders, beside


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.bench", description=__doc__)
    parser.add_argument("--sizes", default=",".join(SIZES), help="some of small,medium,large")
    parser.add_argument("--no-peers", action="store_true", help="leave MkDocs and Hugo out")
    parser.add_argument("--write", type=Path, help="write the report to this file too")
    options = parser.parse_args()
    chosen = options.sizes.split(",")
    if unknown := set(chosen) - set(SIZES):
        parser.error(f"no such size: {', '.join(sorted(unknown))}")
    with TemporaryDirectory(prefix="mingge-bench-") as folder:
        names = [name for name in SIZES if name in chosen]
        wholes, renders, beside = measure(names, not options.no_peers, Path(folder))
    command = " ".join(["python -m tests.bench.bench", *sys.argv[1:]])
    today = f"{datetime.now(UTC):%Y-%m-%d}"
    results = Results(today, command, wholes, renders, beside.get("medium"), beside.get("large"))
    text = report(results)
    print(text)
    if options.write:
        options.write.write_text(text, encoding="utf-8")
    return 0 if all(limit.met for limit in limits(results)) else 1


if __name__ == "__main__":
    sys.exit(main())
