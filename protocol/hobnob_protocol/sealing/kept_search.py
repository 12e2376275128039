"""Kept searches among what is private: queries that one looks at again and again.

A name is MessagePack `["search", digest]`, the SHA-256 of the query in UTF-8, cut to 16: what is
kept twice, on two devices too, is one. The value is the query.
"""

from hashlib import sha256
from typing import Final

from hobnob_protocol.codec import decode, encode
from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.limits import PRIVATE_NAME_BYTES_MAX

SORT: Final = "search"
DIGEST_BYTES: Final = 16


def encode_search(query: bytes) -> bytes:
    """The name of a query in UTF-8 among what is private."""
    return encode((SORT, sha256(query).digest()[:DIGEST_BYTES]))


def is_search(name: bytes) -> bool:
    """Is this the name of a kept search?"""
    try:
        fields = decode(name, PRIVATE_NAME_BYTES_MAX)
    except ProtocolError:
        return False
    return type(fields) is tuple and len(fields) == 2 and fields[0] == SORT
