"""sitemap.xml: an index and parts of at most 50,000 addresses, dated from the data (sitemaps.org protocol 0.9)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

__all__ = ["write"]

LARGEST = 50_000
XMLNS = "http://www.sitemaps.org/schemas/sitemap/0.9"


def write(target: Path, url: str, paths: Sequence[str], as_of: str) -> None:
    """Write the sitemap of `paths` and robots.txt. Without a `url` there are no addresses, so nothing is written."""
    if not url:
        return
    parts = [paths[start : start + LARGEST] for start in range(0, len(paths), LARGEST)]
    for number, part in enumerate(parts, 1):
        entries = (f"<url><loc>{escape(url + path)}</loc><lastmod>{as_of}</lastmod></url>" for path in part)
        xml(target / f"sitemap-{number}.xml", "urlset", entries)
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    xml(
        target / "sitemap.xml",
        "sitemapindex",
        (f"<sitemap><loc>{escape(url + name)}</loc></sitemap>" for name in names),
    )
    (target / "robots.txt").write_text(f"User-agent: *\nAllow: /\nSitemap: {url}sitemap.xml\n", encoding="utf-8")


def xml(path: Path, root: str, entries: Iterable[str]) -> None:
    lines = "\n".join(entries)
    path.write_text(
        f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{XMLNS}">\n{lines}\n</{root}>\n', encoding="utf-8"
    )
