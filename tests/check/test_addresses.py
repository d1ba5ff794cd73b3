"""What a reader may be sent to by a cell."""

from __future__ import annotations

import pytest

from builder.check.addresses import allows, host

NONE = (
    "javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "vbscript:x", "blob:https://example.org/1",
    "file:///etc/passwd", "ftp://example.org/x", "//evil.example/x", "/\\evil.example", "\\\\evil.example", "/etc",
    "http://", "https:///x", "https:example.org/x", "https:/example.org/x", "example.org", "",
    "https://example.org@evil.example/", "https://user:pass@example.org/", "https://@example.org/",
    "http://127.0.0.1/", "http://2130706433/", "http://0x7f.1/", "http://localhost/", "https://[::1]/", "https://[/",
    "https://example.org:0/", "https://example.org:x/", "https://exa mple.org/", "https://example..org/",
    "https://\u0435xample.org/", "https://example.org/<script>", "https://example.org/\"onclick=", "https://a.b\\@c.d/",
    "https://example.org/\u202egpj.exe", "https://example.org/\u200b", "https://example.org/a\nb", "\x01https://a.bc/",
)  # fmt: skip


@pytest.mark.parametrize("address", NONE)
def test_nothing_but_an_address_on_the_web_has_a_host(address: str) -> None:
    assert host(address) == ""


@pytest.mark.parametrize("address", ["https://Example.org/", "http://a.example.org:81/x?y#z", "HTTPS://example.org"])
def test_a_web_address_has_one(address: str) -> None:
    assert host(address).endswith("example.org")


@pytest.mark.parametrize(
    ("name", "is_allowed"),
    [
        ("www.huaian.gov.cn", True), ("gov.cn", False), ("evilgov.cn", False), ("gov.cn.evil.example", False),
        ("example.org", True), ("a.example.org", False),
    ],
)  # fmt: skip
def test_a_star_stands_for_all_below(name: str, is_allowed: bool) -> None:
    assert allows(("*.gov.cn", "example.org"), name) is is_allowed
