"""What a channel is, by `dir` or by its own stream."""

from hobnob_protocol.ids import DIRECTORY
from hobnob_protocol.kinds.channels import ChannelArchive, ChannelCreate, ChannelSet, Purpose
from hobnob_sync.views import channel, overlay
from hobnob_sync.views.channel import Channel
from hobnob_sync.views.overlay import Pending
from tests.sync.views.scene import ALICE, BOB, CHANNEL, GARDEN, Tale


def shown(tale: Tale) -> Channel | None:
    """The channel as the replica shows it."""
    keys = channel.asks(CHANNEL)
    return channel.view(
        tale.cells(keys, DIRECTORY),
        tale.cells(keys, GARDEN),
        CHANNEL,
    )


def test_a_public_channel_is_what_the_directory_says() -> None:
    """As it was created, with every later change; its own stream has no say."""
    tale = Tale()
    tale.tell(ALICE, ChannelCreate(CHANNEL, "garden", "plants", True), DIRECTORY)
    tale.tell(BOB, ChannelSet(CHANNEL, "name", "gardens"), DIRECTORY)
    tale.tell(BOB, ChannelSet(CHANNEL, "name", "weeds"), GARDEN)
    assert shown(tale) == Channel(
        CHANNEL, "gardens", "plants", True, True, False, "all", ALICE, False
    )


def test_a_private_channel_is_what_its_own_stream_says() -> None:
    """Nobody else learns of it."""
    tale = Tale()
    tale.tell(ALICE, ChannelCreate(CHANNEL, "cellar", history="from_join"), GARDEN)
    tale.tell(ALICE, Purpose("wine"), GARDEN)
    tale.tell(ALICE, ChannelArchive(CHANNEL), GARDEN)
    assert shown(tale) == Channel(
        CHANNEL, "cellar", "wine", False, False, True, "from_join", ALICE, False
    )


def test_a_channel_that_nobody_named_is_none() -> None:
    """What is told of it without its beginning shows nothing; a name alone shows."""
    tale = Tale()
    tale.tell(ALICE, Purpose("wine", CHANNEL), DIRECTORY)
    assert shown(tale) is None
    tale.tell(ALICE, ChannelSet(CHANNEL, "name", "cellar"), DIRECTORY)
    found = shown(tale)
    assert found is not None
    assert (found.name, found.creator) == ("cellar", None)


def test_a_new_name_shows_at_once() -> None:
    """And says that it waits."""
    tale = Tale()
    tale.tell(ALICE, ChannelCreate(CHANNEL, "garden"), DIRECTORY)
    read = tale.wait(1, ALICE, ChannelSet(CHANNEL, "name", "gardens"), DIRECTORY)
    keys = overlay.asks((read,), channel.asks(CHANNEL))
    cells = Pending(tale.cells(keys, DIRECTORY), (read,))
    found = channel.view(cells, tale.cells(keys, GARDEN), CHANNEL)
    assert found is not None
    assert (found.name, found.pending) == ("gardens", True)
