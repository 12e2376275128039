"""Equal digests mean that nothing is new."""

from hobnob_protocol.ids import DIRECTORY, PEOPLE, Epoch, GrantId, Head8
from hobnob_sync.cursor import digest

EPOCH = Epoch(b"epoch--1")
ONE = (DIRECTORY, GrantId(b"grant--1"), 5, Head8(b"head--11"))
OTHER = (PEOPLE, GrantId(b"grant--2"), 6, Head8(b"head--22"))


def test_the_order_of_streams_does_not_count() -> None:
    """Both sides keep them in their own order."""
    assert digest(EPOCH, [ONE, OTHER]) == digest(EPOCH, [OTHER, ONE])
    assert len(digest(EPOCH, [])) == 16


def test_every_part_of_a_cursor_counts() -> None:
    """Another epoch, stream, grant, seq or head is another digest."""
    digests = {
        digest(EPOCH, [ONE]),
        digest(Epoch(b"epoch--2"), [ONE]),
        digest(EPOCH, [(PEOPLE, *ONE[1:])]),
        digest(EPOCH, [(DIRECTORY, GrantId(b"grant--x"), 5, Head8(b"head--11"))]),
        digest(EPOCH, [(DIRECTORY, GrantId(b"grant--1"), 6, Head8(b"head--11"))]),
        digest(EPOCH, [(DIRECTORY, GrantId(b"grant--1"), 5, Head8(b"head--xx"))]),
        digest(EPOCH, [ONE, OTHER]),
        digest(EPOCH, []),
    }
    assert len(digests) == 8
