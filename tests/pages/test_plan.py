"""A page is the unit of work: it depends on its key and the facts, whatever was made before it."""

from __future__ import annotations

import random

from builder import pages
from tests.pages.made import Made


def test_pages_made_in_another_order_are_the_same(made: Made) -> None:
    keys = list(pages.plan(made.source))
    random.Random(3).shuffle(keys)  # noqa: S311 - an order, not a secret
    again = {item.context.head.path: item.context for item in (pages.made(made.source, key) for key in keys)}

    assert again == made.pages


def test_every_page_has_a_key_and_an_address_of_its_own(made: Made) -> None:
    keys = list(pages.plan(made.source))

    assert len(set(keys)) == len(keys) == len(made.pages)


def test_a_page_lies_where_its_kind_says(made: Made) -> None:
    paths = {kind.name: kind.path for kind in pages.kinds(made.source)}

    assert {key: pages.made(made.source, key).context.head.path for key in pages.plan(made.source)} == {
        key: paths[key.kind].format(*key.key) for key in pages.plan(made.source)
    }


def test_a_kind_without_a_page_is_not_among_those_that_the_site_has(made: Made) -> None:
    planned = {key.kind for key in pages.plan(made.source)}
    paths = {kind.name: kind.path for kind in pages.kinds(made.source)}

    assert {kind.name for kind in pages.kinds(made.source) if "{}" not in kind.path} - {"data"} == {
        name for name in planned if "{}" not in paths[name]
    }
    assert [kind.name for kind in pages.absent(made.source, ())] == ["map"]  # the package has no shapes
