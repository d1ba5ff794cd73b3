"""mkdocs.yml: what the build needs from it, or one sentence saying what is missing."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from builder.errors import BuilderError
from builder.load import site_config
from builder.model import SiteConfig

ROOT = Path(__file__).parents[2]
THEME = "theme: {name: material, custom_dir: templates/theme}\n"


def write(folder: Path, text: str) -> Path:
    for name in ("docs", "templates/theme"):
        (folder / name).mkdir(parents=True)
    (folder / "mkdocs.yml").write_text(text, encoding="utf-8")
    return folder / "mkdocs.yml"


def refused(path: Path) -> tuple[str, str]:
    with pytest.raises(BuilderError) as caught:
        site_config(path)
    return str(caught.value).replace(str(path.parent), "{folder}"), caught.value.hint


def test_a_short_configuration_is_enough(tmp_path: Path) -> None:
    path = write(tmp_path, THEME)
    assert site_config(path) == SiteConfig(
        path=path, language="en", name="", url="", docs=tmp_path / "docs", theme=tmp_path / "templates/theme",
        templates=tmp_path / "templates", engine=(sys.executable, "-m", "mkdocs"),
    )  # fmt: skip


def test_folders_are_relative_to_the_file_and_the_rest_is_read(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "site_name: 试验区\nsite_url: https://mingge.example/\ndocs_dir: templates\n"
        "theme: {custom_dir: templates/theme, language: zh}\nextra: {mingge: {engine: properdocs}}\n",
    )
    config = site_config(path)
    assert (config.name, config.url, config.language) == ("试验区", "https://mingge.example/", "zh")
    assert (config.docs, config.engine) == (tmp_path / "templates", (sys.executable, "-m", "properdocs"))


def test_tags_that_only_the_engine_understands_are_never_run(tmp_path: Path) -> None:
    text = f"{THEME}site_name: !ENV [NAME, x]\nhooks: !!python/object/apply:os.mkdir [{tmp_path}/made]\n"
    assert site_config(write(tmp_path, text)).name == "None"
    assert not (tmp_path / "made").exists()


def test_the_repositorys_own_configuration_can_be_used() -> None:
    config = site_config(ROOT / "mkdocs.yml")
    assert (config.language, config.docs, config.templates) == ("zh", ROOT / "docs", ROOT / "templates")


CUSTOM = "{folder}/mkdocs.yml: theme.custom_dir is missing"
WRONG = {
    "empty": ("", CUSTOM),
    "a text": ("material", CUSTOM),
    "a theme that is only a name": ("theme: material", CUSTOM),
    "no custom_dir": ("theme: {name: material}", CUSTOM),
    "a folder that is not there": (
        "theme: {custom_dir: theme}", "{folder}/mkdocs.yml: the folder {folder}/theme does not exist",
    ),
    "no docs": (THEME + "docs_dir: pages", "{folder}/mkdocs.yml: the folder {folder}/pages does not exist"),
    "docs_dir is a number": (THEME + "docs_dir: 5", "{folder}/mkdocs.yml: the folder {folder}/5 does not exist"),
    "extra is a list": (THEME + "extra: [1]", "{folder}/mkdocs.yml: extra.mingge must be an object"),
    "mingge is a text": (THEME + "extra: {mingge: properdocs}", "{folder}/mkdocs.yml: extra.mingge must be an object"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "sentence"), WRONG.values(), ids=WRONG)
def test_a_mistake_is_refused_in_one_sentence(text: str, sentence: str, tmp_path: Path) -> None:
    assert refused(write(tmp_path, text))[0] == sentence


def test_broken_yaml_is_refused_with_the_place_on_one_line(tmp_path: Path) -> None:
    path = write(tmp_path, "theme: {name: [}")
    sentence, _ = refused(path)
    assert sentence == (
        "{folder}/mkdocs.yml: not valid YAML (while parsing a flow node expected the node content, but found '}' "
        'in "<unicode string>", line 1, column 16: theme: {name: [} ^)'
    )


def test_a_file_that_is_missing_or_is_not_text_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path / "mkdocs.yml") == (
        "{folder}/mkdocs.yml: cannot be read ([Errno 2] No such file or directory: '{folder}/mkdocs.yml')",
        "name the site’s configuration with --config",
    )
    path = write(tmp_path, "")
    path.write_bytes(b"theme: \xff")
    assert refused(path)[0] == (
        "{folder}/mkdocs.yml: cannot be read ('utf-8' codec can't decode byte 0xff in position 7: invalid start byte)"
    )
