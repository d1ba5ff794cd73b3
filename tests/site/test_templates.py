"""Templates hold to their contract: the fields of one context or one block, words through gettext, nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, replace
from html.parser import HTMLParser
from typing import Any

import pytest
from jinja2 import meta, nodes

from builder.model import Block, Kind
from builder.pages.kinds import KINDS
from builder.subjects import SUBJECTS
from builder.subjects.duty.block import PlacedDuty
from tests.site.sample_blocks import BLOCKS, SHELL, duty_block
from tests.site.samples import PAGES, TEMPLATES, bare_grid_page, data_page, grid_page, rendered, sample_environment

ENVIRONMENT = sample_environment()
FOLDERS = ("pages", "blocks", "parts", "tables")
NAMES = sorted(path.relative_to(TEMPLATES).as_posix() for name in FOLDERS for path in (TEMPLATES / name).glob("*.html"))
WORDED = {"title", "alt", "aria-label", "placeholder", "content", "data-sortable"}
CONSTANTS = {"_", "gettext"}


def parsed(name: str) -> nodes.Template:
    return ENVIRONMENT.parse((TEMPLATES / name).read_text(encoding="utf-8"))


def undeclared(name: str) -> set[str]:
    """Return the variables of a template and the files it includes or imports, the globals left out."""
    tree = parsed(name)
    # A block is compiled by itself, so what the file imports or defines outside it looks undeclared.
    own = {"_trans", *CONSTANTS}
    own |= {item.name for item in tree.find_all(nodes.Macro)}
    own |= {item for statement in tree.find_all(nodes.FromImport) for item in statement.names if isinstance(item, str)}
    found = set(meta.find_undeclared_variables(tree)) - own
    for other in meta.find_referenced_templates(tree):
        if other:
            found |= undeclared(other)
    return found - set(ENVIRONMENT.globals)


def whole(folder: str) -> list[str]:
    """Return the templates of a folder that are shown themselves; the others are parts of these."""
    return [name for name in NAMES if name.startswith(f"{folder}/") and not name.startswith(f"{folder}/_")]


def looked_up(name: str) -> set[str]:
    """Return every attribute of `block` that a template looks up, or a file that it includes or imports."""
    tree = parsed(name)
    found = {item.attr for item in tree.find_all(nodes.Getattr) if is_block(item.node)}
    for other in meta.find_referenced_templates(tree):
        assert other, "a block names the files it uses"
        found |= looked_up(other)
    return found


def is_block(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Name) and node.name == "block"


def handed_on(tree: nodes.Template) -> list[str]:
    """Return the names under which macros of the template receive the whole block."""
    macros = {item.name: item for item in tree.find_all(nodes.Macro)}
    return [
        macros[call.node.name].args[place].name if isinstance(call.node, nodes.Name) else "?"
        for call in tree.find_all(nodes.Call)
        for place, argument in enumerate(call.args)
        if is_block(argument)
    ]


class Words(HTMLParser):
    """Collects the text and the worded attributes of a template's markup."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for_readers = ("name", "robots") not in attrs
        self.words += [value for name, value in attrs if for_readers and name in WORDED and value]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def constants(node: nodes.Node) -> Iterator[str]:
    """Yield the text that an expression may print as it stands: not what it passes to a call or looks up."""
    if isinstance(node, nodes.Const) and isinstance(node.value, str):
        yield node.value
    if isinstance(node, nodes.CondExpr):
        yield from (text for part in (node.expr1, node.expr2) if part for text in constants(part))
    elif isinstance(node, nodes.Concat | nodes.Or | nodes.And):
        yield from (text for part in node.iter_child_nodes() for text in constants(part))


def unworded(tree: nodes.Template) -> list[str]:
    """Return the words in the markup of a template that did not go through gettext."""
    parser = Words()
    addresses = {
        id(output)
        for block in tree.find_all(nodes.Block)
        if block.name == "canonical"
        for output in block.find_all(nodes.Output)
    }
    for output in (output for output in tree.find_all(nodes.Output) if id(output) not in addresses):
        for part in output.nodes:
            parser.feed(part.data if isinstance(part, nodes.TemplateData) else "".join(constants(part)) or "·")
    parser.close()
    return [word.strip() for word in parser.words if any(sign.isalpha() for sign in word)]


def messages(tree: nodes.Template) -> Iterator[str]:
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name in CONSTANTS:
            assert isinstance(call.args[0], nodes.Const), "a message is a constant"
            yield call.args[0].value


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_page_uses_its_frame_and_the_fields_of_its_context_all_of_them_and_nothing_else(name: str) -> None:
    contract = {field.name for field in fields(PAGES[name])} | {"frame"}
    used = undeclared(f"pages/{name}.html")
    assert used - contract == set()
    assert contract - used == set()


def test_every_template_of_a_page_has_a_contract_and_is_some_kinds() -> None:
    kinds: list[Kind[Any]] = [*KINDS, *(kind for subject in SUBJECTS for kind in subject.kinds)]
    assert set(whole("pages")) == {f"pages/{name}.html" for name in PAGES}
    assert {f"pages/{kind.template}" for kind in kinds} == set(whole("pages"))


@pytest.mark.parametrize("name", sorted(BLOCKS))
def test_a_block_uses_the_fields_of_its_value_all_of_them_and_nothing_else(name: str) -> None:
    kind = type(BLOCKS[name])
    own = {field.name for field in fields(kind)}
    properties = {key for key, value in vars(kind).items() if isinstance(value, property)}
    found = looked_up(f"blocks/{name}")
    assert undeclared(f"blocks/{name}") - {"block", "head"} == set()
    assert found - own - properties == set()
    assert own - found == set()


@pytest.mark.parametrize("name", whole("blocks"))
def test_a_macro_that_is_given_the_whole_block_calls_it_so(name: str) -> None:
    assert set(handed_on(parsed(name))) <= {"block"}


def test_every_template_of_a_block_has_a_contract() -> None:
    assert set(whole("blocks")) == {f"blocks/{name}" for name in BLOCKS}
    own = [kind for kind in Block.__subclasses__() if kind.__module__.startswith("builder.")]
    assert {block.template for block in BLOCKS.values()} == {kind.template for kind in own}


@pytest.mark.parametrize("kind", sorted(PAGES))
def test_a_page_shows_its_blocks_by_their_templates_and_names_none_of_them(kind: str) -> None:
    named = [other for other in meta.find_referenced_templates(parsed(f"pages/{kind}.html")) if other]
    assert {other for other in named if other.startswith("blocks/")} & {f"blocks/{name}" for name in BLOCKS} == set()


@pytest.mark.parametrize("name", NAMES)
def test_every_word_goes_through_gettext(name: str) -> None:
    assert unworded(parsed(name)) == []


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ('<p>Overdue {{ count }}</p><a title="x{{ y }}" class="mg-a" href="b">', ["Overdue", "x·"]),
        ("<p>{{ _('Overdue') }} · {% trans %}Late{% endtrans %}</p>", []),
        ("<p>{{ 'late' if x else '' }}</p><p class=\"{{ 'late' if x }}\">", ["late"]),
        ("{% if x %}<b>逾期</b>{% endif %}", ["逾期"]),
    ],
)
def test_the_search_for_words_finds_them(source: str, words: list[str]) -> None:
    assert unworded(ENVIRONMENT.parse(source)) == words


@pytest.mark.parametrize("name", NAMES)
def test_messages_are_english_and_hold_no_markup(name: str) -> None:
    assert [text for text in messages(parsed(name)) if re.search(r"[<>&\u2e80-\uffff]", text)] == []


@pytest.mark.parametrize("name", NAMES)
def test_data_is_never_called_safe(name: str) -> None:
    tree = parsed(name)
    assert [item.name for item in tree.find_all(nodes.Filter) if item.name in {"safe", "forceescape"}] == []
    assert list(tree.find_all(nodes.MarkSafe)) == []


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_full_page_renders_with_one_heading_unique_ids_and_live_anchors(name: str) -> None:
    page = rendered(ENVIRONMENT, name, PAGES[name])
    ids = re.findall(r'\sid="([^"]*)"', page)
    assert page.count("<h1") == 1
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]*)"', page)) <= set(ids)
    named = [name for names in re.findall(r'aria-labelledby="([^"]*)"', page) for name in names.split()]
    assert set(named) <= set(ids)


def test_a_block_that_the_package_does_not_have_is_left_out() -> None:
    page = rendered(ENVIRONMENT, "grid", bare_grid_page())
    assert re.findall(r'<h2 id="([^"]*)"', page) == ["case"]
    assert ": nothing has been reported for this period.</p>" in page
    assert "Closed on 2026-01-31." in page
    assert 'href="tel:' not in page


def test_duties_of_the_branch_as_a_whole_are_listed_apart_and_only_where_there_are_some() -> None:
    says = "Duties of the branch as a whole"
    duty = duty_block()
    own = PlacedDuty(duty.rows[0].duty._replace(title="整个支部的学习"), None)
    some = replace(grid_page(), blocks=(replace(duty, shared=(own,), shared_count=1),))
    none = replace(grid_page(), blocks=(replace(duty, shared=(), shared_count=0),))
    listed = rendered(ENVIRONMENT, "grid", some).partition(f"<summary>{says}: 1</summary>")[2]
    assert "整个支部的学习" in listed.partition("</details>")[0]
    assert says not in rendered(ENVIRONMENT, "grid", none)


def test_what_is_not_a_web_address_is_no_link() -> None:
    changed = replace(data_page(), licence_url="javascript:alert(1)")
    assert "javascript:" not in rendered(ENVIRONMENT, "data", changed)


def test_data_cannot_become_markup() -> None:
    changed = replace(grid_page(), name="<script>", extent='"><img>')
    html = rendered(ENVIRONMENT, "grid", changed)
    assert "<img>" not in html
    assert "<script>" not in html


def test_the_sample_shell_has_the_blocks_that_templates_fill() -> None:
    blocks = set(re.findall(r"{% block (\w+) %}", SHELL))
    assert blocks == {"title", "description", "canonical", "extrahead", "content"}
