"""A real web server under requests while releases come and go: a page and all it loads are of one release."""

from __future__ import annotations

import gzip
import http.client
import json
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from random import Random
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

import pytest

from builder.publish import Folder, Order, publish, rollback
from tests.browser.web_server import caddy_on_target, nginx_on_target
from tests.publish.sites import PAGES, number, site

pytestmark = pytest.mark.browser

SITES = 7
PAUSE_SECONDS = 0.15
"""Between a page and what it loads, at most: two releases come meanwhile, and five are kept."""
LOADED = re.compile(r'(?:href|data-edition)="([^"]+)"')


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes


class Reader:
    """A browser without a cache, on one line."""

    def __init__(self, root: str) -> None:
        self.root = root
        self.line = http.client.HTTPConnection(urlsplit(root).netloc, timeout=10)

    def get(self, url: str, **headers: str) -> Answer:
        self.line.request("GET", urlsplit(url).path, headers=headers)
        found = self.line.getresponse()
        return Answer(found.status, {k.lower(): v for k, v in found.getheaders()}, found.read())

    def page(self, path: str, pause: float, coding: str = "") -> list[str]:
        """Return the numbers on a page and in what it loads, after a pause; the status of what is not there."""
        coded = {"Accept-Encoding": coding} if coding else {}
        answer = self.get(self.root + path, **coded)
        text = gzip.decompress(answer.body) if answer.headers.get("content-encoding") == "gzip" else answer.body
        page = text.decode()
        found = [page[3:9] if answer.status == 200 else str(answer.status)]
        time.sleep(pause)
        for name in LOADED.findall(page):
            name += "find/data.json" if name.endswith("/") else ""
            answer = self.get(urljoin(self.root + path, name))
            if answer.status != 200:
                found.append(str(answer.status))
            elif name.endswith(".json"):
                found.append(json.loads(answer.body)["n"])
            else:
                found.append(answer.body[3:9].decode())
        return found


@contextmanager
def readers(root: str, many: int) -> Iterator[list[list[str]]]:
    """Read pages all the time, and yield what was found."""
    found: list[list[str]] = []
    is_over = threading.Event()

    def read(n: int) -> None:
        random, reader = Random(n), Reader(root)  # noqa: S311
        while not is_over.is_set():
            try:
                pause = random.choice([0, 0, random.uniform(0, PAUSE_SECONDS)])
                found.append(reader.page(random.choice(PAGES), pause, random.choice(["", "gzip"])))
            except (OSError, http.client.HTTPException) as error:
                found.append([repr(error)])
                reader.line.close()
        reader.line.close()

    threads = [threading.Thread(target=read, args=(n,)) for n in range(many)]
    for thread in threads:
        thread.start()
    try:
        yield found
    finally:
        is_over.set()
        for thread in threads:
            thread.join()


@pytest.fixture
def sites(tmp_path: Path) -> Path:
    folder = tmp_path / "sites"
    for n in range(SITES):
        site(folder / f"{n}", n)
        (folder / "numbers" / f"{n}").mkdir(parents=True)
    publish(folder / "0", Folder(folder / "target"), Order())
    return folder


def storm(sites: Path, folder: Path, publishes: int, kills: int) -> None:
    with nginx_on_target(sites / "target", folder, sites / "0") as root, readers(root, 4) as found:
        done = subprocess.run(
            [sys.executable, "-m", "tests.publish.kills", "random", sites, f"{publishes}", f"{kills}"],
            capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2],
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert int(done.stdout.split()[1]) == kills
    mixed = [item for item in found if len(set(item)) != 1 or len(item) != 3]
    print(f"{done.stdout.strip()} publishes and kills, {len(found)} pages, {len(mixed)} mixed")
    assert mixed == []
    assert len(found) > 10 * publishes
    assert len({item[0] for item in found}) == SITES


def test_a_page_and_what_it_loads_are_of_one_release(sites: Path, tmp_path: Path) -> None:
    storm(sites, tmp_path, 10, 6)


@pytest.mark.nightly
def test_fifty_publishes_and_twenty_kills(sites: Path, tmp_path: Path) -> None:
    storm(sites, tmp_path, 50, 20)


def test_the_readers_notice_a_server_that_keeps_no_former_assets(sites: Path, tmp_path: Path) -> None:
    """The test of the test: a server of `current` alone mixes."""
    from tests.browser.web_server import nginx

    with nginx(sites / "target" / "current", tmp_path, ) as root, readers(root, 4) as found:
        for n in range(1, 5):
            publish(sites / f"{n}", Folder(sites / "target"), Order())
            time.sleep(0.2)
    assert [item for item in found if len(set(item)) != 1] != []


@pytest.mark.parametrize("way", [nginx_on_target, caddy_on_target])
def test_what_never_changes_is_kept_a_year_and_all_else_is_asked_for(sites: Path, tmp_path: Path, way: object) -> None:
    target = sites / "target"
    (target / "log").mkdir()
    (target / "log" / "checkpoint").write_text("signed", encoding="utf-8")
    (target / "kept").mkdir()
    (target / "kept" / "secret").write_text("held back", encoding="utf-8")
    (style,) = (target / "current").glob("assets/*/site.css")
    lasting = f"assets/{style.parent.name}/site.css"
    with way(target, tmp_path, sites / "0") as root, ExitStack() as held:  # type: ignore[operator]
        reader = Reader(root)
        held.callback(reader.line.close)
        kept = {path: reader.get(root + path).headers.get("cache-control") for path in ("", lasting, "data/case.csv",
                "log/checkpoint")}  # fmt: skip
        assert kept == {"": "no-cache", lasting: "public, max-age=31536000, immutable", "data/case.csv": "no-cache",
                        "log/checkpoint": "no-cache"}  # fmt: skip
        hidden = ["kept/secret", "releases/", ".mingge-target", ".mingge-site", "log/../kept/secret",
                  "assets/0123456789ab/../../kept/secret", f"assets/{'0' * 12}/site.css"]  # fmt: skip
        found = {path: reader.get(root + path) for path in hidden}
        assert {path: answer.status for path, answer in found.items()} == dict.fromkeys(hidden, 404)
        assert {answer.headers.get("cache-control") for answer in found.values()} <= {None, "no-cache"}
        packed = reader.get(root, **{"Accept-Encoding": "gzip"})
        assert packed.body == (target / "current" / "index.html.gz").read_bytes()
        assert packed.headers["content-encoding"] == "gzip"
        assert packed.headers["content-type"] == "text/html; charset=utf-8"
        assert "default-src 'none'" in packed.headers["content-security-policy"]
        if way is caddy_on_target:
            zstd = reader.get(root, **{"Accept-Encoding": "zstd, gzip"})
            assert zstd.body == (target / "current" / "index.html.zst").read_bytes()
        first = reader.get(root)
        assert reader.get(root, **{"If-None-Match": first.headers["etag"]}).status == 304
        publish(sites / "1", Folder(target), Order(record=lambda *_: None))
        second = reader.get(root, **{"If-None-Match": first.headers["etag"]})
        assert (second.status, second.body[3:9]) == (200, b"000001")
        assert reader.get(root + lasting).body[3:9] == b"000000"
        state = Folder(target).state()
        rollback(Folder(target), next(iter({*state.there} - {state.current})), Order())
        assert reader.get(root, **{"If-None-Match": second.headers["etag"]}).body[3:9] == b"000000"
    assert number(target) == 0


@pytest.mark.parametrize("stride", [61, pytest.param(1, marks=pytest.mark.nightly)])
def test_a_kill_at_any_step_leaves_a_whole_release_and_the_next_publish_tidies(tmp_path: Path, stride: int) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.publish.kills", "step", tmp_path, f"{stride}"],
        capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) * stride > 200
