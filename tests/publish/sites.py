"""Small sites that are told apart by a number, and targets to publish them to."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from builder.site import headers
from tests.release.sites import build_files

__all__ = ["PAGES", "number", "site"]

PAGES = ("", "grid/1/", "grid/2/")
AS_OF = "2026-10-31"
SECURITY = "Contact: mailto:open@example.org\nExpires: 2027-10-31T00:00:00Z\n"
PADDING = "网格" * 400


def folder(text: str) -> str:
    return f"assets/{hashlib.sha256(text.encode()).hexdigest()[:12]}"


def site(output: Path, n: int, *, as_of: str = AS_OF, more: dict[str, str] | None = None) -> Path:
    """Build the site number `n`: pages that load a style sheet and data of the same number, all of one length."""
    style, data = f"/* {n:06} */{PADDING}", json.dumps({"n": f"{n:06}"})
    edition = folder(f"{n} {as_of}")
    files = {f"{folder(style)}/site.css": style, f"{edition}/find/data.json": data, "find/data.json": data}
    for path in PAGES:
        up = "../" * path.count("/")
        files[f"{path}index.html"] = (
            f'<p>{n:06}</p><link href="{up}{folder(style)}/site.css"><b data-edition="{up}{edition}/">{PADDING}'
        )
    files |= {"404.html": "none", "data/case.csv": f"n\n{n}\n", "data/datapackage.json": "{}"}
    files |= {"data/profile.json": json.dumps({"as_of": as_of}), ".well-known/security.txt": SECURITY, **(more or {})}
    aside = output.with_name(f"{output.name}-headers")
    aside.mkdir(parents=True, exist_ok=True)
    headers.write(aside, headers.Policy(), "https://example.org/")
    files["headers.json"] = (aside / "headers.json").read_text(encoding="utf-8")
    build_files(output, files)
    return output


def number(target: Path) -> int:
    """Return the number of the site that is served, and look that it is whole."""
    found = {int((target / "current" / path / "index.html").read_text("utf-8")[3:9]) for path in PAGES}
    (style,) = (target / "current").glob("assets/*/site.css")
    (data,) = (target / "current").glob("assets/*/find/data.json")
    found |= {int(style.read_text("utf-8")[3:9]), int(json.loads(data.read_text("utf-8"))["n"])}
    assert (target / "assets" / style.parent.name / "site.css").read_bytes() == style.read_bytes()
    (one,) = found
    return one
