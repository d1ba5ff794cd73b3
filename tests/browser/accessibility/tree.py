"""What a screen reader is told of a page: the accessibility tree, flat and in the order in which it is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from playwright.sync_api import Page

LANDMARKS = frozenset({"banner", "navigation", "main", "contentinfo", "complementary", "region", "search", "form"})
NAMED = frozenset(
    {"link", "button", "table", "image", "img", "figure", "navigation", "region", "complementary", "dialog", "textbox",
     "searchbox", "checkbox", "radio", "combobox", "heading", "search", "form"}
)  # fmt: skip
"""Roles that say nothing without a name. Groups are not among them: a fold is one, and its summary speaks for it."""


class Spoken(NamedTuple):
    """A node as it is announced; `level` is that of a heading, else 0."""

    role: str
    name: str
    level: int


def heard(page: Page) -> list[Spoken]:
    """Return what is announced of the page, text without a role of its own left out."""
    session = page.context.new_cdp_session(page)
    nodes = {node["nodeId"]: node for node in session.send("Accessibility.getFullAXTree")["nodes"]}
    session.detach()
    root = next(node for node in nodes.values() if "parentId" not in node)
    return list(flat(root, nodes))


def flat(node: Mapping[str, Any], nodes: Mapping[str, Mapping[str, Any]]) -> Iterator[Spoken]:
    role = str(node.get("role", {}).get("value", ""))
    if not node.get("ignored") and role not in ("StaticText", "InlineTextBox", "generic", "none", "LineBreak"):
        level = next((item["value"]["value"] for item in node.get("properties", ()) if item["name"] == "level"), 0)
        yield Spoken(role, str(node.get("name", {}).get("value", "")).strip(), int(level) if role == "heading" else 0)
    for child in node.get("childIds", ()):
        if child in nodes:
            yield from flat(nodes[child], nodes)
