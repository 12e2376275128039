"""The second process: it is told who is said to have signed what, and says which is true.

It knows nothing else: no key that signs, no text, no file of the hub. What it is asked comes in on
its standard input, its answers leave on its standard output, a byte for each question in order. It
ends when its input does, which is when the hub ends, however that ends.
"""

import os
import signal
from collections.abc import Iterator
from struct import Struct
from typing import Final

from hobnob_protocol.crypto import KEY_BYTES, SIGNATURE_BYTES, Ed25519Verifier, Verifier
from hobnob_protocol.event import Claim

READY: Final = b"\x02"
"""Said first: it takes a while to begin."""
_QUESTION: Final = Struct(f"!H{KEY_BYTES}s{SIGNATURE_BYTES}s")
"""How long the message is, the key, the signature; the message follows."""
_READ_BYTES: Final = 65_536
_ANSWERS_AT_ONCE: Final = 8
"""Whoever waits for an answer should not wait for all of them."""


def question(claim: Claim) -> bytes:
    """A claim as it is asked; its key and its signature have their lengths."""
    public_key, signature, message = claim
    return _QUESTION.pack(len(message), public_key, signature) + message


def questions(held: bytearray) -> Iterator[Claim]:
    """The whole questions at the beginning of what has come, which are taken away from it."""
    while len(held) >= _QUESTION.size:
        size_bytes, public_key, signature = _QUESTION.unpack_from(held)
        end = _QUESTION.size + size_bytes
        if len(held) < end:
            return
        message = bytes(held[_QUESTION.size : end])
        del held[:end]
        yield public_key, signature, message


def serve(asked: int, told: int, verifier: Verifier) -> None:
    """Answer what comes in on one file, on another, until no more comes."""
    os.write(told, READY)
    held, answers = bytearray(), bytearray()
    while data := os.read(asked, _READ_BYTES):
        held += data
        for claim in questions(held):
            answers.append(verifier.verify(*claim))
            if len(answers) == _ANSWERS_AT_ONCE:
                _tell(told, answers)
        _tell(told, answers)


def _tell(told: int, answers: bytearray) -> None:
    while answers:
        del answers[: os.write(told, answers)]


def main() -> None:
    """What stops a hub reaches all its processes: this one is needed until the hub has drained."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    try:
        serve(0, 1, Ed25519Verifier())
    except OSError:
        # Nobody listens any more.
        return


if __name__ == "__main__":
    main()
