"""Which words and numbers of a page break inside, and what lies outside of its width."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["BROKEN", "broken_words"]

# a word of letters; a number with its separators, or a day; a formula's or an address's parts are words of their own
BROKEN = r"""() => {
  const token = /[0-9]+(?:[-.,:][0-9]+)*|[\p{Script=Latin}]+(?:[’'][\p{Script=Latin}]+)*/gu;
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (element.closest("script, style, svg, pre") || !element.checkVisibility()) continue;
    for (const match of node.data.matchAll(token)) {
      range.setStart(node, match.index);
      range.setEnd(node, match.index + match[0].length);
      const rects = [...range.getClientRects()].filter((rect) => rect.width > 1);
      if (new Set(rects.map((rect) => Math.round(rect.top))).size > 1) found.push(match[0]);
    }
  }
  return found;
}"""


def broken_words(page: Page) -> list[str]:
    """Return the words and numbers that are in two lines, folds opened."""
    page.evaluate("() => document.querySelectorAll('main details').forEach((fold) => { fold.open = true })")
    found: list[str] = page.evaluate(BROKEN)
    return found
