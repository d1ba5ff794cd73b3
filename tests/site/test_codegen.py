"""The faster template code means what Jinja's own code means."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from jinja2 import Environment, StrictUndefined, UndefinedError
from markupsafe import Markup

from builder.site.codegen import Generator, written


class Row(NamedTuple):
    title: str
    number: int
    markup: Markup


class Fast(Environment):
    code_generator_class = Generator
    written = staticmethod(written)
    plain = frozenset({"twice"})


ROW = Row("<b>&\"'", 7, Markup("<i>ok</i>"))
TEMPLATES = (
    "{{ row.title }} {{ row.number }} {{ row.markup }} {{ none }}",
    "{% for item in rows %}{{ loop.index }}{{ item.title }}{% if not loop.last %}, {% endif %}{% endfor %}",
    "{% macro cell(text) %}<td>{{ text }}</td>{% endmacro %}{{ cell(row.title) }}{{ cell(row.markup) }}",
    "{{ twice(row.number) }} {{ twice(row.title) }} {{ row.title ~ twice(1) }}",
    "{% block a %}{{ row.title }}{% endblock %}{{ self.a() }}",
    "{{ row.title.upper() }} {{ row['title'] }} {{ (row.title ~ row.markup) }}",
)


def twice(value: object) -> str:
    return f"{value}{value}"


def render(kind: type[Environment], text: str) -> str:
    env = kind(autoescape=True, undefined=StrictUndefined)
    env.globals["twice"] = twice
    return env.from_string(text).render(row=ROW, rows=[ROW, ROW], none=None)


@pytest.mark.parametrize("text", TEMPLATES)
def test_a_template_renders_as_it_does_in_jinja(text: str) -> None:
    assert render(Fast, text) == render(Environment, text)


def test_a_name_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(AttributeError, match="titel"):
        render(Fast, "{{ row.titel }}")
    with pytest.raises(UndefinedError, match="rwo"):
        render(Fast, "{{ rwo.title }}")
