"""A newcomer's first steps, as entries of Home."""

from collections.abc import Iterator
from functools import partial

import pytest

from hobnob.testing import Community
from hobnob_client.care.beginning import Beginning, Somebody, Thread
from hobnob_client.care.waiting import Post
from hobnob_client.catalogue import Language, speaking
from hobnob_client.tui.listing import place_name
from hobnob_client.tui.rooms import steps
from hobnob_client.tui.rooms.contents import Contents
from hobnob_protocol.ids import TargetId

NOW = 10 * 3_600_000


@pytest.fixture
def community() -> Iterator[Community]:
    """A hub with #general."""
    with Community() as fresh:
        yield fresh


def test_each_step_says_why_and_leads_to_what_speaks_for_it(community: Community) -> None:
    """In either language; a hello leads to its draft alone."""
    ada = community.user("ada")
    general, root = ada.stream("general"), TargetId(b"r" * 16)
    post = Post(general, TargetId(b"p" * 16), ada.account, root, NOW - 7_200_000, "welcome!")
    found = Beginning(Somebody(ada.account, post, 2, True), Thread(root, post, 3), general)
    contents = Contents(ada.seat.reader, partial(place_name, ada.seat.reader))
    person, thread, hello = steps.entries(contents, found, NOW)
    assert person.who == "Get to know ada: r writes to them"
    assert person.why == "gave 2 newcomers a first answer lately, agrees to be asked"
    assert (person.stream, person.target, person.root) == (general, post.target, root)
    assert thread.why == "3 people take part, the last 2 hours ago"
    assert (thread.target, thread.root) == (post.target, root)
    assert (hello.where, hello.target, hello.text) == ("#general", None, "")
    with speaking(Language.GERMAN):
        quiet = Beginning(Somebody(ada.account, post, 0, False))
        (person,) = steps.entries(contents, quiet, NOW)
    assert person.why == "kümmert sich um diesen Ort, schrieb vor 2 Stunden"
