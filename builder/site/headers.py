"""What browsers may do with the site: one policy, in every page and, in `headers.json`, for whoever serves it.

Always holds: nothing is loaded from another host, no script or style runs that is not a file of the site or part of
the theme's own frame, and a file that is no page can run nothing at all, whatever its bytes are (docs/adr/0022).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from builder.errors import BuilderError
from builder.language import mark
from builder.site.inline import Found, found, hashed

__all__ = ["NAME", "Policy", "guard", "of", "write"]

NAME = "headers.json"
"""Where the build says it, in the site's folder."""

REFERRER = "no-referrer"
"""Nobody that a page links to learns which grid a reader came from."""

ALWAYS: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": REFERRER,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}  # fmt: skip
"""Sent with every file, beside what its pages may use of the reader's machine."""

FEATURES = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture",
    "encrypted-media", "fullscreen", "geolocation", "gyroscope", "hid", "idle-detection", "local-fonts",
    "magnetometer", "microphone", "midi", "payment", "picture-in-picture", "publickey-credentials-get",
    "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip
"""What no page may use, save `geolocation` where shapes of places are there to look a position up in."""

NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"
"""The policy of a file that is no page: opened by itself it has no script, no form, no origin."""

SAVED = ("pdf", "csv", "geojson", "gz", "xlsx", "zip", "ics", "py")
"""Files that a browser saves instead of showing them in the site's name."""

SHOWN = ("png", "jpg", "jpeg", "gif", "webp", "svg", "ico", "json", "jsonld", "xml", "txt", "map")
"""Files that it may show, without rights."""

TYPES: Mapping[str, str] = {
    "html": "text/html; charset=utf-8", "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8",
    "json": "application/json; charset=utf-8", "xml": "application/xml; charset=utf-8",
    "txt": "text/plain; charset=utf-8", "py": "text/x-python; charset=utf-8",
    "csv": "text/csv; charset=utf-8", "gz": "application/gzip",
    "geojson": "application/geo+json",
    "zip": "application/zip", "ics": "text/calendar; charset=utf-8", "jsonld": "application/ld+json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "pdf": "application/pdf",
    "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif", "webp": "image/webp",
    "svg": "image/svg+xml", "ico": "image/x-icon", "wasm": "application/wasm", "woff2": "font/woff2",
}  # fmt: skip
"""Suffix → what it is. Anything else, the parts of the search index too, is application/octet-stream."""

START = re.compile(
    r"\ufeff?(?:\s+|<!--.*?-->|<(?:!doctype|html|head)\b(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>)*", re.DOTALL | re.IGNORECASE
)
"""All that may stand before what a policy in a page governs."""


@dataclass(frozen=True, slots=True)
class Policy:
    """The hashes of the scripts and styles that the theme writes into every page; none with the theme that is ours."""

    scripts: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()

    def inside(self) -> str:
        """Return the policy as it stands in a page: what only a header can say is left out."""
        return "; ".join(
            (
                "default-src 'none'",
                # Pagefind's search is WebAssembly; 'unsafe-eval' would let text become script, this does not
                " ".join(("script-src 'self' 'wasm-unsafe-eval'", *self.scripts)),
                " ".join(("style-src 'self'", *self.styles)),
                "img-src 'self' data:",  # the icons in the stylesheets
                "connect-src 'self'",  # the search index
                "worker-src 'self'",
                "form-action 'self'",
                "base-uri 'none'",
                "object-src 'none'",
                "frame-src 'none'",
            )
        )

    def header(self) -> str:
        """Return the policy as a header."""
        return f"{self.inside()}; frame-ancestors 'none'"

    def meta(self) -> str:
        """Return the elements that begin the head of every page."""
        return (
            f'<meta http-equiv="Content-Security-Policy" content="{self.inside()}">'
            f'<meta name="referrer" content="{REFERRER}">'
        )


def of(frames: Iterable[str]) -> Policy:
    """Return the policy for pages in these frames: what the theme alone writes, without a word of data or docs."""
    every = [item for frame in frames for item in found(frame)]
    return Policy(*(tuple(sorted({hashed(i.text) for i in every if i.kind == kind})) for kind in ("script", "style")))


def guard(target: Path, policy: Policy) -> None:
    """Write the policy into every page below `target`. Raises BuilderError when a page would break it."""
    allowed = {*policy.scripts, *policy.styles}
    for path in sorted(path for path in target.rglob("*") if path.suffix.lower() in (".html", ".htm")):
        page = path.read_bytes().decode("utf-8", "surrogateescape")
        if broken := next(breaking(page, allowed), None):
            raise BuilderError(
                mark("{path}, line {line}: the site’s content security policy forbids {what}"),
                mark("move scripts and styles into files that extra_javascript and extra_css name, pictures into docs"),
                path=path.relative_to(target).as_posix(), line=broken.line, what=brief(broken),
            )  # fmt: skip
        begun = START.match(page)
        end = begun.end() if begun else 0
        path.write_bytes(f"{page[:end]}{policy.meta()}{page[end:]}".encode("utf-8", "surrogateescape"))


def breaking(page: str, allowed: set[str]) -> Iterator[Found]:
    return (item for item in found(page) if item.kind not in ("script", "style") or hashed(item.text) not in allowed)


def brief(item: Found) -> str:
    return f"<{item.kind}>" if item.kind in ("script", "style") else item.text[:100]


def permissions(locates: bool) -> str:
    """Return the Permissions-Policy: whether pages may ask the reader where they are, and nothing else."""
    return ", ".join(f"{name}=(self)" if name == "geolocation" and locates else f"{name}=()" for name in FEATURES)


def write(target: Path, policy: Policy, url: str, *, locates: bool = False) -> None:
    """Write into the site what a server is to send with its files; `url`: the site's address, "" for none.

    `locates`: its pages may ask the reader's browser for a position.
    """
    always = {**ALWAYS, "Permissions-Policy": permissions(locates)}
    rules = [
        {
            "suffixes": list(SAVED),
            "headers": {"Content-Security-Policy": NOTHING, "Content-Disposition": "attachment", **always},
        },
        {"suffixes": list(SHOWN), "headers": {"Content-Security-Policy": NOTHING, **always}},
        {"suffixes": [], "headers": {"Content-Security-Policy": policy.header(), **always}},
    ]
    stated = {
        "mingge": "headers", "format": 1, "base": urlsplit(url).path or "/", "rules": rules, "types": dict(TYPES),
    }  # fmt: skip
    (target / NAME).write_text(json.dumps(stated, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
