"""What is made once a run, however many workers test it; and which of many cases wait for the night."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

__all__ = ["by_day", "examples", "once", "together"]


def together(base: Path) -> Path:
    """Return the folder that the workers of a run have in common; `base`: the temporary folder of this one."""
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


def once(base: Path, name: str, make: Callable[[Path], object]) -> Path:
    """Return `name` in the common folder, made by whoever asks first: `make` is given a path that is not there yet."""
    target = together(base) / "once" / name
    target.parent.mkdir(exist_ok=True)
    with target.with_name(f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not target.exists():
            half = target.with_name(f"{name}.half")
            shutil.rmtree(half, ignore_errors=True)
            make(half)
            half.rename(target)
    return target


def examples(count: int) -> int:
    """Return how many of the `count` examples of a night are tried now (tests/conftest.py)."""
    return max(1, count * settings().max_examples // 100)


def by_day(cases: Iterable[Any], chosen: Collection[Any] | int) -> list[Any]:
    """Return parameters of which only those `chosen`, or the first and then one in so many, are tried by day.

    The others are cases of the same rule: they wait for the night.
    """
    every = list(cases)
    kept = every[::chosen] if isinstance(chosen, int) else chosen
    assert isinstance(chosen, int) or all(item in every for item in chosen), "a case that there is not"
    values = [case if type(case) is tuple else (case,) for case in every]  # a NamedTuple is one value
    return [
        pytest.param(*value, marks=[] if case in kept else [pytest.mark.nightly])
        for case, value in zip(every, values, strict=True)
    ]
