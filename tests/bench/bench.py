"""`make bench`: from CSV to a finished site against a former commit, cells against Frictionless, pages against Hugo.

Prints a Markdown report; `--write FILE` writes it as well. Exits with 1 when a limit was missed.
"""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from tests.bench import cells, ours, peers, wholes
from tests.bench.before import BEFORE, checkout
from tests.bench.limits import Results, limits, missed
from tests.bench.measure import warm
from tests.bench.ours import Rendered
from tests.bench.packages import SIZES, Size, package
from tests.bench.peers import Peers
from tests.bench.report import report
from tests.bench.wholes import Trials, middle

ROUNDS = {"small": 3, "medium": 1, "large": 1}
"""How often each size is built by each program."""
CHECKS, RENDERS = 3, 2


class Order(NamedTuple):
    """What to measure: sizes, the smallest first; `packages`: where those of an earlier run may lie."""

    sizes: tuple[Size, ...]
    with_peers: bool
    large_rounds: int
    packages: Path
    folder: Path


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def whole_builds(order: Order) -> dict[str, Trials]:
    """Build every size by both programs."""
    found: dict[str, Trials] = {}
    with checkout(order.folder / "former") as former:
        warm()
        if former:
            warm(former)
        else:
            say(f"the history does not hold {BEFORE} (a shallow clone?): no ratios to it are judged")
        for size in order.sizes:
            data = package(order.packages, size)
            say(f"{size.words}: mingge build …")
            rounds = order.large_rounds if size.name == "large" else ROUNDS[size.name]
            trials = found[size.name] = wholes.in_turn(data, size, former, rounds, order.folder)
            say("  " + ", ".join(f"{word} {middle(runs):.1f} s" for word, runs in trials.runs))
    return found


def rendered(order: Order) -> tuple[list[Rendered], dict[str, Peers]]:
    """Time the render stage of every size, and the peers on the same contexts.

    The medium size is timed before and after the large one, so that a machine that grows slower is seen.
    """
    renders: list[Rendered] = []
    beside: dict[str, Peers] = {}
    again = [size for size in order.sizes if size.name == "medium" and SIZES["large"] in order.sizes]
    for number, size in enumerate((*order.sizes, *again)):
        say(f"{size.words}: the render stage …")
        contexts = order.folder / f"contexts-{number}"
        renders.append(ours.collect(package(order.packages, size), size, contexts))
        say(f"  {renders[-1].ms:.2f} ms a page")
        if number >= len(order.sizes):
            continue
        if order.with_peers and size.name == "medium":
            beside["mkdocs"] = peers.by_mkdocs(contexts, order.folder)
        if order.with_peers and size.name == "large":
            beside["hugo"] = peers.by_hugo(contexts, order.folder, RENDERS)
    for name, peer in beside.items():
        say(f"  {name} took {peer.ratio:.2f} times our time")
    return renders, beside


def checks(order: Order) -> cells.Checks | None:
    """Check the million rows of the large package; None when that was left out."""
    if SIZES["large"] not in order.sizes:
        return None
    say("1,000,000 rows against stock Frictionless …")
    found = cells.compared(package(order.packages, SIZES["large"]), order.folder, CHECKS)
    say(f"  {found.ratio:.1f} times as many rows a second")
    return found


def measured(order: Order, command: str) -> Results:
    """Measure everything that is ordered."""
    trials, checked = whole_builds(order), checks(order)
    renders, beside = rendered(order)
    today = f"{datetime.now(UTC):%Y-%m-%d}"
    return Results(today, command, trials, renders, checked, beside.get("mkdocs"), beside.get("hugo"))


def said(arguments: list[str]) -> list[str]:
    """Return the arguments without the folder of packages: they are those that the program would make itself."""
    at = arguments.index("--packages") if "--packages" in arguments else len(arguments)
    return arguments[:at] + arguments[at + 2 :]


def main() -> int:
    """Measure, print, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.bench", description=__doc__)
    parser.add_argument("--sizes", default=",".join(SIZES), help="some of small,medium,large")
    parser.add_argument("--no-peers", action="store_true", help="leave MkDocs and Hugo out")
    parser.add_argument("--large-rounds", type=int, default=ROUNDS["large"], help="builds of the large size by each")
    parser.add_argument("--packages", type=Path, help="keep packages here, and use those that are here already")
    parser.add_argument("--write", type=Path, help="write the report to this file too")
    options = parser.parse_args()
    chosen = options.sizes.split(",")
    if unknown := set(chosen) - set(SIZES):
        parser.error(f"no such size: {', '.join(sorted(unknown))}")
    sizes = tuple(size for name, size in SIZES.items() if name in chosen)
    command = " ".join(["python -m tests.bench.bench", *said(sys.argv[1:])])
    with TemporaryDirectory(prefix="mingge-bench-") as name:
        folder = Path(name)
        order = Order(sizes, not options.no_peers, options.large_rounds, options.packages or folder, folder)
        results = measured(order, command)
    text = report(results)
    print(text)
    if options.write:
        options.write.write_text(text, encoding="utf-8")
    return 1 if any(missed(limits(results))) else 0


if __name__ == "__main__":
    sys.exit(main())
