"""Seal records: the newest of each device is kept and shown; no device is spoken for by another."""

import pytest

from hobnob_protocol.codec import decode, encode
from hobnob_protocol.crypto import Signer
from hobnob_protocol.frames import Push
from hobnob_protocol.ids import PEOPLE, AccountId, DeviceId
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.limits import FRAME_BYTES_MAX, SEAL_AHEAD_SECONDS, WANTED_ACCOUNTS_MAX
from hobnob_protocol.seal_record_frames import Record, Recorded, Records, Want
from hobnob_protocol.sealing.record import TAG, decode_record, make_record
from hobnob_protocol.sealing.seal_key import PUBLIC_BYTES, SealKey
from hobnob_protocol.wire import encode_frame
from hobnob_sync.hub_engine.inputs import HubSettings, Input, Login, Received
from hobnob_sync.ports import HubTransaction, SealRecordRow, SealRecordsKey
from tests.sync.hub_engine.scene import SAID, Hub, Member

NOBODY = AccountId(b"\xff" * 20)
KEYS = {n: SealKey(bytes((n,)) * 32).public for n in range(3)}
"""Some seal keys: making one takes longer than anything else here."""


def made(hub: Hub, member: Member, seconds: int, public: bytes = KEYS[0]) -> Record:
    """A device's record of its seal key, from so many seconds on."""
    chain = hub.engine.state.accounts.chain(member.account)
    assert chain is not None
    return Record(*make_record(chain, member.signer, public, seconds))


def spoiled(hub: Hub, record: Record, signer: Signer, **fields: object) -> Record:
    """The same with other fields, signed by some device."""
    names = ("account", "device", "public", "not_before_seconds", "links", "head")
    parts = decode(record.record)
    assert isinstance(parts, tuple)
    data = encode(tuple({**dict(zip(names, parts, strict=True)), **fields}.values()))
    return Record(data, signer.sign(TAG + hub.name + data))


def published(hub: Hub, member: Member, record: Record) -> tuple[Record, ...]:
    """What a device hears after its record: what is kept of its account."""
    hub.receive(member, record)
    (told,) = hub.take(member, Records)
    assert told.accounts == (member.account,)
    return told_of(told)


def wanted(hub: Hub, member: Member, *accounts: AccountId) -> Records:
    """What somebody hears who asks."""
    hub.receive(member, Want(tuple(sorted(accounts))))
    (told,) = hub.take(member, Records)
    return told


def told_of(told: Records) -> tuple[Record, ...]:
    """Records as their devices sent them."""
    return tuple(Record(each.record, each.signature) for each in told.records)


def kept(hub: Hub, account: AccountId) -> tuple[SealRecordRow, ...]:
    """What the store holds of an account."""
    key = SealRecordsKey(account)
    return hub.store.load([key]).get(key)


def test_a_record_is_kept_and_shown_to_whoever_asks() -> None:
    """As its device signed it, from the next commit on and after any restart."""
    hub = Hub()
    alice, bob = hub.member("alice"), hub.member("bob")
    record = made(hub, alice, hub.now_ms // 1_000)
    assert published(hub, alice, record) == (record,)
    (row,) = kept(hub, alice.account)
    assert (row.device, row.account) == (alice.device, alice.account)
    assert (row.not_before_seconds, row.record, row.signature) == (
        *(hub.now_ms // 1_000, record.record, record.signature),
    )
    for _ in range(2):
        told = wanted(hub, bob, alice.account)
        assert (told.accounts, told_of(told)) == ((alice.account,), (record,))
        hub.reboot()
        hub.login(bob)
        hub.sent(bob.conn)


def test_a_later_record_takes_the_place_of_an_earlier_one() -> None:
    """And of no other device's: they come in the order of their ids."""
    hub = Hub()
    laptop = hub.member("alice")
    phone = hub.second_device(laptop, "phone")
    now = hub.now_ms // 1_000
    first, other = made(hub, laptop, now), made(hub, phone, now, KEYS[1])
    published(hub, laptop, first)
    published(hub, phone, other)
    second = made(hub, laptop, now + 1, KEYS[2])
    devices = {laptop.device: second, phone.device: other}
    assert published(hub, laptop, second) == tuple(found for _, found in sorted(devices.items()))


def test_an_older_record_is_not_kept_and_its_device_hears_what_is() -> None:
    """Nor one of the same time with another key: whoever restored a backup learns of the newer."""
    hub = Hub()
    alice = hub.member("alice")
    now = hub.now_ms // 1_000
    newest = made(hub, alice, now)
    published(hub, alice, newest)
    for seconds, public in ((now, KEYS[0]), (now, KEYS[1]), (now - 1, KEYS[1]), (0, KEYS[1])):
        assert published(hub, alice, made(hub, alice, seconds, public)) == (newest,)
        assert not hub.decision.transaction
    assert hub.bye(alice) is None


def test_a_record_from_the_future_is_not_kept() -> None:
    """Its device could not replace it for so long; a clock may be a little ahead."""
    hub = Hub()
    alice = hub.member("alice")
    last = hub.now_ms // 1_000 + SEAL_AHEAD_SECONDS
    assert published(hub, alice, made(hub, alice, last + 1)) == ()
    record = made(hub, alice, last)
    assert published(hub, alice, record) == (record,)


def test_within_one_batch_each_record_follows_the_one_before() -> None:
    """What this very step keeps is what counts, and what it tells."""
    hub = Hub()
    alice, bob = hub.member("alice"), hub.member("bob")
    now = hub.now_ms // 1_000
    records = [made(hub, alice, now + after) for after in (0, 2, 1)]
    batch: list[Input] = [Received(alice.conn, record, 1) for record in records]
    hub.step([*batch, Received(bob.conn, Want((alice.account,)), 1)])
    told = [told_of(frame) for frame in hub.take(alice, Records)]
    assert told == [(records[0],), (records[1],), (records[1],)]
    assert told_of(hub.take(bob, Records)[0]) == (records[1],)
    assert [row.record for row in kept(hub, alice.account)] == [records[1].record]


def test_a_record_that_is_none_ends_the_connection() -> None:
    """By its form, by its signature, by its key; nothing is kept, and nothing more is taken."""
    hub = Hub()
    now = hub.now_ms // 1_000
    sound = made(hub, hub.member("somebody"), now)
    fields: tuple[dict[str, object], ...] = (
        {"public": bytes(PUBLIC_BYTES)},
        {"public": KEYS[0][:-32] + bytes(32)},
        {"public": b"short"},
        {"not_before_seconds": -1},
    )
    for nth in range(8):
        alice = hub.member(f"alice{nth}")
        record = made(hub, alice, now)
        wrong = (
            Record(b"no record", record.signature),
            Record(record.record + b"\0", record.signature),
            Record(record.record, bytes(64)),
            Record(record.record, sound.signature),
            *(spoiled(hub, record, alice.signer, **each) for each in fields),
        )[nth]
        hub.step([Received(alice.conn, frame, 1) for frame in (wrong, record)])
        assert hub.bye(alice) == "protocol", nth
        assert hub.take(alice, Records) == []
        assert kept(hub, alice.account) == ()


def test_nobody_publishes_for_another_device() -> None:
    """Neither for one of their own account, nor for another's, whoever has signed."""
    hub = Hub()
    now = hub.now_ms // 1_000
    for nth in range(3):
        laptop, bob = hub.member(f"alice{nth}"), hub.member(f"bob{nth}")
        phone = hub.second_device(laptop, f"phone{nth}")
        of_phone = made(hub, phone, now)
        wrong = (
            of_phone,
            made(hub, bob, now),
            spoiled(hub, of_phone, laptop.signer, account=bob.account),
        )[nth]
        hub.receive(laptop, wrong)
        assert hub.bye(laptop) == "protocol", nth
        assert kept(hub, laptop.account) == kept(hub, bob.account) == ()


def test_a_record_of_another_hub_is_none() -> None:
    """The device's signature names the hub."""
    hub, other = Hub(), Hub()
    alice = hub.member("alice")
    record = made(hub, alice, hub.now_ms // 1_000)
    elsewhere = alice.signer.sign(TAG + bytes(32) + record.record)
    hub.receive(alice, Record(record.record, elsewhere))
    assert hub.bye(alice) == "protocol"
    assert kept(other, alice.account) == ()


def test_a_revoked_devices_record_goes_with_its_revocation() -> None:
    """In the same commit; of its account's other devices none, and none comes back."""
    hub = Hub()
    laptop = hub.member("alice")
    phone, tablet = (hub.second_device(laptop, name) for name in ("phone", "tablet"))
    now = hub.now_ms // 1_000
    for device in (laptop, phone, tablet):
        published(hub, device, made(hub, device, now))
    pushed = hub.pushed(laptop, PEOPLE, hub.revocation(laptop, phone.device))
    later = made(hub, phone, now + 1)
    assert hub.push(laptop, pushed)[0].status == 0
    assert hub.decision.transaction.seal_records == {phone.device: None}
    left = sorted((laptop.device, tablet.device))
    assert [row.device for row in kept(hub, laptop.account)] == left
    hub.receive(phone, later)
    assert [row.device for row in kept(hub, laptop.account)] == left
    hub.say(laptop, PEOPLE, hub.revocation(laptop, tablet.device))
    assert hub.decision.transaction.seal_records == {tablet.device: None}


def test_what_a_step_revokes_it_does_not_show() -> None:
    """Also to who asks in the same batch, before the commit; nor does it what others publish."""
    hub = Hub()
    laptop, bob, carol = (hub.member(name) for name in ("alice", "bob", "carol"))
    phone = hub.second_device(laptop, "phone")
    now = hub.now_ms // 1_000
    record = made(hub, laptop, now)
    published(hub, laptop, record)
    published(hub, phone, made(hub, phone, now))
    pushed = hub.pushed(laptop, PEOPLE, hub.revocation(laptop, phone.device))
    from_phone = made(hub, phone, now + 1)
    hub.step(
        [
            Received(phone.conn, from_phone, 1),
            Received(laptop.conn, Push((pushed,)), 1),
            Received(carol.conn, made(hub, carol, now), 1),
            Received(bob.conn, Want((laptop.account,)), 1),
        ]
    )
    assert told_of(hub.take(bob, Records)[0]) == (record,)
    assert [row.device for row in kept(hub, laptop.account)] == [laptop.device]


def test_who_has_none_is_answered_with_none() -> None:
    """An account without a record, and one that is nobody's, alike."""
    hub = Hub()
    alice, bob = hub.member("alice"), hub.member("bob")
    record = made(hub, alice, hub.now_ms // 1_000)
    published(hub, alice, record)
    told = wanted(hub, bob, bob.account, NOBODY, alice.account)
    assert told.accounts == tuple(sorted((alice.account, bob.account, NOBODY)))
    assert told_of(told) == (record,)


def test_an_answer_is_one_frame_and_the_rest_is_asked_for_again() -> None:
    """As many accounts as fit, of each all it has; asking for what is left ends."""
    hub = Hub()
    alice = hub.member("alice")
    accounts = tuple(AccountId(bytes((n,)) * 20) for n in range(WANTED_ACCOUNTS_MAX))
    rows = {
        device: SealRecordRow(device, account, 1, bytes(1_300), bytes(64))
        for account in accounts
        for device in (DeviceId(account[:7] + bytes((n,))) for n in range(account[0] % 4))
    }
    hub.store.commit(HubTransaction(seal_records=dict(rows)))
    left, told, frames = accounts, list[Recorded](), 0
    while left:
        answer = wanted(hub, alice, *left)
        assert answer.accounts == left[: len(answer.accounts)] != ()
        held = sum(row.account in answer.accounts for row in rows.values())
        assert len(answer.records) == held
        size_bytes = len(encode_frame(answer))
        left = left[len(answer.accounts) :]
        if left:
            beyond = sum(row.account == left[0] for row in rows.values())
            assert size_bytes + 22 + beyond * (1_300 + 64 + 6) > FRAME_BYTES_MAX - 4
        told += answer.records
        frames += 1
    assert len(told) == len(rows)
    assert frames == 2


@pytest.mark.parametrize("spare_bytes", [0, 1])
def test_a_frame_is_filled_to_its_last_byte(spare_bytes: int) -> None:
    """What would be one byte too long is left for the next answer."""
    hub = Hub()
    alice = hub.member("alice")
    one, other = (AccountId(bytes((n,)) * 20) for n in (1, 2))
    sizes = [2_000] * 31
    full = FRAME_BYTES_MAX - 8 - 2 * 22 - sum(size + 70 for size in sizes)
    sizes.append(full - 70 + spare_bytes)
    rows = [
        SealRecordRow(DeviceId(n.to_bytes(8, "big")), one if n < 31 else other, 1, bytes(size),
                      bytes(64))
        for n, size in enumerate(sizes)
    ]  # fmt: skip
    hub.store.commit(HubTransaction(seal_records={row.device: row for row in rows}))
    told = wanted(hub, alice, one, other)
    assert told.accounts == ((one,) if spare_bytes else (one, other))
    # The count of more than 15 accounts would take two bytes more.
    assert spare_bytes or len(encode_frame(told)) == FRAME_BYTES_MAX - 2


def test_who_asks_twice_at_once_is_read_for_once() -> None:
    """The second question is answered as far as the first has been loaded: with nothing, or with
    the accounts both name."""
    hub = Hub()
    alice, bob, carol = (hub.member(name) for name in ("alice", "bob", "carol"))
    one, two, three = sorted(member.account for member in (alice, bob, carol))
    wants = [Want((one, two)), Want((three,)), Want((two, three))]
    loaded = hub.engine.needs([Received(alice.conn, want, 1) for want in wants])
    assert [key for key in loaded if isinstance(key, SealRecordsKey)] == [
        SealRecordsKey(one),
        SealRecordsKey(two),
    ]
    hub.step([Received(alice.conn, want, 1) for want in wants])
    told = [frame.accounts for frame in hub.take(alice, Records)]
    assert told == [(one, two), (), (two,)]


def test_asking_and_publishing_cost() -> None:
    """A token each: who has none left is answered, but nothing is kept or shown, until there is."""
    hub = Hub(HubSettings(budget_capacity=2, budget_per_second=1))
    alice = hub.member("alice")
    now = hub.now_ms // 1_000
    first, second = made(hub, alice, now), made(hub, alice, now + 1)
    assert published(hub, alice, first) == (first,)
    assert told_of(wanted(hub, alice, alice.account)) == (first,)
    assert published(hub, alice, second) == (first,)
    assert wanted(hub, alice, alice.account) == Records((), ())
    hub.now_ms += 1_000
    assert published(hub, alice, second) == (second,)
    assert hub.say(alice, hub.general, Post("x")).status == 3


def test_while_the_hub_cannot_write_nothing_is_kept() -> None:
    """What is kept is shown all the same; the device publishes again."""
    hub = Hub()
    alice = hub.member("alice")
    now = hub.now_ms // 1_000
    first, second = made(hub, alice, now), made(hub, alice, now + 1)
    published(hub, alice, first)
    hub.engine.read_only_until_ms = hub.now_ms + 1
    assert published(hub, alice, second) == (first,)
    assert not hub.decision.transaction
    hub.now_ms += 1
    assert published(hub, alice, second) == (second,)


def test_after_a_restore_devices_publish_anew() -> None:
    """What the backup holds is shown until then, and a later record is taken again."""
    hub = Hub()
    alice = hub.owner()
    now = hub.now_ms // 1_000
    first, second = made(hub, alice, now), made(hub, alice, now + 1)
    published(hub, alice, first)
    snapshot = hub.store.snapshot()
    published(hub, alice, second)
    hub.restore(snapshot)
    hub.step([Login(hub.conns + 1, hub.auth(alice), SAID)])
    alice.conn = hub.conns = hub.conns + 1
    hub.sent(alice.conn)
    assert told_of(wanted(hub, alice, alice.account)) == (first,)
    assert published(hub, alice, second) == (second,)
    assert decode_record(second.record).not_before_seconds == now + 1
