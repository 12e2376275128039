"""How SSH writes values (RFC 4251 §5): strings with their length before them, and integers."""

from typing import Final

from hobnob_protocol.errors import ProtocolError

_LENGTH_BYTES: Final = 4
BROKEN: Final = "ssh.bytes"
"""The rule broken by bytes that end early, go on behind their end, or write a number in a second
way."""


def string(data: bytes) -> bytes:
    """A string as it is written."""
    return len(data).to_bytes(_LENGTH_BYTES) + data


class Strings:
    """Reads values off the front of bytes; ProtocolError where they are not there."""

    def __init__(self, data: bytes) -> None:
        self._rest = data

    def raw(self, length: int) -> bytes:
        """So many bytes."""
        if length > len(self._rest):
            raise ProtocolError(BROKEN, "it ends early")
        found, self._rest = self._rest[:length], self._rest[length:]
        return found

    def string(self) -> bytes:
        """A string."""
        return self.raw(int.from_bytes(self.raw(_LENGTH_BYTES)))

    def positive(self) -> int:
        """A multiple-precision integer above zero, in the one shortest way to write it."""
        data = self.string()
        number = int.from_bytes(data)
        if not number or len(data) != number.bit_length() // 8 + 1:
            # One bit more than the number has: the highest one is the sign.
            raise ProtocolError(BROKEN, "an integer is not as it should be")
        return number

    def end(self) -> None:
        """Nothing follows."""
        if self._rest:
            raise ProtocolError(BROKEN, "something follows")
