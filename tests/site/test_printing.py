"""Pages are printed as Jinja's own autoescape would print them, whatever the data holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from enum import Enum
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import Environment, StrictUndefined, TemplateSyntaxError, UndefinedError
from markupsafe import Markup

from builder.model import Ratio
from builder.site.environment import environment
from builder.site.formats import formats
from builder.site.markup import MOST, Html, Printed
from builder.site.qr import qr
from tests.site.sample_blocks import SHELL
from tests.site.samples import PAGES, SITE, TEMPLATES, bare_grid_page, beat_page, rendered, sample_environment, words

HOSTILE = (
    "<script>alert(1)</script>", '" onmouseover="alert(1)', "' autofocus onfocus='alert(1)", "&amp; & &lt;",
    "</td></table>", "{{ 7 * 7 }}{% raw %}", "%(count)s %%",
    "a\u2028b\ufffd\u202e", "</script><!--", "&#39;", "—", "<b>ok</b>", "",
)  # fmt: skip


def stock() -> Environment:
    """Jinja as it is, with the same templates, functions and words: it escapes each value as it prints it."""
    ours = sample_environment()
    env = Environment(
        loader=ours.loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )  # fmt: skip
    env.policies["ext.i18n.trimmed"] = True
    env.install_gettext_callables(str, lambda one, many, n: one if n == 1 else many, newstyle=True)  # type: ignore[attr-defined]
    env.globals.update({name: ours.globals[name] for name in ("has", "label", "noun", "one", "site")})
    env.globals.update({**formats(str, SITE.minimum_denominator), "qr": qr})
    return env


OURS, STOCK = sample_environment(), stock()


def with_texts(value: Any, text: Callable[[], str]) -> Any:
    """Return a context in which every text of the data is another one."""
    if isinstance(value, Enum | Decimal | Ratio):
        return value
    if isinstance(value, str):
        return text() if value else value
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return type(value)(*(with_texts(item, text) for item in value))
    if isinstance(value, tuple):
        return tuple(with_texts(item, text) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        changes = {field.name: with_texts(getattr(value, field.name), text) for field in fields(value) if field.init}
        return replace(value, **changes)
    return value


def taking(texts: tuple[str, ...]) -> Callable[[], str]:
    at = iter(range(10**9))
    return lambda: texts[next(at) % len(texts)]




@pytest.mark.parametrize("kind", [*PAGES])
@pytest.mark.parametrize("start", range(len(HOSTILE)))
def test_a_page_of_hostile_values_is_what_autoescape_makes_of_them(kind: str, start: int) -> None:
    page = with_texts(PAGES[kind], taking(dated(HOSTILE[start:] + HOSTILE[:start])))

    assert rendered(OURS, kind, page) == rendered(STOCK, kind, page)


def dated(texts: tuple[str, ...]) -> tuple[str, ...]:
    """Return texts that may stand where a template reads a day and a month of a date."""
    return tuple(f"2026-03-05{text}" for text in texts)


@given(st.lists(st.text(max_size=20), min_size=1, max_size=7), st.sampled_from(["grid", "branch", "area", "data"]))
@settings(max_examples=40, deadline=None)
def test_a_page_of_any_values_is_what_autoescape_makes_of_them(texts: list[str], kind: str) -> None:
    page = with_texts(PAGES[kind], taking(dated(tuple(texts))))

    assert rendered(OURS, kind, page) == rendered(STOCK, kind, page)


@pytest.mark.parametrize("kind", [*PAGES])
def test_an_ordinary_page_is_what_autoescape_makes_of_it(kind: str) -> None:
    assert rendered(OURS, kind, PAGES[kind]) == rendered(STOCK, kind, PAGES[kind])


def test_a_page_with_little_on_it_is_what_autoescape_makes_of_it() -> None:
    assert rendered(OURS, "grid", bare_grid_page()) == rendered(STOCK, "grid", bare_grid_page())


def test_a_page_of_another_tree_is_what_autoescape_makes_of_it() -> None:
    assert rendered(OURS, "area", beat_page()) == rendered(STOCK, "area", beat_page())


def test_every_hostile_value_reaches_the_page() -> None:
    page = with_texts(PAGES["grid"], taking(dated(HOSTILE)))

    text = rendered(OURS, "grid", page)

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "<script>alert" not in text
    assert '" onmouseover' not in text


SMALL = (
    "{{ text }} {{ number }} {{ none }} {{ markup }} {{ yes }} {{ 1.0 }} {{ 1 }} {{ true }}",
    "{% for item in items %}{{ loop.index }}{{ item }}{% if not loop.last %}, {% endif %}{% endfor %}",
    "{% macro cell(value) %}<td>{{ value }}</td>{% endmacro %}{{ cell(text) }}{{ cell(markup) }}{{ cell(cell(text)) }}",
    "{% macro cell(value) %}<td>{{ value }}</td>{% endmacro %}{{ cell(text) if yes else 1 }}{{ text if yes else 1 }}",
    "{% macro around() %}<p>{{ caller() }}</p>{% endmacro %}{% call around() %}{{ text }}<i>{% endcall %}",
    "{% block a %}<b>{{ text }}</b>{% endblock %}{{ self.a() }}",
    "{{ text.upper() }} {{ items[0] }} {{ (text ~ number) }} {{ text or number }} {{ '' or text }} {{ '<i>' }}",
    "{% macro cell(value) %}<td>{{ value }}</td>{% endmacro %}{{ [cell(text)][0] }}",
    "{% if text == 'x' %}{{ text }}{% else %}{{ items|length }}{{ items|first }}{% endif %}",
    "{% trans name=text %}100 % of {{ name }}{% endtrans %}",
)  # fmt: skip


@pytest.mark.parametrize("source", SMALL)
def test_a_template_prints_what_autoescape_prints(source: str) -> None:
    data = {"text": "<b>&\"'", "number": 7, "none": None, "yes": True, "items": ["<", "a & b"], "markup": Html("<i>")}

    assert OURS.from_string(source).render(data) == STOCK.from_string(source).render(data)


def test_a_text_that_equals_markup_is_still_a_text() -> None:
    source = "{{ markup }}{{ text }}{{ markup }}"

    assert OURS.from_string(source).render(markup=Html("<b>"), text="<b>") == "<b>&lt;b&gt;<b>"


def test_a_value_that_calls_itself_markup_and_is_not_ours_is_data() -> None:
    assert OURS.from_string("{{ text }}").render(text=Markup("<b>")) == "&lt;b&gt;"


@pytest.mark.parametrize(
    "source",
    [
        "{{ text|safe }}", "{{ text|e }}", "{% set a %}{{ text }}{% endset %}{{ a }}",
        "{% autoescape false %}{{ text }}{% endautoescape %}", "{% filter upper %}{{ text }}{% endfilter %}",
        "{% import 'x' as y %}",
    ],
)  # fmt: skip
def test_what_could_pass_data_off_as_markup_is_refused(source: str) -> None:
    with pytest.raises(TemplateSyntaxError, match="not used here"):
        OURS.from_string(source)


def test_a_name_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(AttributeError, match="titel"):
        OURS.from_string("{{ row.titel }}").render(row=Ratio(1, 2))
    with pytest.raises(UndefinedError, match="rwo"):
        OURS.from_string("{{ rwo.title }}").render()
    with pytest.raises(UndefinedError, match="nothing"):
        OURS.from_string("{{ nothing }}").render()


def test_what_is_remembered_stays_bounded_and_right() -> None:
    printed = Printed()

    assert [printed[f"<{number}"] for number in range(MOST + 5)] == [f"&lt;{number}" for number in range(MOST + 5)]
    assert len(printed) <= MOST


def test_numbers_that_are_equal_are_printed_as_they_are() -> None:
    printed = Printed()

    assert [printed[value] for value in (1, True, 1.0, 0, False, None)] == ["1", "True", "1.0", "0", "False", "None"]


def test_messages_are_escaped_like_data() -> None:
    env = environment(TEMPLATES, {"grid": SHELL}, words(lambda message: message.replace("Search", "<搜>")))

    assert env.from_string('<a title="{{ _("Search") }}">{{ _("Search") }}').render() == (
        '<a title="&lt;搜&gt;">&lt;搜&gt;'
    )
