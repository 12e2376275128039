"""A link to one message: `hobnob://HOST[:PORT]/c/<channel>/<message>`, `d` for a conversation.

It names and lets nobody in: who has no right to the message sees as little of it as without. Host
and port are a hint for people; a message is known by its stream and its name, wherever its hub has
moved. Both are base32 in lower case without padding, as in an invite link.
"""

import re
from base64 import b32decode
from binascii import Error as Base32Error
from typing import Final

from hobnob_protocol.ids import StreamId, StreamType, TargetId, stream_type
from hobnob_protocol.invite_link import base32
from hobnob_protocol.value import value

SCHEME: Final = "hobnob://"
_KINDS: Final = (StreamType.CHANNEL, StreamType.CONVERSATION)
_FORM: Final = re.compile(
    r"hobnob://(?P<place>[A-Za-z0-9.:\[\]-]{1,270})/(?P<kind>[cd])"
    r"/(?P<stream>[A-Za-z2-7]{26})/(?P<message>[A-Za-z2-7]{26})/?",
    re.ASCII,
)


@value
class Permalink:
    """A message of a stream, and where its hub was reached when the link was made."""

    place: str
    stream: StreamId
    target: TargetId

    def __str__(self) -> str:
        """The link as it is handed on."""
        kind = stream_type(self.stream)
        assert kind in _KINDS, "messages stand in channels and conversations"
        return f"{SCHEME}{self.place}/{kind}/{base32(self.stream[2:])}/{base32(self.target)}"


def parse(text: str) -> Permalink | None:
    """The link in `text`, around which white space is forgiven; None where it is none."""
    found = _FORM.fullmatch(text.strip())
    if found is None:
        return None
    try:
        stream, target = (_bytes(found[part]) for part in ("stream", "message"))
    except Base32Error:
        return None
    return Permalink(
        found["place"].lower(), StreamId(found["kind"].encode() + b":" + stream), TargetId(target)
    )


def _bytes(text: str) -> bytes:
    return b32decode(text.upper() + "=" * (-len(text) % 8))
