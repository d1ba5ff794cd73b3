"""Whole builds, ours and those of the former program in turn: a machine that changes its speed changes it for both."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import median
from tempfile import mkdtemp
from typing import NamedTuple

from tests.bench.measure import ROOT, Cost, run, speed
from tests.bench.memory import Memory, highest
from tests.bench.ours import build_command
from tests.bench.packages import Size

__all__ = ["Stage", "Trial", "Trials", "build", "in_turn", "middle", "typical"]


class Stage(NamedTuple):
    """One stage of the pipeline: seconds, and the highest memory of the process tree meanwhile."""

    name: str
    seconds: float
    memory: Memory


class Trial(NamedTuple):
    """One run of `mingge build`. `speed`: seconds that a fixed piece of work took just before it."""

    cost: Cost
    stages: tuple[Stage, ...]
    pages: int
    site_mb: float
    speed: float


class Trials(NamedTuple):
    """All runs of one size: with no shells kept, with those of the run before, and by the former program."""

    size: Size
    now: tuple[Trial, ...]
    kept: tuple[Trial, ...]
    former: tuple[Trial, ...]

    @property
    def runs(self) -> tuple[tuple[str, tuple[Trial, ...]], ...]:
        """Each kind of run that was made, with the word for it."""
        kinds = (("now", self.now), ("now, with kept shells", self.kept), ("before", self.former))
        return tuple((word, trials) for word, trials in kinds if trials)


def middle(trials: Sequence[Trial]) -> float:
    """Return the median wall time."""
    return median(trial.cost.wall for trial in trials)


def typical(trials: Sequence[Trial]) -> Trial:
    """Return the run of median wall time; of an even number, the quicker of the two."""
    return sorted(trials, key=lambda trial: trial.cost.wall)[(len(trials) - 1) // 2]


def in_turn(package: Path, size: Size, former: Path | None, rounds: int, folder: Path) -> Trials:
    """Build the site of `package` `rounds` times by each program, in turn. `former`: a checkout, None: not measured."""
    found: dict[str, list[Trial]] = {"now": [], "kept": [], "former": []}
    for number in range(rounds):
        cache = folder / f"shells-{size.name}-{number}"
        for kind, root, kept in (("former", former, None), ("now", ROOT, cache), ("kept", ROOT, cache)):
            if root:
                command = build_command(package, folder / "site", folder / "marks", kept)
                found[kind].append(build(root, command, folder))
    return Trials(size, *(tuple(found[kind]) for kind in ("now", "kept", "former")))


def build(root: Path, command: Sequence[str], folder: Path) -> Trial:
    """Run a build of ours in `root`, which writes <folder>/site and <folder>/marks.

    The site is put aside, not removed: for minutes afterwards ext4 is slower at making files, which costs each program
    the same number of seconds and not the same share.
    """
    site, marks = folder / "site", folder / "marks"
    pace = speed()
    cost = run(command, root)
    noted: list[tuple[str, float]] = json.loads(marks.read_text(encoding="utf-8"))
    files = [path for path in site.rglob("*") if path.is_file()]
    pages = sum(path.name == "index.html" for path in files)
    size = sum(path.stat().st_size for path in files) / 1e6
    site.rename(mkdtemp(prefix="built-", dir=folder))
    marks.unlink()
    return Trial(cost, tuple(stages(cost, noted)), pages, size, pace)


def stages(cost: Cost, noted: Iterable[tuple[str, float]]) -> list[Stage]:
    """Return the stages from the moments at which they began; the time before the first is `start`.

    A stage that is entered again is one stage: the sum of its seconds.
    """
    began = [("start", cost.started), *noted]
    ends = [*(clock for _, clock in began[1:]), cost.started + cost.wall]
    found: dict[str, Stage] = {}
    for (name, clock), end in zip(began, ends, strict=True):
        before = found.get(name, Stage(name, 0.0, Memory()))
        memory = Memory(*map(max, before.memory, highest(cost.samples, clock, end)))
        found[name] = Stage(name, before.seconds + end - clock, memory)
    return list(found.values())
