"""A list that shows nothing says why, and which key leads on."""

import pytest

from hobnob_client.progress import LinkState
from hobnob_client.tui.actions import key_name, of
from hobnob_client.tui.blank import FROM_THE_HUB, NARROWED, TABLE, Listed, Why, said, why


@pytest.mark.parametrize("listed", Listed)
@pytest.mark.parametrize("reason", Why)
def test_each_list_has_a_text_for_each_reason_there_can_be(listed: Listed, reason: Why) -> None:
    """What comes from the hub may be on its way; what is narrowed may have nothing; every other
    list shows what is on the device, whatever the hub does."""
    waits = reason in (Why.OFFLINE, Why.LOADING, Why.NOT_PERMITTED)
    can_be = listed in FROM_THE_HUB if waits else listed in NARROWED
    if reason is Why.EMPTY:
        # All that can be done is never nothing.
        can_be = listed is not Listed.ACTIONS
    assert (reason in TABLE[listed]) == can_be
    if can_be:
        assert said(listed, reason).strip()


@pytest.mark.parametrize("listed", Listed)
def test_a_key_that_is_named_is_the_one_that_is_bound(listed: Listed) -> None:
    """By the table of actions; where nothing leads on none is named."""
    for reason, blank in TABLE[listed].items():
        text = said(listed, reason)
        assert "{" not in text
        assert (blank.pane is not None) == ("{key}" in blank.text)
        if blank.pane is not None:
            (action,) = (each for each in of(blank.pane) if each.id == blank.action)
            assert key_name(action.keys[0]) in text


@pytest.mark.parametrize(
    ("link", "usable", "reason"),
    [
        (LinkState.OFFLINE, False, Why.OFFLINE),
        (LinkState.WAITING, False, Why.OFFLINE),
        (LinkState.CONNECTING, False, Why.LOADING),
        (LinkState.ONLINE, False, Why.LOADING),
        (LinkState.ONLINE, True, Why.EMPTY),
        (LinkState.SHARED, False, Why.EMPTY),
        (LinkState.REFUSED, False, Why.NOT_PERMITTED),
    ],
)
def test_the_link_tells_why_nothing_has_come(link: LinkState, usable: bool, reason: Why) -> None:
    """Once the newest is here, there is nothing."""
    assert why(link, usable) is reason
