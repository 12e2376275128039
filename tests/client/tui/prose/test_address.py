"""Where a text may lead, and how that is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hobnob_client.tui.prose.address import (
    ADDRESS_CHARS_MAX,
    cleaned,
    host,
    is_disguised,
    tells,
)
from hobnob_client.tui.prose.marks import marks


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://a.example/x?y=1#z", "https://a.example/x?y=1#z"),
        ("HTTPS://A.Example/X", "https://a.example/X"),
        ("http://[::1]:8080/", "http://[::1]:8080/"),
        ("https://\u0430pple.example/", "https://xn--pple-43d.example/"),
        ("https://a.example/ü b", "https://a.example/%C3%BC%20b"),
        ("https://a.example/%41\"'", "https://a.example/%41%22'"),
        ("https://u@a.example/", "https://u@a.example/"),
        ("mailto:a@b.example", "mailto:a@b.example"),
        ("hobnob://hub.example/#x.y", "hobnob://hub.example/#x.y"),
        ("javascript:alert(1)", ""),
        ("file:///etc/passwd", ""),
        ("data:text/html,x", ""),
        ("ssh://a.example", ""),
        ("//a.example", ""),
        ("https://", ""),
        ("https://a.example:port/", ""),
        ("https://a b.example/", ""),
        ("https://[::1/", ""),
        ("mailto:", ""),
        ("https://a.example/" + "x" * ADDRESS_CHARS_MAX, ""),
    ],
)
def test_addresses_are_printable_ascii_or_nothing(given: str, kept: str) -> None:
    """Hosts in punycode, all else in percents."""
    assert cleaned(given) == kept


@given(st.text(max_size=60).map("https://a.example/{}".format) | st.text(max_size=60))
def test_nothing_but_printable_ascii_is_led_to(text: str) -> None:
    """And what is kept once is kept as it is."""
    found = cleaned(text)
    assert found.isascii()
    assert not found or found.isprintable()
    assert cleaned(found) == found


def test_a_label_that_is_the_address_tells_it() -> None:
    """With or without a slash at the end."""
    assert tells("https://a.example", "https://a.example/")
    assert tells("a@b.example", "mailto:a@b.example")
    assert not tells("docs", "https://a.example/")


@pytest.mark.parametrize(
    ("label", "target", "disguised"),
    [
        ("docs", "https://a.example/", False),
        ("a.example", "https://a.example/login", False),
        ("www.a.example", "https://a.example/", False),
        ("bank.example", "https://a.example/", True),
        ("https://bank.example/x", "https://a.example/", True),
        ("https://a.example@b.example/", "https://a.example@b.example/", True),
        ("https://\u0430pple.example/", "https://xn--pple-43d.example/", True),
        ("see v1.2 of it", "https://a.example/", False),
    ],
)
def test_a_host_is_shown_where_the_text_names_another(
    label: str, target: str, disguised: bool
) -> None:
    """Or where it would not be told from another."""
    assert is_disguised(label, target) is disguised


def test_the_host_of_a_mail_address_is_its_domain() -> None:
    """Of all others, what the network knows it by."""
    assert host("mailto:a@b.example") == "b.example"
    assert host("https://u@c.example:80/x") == "c.example"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("see https://a.example/b.", ["https://a.example/b"]),
        ("(https://a.example/b)", ["https://a.example/b"]),
        ("https://a.example/b_(c)", ["https://a.example/b_(c)"]),
        ("https://a.example/?q=[x], and", ["https://a.example/?q=[x]"]),
        ("@ana and mail@b.example, #help or a#b", ["@ana", "#help"]),
        ("https://a.example/@ana#help", ["https://a.example/@ana#help"]),
    ],
)
def test_bare_addresses_and_mentions_are_found(text: str, found: list[str]) -> None:
    """Without what ends the sentence they stand in."""
    assert [text[start:end] for start, end, _ in marks(text)] == found


@pytest.mark.parametrize("end", [")", ").", "]}", "(.", "*_"])
def test_an_address_may_be_as_long_and_hostile_as_it_likes(end: str) -> None:
    """Its end is found by looking at each letter once."""
    text = "https://example.org/" + end * 500_000
    ((start, stop, _),) = marks(text)
    assert start == 0
    assert text[stop - 1] in "/("
