"""`INHERIT: mingge` is the configuration that comes with the program, wherever that is, for us and for the engine."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from builder.load.config import site_config
from builder.shipped import shipped

OURS = str(shipped("mkdocs.yml"))


def written(folder: Path, text: str, name: str = "mkdocs.yml") -> Path:
    (folder / "docs").mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def test_what_a_district_does_not_say_is_as_the_program_has_it(tmp_path: Path) -> None:
    path = written(tmp_path, "INHERIT: mingge\nsite_name: Theirs\ndocs_dir: docs\n")
    found = site_config(path)

    assert (found.name, found.language, found.docs) == ("Theirs", "zh", tmp_path / "docs")
    assert (found.theme, found.lender) == (shipped("templates/theme"), shipped("docs"))
    assert found.sources == (path, Path(OURS))


@pytest.mark.parametrize(
    ("text", "rewritten"),
    [
        ("INHERIT: mingge\nsite_name: a # b\n", f'INHERIT: "{OURS}"\nsite_name: a # b\n'),
        ("site_name: a\nINHERIT:   'mingge' # ours\n", f'site_name: a\nINHERIT:   "{OURS}" # ours\n'),
        ("INHERIT:\n  mingge\ntheme: {language: en}\n", f'INHERIT:\n  "{OURS}"\ntheme: {{language: en}}\n'),
        ('{"INHERIT": "mingge", "site_name": "格"}', f'{{"INHERIT": "{OURS}", "site_name": "格"}}'),
    ],
)
def test_the_engine_gets_the_text_as_it_stands_but_for_that_name(text: str, rewritten: str, tmp_path: Path) -> None:
    assert site_config(written(tmp_path, text)).rewritten == (("inherited-0.yml", rewritten),)


def test_a_file_between_names_the_next_one(tmp_path: Path) -> None:
    written(tmp_path, "INHERIT: mingge\nsite_name: Between\n", "city.yml")
    found = site_config(written(tmp_path, "INHERIT: city.yml\ndocs_dir: docs\n"))

    assert found.name == "Between"
    assert [(name, yaml.safe_load(text)["INHERIT"]) for name, text in found.rewritten] == [
        ("inherited-0.yml", "inherited-1.yml"), ("inherited-1.yml", OURS),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["INHERIT: other.yml\n", "INHERIT: ./mingge\n", "{}\n", "INHERIT: [mingge]\n"])
def test_whatever_else_is_inherited_the_engine_reads_itself(text: str, tmp_path: Path) -> None:
    own = {"docs_dir": "docs", "theme": {"custom_dir": str(shipped("templates/theme"))}}
    found = site_config(written(tmp_path, text.rstrip("{}\n") + "\n" + yaml.safe_dump(own)))

    assert (found.rewritten, found.lender) == ((), None)
