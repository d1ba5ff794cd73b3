"""A page of definitions explains what can occur on the site, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder.load.descriptor import package
from builder.model import Definition, SiteConfig
from builder.site.docs import occurs, pages
from tests.load.test_descriptor import descriptor, schema, write


@pytest.mark.parametrize(("needs", "expected"), [
    ((), True),
    (("grid",), True),
    (("grid.households",), True),
    (("grid.limit_date",), False),
    (("branch", "grid.grid_id"), True),
    (("branch",), False),
    (("branch.grid_id",), False),
])  # fmt: skip
def test_a_figure_occurs_where_a_table_or_a_column_of_it_does(
    needs: tuple[str, ...], expected: bool, tmp_path: Path
) -> None:
    found = package(write(tmp_path, descriptor(), schema()))
    config = SiteConfig(tmp_path, "en", "Kept", "https://kept.example/", tmp_path, tmp_path, tmp_path, ())
    figure = Definition("kept", "Kept", "How many.", "none", "a table", formula="a sum", needs=needs)

    assert occurs(figure, found) is expected
    assert ("{#kept}" in pages(found, (), (figure,), config, tmp_path)["metrics.md"]) is expected
