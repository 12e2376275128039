"""A link to a message is short, says what it is, and is read as it was written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hobnob_client.permalink import Permalink, parse
from hobnob_protocol.ids import StreamId, TargetId

_PLACES = st.sampled_from(["hub.example.org", "127.0.0.1:4700", "[::1]:80"])
_SORTS = st.sampled_from([b"c:", b"d:"])
_NAMES = st.binary(min_size=16, max_size=16)


@given(_PLACES, _SORTS, _NAMES, _NAMES)
def test_a_link_is_read_as_it_was_written(
    place: str, sort: bytes, channel: bytes, message: bytes
) -> None:
    """In a mail too, which may put it into capitals and white space around it."""
    link = Permalink(place, StreamId(sort + channel), TargetId(message))
    assert parse(f" {link}\n") == link
    assert parse(str(link).replace("hobnob://" + place, "hobnob://" + place.upper())) == link
    assert len(str(link)) <= 90


@pytest.mark.parametrize(
    "text",
    [
        "",
        "#general",
        "hobnob://hub.example.org/#abc.def",
        "https://hub.example.org/c/" + "a" * 26 + "/" + "a" * 26,
        "hobnob://hub.example.org/u/" + "a" * 26 + "/" + "a" * 26,
        "hobnob://hub.example.org/c/" + "a" * 26,
        "hobnob://hub.example.org/c/" + "1" * 26 + "/" + "a" * 26,
        "hobnob://hub.example.org/c/" + "a" * 27 + "/" + "a" * 26,
        "hobnob:///c/" + "a" * 26 + "/" + "a" * 26,
    ],
)
def test_what_is_no_link_to_a_message_is_none(text: str) -> None:
    """An invite link, a name, half a link."""
    assert parse(text) is None
