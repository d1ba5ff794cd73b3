"""Files that published rows name lie under the page of their row, and no others are on the site."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from tests import packages
from tests.site.addresses import files, rows

DRAWN = (".pdf", ".png", ".jpg", ".jpeg")


def attached(site: Path) -> set[str]:
    return {path for path in files(site) if path.endswith(DRAWN) and not path.startswith("assets/")}


def test_a_file_lies_under_the_page_that_names_it_and_is_linked_there(site: Path, package: Path) -> None:
    expected = {
        f"disclosure/{row['disclosure_id']}/{name}"
        for row in rows(package, "disclosure") if row["published_date"] and row["attachment"]
        for name in row["attachment"].split(";")
    }  # fmt: skip

    assert len(expected) > 2
    assert {path for path in attached(site) if not path.startswith(("attachments/", "images/"))} == expected
    for path in expected:
        folder, _, name = path.rpartition("/")
        page = (site / folder / "index.html").read_text(encoding="utf-8")
        (link,) = re.findall(rf'<li><a href="([^"]*{re.escape(name)})">', page)
        assert (site / folder / link).resolve() == (site / path).resolve()
        assert (site / path).read_bytes() == (package / "attachments" / name).read_bytes()


@pytest.mark.nightly
def test_the_file_of_what_is_not_published_yet_is_nowhere(own_package: Path, tmp_path: Path) -> None:
    listed = rows(own_package, "disclosure")
    named = {name for row in listed for name in row["attachment"].split(";") if name}
    assert named
    with (own_package / "disclosure.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(listed[0]), lineterminator="\n")
        writer.writeheader()
        for row in listed:
            writer.writerow({**row, "published_date": ""} if row["attachment"] else row)
    packages.build(own_package, tmp_path / "site")

    assert {path for path in attached(tmp_path / "site") if Path(path).name in named} == set()
