"""The client engine: one replica's side of the protocol, without a socket or a disk.

Three steps for each input (DESIGN §12): `needs` says what to load, again with what was loaded
until it asks for nothing more; `decide` returns what to commit; `committed` releases what to say.
After a failed commit the engine is thrown away and made anew from the store.
"""

from collections.abc import Callable
from typing import Final

from hobnob_protocol import codec, frames, presence_frames
from hobnob_protocol.flow import frame_cost_bytes
from hobnob_protocol.ids import PEOPLE
from hobnob_protocol.value import value
from hobnob_sync.client_engine import (
    arrivals,
    composing,
    following,
    forking,
    healing,
    history,
    offering,
    presence,
    pushing,
    receiving,
    suspicion,
    times,
    unsealed,
    verifying,
    welcoming,
)
from hobnob_sync.client_engine.inputs import (
    AskWho,
    Backfill,
    BeHere,
    Compose,
    Consumed,
    Discard,
    Disconnect,
    FetchHistory,
    Input,
    Inspect,
    Linked,
    Output,
    Received,
    Refreshed,
    Retry,
    Seal,
    Tick,
    Type,
    Unlinked,
    VerifySome,
)
from hobnob_sync.client_engine.link import BACK_MS, STALL_MS, Link
from hobnob_sync.client_engine.state import RESIDENT_NOUNS, Identity, ReplicaState
from hobnob_sync.client_engine.step import EMPTY, Step
from hobnob_sync.erasure import voided_target
from hobnob_sync.ports import Key, Loaded, ReplicaImage, ReplicaTransaction


@value
class Decision:
    """What one step asks of the shell: commit this, then call again at the deadline at latest."""

    transaction: ReplicaTransaction
    deadline_ms: int | None


class ClientEngine:
    """One replica and, while it is connected, its link to the hub.

    `image` comes from the store's `boot(ClientEngine.NOUNS)`.
    """

    NOUNS: Final = RESIDENT_NOUNS

    def __init__(self, image: ReplicaImage, identity: Identity) -> None:
        self.state = ReplicaState(image, identity)
        self.link: Link | None = None
        self._outputs: tuple[Output, ...] = ()
        self._arrival: tuple[Input, arrivals.Arrival | None] | None = None
        self._asks: tuple[Key[object], ...] | None = None
        self._kinds = codec.encode(tuple(kind.number for kind in identity.registry))
        # Kinds learned by an upgrade may lie unfolded in any stream; who signs there comes first.
        if self.state.kinds != self._kinds:
            order = sorted(self.state.streams, key=lambda stream: (stream != PEOPLE, stream))
            self.state.suspects.update(dict.fromkeys(order))

    def digest(self) -> bytes | None:
        """What the replica holds, for AUTH; None if it holds nothing yet."""
        return self.state.digest()

    def needs(self, incoming: Input, loaded: Loaded = EMPTY) -> tuple[Key[object], ...]:
        """What must be loaded before `decide`; ask again with the answers until it is empty."""
        wanted = self._wanted(incoming, loaded)
        return tuple(key for key in wanted if not loaded.has(key))

    def _wanted(self, incoming: Input, loaded: Loaded) -> tuple[Key[object], ...]:
        if isinstance(incoming, Received):
            return self._wanted_by_frame(incoming, loaded)
        if isinstance(incoming, Inspect):
            return healing.asks(self.state, incoming.stream)
        if isinstance(incoming, Tick):
            suspect = next(iter(self.state.suspects), None)
            healed = healing.asks(self.state, suspect) if suspect is not None else ()
            return (*healed, *offering.tick_asks(self.state))
        if isinstance(incoming, VerifySome):
            return verifying.asks(self.state, incoming.limit)
        return ()

    def _wanted_by_frame(self, incoming: Received, loaded: Loaded) -> tuple[Key[object], ...]:
        link = self.link
        frame = incoming.frame
        if link is None:
            return ()
        if isinstance(frame, frames.Page | frames.BackPage):
            arrival = self._read(link, incoming)
            if arrival is None:
                return ()
            if self._asks is None:
                self._asks = arrivals.asks(arrival, None)
            if not loaded.has_all(self._asks):
                return self._asks
            if any(voided_target(read.fact) for read in arrival.reads):
                return arrivals.asks(arrival, Step(self.state, loaded, 0))
            return ()
        if isinstance(frame, frames.Grants):
            return welcoming.asks(self.state, link, frame)
        if isinstance(frame, frames.Opened) and frame.status == following.ANOTHER_HISTORY:
            row = self.state.streams.get(frame.stream)
            return () if row is None else (forking.whole(row),)
        if isinstance(frame, frames.OfferAck):
            return offering.ack_asks(self.state, link)
        if isinstance(frame, frames.Checkpoint):
            return suspicion.checkpoint_asks(self.state, frame)
        return ()

    def _read(self, link: Link, incoming: Received) -> arrivals.Arrival | None:
        if self._arrival is None or self._arrival[0] is not incoming:
            frame = incoming.frame
            if isinstance(frame, frames.Page):
                arrival = arrivals.read_page(self.state, link, frame)
            else:
                assert isinstance(frame, frames.BackPage)
                arrival = arrivals.read_back(self.state, link, frame)
            self._arrival, self._asks = (incoming, arrival), None
        return self._arrival[1]

    def decide(self, incoming: Input, loaded: Loaded, now_ms: int) -> Decision:
        """What `incoming` changes. OutboxFull and UsageError leave everything as it was."""
        step = Step(self.state, loaded, now_ms)
        _HANDLERS[type(incoming)](self, step, incoming)
        step.finish()
        if self._arrival is not None and self._arrival[1] is not None:
            arrivals.forget_untaken(self.state, self._arrival[1])
        self._arrival = None
        if step.consumed_bytes:
            step.say(Consumed(step.consumed_bytes))
        self._outputs = tuple(step.outputs)
        return Decision(step.transaction, self.deadline_ms(now_ms))

    def committed(self) -> tuple[Output, ...]:
        """The step is durable: what to say now, in order."""
        outputs, self._outputs = self._outputs, ()
        return outputs

    def deadline_ms(self, now_ms: int) -> int | None:
        """When to call with a Tick at the latest; None if nothing is awaited."""
        if self.state.suspects or self.state.kinds != self._kinds:
            return now_ms
        return self.link.deadline_ms(self.state) if self.link is not None else None

    # Handlers, by type of input.

    def on_compose(self, step: Step, said: Input) -> None:
        assert isinstance(said, Compose)
        composing.compose_event(step, said)
        self._push(step)

    def on_seal(self, step: Step, sealed: Input) -> None:
        assert isinstance(sealed, Seal)
        unsealed.seal(step, sealed)
        self._push(step)

    def on_retry(self, step: Step, again: Input) -> None:
        assert isinstance(again, Retry)
        composing.retry(step, again)
        self._push(step)

    def on_discard(self, step: Step, dropped: Input) -> None:
        assert isinstance(dropped, Discard)
        composing.discard(step, dropped)

    def on_refreshed(self, step: Step, found: Input) -> None:
        assert isinstance(found, Refreshed)
        composing.refresh(step, found)
        self._push(step)

    def _push(self, step: Step) -> None:
        if self.link is not None:
            pushing.push(step, self.link)

    def on_linked(self, step: Step, linked: Input) -> None:
        assert isinstance(linked, Linked)
        self.link = welcoming.begin(step, linked.welcome)

    def on_unlinked(self, step: Step, unlinked: Input) -> None:
        if self.link is not None:
            times.left(step, self.link)
            presence.leave(step, self.link)
        self.link = None

    def on_backfill(self, step: Step, wish: Input) -> None:
        assert isinstance(wish, Backfill)
        if self.link is not None:
            history.backfill(step, self.link, wish.stream)

    def on_fetch(self, step: Step, wish: Input) -> None:
        if self.link is not None:
            history.fetch(step, self.link)

    def on_inspect(self, step: Step, wish: Input) -> None:
        assert isinstance(wish, Inspect)
        healing.inspect(step, self.link, wish.stream)

    def on_verify(self, step: Step, wish: Input) -> None:
        assert isinstance(wish, VerifySome)
        verifying.verify_some(step, wish.limit)

    def on_be_here(self, step: Step, wish: Input) -> None:
        assert isinstance(wish, BeHere)
        if self.link is not None:
            presence.be_here(step, self.link, wish)

    def on_type(self, step: Step, wish: Input) -> None:
        assert isinstance(wish, Type)
        if self.link is not None:
            presence.tell_typing(step, self.link, wish.stream)

    def on_ask_who(self, step: Step, wish: Input) -> None:
        assert isinstance(wish, AskWho)
        if self.link is not None:
            presence.ask_who(step, self.link, wish.stream)

    def on_tick(self, step: Step, tick: Input) -> None:
        state = self.state
        if state.suspects:
            suspect = next(iter(state.suspects))
            del state.suspects[suspect]
            healing.inspect(step, self.link, suspect)
        elif state.kinds != self._kinds:
            state.kinds = self._kinds
            step.put_meta("kinds", self._kinds)
        link = self.link
        if link is not None:
            presence.forget_overdue(step, link)
        if link is not None and link.ready:
            following.unstick(step, link)
            history.forget_overdue(link, step.now_ms - BACK_MS)
            if link.fetch_at is not None and step.now_ms >= link.fetch_at:
                history.fetch(step, link)
            offering.offer_again(step, link)
            pushing.push_again(step, link)
            pushing.push(step, link)
        elif link is not None and step.now_ms >= link.begun_at + STALL_MS:
            step.say(Disconnect("announcement"))

    def on_received(self, step: Step, received: Input) -> None:
        assert isinstance(received, Received)
        link = self.link
        if link is None:
            return
        handler = _FRAMES.get(type(received.frame))
        if handler is not None:
            handler(self, step, link, received)

    def on_page(self, step: Step, link: Link, received: Received) -> None:
        assert isinstance(received.frame, frames.Page | frames.BackPage)
        step.consumed_bytes += frame_cost_bytes(received.frame)
        arrival = self._read(link, received)
        if arrival is not None and link.ready:
            receiving.receive_page(step, link, arrival)
            presence.arrived(step, link, arrival)

    def on_back_page(self, step: Step, link: Link, received: Received) -> None:
        assert isinstance(received.frame, frames.BackPage)
        step.consumed_bytes += frame_cost_bytes(received.frame)
        arrival = self._read(link, received)
        if arrival is not None and link.ready:
            receiving.receive_back(step, link, arrival)

    def on_grants(self, step: Step, link: Link, received: Received) -> None:
        assert isinstance(received.frame, frames.Grants)
        welcoming.announced(step, link, received.frame)

    def on_opened(self, step: Step, link: Link, received: Received) -> None:
        assert isinstance(received.frame, frames.Opened)
        if received.frame.status == following.ANOTHER_HISTORY:
            forking.another_history(step, link, received.frame)
        else:
            following.opened(step, link, received.frame)

    def on_ack(self, step: Step, link: Link, received: Received) -> None:
        assert isinstance(received.frame, frames.Ack)
        pushing.answer(step, link, received.frame)

    def on_offer_ack(self, step: Step, link: Link, received: Received) -> None:
        assert isinstance(received.frame, frames.OfferAck)
        offering.offer_answer(step, link, received.frame)
        pushing.push(step, link)

    def on_checkpoint(self, step: Step, link: Link, received: Received) -> None:
        assert isinstance(received.frame, frames.Checkpoint)
        suspicion.take_checkpoint(step, received.frame)

    def on_typing(self, step: Step, link: Link, received: Received) -> None:
        assert isinstance(received.frame, presence_frames.Typing)
        presence.hear_typing(step, link, received.frame)

    def on_who_is(self, step: Step, link: Link, received: Received) -> None:
        assert isinstance(received.frame, presence_frames.WhoIs)
        presence.hear_who(step, link, received.frame)


_HANDLERS: Final[dict[type[Input], Callable[[ClientEngine, Step, Input], None]]] = {
    Compose: ClientEngine.on_compose,
    Seal: ClientEngine.on_seal,
    Retry: ClientEngine.on_retry,
    Discard: ClientEngine.on_discard,
    Refreshed: ClientEngine.on_refreshed,
    Linked: ClientEngine.on_linked,
    Unlinked: ClientEngine.on_unlinked,
    Received: ClientEngine.on_received,
    Tick: ClientEngine.on_tick,
    Backfill: ClientEngine.on_backfill,
    FetchHistory: ClientEngine.on_fetch,
    Inspect: ClientEngine.on_inspect,
    VerifySome: ClientEngine.on_verify,
    BeHere: ClientEngine.on_be_here,
    Type: ClientEngine.on_type,
    AskWho: ClientEngine.on_ask_who,
}
_FRAMES: Final[dict[type[frames.Frame], Callable[[ClientEngine, Step, Link, Received], None]]] = {
    frames.Page: ClientEngine.on_page,
    frames.BackPage: ClientEngine.on_back_page,
    frames.Grants: ClientEngine.on_grants,
    frames.Opened: ClientEngine.on_opened,
    frames.Ack: ClientEngine.on_ack,
    frames.OfferAck: ClientEngine.on_offer_ack,
    frames.Checkpoint: ClientEngine.on_checkpoint,
    presence_frames.Typing: ClientEngine.on_typing,
    presence_frames.WhoIs: ClientEngine.on_who_is,
}
