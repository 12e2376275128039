"""Invite links: one form, nothing of them shown by mistake."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hobnob_protocol.errors import ProtocolError, UsageError
from hobnob_protocol.ids import HubId
from hobnob_protocol.invite_link import (
    RULES,
    InviteLink,
    address,
    base32,
    from_base32,
    parse,
)

HUB = HubId(bytes(range(32)))
LINK = InviteLink("hub.example.org", 4626, HUB, bytes(range(16)))


@given(
    host=st.sampled_from(("hub.example.org", "127.0.0.1", "::1", "localhost", "2001:db8::7")),
    port=st.integers(1, 65_535),
    hub=st.binary(min_size=32, max_size=32),
    invite=st.binary(min_size=16, max_size=64),
)
def test_a_link_reads_back_as_it_was(host: str, port: int, hub: bytes, invite: bytes) -> None:
    """Writing and reading are inverse, for every place and secret."""
    link = InviteLink(host, port, HubId(hub), invite)
    assert parse(str(link)) == link


def test_the_usual_port_is_left_out() -> None:
    """Shorter links are copied with fewer mistakes."""
    assert str(LINK).startswith("hobnob://hub.example.org/#aaaqeayeaudaocajbifqydiob4")
    assert str(replace(LINK, port=80)).startswith("hobnob://hub.example.org:80/#")
    assert address("::1", 4626) == "[::1]"
    assert address("::1", 1) == "[::1]:1"


def test_mail_and_capitals_do_no_harm() -> None:
    """White space around it, capitals and a lost slash are forgiven."""
    text = str(LINK)
    assert parse(f"  {text}\n") == LINK
    assert parse(text.upper().replace("HOBNOB", "hobnob")) == LINK
    assert parse(text.replace("/#", "#")) == LINK


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("", "invite.form"),
        ("https://hub.example.org/#aa.bb", "invite.form"),
        (str(LINK).replace("#", ""), "invite.form"),
        (str(LINK).replace("hub.example.org", "a@b"), "invite.form"),
        (str(LINK).replace("hub.example.org", "a\x1bb"), "invite.form"),
        (str(LINK).replace("hub.example.org", "\u00e9"), "invite.form"),
        (str(LINK) + "=", "invite.form"),
        (str(LINK).replace(".org/", ".org:0/"), "invite.port"),
        (str(LINK).replace(".org/", ".org:65536/"), "invite.port"),
        (f"hobnob://h/#aa.{base32(bytes(16))}", "invite.hub"),
        (f"hobnob://h/#a.{base32(bytes(16))}", "invite.hub"),
        (f"hobnob://h/#{base32(HUB)}.{base32(bytes(15))}", "invite.secret"),
        (f"hobnob://h/#{base32(HUB)}.{base32(bytes(65))}", "invite.secret"),
        (f"hobnob://h/#{base32(HUB)}.{base32(bytes(16))[:-1]}b", "invite.secret"),
    ],
)
def test_what_is_no_link_is_refused_by_name(text: str, rule: str) -> None:
    """Each rule has a text that breaks it, and the error does not repeat the text."""
    with pytest.raises(ProtocolError) as broken:
        parse(text)
    assert broken.value.rule == rule
    assert rule in RULES
    assert str(broken.value) == rule


def test_a_secret_is_not_shown() -> None:
    """A link in a traceback or a log tells nobody the invite."""
    assert base32(LINK.invite) not in repr(LINK)
    assert repr(LINK.invite) not in repr(LINK)


@given(st.binary(min_size=1, max_size=70))
def test_base32_has_one_way_to_write_a_value(value: bytes) -> None:
    """Reading back gives the value; changing the last letter's spare bits gives nothing."""
    text = base32(value)
    assert from_base32(text) == value
    assert text == text.lower()
    assert "=" not in text


@pytest.mark.parametrize("text", ["", "a", "a1", "aaa", "ab", "a=", "aa======"])
def test_what_is_no_base32_is_refused(text: str) -> None:
    """No letter too few, no spare bit set, no padding."""
    with pytest.raises(ValueError, match="base32"):
        from_base32(text)


def test_nothing_has_no_base32() -> None:
    """An empty value would read as a link without a part."""
    with pytest.raises(UsageError):
        base32(b"")
