"""Pages of one sentence, and how far a piece of work is, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from builder.desk.lane import Job
from builder.language import Translator, fill, mark, said
from builder.model import Message

__all__ = ["Notice", "notice", "progress"]


@dataclass(frozen=True, slots=True)
class Notice:
    """One sentence and what to do; `follow`: where the page leads by itself, `back`: where it leads when asked."""

    title: str
    text: str = ""
    hint: str = ""
    follow: str = ""
    back: str = ""
    waits: bool = False


def notice(translate: Translator, message: Message, back: str = "") -> Notice:
    """Return the page that says one sentence."""
    text, hint = said(translate, message)
    return Notice(translate(mark("This cannot be done")), text, hint, back=back)


def progress(translate: Translator, job: Job, stages: Mapping[str, str]) -> str:
    """Return in words how far a piece of work is."""
    if job.state == "waiting":
        return translate(mark("Waiting for other work to end"))
    words = translate(stages[job.stage]) if job.stage in stages else translate(mark("Beginning"))
    if not job.count:
        return words
    hundreds = job.count // 100 * 100 or job.count  # a voice need not say every page
    return fill(translate, mark("{stage}: {count} pages"), {"stage": words, "count": hundreds})
