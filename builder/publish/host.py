"""A target on another machine: the same layout, by rsync over ssh. That machine needs sh, flock, rsync and coreutils.

Always holds what `folder` holds; what is copied over lies in a folder of `.incoming` with a name of its own, so that an
rsync whose publish was killed disturbs no other.
"""

from __future__ import annotations

import secrets
import shlex
import subprocess
import tempfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from builder.errors import BuilderError, ToolError
from builder.language import mark
from builder.publish import manifest
from builder.publish.layout import ASSETS, CURRENT, INCOMING, LOCK, LOG, MARK, RELEASES, State, mark_text, published_in
from builder.publish.manifest import ID, Release
from builder.publish.session import OPTIONS, Session, last_line, session
from builder.publish.snapshot import Snapshot

__all__ = ["Host"]

FOREIGN, NO_TARGET = "foreign", ""
STATE = f"""
[ -f {MARK} ] || {{ [ -z "$(ls -A | grep -vx -e {LOCK} -e {INCOMING})" ] || echo foreign; exit 0; }}
cat {MARK} | tr '\\n' ' '; echo
readlink {CURRENT} || echo
for text in {RELEASES}/*/{manifest.NAME}; do
  [ -f "$text" ] && [ ! -L "${{text%/*}}" ] && sha256sum "$text"
done
:"""
"""Prints the mark, where the link leads, and the hash of each release.json, a line each."""

TOOLS = """
for tool in flock rsync sha256sum; do
  command -v $tool >/dev/null || { echo "$tool is not installed"; exit 1; }
done"""
TIDY = f"rm -rf {INCOMING}"


RSYNC = ("-r", "-c", "-s", "--timeout=60", "--chmod=D755,F644")
"""Contents are compared, never times; names go as they are; whoever says nothing for a minute is gone."""

TABLES = (
    f"--include=/{manifest.NAME}", "--include=/data/***", "--include=/changes/", "--include=/changes/history.json",
    "--exclude=*",
)  # fmt: skip
"""What a release is compared by: see `changes`."""


@dataclass(frozen=True, slots=True)
class Host:
    """A target in the folder `root` of `host`, which is reached by `ssh`."""

    host: str
    root: str
    ssh: tuple[str, ...] = ("ssh",)

    @property
    def name(self) -> str:
        """How people write the target."""
        return f"{self.host}:{self.root}"

    def state(self) -> State:
        """Return what is there. Raises BuilderError when it is no target, ToolError."""
        with session(self.ssh, self.host) as shell:
            return self.read(shell, f"[ -d {self.root} ] || exit 0\ncd {self.root}\n{STATE}")

    def read(self, shell: Session, script: str) -> State:
        """Return what the script says of a target."""
        lines = shell.run(script).split("\n")
        if lines == [FOREIGN]:
            raise BuilderError(
                mark("{path} holds files that `mingge publish` did not put there"),
                mark("name a new or empty folder"), path=self.name,
            )  # fmt: skip
        if lines == [NO_TARGET]:
            return State({}, "", ())
        try:
            published = published_in(lines[0])
        except (ValueError, KeyError, TypeError):
            raise BuilderError(
                mark("{path} cannot be read"), mark("put it back from a copy, or publish into a new folder"),
                path=f"{self.name}/{MARK}",
            ) from None  # fmt: skip
        there = {}
        for digest, path in (line.split(maxsplit=1) for line in lines[2:] if line):
            key = path.split("/")[1]
            if ID.fullmatch(key) and key.endswith(f"-{digest[: manifest.DIGITS]}"):
                there[key] = digest
        current = (lines[1] if len(lines) > 1 else "").removeprefix(f"{RELEASES}/")
        if current and current not in there:
            raise BuilderError(
                mark("{path} does not lead to a release"),
                mark("put it right by hand: ln -sfn releases/ID current, with an ID from {folder}"),
                path=f"{self.name}/{CURRENT}", folder=f"{self.name}/{RELEASES}",
            )  # fmt: skip
        return State(there, current, published)

    def fetch(self, basis: Path, into: Path) -> Path | None:
        """Fetch the tables of the release that is served, and what it says of itself; None where none is.

        `into`: an empty folder here, which is returned; `basis`: a folder whose files need not come over the line.
        """
        current = self.state().current
        if not current:
            return None
        like = [f"--copy-dest={basis.resolve()}"] if basis.is_dir() else []
        self.rsync(*like, *TABLES, f"{self.name}/{RELEASES}/{current}/", f"{into.resolve()}/")
        return into

    @contextmanager
    def held(self) -> Iterator[HeldHost]:
        """Yield the target, locked and tidied, and a folder here to make a release in."""
        self.state()
        with session(self.ssh, self.host) as shell, tempfile.TemporaryDirectory(prefix="mingge-") as scratch:
            shell.run(TOOLS)
            shell.run(f"mkdir -p {self.root}; cd {self.root}; : >>{LOCK}")
            if not shell.enter(f"cd {self.root} && exec 9>>{LOCK} && flock -n 9"):
                raise ToolError(
                    mark("{path} is being published to by another process"),
                    mark("wait until it has ended, then publish again"), path=self.name,
                )  # fmt: skip
            shell.run(
                f"{TIDY}; mkdir {INCOMING}\n"
                f"[ -f {MARK} ] || {{ printf %s {shlex.quote(mark_text(()))} >{INCOMING}/{MARK}; "
                f"mv {INCOMING}/{MARK} {MARK}; }}"
            )
            held = HeldHost(self, shell, Path(scratch))
            yield held
            with suppress(ToolError):  # it is published; what is left there goes with the next publish
                shell.run(TIDY)

    def rsync(self, *arguments: str) -> None:
        """Copy to or from the host. Raises ToolError with the last line that rsync says."""
        line = shlex.join([*self.ssh, *OPTIONS])
        try:
            done = subprocess.run(["rsync", *RSYNC, "-e", line, *arguments], capture_output=True, check=False)
        except OSError as error:
            raise ToolError(
                mark("{program} cannot be started ({error})"), mark("install it"),
                program="rsync", error=error.strerror or error,
            ) from error  # fmt: skip
        if done.returncode:
            raise ToolError(
                mark("copying to {path} failed: {output}"),
                mark("check the line and the disk there, then publish again; what is served is as it was"),
                path=self.name, output=last_line(done.stderr.decode("utf-8", "replace")) or done.returncode,
            )  # fmt: skip


@dataclass(frozen=True, slots=True)
class HeldHost:
    """A target on another machine while it is locked. `scratch`: a folder on this one."""

    target: Host
    shell: Session
    scratch: Path

    @property
    def staging(self) -> Path:
        """An empty folder on this machine."""
        (self.scratch / "release").mkdir()
        return self.scratch / "release"

    def state(self) -> State:
        """Return what is there."""
        return self.target.read(self.shell, STATE)

    def install(self, folder: Path, snapshot: Snapshot, state: State) -> None:
        """Copy a release over, and move it to its place once it is on the disk there."""
        place, key = f"{INCOMING}/{secrets.token_hex(8)}", snapshot.release.id
        self.shell.run(f"mkdir {place}")
        basis = [f"--copy-dest=../../{RELEASES}/{state.current}"] if state.current else []
        self.target.rsync(*basis, f"{folder}/", f"{self.target.name}/{place}/")
        self.shell.run(f"sync; mkdir -p {RELEASES}; [ ! -e {RELEASES}/{key} ]; mv {place} {RELEASES}/{key}; sync")

    def check(self, release: Release) -> None:
        """Raise ToolError when a release is not what its name says; its files are not read."""
        self.shell.run(f"sha256sum {RELEASES}/{release.id}/{manifest.NAME} | grep -q ^{release.manifest}")

    @contextmanager
    def log(self) -> Iterator[Path]:
        """Yield a copy of the public log; what is put there goes back, checkpoint and key last."""
        here, there = self.scratch / LOG, f"{self.target.name}/{LOG}/"
        here.mkdir()
        self.shell.run(f"mkdir -p {LOG}")
        self.target.rsync(there, f"{here}/")
        yield here
        self.target.rsync("--exclude=/checkpoint", "--exclude=/vkey", f"{here}/", there)
        self.target.rsync(f"{here}/", there)

    def has_log(self) -> bool:
        """Say whether there is a public log."""
        return bool(self.shell.run(f"[ ! -f {LOG}/checkpoint ] || echo there"))

    def switch(self, release: str, published: Sequence[str]) -> None:
        """Serve a release."""
        text = mark_text(published)
        self.shell.run(
            f"printf %s {shlex.quote(text)} >{INCOMING}/{MARK}\n"
            f"mv {INCOMING}/{MARK} {MARK}\n"
            f"mkdir -p {ASSETS}\n"
            f"for folder in {RELEASES}/{release}/{ASSETS}/*/; do\n"
            f'  name=$(basename "$folder")\n'
            f'  case "$name" in *[!0-9a-f]*) continue;; esac\n'
            f'  [ ${{#name}} = 12 ] || continue\n'
            f'  [ -L "{ASSETS}/$name" ] || [ ! -e "{ASSETS}/$name" ]\n'
            f'  ln -s "../{RELEASES}/{release}/{ASSETS}/$name" {INCOMING}/link\n'
            f'  mv -T {INCOMING}/link "{ASSETS}/$name"\n'
            "done\n"
            f"[ -L {CURRENT} ] || [ ! -e {CURRENT} ]\n"
            f"ln -s {RELEASES}/{release} {INCOMING}/link\n"
            f"sync\n"
            f"mv -T {INCOMING}/link {CURRENT}\n"
            f"sync"
        )

    def prune(self, releases: Iterable[str], kept: Collection[str]) -> tuple[str, ...]:
        """Remove releases of ours; links that led there lead to another one that has the same, or go."""
        others = " ".join(key for key in kept if key not in set(releases))
        for key in releases:
            self.shell.run(
                f'[ "$(readlink {CURRENT})" != {RELEASES}/{key} ]\n'
                f"for link in {ASSETS}/*; do\n"
                f'  [ -L "$link" ] || continue\n'
                f'  name=$(basename "$link")\n'
                f'  [ "$(readlink "$link")" = "../{RELEASES}/{key}/{ASSETS}/$name" ] || continue\n'
                f"  heir=\n"
                f'  for other in {others}; do [ -d "{RELEASES}/$other/{ASSETS}/$name" ] && heir=$other; done\n'
                f'  if [ -n "$heir" ]; then\n'
                f'    ln -s "../{RELEASES}/$heir/{ASSETS}/$name" {INCOMING}/link && mv -T {INCOMING}/link "$link"\n'
                f'  else rm "$link"; fi\n'
                "done\n"
                f"mv {RELEASES}/{key} {INCOMING}/{key}\n"
                f"rm -rf {INCOMING}/{key}"
            )
        return ()
