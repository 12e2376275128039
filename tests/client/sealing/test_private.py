"""What was begun on one device is on the others, and the hub cannot tell what it is."""

from random import Random

from hobnob_client.sealing.own_keys import KEPT_MAX
from hobnob_client.sealing.private_writing import AT_ONCE
from hobnob_client.sealing.seals import PUBLISH_SECONDS
from hobnob_protocol.limits import PRIVATE_IDLE_SECONDS, PRIVATE_PACE_SECONDS
from hobnob_protocol.seal_record_frames import Record
from hobnob_protocol.sealing.own import KEY_BYTES, share_key
from hobnob_sync.client_engine.inputs import Output, Send
from tests.client.sealing.devices import GARDEN, SHED, SOON, Desk, Device
from tests.client.sealing.pair import CANARY


def test_what_was_begun_on_one_device_is_on_the_other(desk: Desk) -> None:
    """Place by place; and so is its end."""
    phone = desk.link()
    desk.first.draft(GARDEN, "in the garden")
    desk.first.draft(SHED, "in the shed")
    desk.wait()
    assert (phone.begun(GARDEN), phone.begun(SHED)) == ("in the garden", "in the shed")
    phone.draft(GARDEN, "in the garden, all day")
    phone.draft(SHED, "")
    desk.wait()
    assert (desk.first.begun(GARDEN), desk.first.begun(SHED)) == ("in the garden, all day", "")
    assert desk.first.beside == phone.beside == []


def test_the_hub_sees_neither_text_nor_place(desk: Desk) -> None:
    """In no byte of its file; each device reads it in its own."""
    phone = desk.link()
    desk.first.draft(GARDEN, CANARY)
    desk.wait()
    assert phone.begun() == CANARY
    assert CANARY.encode() in phone.dump()
    assert CANARY.encode() not in desk.dump()
    (cell,) = desk.cells
    assert (cell.name + cell.sealed).find(GARDEN) == -1


def test_typing_is_not_told_by_what_is_sealed(desk: Desk) -> None:
    """It goes when it has rested, and the next not before half a minute is over."""
    for nth in range(3 * PRIVATE_IDLE_SECONDS):
        desk.first.draft(GARDEN, "x" * nth)
        desk.wait(1)
    assert desk.cells == []
    desk.wait(PRIVATE_IDLE_SECONDS)
    assert len(desk.cells) == 1
    for nth in range(PRIVATE_PACE_SECONDS // 10):
        desk.first.draft(GARDEN, "y" * nth)
        desk.wait(PRIVATE_IDLE_SECONDS + 1)
        assert len(desk.cells) == 1
    desk.wait()
    assert len(desk.cells) == 2


def test_what_was_begun_and_sent_at_once_is_told_to_nobody(desk: Desk) -> None:
    """There was never anything."""
    desk.first.draft(GARDEN, "hello")
    desk.wait(1)
    desk.first.draft(GARDEN, "")
    desk.wait()
    assert (desk.cells, desk.keys) == ([], [])


def test_of_more_own_keys_than_are_kept_the_newest_stay(desk: Desk) -> None:
    """On who shared them and on who was given them, and after another one too."""
    phone = desk.link()
    desk.first.draft(GARDEN, "one")
    desk.wait()
    me, hub = desk.first.identity.author, desk.first.identity.hub
    for nth in range(KEPT_MAX + 1):
        secret = bytes((nth,)) * KEY_BYTES
        told = desk.first.chain, desk.first.records
        desk.first.say(desk.stream, share_key(hub, me, secret, *told))
        desk.wait(1)
    newest = {shared.key for shared in desk.keys[-KEPT_MAX:]}
    assert set(phone.own_keys) == set(desk.first.own_keys) == newest


def test_it_works_off_line(desk: Desk) -> None:
    """What was begun there comes when there is a line again; what is too long stays here."""
    phone = desk.link()
    desk.first.cut()
    desk.first.draft(GARDEN, "under way")
    desk.first.draft(SHED, "too long " * 4_000)
    assert desk.first.begun() == "under way"
    desk.wait()
    desk.first.connect()
    desk.wait()
    assert (phone.begun(GARDEN), phone.begun(SHED)) == ("under way", "")
    assert desk.first.begun(SHED) == "too long " * 4_000
    shared = {line.stream: line.shared for line in desk.first.reader.drafts()}
    assert shared == {GARDEN: True, SHED: False}


class Unheard(Device):
    """The hub does not hear which key it has, until it is let speak."""

    withholds = True

    def _do(self, output: Output) -> None:
        told = isinstance(output, Send) and isinstance(output.frame, Record)
        if not (told and self.withholds):
            super()._do(output)


def test_what_was_begun_waits_until_somebody_can_be_given_the_key(desk: Desk) -> None:
    """The only device of an account, whose key the hub has not told yet, shares none."""
    device = Unheard(desk.hub, Random(1), handle="eve")
    device.draft(GARDEN, "half a thought")
    desk.wait()
    assert [(line.text, line.shared) for line in device.reader.drafts()] == [
        ("half a thought", False)
    ]
    device.withholds = False
    desk.wait(PUBLISH_SECONDS)
    device.cut()
    device.connect()
    desk.wait()
    assert [(line.text, line.shared) for line in device.reader.drafts()] == [
        ("half a thought", True)
    ]
    device.close()


def test_two_devices_that_write_off_line_meet(desk: Desk) -> None:
    """The later text stays, the other is kept beside it, on both."""
    phone = desk.link()
    desk.first.draft(GARDEN, "so far")
    desk.wait()
    desk.first.cut()
    phone.cut()
    phone.draft(GARDEN, "on the phone")
    desk.wait()
    desk.first.draft(GARDEN, "at the desk")
    for device in (desk.first, phone):
        device.connect()
        desk.wait(2 * SOON)
    assert (desk.first.begun(), phone.begun()) == ("at the desk", "at the desk")
    assert desk.first.beside == phone.beside == ["on the phone"]


def test_an_earlier_text_that_comes_later_is_kept_beside(desk: Desk) -> None:
    """Whoever is on line first."""
    phone = desk.link()
    desk.first.cut()
    phone.cut()
    phone.draft(GARDEN, "on the phone")
    desk.wait()
    desk.first.draft(GARDEN, "at the desk")
    for device in (phone, desk.first):
        device.connect()
        desk.wait(2 * SOON)
    assert (desk.first.begun(), phone.begun()) == ("at the desk", "at the desk")
    assert desk.first.beside == phone.beside == ["on the phone"]


def test_one_that_was_sent_elsewhere_is_not_lost_where_it_was_changed(desk: Desk) -> None:
    """It was given up by who had not seen the change."""
    phone = desk.link()
    desk.first.draft(GARDEN, "hello")
    desk.wait()
    phone.cut()
    phone.draft(GARDEN, "hello, all of you")
    desk.wait()
    desk.first.draft(GARDEN, "")
    desk.wait()
    phone.connect()
    desk.wait(2 * SOON)
    assert (desk.first.begun(), phone.begun()) == ("", "")
    assert desk.first.beside == phone.beside == ["hello, all of you"]


def test_a_restart_forgets_nothing(desk: Desk) -> None:
    """Neither what was begun nor how to read what others begin."""
    phone = desk.link()
    desk.first.draft(GARDEN, "one")
    desk.first.crash()
    desk.first.restart()
    desk.wait()
    assert phone.begun() == "one"
    phone.crash()
    desk.first.draft(GARDEN, "two")
    desk.wait()
    phone.restart()
    desk.wait()
    assert phone.begun() == "two"
    assert len(desk.keys) == 1


def test_a_new_device_gets_what_holds_from_an_older_one(desk: Desk) -> None:
    """Under a new key, which all of them have; nobody has asked for it."""
    desk.first.draft(GARDEN, "from before")
    desk.wait()
    phone = desk.link()
    desk.wait()
    assert phone.begun() == "from before"
    first, second = desk.keys
    assert first.key != second.key
    assert [len(key.slices) for key in desk.keys] == [1, 2]
    assert desk.first.reader.drafts() == phone.reader.drafts()


def test_a_new_device_reads_nothing_while_no_other_is_there(desk: Desk) -> None:
    """It waits, and says nothing of it; what it begins itself is read by all."""
    desk.first.draft(GARDEN, "from before")
    desk.wait()
    phone = desk.link()
    desk.first.cut()
    desk.wait(600)
    assert phone.begun() == ""
    phone.draft(SHED, "on the phone")
    desk.wait()
    assert (phone.begun(GARDEN), phone.begun(SHED)) == ("", "on the phone")
    desk.first.connect()
    desk.wait()
    assert (phone.begun(GARDEN), desk.first.begun(SHED)) == ("from before", "on the phone")


def test_all_that_holds_is_handed_on_though_it_is_much(desk: Desk) -> None:
    """One batch after the other."""
    places = [GARDEN[:2] + bytes((nth,)) * 16 for nth in range(2 * AT_ONCE + 1)]
    for place in places:
        desk.first.draft(type(GARDEN)(place), f"in {place[2]}")
    desk.wait(4 * SOON)
    phone = desk.link()
    desk.wait(2 * SOON)
    assert [phone.begun(type(GARDEN)(place)) for place in places] == [
        f"in {place[2]}" for place in places
    ]


def test_one_device_hands_on_and_the_others_leave_it_the_time(desk: Desk) -> None:
    """Three are on line; a fourth comes: one key more, each cell once more."""
    for _ in range(2):
        desk.link()
    desk.first.draft(GARDEN, "one")
    desk.first.draft(SHED, "two")
    desk.wait()
    keys, cells = len(desk.keys), len(desk.cells)
    tablet = desk.link()
    desk.wait(4 * SOON)
    assert (tablet.begun(GARDEN), tablet.begun(SHED)) == ("one", "two")
    assert (len(desk.keys), len(desk.cells)) == (keys + 1, cells + 2)


def test_a_revoked_device_reads_nothing_that_is_written_from_then_on(desk: Desk) -> None:
    """Not even with all that the hub has: the key is another."""
    phone, tablet = desk.link(), desk.link()
    desk.first.draft(GARDEN, "for all")
    desk.wait()
    assert tablet.begun() == "for all"
    before = desk.keys[-1].key
    desk.first.revoke(tablet)
    desk.wait()
    desk.first.draft(GARDEN, CANARY)
    desk.wait()
    assert phone.begun() == CANARY
    assert desk.cells[-1].key == desk.keys[-1].key != before
    gone = tablet.identity.author.device
    assert all(device != gone for device, _, _ in desk.keys[-1].slices)
    assert CANARY.encode() not in tablet.dump()


def test_a_device_whose_keys_are_gone_goes_on_with_new_ones(desk: Desk) -> None:
    """What it has read it keeps, and what others begin it reads again."""
    phone = desk.link()
    desk.first.draft(GARDEN, "one")
    desk.wait()
    phone.lose_keys()
    desk.wait()
    assert phone.begun() == "one"
    phone.draft(SHED, "two")
    desk.wait()
    desk.first.draft(GARDEN, "one and more")
    desk.wait()
    assert (desk.first.begun(SHED), phone.begun(GARDEN)) == ("two", "one and more")
