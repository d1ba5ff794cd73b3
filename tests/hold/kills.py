"""`python -m tests.hold.kills SIGNAL STRIDE FOLDER` sends a signal to nights in the midst of what they do.

A child is forked for each, which gets the signal before every STRIDEth time that it asks the system for something.
After each the site is whole, the log fits it, and the next night publishes. Prints how many signals there were.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import traceback
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

from builder import log
from builder.cli.publish import published
from builder.log import new_key
from builder.processes import stoppable
from builder.publish import Done
from tests.hold.nights import night
from tests.publish.sites import number
from tests.release.sites import names

WHOLE = [".mingge-lock", ".mingge-target", "assets", "current", "kept", "log", "releases"]


def signalled(folder: Path, which: signal.Signals, step: int) -> int:
    """Run the second night in a child that gets a signal at a step of its publishing. Returns how it ended."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            with stoppable(), patch("builder.cli.nightly.published", partial(published_under, which, step)):
                code, said = night(folder, 2, *options(folder))
            if which == signal.SIGTERM and code not in (0, 143):
                sys.stderr.write(said)
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def published_under(which: signal.Signals, step: int, *order: Any) -> Done:
    left, sent = iter(range(step)), iter([which])

    def tell(_event: str, _values: object) -> None:
        if next(left, None) is None and (number := next(sent, None)):
            signal.raise_signal(number)

    sys.addaudithook(tell)
    return published(*order)


def options(folder: Path) -> list[object]:
    return [folder / "target", "--keep", 2, "--log-key", folder / "log.key", "--known", folder / "known.json"]


def main(which: signal.Signals, stride: int, folder: Path) -> int:
    """Return how many signals there were before a night ended without one."""
    new_key(folder / "log.key", "grid.example/log", log.LOG)
    ends, count = {-signal.SIGKILL} if which == signal.SIGKILL else {143}, 0
    while True:
        for name in ("target", "site", "site-headers"):
            shutil.rmtree(folder / name, ignore_errors=True)
        (folder / "known.json").unlink(missing_ok=True)
        assert night(folder, 1, *options(folder))[0] == 0
        end = signalled(folder, which, count * stride)
        assert end in {0, *ends}, end
        assert number(folder / "target") in (1, 2)
        code, said = night(folder, 3, *options(folder))
        assert code == 0, said
        assert number(folder / "target") == 3
        assert set(names(folder / "target")) <= set(WHOLE), names(folder / "target")
        found: list[str] = []
        assert log.run(log.Asked(str(folder / "target"), is_chinese=False), found.append) == 0, found
        if end == 0:
            return count
        count += 1


if __name__ == "__main__":
    print(main(signal.Signals[sys.argv[1]], int(sys.argv[2]), Path(sys.argv[3])))
