"""What the desk remembers while it runs: the package as it is, what is being tried, and the last save."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from builder.desk import git, save, work
from builder.desk.fingerprint import fingerprint
from builder.desk.git import Author
from builder.desk.lane import Job, Lane
from builder.desk.work import Bench, Brought, Examined, Known
from builder.errors import BuilderError, ToolError
from builder.language import mark
from builder.model import Message

__all__ = ["Desk", "Saved", "Trial"]


@dataclass(slots=True)
class Trial:
    """Files that somebody brought. `examined`: what is known of them; `job`: what is being done, or was done last.

    `site`: the folder of the site that was built of it, None for none, and `site_token` the path that it is served at.
    """

    token: str
    folder: Path
    brought: tuple[Brought, ...]
    job: Job
    doing: str = "examine"
    examined: Examined | None = None
    site: Path | None = None
    site_token: str = ""
    sites: int = 0
    error: Message | None = None


class Saved(NamedTuple):
    """A save: path → digest of what was saved, and where what it replaced is kept (None: there was nothing).

    `commit`: "" where none was made; `trouble`: why, where one was wanted.
    """

    digests: Mapping[str, str]
    kept: Mapping[str, Path | None]
    titles: tuple[str, ...]
    commit: str = ""
    trouble: Message | None = None
    is_undone: bool = False


@dataclass(slots=True)
class Desk:
    """One desk on one package. `folder`: its own, for everything temporary."""

    bench: Bench
    folder: Path
    lane: Lane
    trials: dict[str, Trial] = field(default_factory=dict)
    looking: Job | None = None
    known: Known | None = None
    saved: Saved | None = None
    saves: int = 0

    @property
    def repository(self) -> git.Repository | None:
        """The repository that the package lies in."""
        return git.repository(self.bench.package)

    def look(self) -> None:
        """See that the package is known as it is now."""
        if self.looking and self.looking.state == "done":
            self.known = self.looking.value
        is_current = self.known is not None and self.known.seen == fingerprint(self.bench.package)
        if not is_current and not (self.looking and (self.looking.is_open or self.looking.state == "failed")):
            self.looking = self.lane.put(work.look, self.bench)

    def again(self) -> None:
        """Forget what came of the last look."""
        self.looking = None

    def incoming(self) -> Path:
        """Return a new folder for files that are brought."""
        folder = self.folder / f"trial-{secrets.token_hex(12)}"
        folder.mkdir()
        return folder

    def begin(self, folder: Path, names: Sequence[str]) -> Trial:
        """Begin with files that lie in `folder` as 0, 1, 2 …: the names that they were brought under are words."""
        token = secrets.token_urlsafe(12)
        brought = tuple(Brought(number, name, folder / str(number)) for number, name in enumerate(names))
        trial = Trial(token, folder, brought, self.lane.put(work.examine, self.bench, folder, brought, True))
        self.trials[token] = trial
        return trial

    def again_with(
        self, trial: Trial, targets: Mapping[int, str], left_out: set[int], added: set[int], *, is_mended: bool
    ) -> None:
        """Look once more, with other tables, without some of the files, with what was mended, or rows behind others."""
        self._idle(trial)
        known = tuple(item for item in trial.brought if item.number not in left_out)
        trial.brought = tuple(
            item._replace(target=targets.get(item.number, item.target), is_added=item.number in added) for item in known
        )
        trial.examined, trial.site, trial.doing = None, None, "examine"
        trial.job = self.lane.put(work.examine, self.bench, trial.folder, trial.brought, is_mended)

    def settle(self, trial: Trial) -> None:
        """Take note of what came of a trial's work."""
        job = trial.job
        if job.is_open:
            return
        trial.error = job.error
        if job.state == "done" and trial.doing == "examine":
            trial.examined = job.value
        if job.state == "done" and trial.doing == "preview" and trial.site is None:
            trial.site = trial.folder / f"site-{trial.sites}"
            trial.site_token = secrets.token_urlsafe(12)
        if trial.examined and trial.doing == "examine" and not trial.error:
            trial.doing = ""

    def preview(self, trial: Trial) -> None:
        """Build the site of a trial."""
        self._idle(trial)
        if trial.examined is None or not trial.examined.is_fit:
            raise BuilderError(mark("a site is only built without errors"), mark("mend the errors first"))
        if trial.site is None:
            trial.sites += 1
            site = trial.folder / f"site-{trial.sites}"
            trial.doing, trial.job = "preview", self._preview(trial, site)

    def _preview(self, trial: Trial, site: Path) -> Job:
        is_mended = trial.examined is not None and trial.examined.is_mended
        return self.lane.put(work.preview, self.bench, trial.brought, is_mended, site)

    def workbook(self, trial: Trial, number: int) -> Job:
        """Make the clerk's own file as a workbook with coloured cells."""
        is_mended = trial.examined is not None and trial.examined.is_mended
        return self.lane.put(work.workbook, self.bench, trial.folder, trial.brought, is_mended, number)

    def drop_all(self) -> None:
        """Forget every trial."""
        for trial in tuple(self.trials.values()):
            self.drop(trial)

    def drop(self, trial: Trial) -> None:
        """Forget a trial and all its files."""
        self.lane.cancel(trial.job)
        self.trials.pop(trial.token, None)
        shutil.rmtree(trial.folder, ignore_errors=True)

    def save(self, trial: Trial, is_lost: bool, message: str, author: Author) -> Saved:
        """Put a trial's files into the package, and commit them. Raises BuilderError.

        `is_lost`: somebody has said that the rows that go are to go.
        """
        self._idle(trial)
        examined = trial.examined
        if examined is None or not examined.is_fit:
            raise BuilderError(mark("there are errors still"), mark("mend them, then bring the files once more"))
        if examined.lost and not is_lost:
            raise BuilderError(
                mark("{count} rows of the package would go"),
                mark("go back; put the rows behind those that are there, or tick that these rows are to go"),
                count=examined.lost,
            )  # fmt: skip
        if examined.seen != fingerprint(self.bench.package):
            raise BuilderError(
                mark("the package has changed since these files were checked"),
                mark("check them once more, then save"),
            )
        files = {item.target.path: trial.folder / f"new-{item.number}" for item in examined.items if item.target}
        titles = tuple(item.target.title for item in examined.items if item.target)
        self.saves += 1
        kept = self._keep(list(files), self.folder / f"kept-{self.saves}")
        save.put(self.bench.package, files)
        digests = {path: save.digest(self.bench.package / path) for path in files}
        self.saved = self._committed(Saved(digests, kept, titles), message, author)
        self.drop(trial)
        return self.saved

    def undo(self, message: str, author: Author) -> Saved:
        """Put back what the last save replaced, as long as nothing else has changed. Raises BuilderError."""
        last = self.saved
        if last is None or last.is_undone:
            raise BuilderError(mark("there is nothing to undo"), mark("only the last save can be undone"))
        repository = self.repository
        now = {path: save.digest(self.bench.package / path) for path in last.digests}
        if now != dict(last.digests) or (last.commit and (repository is None or repository.head() != last.commit)):
            raise BuilderError(
                mark("something else has been changed since"),
                mark("undo it by hand, or bring the right files and save them"),
            )
        save.put(self.bench.package, last.kept)
        undone = last._replace(is_undone=True, commit="", trouble=None)
        self.saved = self._committed(undone, message, author) if last.commit else undone
        return self.saved

    def _keep(self, paths: list[str], folder: Path) -> dict[str, Path | None]:
        folder.mkdir()
        kept: dict[str, Path | None] = {}
        for number, path in enumerate(paths):
            there = self.bench.package / path
            kept[path] = Path(shutil.copy2(there, folder / str(number))) if there.exists() else None
        return kept

    def _committed(self, saved: Saved, message: str, author: Author) -> Saved:
        repository = self.repository
        try:
            paths = [path for path in saved.digests if repository and repository.takes(path)]
            if repository is None or not paths:
                return saved
            return saved._replace(commit=repository.commit(paths, message, author))
        except ToolError as error:  # the files are saved, and that is what counts; the page says the rest
            return saved._replace(trouble=error.message)

    def _idle(self, trial: Trial) -> None:
        if trial.job.is_open:
            raise BuilderError(mark("these files are still being worked on"), mark("wait, or stop it"))

