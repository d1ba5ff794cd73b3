"""`python -m tests.publish.kills step|random FOLDER …` publishes in children that are killed with SIGKILL.

`step FOLDER STRIDE`: before every STRIDEth time that a publish asks the system for something; prints how many kills.
`random FOLDER PUBLISHES KILLS`: the sites FOLDER/0, FOLDER/1 … in turn, to FOLDER/target, of which KILLS are killed at
random moments, and tried again. A process of its own has no threads that a fork would cut off.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import time
import traceback
from functools import partial
from pathlib import Path
from random import Random

from builder.publish import Folder, Order, publish, rollback
from tests.publish.sites import number, site
from tests.release.kills import run_and_kill
from tests.release.sites import names

KEEP = Order(keep=2)
BETWEEN_SECONDS = 0.05
WHOLE = {".mingge-lock", ".mingge-target", "assets", "current", "releases"}


def steps(folder: Path, stride: int) -> int:
    """Kill the third publish, and a rollback, at every step; return how many kills there were."""
    sites = [site(folder / f"{n}", n) for n in range(4)]
    kills = 0
    for is_back in (False, True):
        step = 0
        while True:
            target = Folder(folder / "target")
            shutil.rmtree(target.root, ignore_errors=True)
            first = publish(sites[0], target, KEEP).release.id
            publish(sites[1], target, KEEP)
            action = partial(rollback, target, first, KEEP) if is_back else partial(publish, sites[2], target, KEEP)
            was_killed = run_and_kill(action, step)
            assert number(target.root) in ((0, 1) if is_back else (1, 2))
            publish(sites[3], target, KEEP)
            assert number(target.root) == 3
            assert set(names(target.root)) == WHOLE, names(target.root)
            assert len(target.state().there) == 2
            assert all(path.is_dir() for path in (target.root / "assets").iterdir())
            if not was_killed:
                break
            kills, step = kills + 1, step + stride
    return kills


def at_random(folder: Path, publishes: int, kills: int) -> tuple[int, int]:
    """Publish sites in turn and kill some; return how many publishes ended, and how many were killed in the midst."""
    random = Random(3)  # noqa: S311 - moments, no secrets
    killed, done, target = 0, 0, Folder(folder / "target")
    taken = 0.1
    while done < publishes or killed < kills:
        child = os.fork()
        if child == 0:
            try:
                publish(folder / f"{done % len(names(folder / 'numbers'))}", target, Order(keep=5))
            except BaseException:
                traceback.print_exc()
                os._exit(1)
            os._exit(0)
        begun = time.monotonic()
        if killed < kills and done:
            time.sleep(random.uniform(0, taken))
            os.kill(child, signal.SIGKILL)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        assert status in (0, -signal.SIGKILL)
        if status:
            killed += 1
            number(target.root)
        else:
            taken = time.monotonic() - begun
            done += 1
        time.sleep(BETWEEN_SECONDS)
    return done, killed


if __name__ == "__main__":
    how, place = sys.argv[1], Path(sys.argv[2])
    numbers = [int(text) for text in sys.argv[3:]]
    print(steps(place, *numbers) if how == "step" else "{} {}".format(*at_random(place, *numbers)))
