"""Values that frames and bodies are tried with."""

from typing import Final

MOST: Final = 2**53 - 1
"""The greatest sequence, counter or time."""
HUB: Final = b"H" * 32
ALICE: Final = b"a" * 20
BOB: Final = b"b" * 20
DEVICE: Final = b"device!!"
REPLICA: Final = b"replica!"
EPOCH: Final = b"epoch--1"
GRANT: Final = b"grant--1"
HEAD: Final = b"h" * 32
HEAD8: Final = b"12345678"
TARGET: Final = b"t" * 16
OTHER: Final = b"o" * 16
THREAD: Final = b"T" * 16
CHANNEL: Final = b"g" * 16
GARDEN: Final = b"c:" + CHANNEL
HERS: Final = b"u:" + ALICE
PRIVATE: Final = b"d:" + b"p" * 16
SIGNATURE: Final = bytes(range(64))
AT_MS: Final = 1_700_000_000_000

STREAMS_BAD: Final = (b"", b"dirs", b"c:" + b"g" * 15, b"d:" + b"g" * 17, b"u:" + b"g" * 16, b"x:")
"""What looks like a stream's id and is none."""
