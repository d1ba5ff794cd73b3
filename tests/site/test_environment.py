"""Figures, dates and statuses as readers see them; messages and labels in compiled templates."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from jinja2 import Environment, UndefinedError

from builder.language import Translator
from builder.model import Field, Ratio, Resource, Schema, Status
from builder.site.environment import Words, environment
from builder.site.formats import number, percent, size, tel, web
from tests.site.samples import SITE, TEMPLATES

CHINESE = {
    "{counts} ({percent} %)": "{counts}({percent} %)",
    "{count} days": "{count} 天",
    "{day} {month}": "{month_number} 月 {day} 日",
    "{year} Q{quarter}": "{year} {quarter}季度",
    "1 2 3 4": "一 二 三 四",
    "overdue": "逾期",
    "{days} overdue": "逾期 {days}",
    "done on time": "按期完成",
    "Overdue: %(count)s": "逾期 %(count)s 项",
    "Search": "搜 & 索",
    "100 %% of %(name)s": "%(name)s 的 100 %%",
}


def chinese(message: str) -> str:
    return CHINESE.get(message, message)


def resource(name: str, title: str, titles: Mapping[str, str]) -> Resource:
    fields = tuple(
        Field(key, text, "", "string", "public", False, "", (), {}, {}, "", {}) for key, text in titles.items()
    )
    return Resource(name, title, "", "", (), 0, Schema(fields, (), (), {}))


def made(translate: Translator = str, templates: Path = Path(), **resources: Resource) -> Environment:
    return environment(
        templates, {"grid": "<title>{% block title %}{% endblock %}</title>"}, Words(SITE, translate, resources)
    )


def render(source: str, translate: Translator = str, **values: object) -> str:
    duty = resource("duty", "责任清单", {"due_date": "应完成日期"})
    return made(translate, duty=duty).from_string(source).render(values)


def helper(name: str, translate: Translator = str) -> Callable[..., object]:
    function = made(translate).globals[name]
    assert callable(function)
    return function


@pytest.mark.parametrize(
    ("ratio", "unit", "expected"),
    [
        (Ratio(0, 0), "", "—"),
        (Ratio(0, 0), "cases", "—"),
        (Ratio(7, 9), "", "7/9"),
        (Ratio(7, 9), "cases", "7/9 cases"),
        (Ratio(0, 10), "", '0/10<span class="mg-percent"> (0.0 %)</span>'),
        (Ratio(31, 35), "cases", '31/35 cases<span class="mg-percent"> (88.6 %)</span>'),
        (Ratio(11_902, 12_220), "", '11,902/<wbr>12,220<span class="mg-percent"> (97.4 %)</span>'),
        (Ratio(7, 9), "<b>", "7/9 &lt;b&gt;"),
    ],
)
def test_a_rate_is_counts_first_and_a_percentage_only_when_the_denominator_bears_it(
    ratio: Ratio, unit: str, expected: str
) -> None:
    assert str(helper("rate")(ratio, unit)) == expected


def test_a_rate_is_written_the_way_the_language_writes_it() -> None:
    assert str(helper("rate", chinese)(Ratio(31, 35), "件")) == '31/35 件<span class="mg-percent">(88.6 %)</span>'


@pytest.mark.parametrize(
    ("ratio", "expected"),
    [
        (Ratio(1, 3), "33.3"),
        (Ratio(2, 3), "66.7"),
        (Ratio(1, 800), "0.1"),
        (Ratio(5, 5), "100.0"),
        (Ratio(177, 400), "44.3"),
    ],
)
def test_a_percentage_has_one_decimal_rounded_half_up(ratio: Ratio, expected: str) -> None:
    assert percent(ratio) == expected


@pytest.mark.parametrize(
    ("value", "expected"), [(None, "—"), (0, "0"), (9_999, "9999"), (10_000, "10,000"), (1_234_567, "1,234,567")]
)
def test_thousands_are_separated_from_ten_thousand_up(value: int | None, expected: str) -> None:
    assert number(value) == expected


@pytest.mark.parametrize(
    ("byte_count", "expected"),
    [(0, "0 B"), (999, "999 B"), (1_000, "1.0 kB"), (9_960, "10 kB"), (1_430_112, "1.4 MB"), (2_000_000_000, "2.0 GB")],
)
def test_a_size_has_the_unit_that_leaves_few_digits(byte_count: int, expected: str) -> None:
    assert size(byte_count) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0517-8390 1234", "tel:051783901234"),
        ("+86 (517) 83901234", "tel:+8651783901234"),
        ("12345", "tel:12345"),
        ("83901234 转 801", "tel:83901234"),
        ("83901234/83901235", "tel:83901234"),
        ("待定", ""),
        ("", ""),
    ],
)
def test_a_telephone_link_dials_the_first_number(text: str, expected: str) -> None:
    assert tel(text) == expected


@pytest.mark.parametrize(
    ("address", "expected"),
    [("https://example.org/a", "https://example.org/a"), ("javascript:alert(1)", ""), ("//example.org", ""), ("", "")],
)
def test_only_web_addresses_become_links(address: str, expected: str) -> None:
    assert web(address) == expected


@pytest.mark.parametrize(
    ("value", "days", "name", "text"),
    [
        (Status.ON_TIME, 0, "on-time", "done on time"),
        (Status.ON_TIME, 3, "on-time", "done on time"),
        (Status.LATE, 1, "late", "done 1 day late"),
        (Status.OVERDUE, 0, "overdue", "overdue"),
        (Status.OVERDUE, 12, "overdue", "12 days overdue"),
        ("overdue", 2, "overdue", "2 days overdue"),
        (Status.OPEN, 0, "open", "in progress"),
        (Status.UPCOMING, 0, "upcoming", "not started"),
        (Status.DONE, 0, "done", "done"),
    ],
)
def test_a_status_is_words_with_a_class_of_its_own(value: Status, days: int, name: str, text: str) -> None:
    assert str(helper("status")(value, days)) == f'<span class="mg-{name}">{text}</span>'


def test_every_status_has_words_a_colour_and_a_shape() -> None:
    css = (TEMPLATES / "theme" / "assets" / "stylesheets" / "content.css").read_text(encoding="utf-8")
    for value in Status:
        name = re.fullmatch(r'<span class="(mg-[a-z-]+)">[a-z ]+</span>', str(helper("status")(value)))
        assert name
        rules = re.findall(rf"(?m)^(?::is\()?[^{{}}\n]*\.{name[1]}\b[^{{}}\n]*{{ (\w+):", css)
        assert {"color", "content"} <= set(rules), value


@pytest.mark.parametrize(
    ("ratio", "expected"),
    [(Ratio(0, 0), ""), (Ratio(9, 9), ""), (Ratio(5, 10), "0.500000"), (Ratio(10, 10), "1.000000")],
)
def test_a_rate_without_a_percentage_takes_no_part_in_the_order(ratio: Ratio, expected: str) -> None:
    assert helper("order_value")(ratio) == expected


@pytest.mark.parametrize(
    ("source", "english", "other"),
    [
        ('{{ period_words("2026-Q3") }}', "2026 Q3", "2026 三季度"),
        ('{{ period_words("spring") }}', "spring", "spring"),
        ("{{ days(1) }} {{ days(12) }}", "1 day 12 days", "1 day 12 天"),
        ('{{ _("Search") }}', "Search", "搜 &amp; 索"),
        ('<a title="{{ _("Search") }}">', '<a title="Search">', '<a title="搜 &amp; 索">'),
        ('{{ _("Search") ~ "!" if true else "" }}', "Search!", "搜 &amp; 索!"),
        ("{% trans count=3 %}Overdue: {{ count }}{% endtrans %}", "Overdue: 3", "逾期 3 项"),
        ('{% trans name="<" %}100 % of {{ name }}{% endtrans %}', "100 % of &lt;", "&lt; 的 100 %"),
        ('{{ _("Overdue: %(count)s", count="<") ~ "." }}', "Overdue: &lt;.", "逾期 &lt; 项."),
        ('{{ noun("duty") }}|{{ label("duty", "due_date") }}', "责任清单|应完成日期", "责任清单|应完成日期"),
        ('{{ noun("roster") }}|{{ label("duty", "done_date") }}', "Roster|Done date", "Roster|Done date"),
    ],
)
def test_words_come_from_the_language_and_the_schemas(source: str, english: str, other: str) -> None:
    assert (render(source), render(source, chinese)) == (english, other)


def test_messages_are_translated_once_when_the_template_is_compiled() -> None:
    asked: list[str] = []

    def translate(message: str) -> str:
        asked.append(message)
        return message

    env = made(translate)
    template = env.from_string('{% for n in numbers %}{{ _("Search") }}{% endfor %}')
    assert template.render(numbers=range(3)) == "SearchSearchSearch"
    assert asked.count("Search") == 1


def test_data_is_escaped_and_a_missing_name_is_an_error() -> None:
    assert render("{{ name }}", name='<b>"') == "&lt;b&gt;&#34;"
    with pytest.raises(UndefinedError):
        render("{{ nothing }}")


def test_a_template_finds_its_shell(tmp_path: Path) -> None:
    (tmp_path / "grid.html").write_text(
        '{% extends "shell/grid.html" %}{% block title %}{{ site.name }}{% endblock %}', encoding="utf-8"
    )
    assert made(templates=tmp_path).get_template("grid.html").render() == "<title>清江浦区网格公开</title>"
