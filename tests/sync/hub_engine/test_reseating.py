"""The operator gives a handle to another account: announced, three days, done by the hub itself."""

from typing import Final

from hobnob_protocol.errors import Refusal
from hobnob_protocol.ids import PEOPLE, AccountId
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.kinds.reseats import ANNOUNCED, DONE, UNDONE, Reseat
from hobnob_sync.hub_engine.inputs import Operate, Tick
from hobnob_sync.hub_engine.reseating import REASON
from hobnob_sync.reseats import DELAY_MS
from tests.sync.hub_engine.scene import Hub

NOBODY: Final = AccountId(bytes(20))


def says(hub: Hub, account: AccountId, stage: str = ANNOUNCED, handle: str = "alice") -> object:
    """The operator says so: why not, if it is refused."""
    (told,) = hub.step_operated([Operate(1, PEOPLE, Reseat(handle, account, stage, "lost all"))])
    return told.refusal


def owner(hub: Hub, handle: str = "alice") -> AccountId | None:
    """Who has a handle."""
    return hub.engine.state.accounts.account_of(handle)


def test_a_handle_goes_after_three_days() -> None:
    """By the hub itself, at the time it asks to be called; the old account keeps what it said, and
    nothing else goes over."""
    hub = Hub()
    alice, fresh = hub.owner("alice"), hub.member("fresh")
    hub.told(alice, hub.general, Post("before"))
    began_ms = hub.now_ms
    assert says(hub, fresh.account) is None
    due_ms = hub.engine.state.accounts.reseats.pending[0].due_ms
    assert due_ms >= began_ms + DELAY_MS
    hub.now_ms = due_ms - 1
    hub.step([Tick()])
    assert owner(hub) == alice.account
    deadline_ms = hub.engine.deadline_ms()
    assert deadline_ms is not None
    assert deadline_ms <= due_ms
    hub.now_ms = due_ms
    hub.step([Tick()])
    assert owner(hub) == fresh.account
    assert hub.bodies(PEOPLE, Reseat)[-1] == Reseat("alice", fresh.account, DONE, REASON)
    state = hub.engine.state
    assert (state.role(alice.account), state.role(fresh.account)) == ("owner", "member")
    hub.told(alice, hub.general, Post("I am still here"))
    hub.step([Tick()])
    assert len(hub.bodies(PEOPLE, Reseat)) == 2


def test_the_operator_takes_it_back_before() -> None:
    """Then nothing comes of it; another may be announced."""
    hub = Hub()
    alice, fresh, other = hub.member("alice"), hub.member("fresh"), hub.member("other")
    assert says(hub, fresh.account) is None
    assert says(hub, other.account) is Refusal.INVALID
    assert says(hub, other.account, UNDONE) is Refusal.INVALID
    assert says(hub, fresh.account, UNDONE) is None
    hub.now_ms += DELAY_MS + 1
    hub.step([Tick()])
    assert owner(hub) == alice.account
    assert says(hub, other.account) is None


def test_each_handle_has_its_own_delay() -> None:
    """One goes, the other waits on."""
    hub = Hub()
    alice, bob = hub.member("alice"), hub.member("bob")
    fresh, other = hub.member("fresh"), hub.member("other")
    assert says(hub, fresh.account) is None
    hub.now_ms += DELAY_MS // 2
    assert says(hub, other.account, handle="bob") is None
    hub.now_ms += DELAY_MS // 2 + 1
    hub.step([Tick()])
    assert (owner(hub), owner(hub, "bob")) == (fresh.account, bob.account)
    assert alice.account != fresh.account


def test_it_survives_a_restart() -> None:
    """What waits, and what was done."""
    hub = Hub()
    hub.member("alice")
    fresh = hub.member("fresh")
    assert says(hub, fresh.account) is None
    hub.reboot()
    assert len(hub.engine.state.accounts.reseats.pending) == 1
    hub.now_ms += DELAY_MS + 1
    hub.step([Tick()])
    hub.reboot()
    assert owner(hub) == fresh.account


def test_what_makes_no_sense_is_refused() -> None:
    """An account that is not there, a handle nobody has, its own owner, done too early."""
    hub = Hub()
    alice, fresh = hub.member("alice"), hub.member("fresh")
    assert says(hub, NOBODY) is Refusal.INVALID
    assert says(hub, fresh.account, handle="nobody") is Refusal.INVALID
    assert says(hub, alice.account) is Refusal.INVALID
    assert says(hub, fresh.account, DONE) is Refusal.INVALID
    assert says(hub, fresh.account) is None
    assert says(hub, fresh.account, DONE) is Refusal.INVALID


def test_a_hub_that_comes_back_gives_nothing_away() -> None:
    """What it has lost may say that it was undone."""
    hub = Hub()
    hub.owner("olga")
    alice, fresh = hub.member("alice"), hub.member("fresh")
    assert says(hub, fresh.account) is None
    hub.restore(hub.store.snapshot())
    hub.now_ms += DELAY_MS + 1
    hub.step([Tick()])
    assert owner(hub) == alice.account


def test_a_hub_that_cannot_write_gives_a_handle_when_it_can() -> None:
    """Until then it neither asks for a transaction that would fail, nor to be called."""
    hub = Hub()
    alice, fresh = hub.member("alice"), hub.member("fresh")
    assert says(hub, fresh.account) is None
    due_ms = hub.engine.state.accounts.reseats.pending[0].due_ms
    hub.read_only_until_ms = due_ms + 1
    hub.reboot()
    hub.step([Tick()], due_ms)
    assert not hub.decision.transaction
    assert owner(hub) == alice.account
    assert hub.decision.deadline_ms == due_ms + 1
    hub.step([Tick()], due_ms + 1)
    assert owner(hub) == fresh.account
