"""mkdocs.yml: what the build needs from it, or one sentence saying what is missing."""

from __future__ import annotations

import os
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from builder.errors import BuilderError
from builder.load import site_config
from builder.model import SiteConfig
from tests.load.lines import placeless

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
    return placeless(str(caught.value)).replace(str(path.parent), "{folder}"), caught.value.message.hint


def test_a_short_configuration_is_enough(tmp_path: Path) -> None:
    path = write(tmp_path, THEME)
    assert replace(site_config(path), frame="") == SiteConfig(
        path=path, language="en", name="", url="", docs=tmp_path / "docs", theme=tmp_path / "templates/theme",
        templates=tmp_path / "templates", engine=(sys.executable, "-m", "mkdocs"), sources=(path,),
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
    text = f"{THEME}site_author: !ENV [NAME, x]\nhooks: !!python/object/apply:os.mkdir [{tmp_path}/made]\n"
    assert site_config(write(tmp_path, text)).name == ""
    assert not (tmp_path / "made").exists()


NAVIGATIONS = {
    "none": ("", None),
    "an empty one": ("nav:\n", None),
    "pages and sections": (
        "nav: [index.md, {关于: about.md}, {说明: [{怎样看: reading.md}]}]",
        ("index.md", {"关于": "about.md"}, {"说明": [{"怎样看": "reading.md"}]}),
    ),
    "an alias": ("extra: {page: &page a.md}\nnav: [*page, *page]", ("a.md", "a.md")),
    "a tag that the engine understands": ("nav: [index.md, {关于: [!ENV ABOUT]}]", None),
    "nothing but a tag": ("nav: !include nav.yml", None),
    "a tag for a key": ("nav: [{!ENV ABOUT : about.md}]", None),
}


@pytest.mark.parametrize(("text", "nav"), NAVIGATIONS.values(), ids=NAVIGATIONS)
def test_the_navigation_is_taken_as_it_stands_or_left_to_the_engine(
    text: str, nav: tuple[object, ...] | None, tmp_path: Path
) -> None:
    assert site_config(write(tmp_path, f"{THEME}{text}\n")).nav == nav


def test_the_pages_without_navigation_are_taken_as_they_stand(tmp_path: Path) -> None:
    assert site_config(write(tmp_path, f"{THEME}not_in_nav: |\n  a.md\n  b/\n")).not_in_nav == "a.md\nb/\n"


@pytest.mark.parametrize("key", ["site_name", "site_url", "docs_dir", "extra", "nav", "not_in_nav"])
def test_an_empty_property_is_one_that_is_not_there(key: str, tmp_path: Path) -> None:
    path = write(tmp_path, f"{THEME}{key}:\n")
    empty = site_config(path)
    path.write_text(THEME, encoding="utf-8")
    assert empty == site_config(path)


def test_the_repositorys_own_configuration_can_be_used() -> None:
    config = site_config(ROOT / "mkdocs.yml")
    assert (config.language, config.docs, config.templates) == ("zh", ROOT / "docs", ROOT / "templates")


CUSTOM = "theme.custom_dir is missing"
WRONG = {
    "empty": ("", CUSTOM),
    "a text": ("material", CUSTOM),
    "a theme that is only a name": ("theme: material", CUSTOM),
    "no custom_dir": ("theme: {name: material}", CUSTOM),
    "a folder that is not there": (
        "theme: {custom_dir: theme}", "theme: the folder {folder}/theme does not exist",
    ),
    "no docs": (THEME + "docs_dir: pages", "the folder {folder}/pages does not exist"),
    "docs_dir is a number": (THEME + "docs_dir: 5", "“docs_dir” must be text, but is 5"),
    "docs_dir is a list": (THEME + "docs_dir: [docs]", '“docs_dir” must be text, but is ["docs"]'),
    "docs_dir is a file": (
        THEME + "docs_dir: mkdocs.yml", "the folder {folder}/mkdocs.yml does not exist",
    ),
    "docs_dir is too long": (
        f"{THEME}docs_dir: {'a' * 300}", f"the folder {{folder}}/{'a' * 300} does not exist",
    ),
    "docs_dir holds a NUL": (
        THEME + 'docs_dir: "a\\0b"',
        '“docs_dir” must be one line of text that can be seen, but is "a\\u0000b"',
    ),
    "custom_dir is a list": (
        "theme: {custom_dir: [a]}", 'theme: “custom_dir” must be text, but is ["a"]',
    ),
    "a theme that is null": ("theme:", CUSTOM),
    "a theme that is a list": ("theme: [material]", '“theme” must be an object, but is ["material"]'),
    "site_name is a list": (THEME + "site_name: [a]", '“site_name” must be text, but is ["a"]'),
    "site_name is a tag": (THEME + "site_name: !ENV [N, x]", '“site_name” must be text, but is "!ENV"'),
    "site_name is a day": (THEME + "site_name: 2026-10-31", '“site_name” must be text, but is "2026-10-31"'),
    "site_name is half a character": (
        THEME + 'site_name: "\\ud800"',
        '“site_name” must be one line of text that can be seen, but is "\\ud800"',
    ),
    "site_url is a number": (THEME + "site_url: 5", "“site_url” must be text, but is 5"),
    "a language that is a list": (
        "theme: {custom_dir: templates/theme, language: [zh]}",
        'theme: “language” must be text, but is ["zh"]',
    ),
    "a language that YAML takes for no": (
        "theme: {custom_dir: templates/theme, language: no}",
        "theme: “language” must be text, but is false",
    ),
    "a language that is a path": (
        "theme: {custom_dir: templates/theme, language: ../zh}",
        'theme: “language” must be the code of a language, but is "../zh"',
    ),
    "nav is a text": (THEME + "nav: index.md", '“nav” must be a list, but is "index.md"'),
    "not_in_nav is a list": (THEME + "not_in_nav: [a.md]", '“not_in_nav” must be text, but is ["a.md"]'),
    "extra is a list": (THEME + "extra: [1]", "“extra” must be an object, but is [1]"),
    "mingge is a text": (
        THEME + "extra: {mingge: properdocs}", 'extra: “mingge” must be an object, but is "properdocs"',
    ),
}  # fmt: skip
ENGINES = [
    "mk docs",
    "../mkdocs",
    "/bin/sh",
    "-c",
    "mkdocs; rm",
    "mkdocs.",
    ".mkdocs",
    "5",
    "[mkdocs]",
    '""',
    '"mkdocs\\n"',
]


@pytest.mark.parametrize("engine", ENGINES)
def test_an_engine_that_is_no_module_is_refused(engine: str, tmp_path: Path) -> None:
    assert refused(write(tmp_path, f"{THEME}extra: {{mingge: {{engine: {engine}}}}}"))[0].startswith(
        "{folder}/mkdocs.yml: extra: mingge: “engine” must be "
    )


@pytest.mark.parametrize("engine", ["mkdocs", "properdocs", "tools.my_engine"])
def test_an_engine_is_a_module(engine: str, tmp_path: Path) -> None:
    config = site_config(write(tmp_path, f"{THEME}extra: {{mingge: {{engine: {engine}}}}}"))
    assert config.engine == (sys.executable, "-m", engine)


LEVELS = range(1, 40)
CONVERTED = "a value cannot be converted ("
INVALID = "not valid YAML ("
NESTED = "values are nested more than 32 levels deep"
MANY = "more than 20000 values, counting those that aliases repeat"
ITSELF = "an alias repeats the object that it stands in"
HARMFUL = {
    "an alias of the object it stands in": (
        "extra: &a {b: *a}", ITSELF,
    ),
    "an alias of the list it stands in": ("nav: &a [index.md, *a]", ITSELF),
    "billions of laughs": (
        "x0: &x0 [ha, ha]\n" + "\n".join(f"x{n}: &x{n} [*x{n - 1}, *x{n - 1}]" for n in LEVELS),
        MANY,
    ),
    "billions of merges": (
        "x0: &x0 {a: 1}\n" + "\n".join(f"x{n}: &x{n} {{<<: [*x{n - 1}, *x{n - 1}]}}" for n in LEVELS),
        MANY,
    ),
    "100,000 lists in each other": ("extra: " + "[" * 100_000, NESTED),
    "100,000 objects in each other": ("extra: " + "{a: " * 100_000, NESTED),
    "a 13th month": ("extra: {day: 2026-13-01}", CONVERTED + "month must be in 1..12"),
    "a number of 10,000 digits": (f"extra: {{number: {'9' * 10_000}}}", CONVERTED + "Exceeds the limit"),
    "a word that is tagged as a number": ("extra: !!int many", CONVERTED + "invalid literal for int()"),
    "a word that is tagged as a day": ("extra: !!timestamp today", CONVERTED + "'NoneType' object"),
    "a word that is tagged as yes or no": ("extra: !!bool perhaps", CONVERTED + "'perhaps'"),
    "a list for a key": ("extra: {[a]: b}", INVALID + "while constructing a mapping"),
    "two documents": ("extra: {}\n---\nextra: {}", INVALID + "expected a single document in the stream"),
    "a control character": ("extra: \x1b[31m", INVALID + "unacceptable character #x001b"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "reason"), HARMFUL.values(), ids=HARMFUL)
def test_yaml_that_would_crash_or_never_end_is_refused_at_once(text: str, reason: str, tmp_path: Path) -> None:
    start = time.perf_counter()
    sentence, hint = refused(write(tmp_path, THEME + text))
    assert sentence.startswith(f"{{folder}}/mkdocs.yml: {reason}")
    assert (hint, "\n" in sentence) == ("look at that place, or compare with the project’s mkdocs.yml", False)
    assert time.perf_counter() - start < 2


def test_a_file_that_nobody_wrote_by_hand_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, THEME + "#" * 1_000_001)
    assert refused(path)[0] == "{folder}/mkdocs.yml: larger than 1 MB, so nobody wrote it"


@pytest.mark.parametrize(("text", "sentence"), WRONG.values(), ids=WRONG)
def test_a_mistake_is_refused_in_one_sentence(text: str, sentence: str, tmp_path: Path) -> None:
    assert refused(write(tmp_path, text))[0] == f"{{folder}}/mkdocs.yml: {sentence}"


def test_broken_yaml_is_refused_with_the_place_on_one_line(tmp_path: Path) -> None:
    path = write(tmp_path, "theme: {name: [}")
    with pytest.raises(BuilderError) as caught:
        site_config(path)
    assert str(caught.value) == (
        f"{path}:1:16: not valid YAML (while parsing a flow node, expected the node content, but found '}}')"
    )


COLON = "a colon stands in a text without quotation marks, or the line is indented too far"


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("theme:\n  name: material\n\tlanguage: zh\n", (3, 1), "a tab stands where YAML takes spaces only"),
        ("site_name: a: b\n", (1, 13), COLON),
        ("a: 1\n b: 2\n", (2, 3), COLON),
        ("site_name: 'a\n", (2, 1), "a quotation mark or a bracket is never closed"),
    ],
)
def test_what_is_no_yaml_is_said_in_words_with_line_and_column(
    text: str, place: tuple[int, int], said: str, tmp_path: Path
) -> None:
    path = write(tmp_path, text)
    with pytest.raises(BuilderError) as caught:
        site_config(path)
    assert str(caught.value) == f"{path}:{place[0]}:{place[1]}: not valid YAML ({said})"


def test_a_setting_that_stands_twice_would_be_passed_over_and_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, f"site_name: A\n{THEME}site_name: B\n")
    with pytest.raises(BuilderError) as caught:
        site_config(path)
    assert str(caught.value) == f"{path}:3:1: “site_name” stands twice in one object"


def test_all_mistakes_of_a_configuration_and_of_what_it_inherits_are_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "above.yml").write_text("site_nam: A\nextra:\n  mingge: {engin: mkdocs}\n", encoding="utf-8")
    path = write(tmp_path, "INHERIT: above.yml\ntheme:\n  custom_dir: theme\nsite_url: x\nengine: mkdocs\n")
    with pytest.raises(BuilderError) as caught:
        site_config(path)
    above = tmp_path / "above.yml"
    assert sorted(str(each) for each in caught.value.each) == [
        f"{above}:1:1: there is no property “site_nam”",
        f"{above}:3:12: extra: mingge: there is no property “engin”",
        f"{path}:3:3: theme: the folder {tmp_path}/theme does not exist",
        f'{path}:4:1: “site_url” must be a web address, but is "x"',
        f"{path}:5:1: “engine” stands in the wrong place",
    ]


def test_a_file_that_is_missing_or_is_not_text_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path / "mkdocs.yml") == (
        "{folder}/mkdocs.yml: there is no such file", "name the site’s configuration with --config",
    )  # fmt: skip
    path = write(tmp_path, "")
    path.write_bytes(b"theme: \xff")
    assert refused(path) == (
        "{folder}/mkdocs.yml: what stands here is no text in UTF-8", "type it again, and save the file as UTF-8",
    )


def test_a_pipe_a_folder_and_a_link_to_itself_are_refused_at_once(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    os.mkfifo(tmp_path / "pipe.yml")
    (tmp_path / "loop.yml").symlink_to("loop.yml")
    not_a_file = "a folder, a pipe or a device stands where a file is expected"
    assert [refused(tmp_path / name)[0] for name in ("pipe.yml", "docs", "loop.yml")] == [
        f"{{folder}}/pipe.yml: {not_a_file}",
        f"{{folder}}/docs: {not_a_file}",
        "{folder}/loop.yml: cannot be read (Too many levels of symbolic links)",
    ]
