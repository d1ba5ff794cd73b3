"""Which pages are judged: of every kind of address that the built site has, the page with most in it.

Found in the site itself and not listed, so that a new kind of page is judged on the day it is first built.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

# what is no page of ours: the search engine's own files
FOREIGN = ("pagefind",)


def kind(path: str) -> str:
    """Return the kind of a page: its address without the codes.

    Pages of areas and branches of another level, which the length of the code tells, are another kind: they show
    other things.
    """
    length = re.fullmatch(r"(area|branch)/(\w+)/", path)
    return f"{length[1]}/{len(length[2])}/" if length else re.sub(r"(?<=/)[A-Z]*\d[\w-]*", "…", path)


def largest(site: Path) -> Mapping[str, str]:
    """Return kind → address below the site's root of its heaviest page, in the order of the kinds."""
    pages: dict[str, tuple[int, str]] = {}
    for file in site.rglob("*.html"):
        path = file.relative_to(site).as_posix()
        if path.startswith(FOREIGN):
            continue
        address = path.removesuffix("index.html")
        candidate = (file.stat().st_size, address)
        pages[kind(address)] = max(pages.get(kind(address), candidate), candidate)
    return {name: pages[name][1] for name in sorted(pages)}
