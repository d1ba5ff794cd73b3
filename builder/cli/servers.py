"""The settings of a web server, made from what the build says in `headers.json`: the policy is written in one place."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from builder.errors import BuilderError
from builder.language import mark

__all__ = ["SERVERS", "Rule", "Stated", "read"]

NAME = "headers.json"

SAFE = re.compile(r"[ -!#-\[\]-~]+")
"""What stands in a header and needs no escape in a quoted string, of nginx or of Caddy: no quotation mark, no \\."""


class Rule(NamedTuple):
    """The headers of files with these suffixes; of all others, where there are none."""

    suffixes: tuple[str, ...]
    headers: Mapping[str, str]


class Stated(NamedTuple):
    """`base`: where the site lies on its host, with a slash at both ends; `types`: suffix → content type."""

    base: str
    rules: tuple[Rule, ...]
    types: Mapping[str, str]

    def headers(self, path: str) -> Mapping[str, str]:
        """Return the headers of the file at `path`: the first rule that is its own."""
        suffix = path.rpartition(".")[2].lower()
        return next(rule.headers for rule in self.rules if suffix in rule.suffixes or not rule.suffixes)


def read(site: Path) -> Stated:
    """Return what the build of the folder `site` says. Raises BuilderError when there is no such build."""
    try:
        stated = parsed(json.loads((site / NAME).read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BuilderError(
            mark("{path} cannot be read ({error})"), mark("name the folder of a site that this version has built"),
            path=site / NAME, error=type(error).__name__,
        ) from error  # fmt: skip
    return stated


def parsed(found: Any) -> Stated:
    """Return what a file says. Raises ValueError, KeyError, TypeError or AttributeError when it is another's."""
    if (found["mingge"], found["format"]) != ("headers", 1):
        raise ValueError(found["format"])
    rules = tuple(Rule(tuple(rule["suffixes"]), dict(rule["headers"])) for rule in found["rules"])
    stated = Stated(str(found["base"]), rules, dict(found["types"]))
    values = [stated.base, *stated.types, *stated.types.values(), *(text for rule in rules for text in rule.suffixes)]
    values += [text for rule in rules for pair in rule.headers.items() for text in pair]
    if not rules or rules[-1].suffixes or not all(SAFE.fullmatch(text) for text in values):
        raise ValueError(rules)
    return stated


LASTING, PASSING = "public, max-age=31536000, immutable", "no-cache"
"""How long browsers keep what never changes under its name, and all else: they ask each time whether there is news, so
that a release that was taken back is gone from their screens, too."""


def lasting(stated: Stated) -> str:
    """Return a regular expression for what never changes under its name (builder/site/lasting.py)."""
    return f"^{re.escape(stated.base)}assets/[0-9a-f]{{12}}/"


def nginx(stated: Stated) -> str:
    """Return a snippet to include in a `server` block. Inside a `location` nginx forgets the headers around it."""
    lines = [
        "# Made by `mingge headers SITE nginx`; include it in the server block, whose root is the folder of the site.",
        *(f"# {line}" for line in HSTS),
        '#   add_header Strict-Transport-Security "max-age=31536000" always;',
        "server_tokens off;",
        "autoindex off;",
        "index index.html;",
        "default_type application/octet-stream;",
        "types {",
        *(f'    "{kind}" {suffix};' for suffix, kind in stated.types.items()),
        "}",
        f'set $mingge_kept "{PASSING}";',
        f'if ($uri ~ "{lasting(stated)}") {{ set $mingge_kept "{LASTING}"; }}',
        "# the copies that `mingge publish` makes are sent as they are; what has none is compressed on the way",
        "gzip_static on;",
        "gzip on;",
        "gzip_vary on;",
        f"gzip_types {' '.join(compressed(stated))};",
        f"error_page 404 {stated.base}404.html;",
        # the record of what a build wrote, and whatever else hides
        r"location ~ /\.(?!well-known/) { return 404; }",
    ]
    for rule in stated.rules:
        place = f'~* "^{re.escape(stated.base)}.*{ending(rule.suffixes)}$"' if rule.suffixes else f'"{stated.base}"'
        lines += [
            f"location {place} {{",
            "    limit_except GET { deny all; }",
            "    add_header Cache-Control $mingge_kept;",
            *(f'    add_header {name} "{value}" always;' for name, value in rule.headers.items()),
            "}",
        ]
    return "\n".join(lines) + "\n"


def caddy(stated: Stated) -> str:
    """Return a snippet to import in a site's block."""
    lines = [
        "# Made by `mingge headers SITE caddy`; import it in the site's block, beside `root` and `file_server`.",
        *(f"# {line}" for line in HSTS),
        '#   header Strict-Transport-Security "max-age=31536000"',
        "encode zstd gzip",
        f"@lasting path_regexp lasting {lasting(stated)}",
        f'header @lasting Cache-Control "{LASTING}"',
        f"@passing not path_regexp {lasting(stated)}",
        f'header @passing Cache-Control "{PASSING}"',
        r"@hidden path_regexp hidden /\.[^w]",
        "respond @hidden 404",
    ]
    every = sorted(suffix for rule in stated.rules for suffix in rule.suffixes)
    for number, rule in enumerate(stated.rules):
        kind = f"path_regexp files{number}" if rule.suffixes else "not path_regexp"
        lines += [
            f'@files{number} {kind} "(?i){ending(rule.suffixes or every)}$"',
            f"header @files{number} {{",
            *(f'    {name} "{value}"' for name, value in rule.headers.items()),
            "}",
        ]
    for suffix, kind in stated.types.items():
        lines += [f"@type_{suffix} path *.{suffix}", f'header @type_{suffix} Content-Type "{kind}"']
    lines += ["header -Server"]
    return "\n".join(lines) + "\n"


TEXTS = ("css", "csv", "geojson", "html", "ics", "js", "json", "jsonld", "svg", "txt", "xml")
"""Suffixes of what is text. A page weighs five times as much on the way when it is not compressed."""


def compressed(stated: Stated) -> list[str]:
    """Return the content types that are sent compressed, each as nginx compares it: with all that stands in it."""
    return [f'"{kind}"' for kind in sorted({stated.types[suffix] for suffix in TEXTS if suffix in stated.types})]


HSTS = (
    "Where the site is served over HTTPS alone, and will be for a year, its own host should say so as well.",
    "Not before: a browser that has read it refuses the site over HTTP until the year is over.",
)


def ending(suffixes: Iterable[str]) -> str:
    """Return a regular expression for the end of a path; its dot is a class: nothing to escape in a string."""
    return f"[.]({'|'.join(re.escape(suffix) for suffix in suffixes)})"


SERVERS: Mapping[str, Callable[[Stated], str]] = {"caddy": caddy, "nginx": nginx}
"""Server → the text of its settings."""
