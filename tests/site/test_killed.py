"""A site that is being written when its builder is killed: no engine and no Pagefind goes on without it."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

import pytest

from tests.descendants import builder, within

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")

SOON = 60.0

# deaf to what can be ignored, with a child of its own
DEAF = "#!/bin/sh\ntrap '' TERM HUP INT PIPE\ntouch '{started}'\nsleep 600 & sleep 600\n"

ENGINE = """
from pathlib import Path
from builder.model import SiteConfig
from builder.processes import stoppable
from builder.site import engine
folder = Path({folder!r})
config = SiteConfig(folder / "mkdocs.yml", "en", "", "", folder, folder, folder, ({program!r},))
with stoppable(), engine.started(config, folder, folder / "site", {{}}, folder / "scratch") as finish:
    finish()
"""
INDEX = """
from pathlib import Path
from builder.model import Search
from builder.processes import stoppable
from builder.site import search
folder = Path({folder!r})
with stoppable(), search.opened(folder / "site", "zh", folder / "scratch") as index:
    index.fill(((f"grid/{{n}}/", Search("", "", str(n))) for n in range(9999)), folder / "site")
"""


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP], ids=lambda number: number.name)
@pytest.mark.parametrize("code", [ENGINE, INDEX], ids=["engine", "Pagefind"])
def test_a_program_ends_with_its_builder(code: str, number: signal.Signals, tmp_path: Path) -> None:
    program, started = tmp_path / "program", tmp_path / "started"
    program.write_text(DEAF.format(started=started), encoding="utf-8")
    program.chmod(0o755)
    code = code.format(folder=str(tmp_path), program=str(program))
    with builder(code, PAGEFIND_BINARY_PATH=str(program)) as (parent, alive):
        assert within(SOON, lambda: started.exists() and len(alive()) >= 4)
        parent.send_signal(number)
        _, err = parent.communicate(timeout=SOON)
        assert (parent.returncode, err) == (-number if number == signal.SIGKILL else 128 + number, "")
        assert within(SOON, lambda: not alive())
