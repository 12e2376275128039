"""A handle may become another account's."""

from hobnob_protocol.ids import PEOPLE
from hobnob_protocol.kind import Write
from hobnob_protocol.kinds.reseats import Reseat, reseat_key
from tests.protocol.kinds.scene import BOB, refused, stub_writes, travels_as, writes


def test_a_reseat_is_announced_and_then_done_or_undone() -> None:
    """Since when stands in a cell for each handle and account; an undone one says nothing."""
    travels_as(Reseat("ada", BOB, "done", "lost\nall"), "ada", BOB, "done", "lost\nall")
    announced, done = (reseat_key(stage, BOB, "ada") for stage in ("announced", "done"))
    assert (announced, done) == (b"\0" + BOB + b"ada", b"\1" + BOB + b"ada")
    (told,) = writes(Reseat("ada", BOB, "announced", "x"), PEOPLE)
    assert (told.noun, told.key) == ("reseat", announced)
    assert told.value
    assert writes(Reseat("ada", BOB, "undone", "x"), PEOPLE) == (Write("reseat", announced, None),)
    (over,) = writes(Reseat("ada", BOB, "done", "x"), PEOPLE)
    assert (over.key, over.value) == (done, told.value)
    assert stub_writes("reseat") == ()


def test_a_reseat_keeps_its_bounds() -> None:
    """A handle, an account, one of three stages, a reason."""
    refused(Reseat, "handle", "handle", "Ada", BOB, "done", "x")
    refused(Reseat, "blob", "account", "ada", b"", "done", "x")
    refused(Reseat, "choice", "stage", "ada", BOB, "begun", "x")
    refused(Reseat, "text.empty", "reason", "ada", BOB, "done", "")
