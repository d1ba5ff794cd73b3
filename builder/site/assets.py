"""One style sheet and two scripts for the whole site, joined from the files of the theme and of the tables.

`early.js` is asked for before anything is drawn and holds what must be decided until then; `site.js` comes with the
page and is run when it is there. Each part is a function that does nothing where its element is not on the page.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from builder.site import pruning

__all__ = ["EARLY", "SCRIPT", "STYLES", "write"]

STYLES = "assets/stylesheets/site.css"
EARLY = "assets/javascripts/early.js"
SCRIPT = "assets/javascripts/site.js"

COMMENT = re.compile(r"^[ \t]*(?://.*|/\*(?s:.*?)\*/[ \t]*)\n", re.MULTILINE)
"""Comments that have lines of their own: what stands beside code could be part of a text."""
INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
"""No text of a script goes over more than one line (tests/site/test_assets.py)."""

FIRST, LAST = ("theme", "content"), ("print",)
"""Style sheets whose place matters: what the others build on, and what overrules them on paper."""


def write(
    theme: Path, templates: Path, docs: Path, tables: str, target: Path, *, without: Collection[str] = ()
) -> None:
    """Join what the engine copied from `theme` below `target`; `tables`: the style sheet of the tables.

    Of the theme that ours is based on, only what some page, template or script may use. What people wrote into `docs`
    stays as it is: `extra_css` and `extra_javascript` may name it. `without`: names of our own files that this site has
    no use for.
    """
    sheets, scripts = target / "assets/stylesheets", target / "assets/javascripts"
    own = {path.stem: path.read_text(encoding="utf-8") for path in (theme / "assets/stylesheets").glob("*.css")}
    copied = [
        path for path in sorted([*sheets.glob("*.css"), *scripts.rglob("*.js")])
        if not (docs / path.relative_to(target)).is_file()
    ]  # fmt: skip
    foreign = [path.read_text("utf-8") for path in copied if path.suffix == ".css" and path.stem not in own]
    own = {name: text for name, text in own.items() if name not in without}
    known = pruning.vocabulary(
        texts(*target.rglob("*.html"), *templates.rglob("*.html")), texts(*templates.rglob("*.js"))
    )
    early, late = (joined(theme / "assets/javascripts" / folder, without) for folder in ("early", "."))
    text = pruning.pruned(foreign, [*(own[name] for name in ordered(own) if name not in LAST), tables,
                                    *(own[name] for name in LAST if name in own)], known)  # fmt: skip
    for path in copied:
        path.unlink()
    if (scripts / "early").is_dir() and not any((scripts / "early").iterdir()):
        (scripts / "early").rmdir()
    for name, content in ((STYLES, text), (EARLY, early), (SCRIPT, late)):
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8", newline="\n")


def texts(*paths: Path) -> Iterator[str]:
    """Yield what stands in files."""
    return (path.read_text(encoding="utf-8") for path in paths)


def ordered(names: Iterable[str]) -> list[str]:
    """Return the names of style sheets in the order in which they overrule each other."""
    places = {name: place for place, name in enumerate(FIRST)}
    return sorted(names, key=lambda name: (places.get(name, len(FIRST)), name))


def joined(folder: Path, without: Collection[str]) -> str:
    """Return the scripts of a folder one after the other, by name, without indentation and lines of comments."""
    found = (path for path in sorted(folder.glob("*.js")) if path.stem not in without)
    texts = (COMMENT.sub("", path.read_text(encoding="utf-8")) for path in found)
    return "".join(INDENT.sub("", text).rstrip() + "\n" for text in texts)
