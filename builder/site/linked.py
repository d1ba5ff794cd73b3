"""Linked data (JSON-LD 1.1) in a page: a data block, which no browser runs and no policy of the site forbids.

Always holds: nothing in it ends the element that it stands in, whatever a cell holds.
"""

from __future__ import annotations

import json
from collections.abc import Callable

from builder.model import Json
from builder.site.markup import Html

__all__ = ["data_block", "whole"]

ADDRESSES = frozenset({"@id", "contentUrl", "url"})
"""Keys whose values are paths from the site's root until they are written."""

ESCAPED = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def data_block(url: str) -> Callable[[Json], Html]:
    """Return what writes linked data on a site whose address is `url`."""

    def linked_data(value: Json) -> Html:
        """Return the value as the text of a `<script type="application/ld+json">`."""
        text = json.dumps(whole(value, url), ensure_ascii=False, separators=(",", ":"))
        return Html(text.translate(ESCAPED))

    return linked_data


def whole(value: Json, url: str) -> Json:
    """Return linked data with whole addresses."""
    if isinstance(value, dict):
        return {
            key: f"{url}{item}" if key in ADDRESSES and isinstance(item, str) else whole(item, url)
            for key, item in value.items()
        }
    return [whole(item, url) for item in value] if isinstance(value, list | tuple) else value
