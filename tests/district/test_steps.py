"""The shell steps of workflows, run as they are written in a fresh clone: two nights, a held file, a failed night.

The program stands in for itself where a step calls it: what it does is tested elsewhere, how it is called is tested in
test_nights.py. Here it writes a release, a log that grows, and ends with the code that a night may end with.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import pytest

from tests.console import ROOT, replace
from tests.district.nights import DEPLOY, gitlab, load, shell, steps
from tests.district.written import files

NIGHT = """#!/bin/sh
[ "$1" = nightly ] || exit 64
echo "$@" >> "$CALLS"
target=$3
number=$(cat "$target/log/checkpoint" 2>/dev/null | wc -l)
mkdir -p "$target/log" "$target/releases/$number"
echo "leaf $number" >> "$target/log/checkpoint"
echo "<p>$number" > "$target/releases/$number/index.html"
echo hidden > "$target/releases/$number/.mingge-site"
ln -sfn "releases/$number" "$target/current"
mkdir -p "$target/kept/files"
echo "kept row" > "$target/kept/files/0"
echo "kept row" > "$target/kept/state.json"
chmod -R go= "$target/kept"
exit "${CODE:-0}"
"""

ON_GITHUB = ("What was published so far", "Night", "Keep what was published", "One folder for Pages")
Change = Callable[[Path], None]


class Run(Protocol):
    """One night in a fresh clone, to which something is done before. Returns how it ended."""

    def __call__(self, more: Mapping[str, str], changes: Sequence[Change] = ()) -> int: ...


def git(folder: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main")
    return subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True, text=True).stdout


@pytest.fixture
def origin(district: Path, tmp_path: Path) -> Path:
    """Return a bare repository that holds the new district."""
    work, bare = tmp_path / "work", tmp_path / "origin.git"
    git(tmp_path, "init", "--quiet", str(work))
    for name, content in files(district).items():
        (work / name).parent.mkdir(parents=True, exist_ok=True)
        (work / name).write_bytes(content)
    git(work, "add", "--all")
    git(work, "commit", "--quiet", "-m", "A new district")
    git(tmp_path, "clone", "--quiet", "--bare", str(work), str(bare))
    git(bare, "config", "receive.advertisePushOptions", "true")  # as GitLab does
    return bare


@pytest.fixture(params=["github", "gitlab"])
def night(request: pytest.FixtureRequest, origin: Path, tmp_path: Path) -> Run:
    """Return what runs one night in a fresh clone and returns how it ended; `tmp_path`/clone is the last one's."""
    count = iter(range(9))

    def run(more: Mapping[str, str], changes: Sequence[Change] = ()) -> int:
        clone = tmp_path / f"clone-{next(count)}"
        git(tmp_path, "clone", "--quiet", str(origin), str(clone))
        (tmp_path / "clone").unlink(missing_ok=True)
        (tmp_path / "clone").symlink_to(clone)
        for change in changes:
            change(clone)
        program(clone, NIGHT)
        platform = {"github": on_github, "gitlab": on_gitlab}[request.param]
        return platform(clone, {**environment(tmp_path, origin), **more})

    return run


def program(clone: Path, text: str) -> None:
    (clone / ".venv" / "bin").mkdir(parents=True)
    (clone / ".venv" / "bin" / "mingge").write_text(text, encoding="utf-8")
    (clone / ".venv" / "bin" / "mingge").chmod(0o755)


def environment(folder: Path, origin: Path) -> dict[str, str]:
    """Return what both platforms say to a job, as far as the steps ask for it, and where the push really goes."""
    return {
        "PATH": os.environ["PATH"], "HOME": str(folder), "CALLS": str(folder / "calls.txt"),
        "GITHUB_OUTPUT": str(folder / "output.txt"), "RUNNER_TEMP": str(folder), "LOG_KEY": "", "WEBHOOK": "",
        "GITHUB_STEP_SUMMARY": str(folder / "summary.md"),
        "CI_DEFAULT_BRANCH": "main", "CI_SERVER_PROTOCOL": "https", "CI_SERVER_HOST": "gitlab.example",
        "CI_SERVER_PORT": "443", "CI_PROJECT_PATH": "a/b", "MINGGE_PUSH_TOKEN": "token",
        "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": f"url.{origin}.insteadOf",
        "GIT_CONFIG_VALUE_0": "https://mingge:token@gitlab.example:443/a/b.git",
    }  # fmt: skip


def on_github(clone: Path, given: Mapping[str, str]) -> int:
    found = {step.name: step for step in steps(DEPLOY / "github" / "nightly.yml")}
    for name in ON_GITHUB:
        own = {key: value.replace("${{ runner.temp }}", given["RUNNER_TEMP"]) for key, value in found[name].env.items()
               if "secrets." not in value}  # fmt: skip
        done = shell(found[name].run, clone, {**given, **own})
        if done.returncode:
            return done.returncode
        assert done.stderr == "", (name, done.stderr)
        for index in Path(given["RUNNER_TEMP"]).glob("published.index"):
            if name == ON_GITHUB[2]:
                index.unlink()  # a machine of its own every night
    return int(Path(given["GITHUB_OUTPUT"]).read_text(encoding="utf-8").split("code=")[-1])


def on_gitlab(clone: Path, given: Mapping[str, str]) -> int:
    text = gitlab(DEPLOY / "gitlab-ci.yml", "nightly")
    done = shell(text, clone, {key: value for key, value in given.items() if key not in ("LOG_KEY", "WEBHOOK")})
    return done.returncode or int((clone / "code.txt").read_text(encoding="utf-8"))


def test_each_night_goes_on_from_the_last_and_publishes_one_folder(night: Run, origin: Path, tmp_path: Path) -> None:
    assert [night({}), night({})] == [0, 0]

    assert files(tmp_path / "clone" / "public") == {
        "index.html": b"<p>1\n", ".mingge-site": b"hidden\n", "log/checkpoint": b"leaf 0\nleaf 1\n",
    }  # fmt: skip
    assert git(origin, "rev-list", "--count", "published") == "1\n"
    assert git(origin, "ls-tree", "-r", "--name-only", "published").split() == [
        "current", "kept/files/0", "kept/state.json", "log/checkpoint", "releases/0/.mingge-site",
        "releases/0/index.html", "releases/1/.mingge-site", "releases/1/index.html",
    ]  # fmt: skip
    assert git(origin, "log", "--format=%s", "main") == "A new district\n"


def artifacts(described: Any) -> Iterator[str]:
    """Yield every path that a workflow of either platform hands on as an artifact."""
    for job in described["jobs"].values() if "jobs" in described else described.values():
        if isinstance(job, dict):
            yield from job.get("artifacts", {}).get("paths", ())
            uploads = (step["with"]["path"] for step in job.get("steps", ()) if "/upload-" in step.get("uses", ""))
            yield from (path for text in uploads for path in text.split())


def test_what_is_kept_for_holding_back_is_in_no_artifact(night: Run, tmp_path: Path) -> None:
    night({})
    clone = tmp_path / "clone"
    files_of_workflows = (*sorted((DEPLOY / "github").glob("*.yml")), DEPLOY / "gitlab-ci.yml")
    handed = {path for file in files_of_workflows for path in artifacts(load(file))}
    assert handed >= {"public", "public/", "code.txt", "preview", "report.html"}
    found = [file for path in handed for file in (clone / path, *(clone / path).rglob("*")) if file.is_file()]
    assert clone / "public" / "index.html" in found
    assert [file for file in found if b"kept row" in file.read_bytes()] == []
    assert b"kept row" in (clone / "published" / "kept" / "state.json").read_bytes()


def private(clone: Path) -> None:
    replace(clone / "datasets" / "datapackage.json", '"repository": "public"', '"repository": "private"')


def from_elsewhere(clone: Path) -> None:
    (clone / "datasets" / "case.csv").rename(clone / "datasets" / "case-2026.csv")


def from_a_submodule(clone: Path) -> None:
    source = clone.with_name(f"{clone.name}-rows")
    (clone / "datasets").rename(source)
    git(source, "init", "--quiet")
    git(source, "add", "--all")
    git(source, "commit", "--quiet", "-m", "Rows")
    git(clone, "rm", "--quiet", "-r", "--cached", "datasets")
    git(clone, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(source), "datasets")


def ignored(clone: Path) -> None:
    (clone / ".gitignore").write_text("/datasets/*.csv\n", encoding="utf-8")
    git(clone, "rm", "--quiet", "--cached", "datasets/case.csv")


@pytest.mark.parametrize(
    ("changes", "is_kept"),
    [
        ((), True), ((private,), True), ((from_elsewhere,), True), ((private, from_elsewhere), False),
        ((private, from_a_submodule), False), ((private, ignored), False),
    ],
)  # fmt: skip
def test_private_files_that_are_none_of_the_repository_are_in_no_branch_of_it(
    changes: Sequence[Change], is_kept: bool, night: Run, origin: Path
) -> None:
    assert night({}, changes) == 0
    assert ("kept/state.json" in git(origin, "ls-tree", "-r", "--name-only", "published")) is is_kept
    assert night({}) == 0


def test_a_night_that_held_a_file_back_publishes_and_says_so(night: Run, tmp_path: Path) -> None:
    assert night({"CODE": "4"}) == 4
    assert (tmp_path / "clone" / "public" / "index.html").is_file()


@pytest.mark.parametrize("code", ["1", "70"])
def test_a_night_that_failed_publishes_and_keeps_nothing(code: str, night: Run, origin: Path, tmp_path: Path) -> None:
    assert night({"CODE": code}) != 0
    assert not (tmp_path / "clone" / "public").exists()
    assert "published" not in git(origin, "branch", "--list", "published")


def test_where_the_last_night_cannot_be_read_no_new_log_is_begun(night: Run, origin: Path, tmp_path: Path) -> None:
    assert night({}) == 0
    gone = {"GIT_CONFIG_COUNT": "2", "GIT_CONFIG_KEY_1": "url./nowhere.insteadOf", "GIT_CONFIG_VALUE_1": str(origin)}
    assert night(gone) != 0
    assert (tmp_path / "calls.txt").read_text(encoding="utf-8").count("nightly") == 1


def test_the_key_of_the_log_is_handed_over_in_a_file_that_nobody_else_reads(night: Run, tmp_path: Path) -> None:
    secret = "PRIVATE+KEY"  # noqa: S105 - of no log
    assert night({"LOG_KEY": secret, "MINGGE_LOG_KEY": str(tmp_path / "log.key")}) == 0

    call = (tmp_path / "calls.txt").read_text(encoding="utf-8")
    options = f"--log-key {tmp_path / 'log.key'} --known .mingge_cache/known.json"
    assert call == f"nightly --target published --on-error hold {options}\n"
    if (tmp_path / "log.key").exists():  # GitHub hands the text over, GitLab the file
        assert (tmp_path / "log.key").read_text(encoding="utf-8") == f"{secret}\n"
        assert (tmp_path / "log.key").stat().st_mode & 0o077 == 0
    assert secret.encode() not in b"".join(files(tmp_path / "clone" / "published").values())


def test_the_address_of_the_robot_is_handed_over_in_a_file_that_nobody_else_reads(night: Run, tmp_path: Path) -> None:
    address = "https://robot.example/send?key=0"
    (tmp_path / "file").write_text(address, encoding="utf-8")  # of GitLab
    assert night({"WEBHOOK": address, "MINGGE_WEBHOOK": str(tmp_path / "file")}) == 0

    name = "webhook" if (tmp_path / "webhook").exists() else "file"
    call = (tmp_path / "calls.txt").read_text(encoding="utf-8")
    assert call == f"nightly --target published --on-error hold --webhook-file {tmp_path / name}\n"
    assert (tmp_path / name).read_text(encoding="utf-8").strip() == address
    assert name == "file" or (tmp_path / name).stat().st_mode & 0o077 == 0


def test_a_held_file_fails_the_last_job_when_the_site_is_up(tmp_path: Path) -> None:
    (step,) = [step for step in steps(DEPLOY / "github" / "nightly.yml") if step.job == "held"]
    assert shell(step.run, tmp_path, {"PATH": os.environ["PATH"]}).returncode == 4

    text = gitlab(DEPLOY / "gitlab-ci.yml", "held")
    for code, ends in (("4", 4), ("0", 0)):
        (tmp_path / "code.txt").write_text(f"{code}\n", encoding="utf-8")
        assert shell(text, tmp_path, {"PATH": os.environ["PATH"]}).returncode == ends


REAL = f"""#!/bin/sh
PYTHONPATH={ROOT} exec {sys.executable} -m builder "$@"
"""


@pytest.mark.nightly
def test_a_pull_request_is_checked_and_previewed_by_the_program_itself(origin: Path, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", str(origin), str(clone))
    program(clone, REAL)
    found = {step.name: step.run for step in steps(DEPLOY / "github" / "check.yml")}
    given = environment(tmp_path, origin)

    for name in ("Check", "Preview"):
        done = shell(found[name], clone, given)
        assert done.returncode == 0, done.stderr
    for name in ("report.html", "report.json", "preview/index.html"):
        assert (clone / name).is_file()
    assert (tmp_path / "summary.md").stat().st_size > 0
    assert git(clone, "status", "--porcelain") == ""  # what it makes is ignored

    table = clone / "datasets" / "grid.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("综合", "综台", 1), encoding="utf-8")
    done = shell(found["Check"], clone, given)
    assert (done.returncode, "::error file=datasets/grid.csv,line=2" in done.stdout) == (1, True), done.stdout


@pytest.mark.nightly
def test_a_merge_request_is_checked_and_previewed_by_the_program_itself(origin: Path, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", str(origin), str(clone))
    program(clone, REAL)
    for job, made in (("check", "report.html"), ("check", "report.xml"), ("preview", "preview/index.html")):
        if not (clone / made).exists():
            done = shell(gitlab(DEPLOY / "gitlab-ci.yml", job), clone, environment(tmp_path, origin))
            assert done.returncode == 0, done.stderr
        assert (clone / made).is_file()
