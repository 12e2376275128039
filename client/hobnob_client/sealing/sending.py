"""Seals what waits in the outbox, a conversation at a time, in its order."""

from typing import Final

from hobnob_client.sealing.keys import Entropy
from hobnob_client.sealing.opening import Opening
from hobnob_client.sealing.records import RecordBook
from hobnob_client.sealing.views import Views, is_abreast
from hobnob_protocol.errors import ForkError, SealAwaits
from hobnob_protocol.event import SALT_BYTES, Author, decode_event
from hobnob_protocol.ids import PEOPLE, StreamId
from hobnob_protocol.seal_record_frames import Want
from hobnob_protocol.sealing.body import SID_BYTES
from hobnob_protocol.sealing.doubts import Doubts
from hobnob_protocol.sealing.ratchet import CHAIN_KEY_BYTES, MESSAGE_SALT_BYTES
from hobnob_protocol.sealing.said import encode_said
from hobnob_protocol.sealing.sending import SendingSide
from hobnob_sync.client_engine.inputs import Seal
from hobnob_sync.client_engine.state import ReplicaState
from hobnob_sync.opened import read_written
from hobnob_sync.ports import OutboxRow

AT_ONCE: Final = 16
"""Texts sealed between two steps: some milliseconds."""

BEGINNING = "beginning"
"""Why nothing is sealed: the conversation is not on the hub yet."""
ASKING = "asking"
"""... its members' keys are being asked for."""
BEHIND = "behind"
"""... what the hub has said of its members, or of their devices, is not here yet."""
NOBODY = "nobody"
"""... no device of anybody else can be sealed to: none was seen for 45 days."""
PASSING = (BEGINNING, ASKING, BEHIND)
"""What lasts as long as an answer of the hub takes."""


class Sending:
    """The sending sides of all conversations: in memory only, begun anew on each connection."""

    def __init__(
        self,
        views: Views,
        me: Author,
        doubts: Doubts,
        opening: Opening,
        records: RecordBook,
        entropy: Entropy,
    ) -> None:
        self._views = views
        self._me = me
        self._doubts = doubts
        self._opening = opening
        self._records = records
        self._entropy = entropy
        self._sides: dict[StreamId, SendingSide] = {}
        self.held_back: dict[StreamId, str] = {}
        """Why what waits in a conversation cannot be sealed now."""

    def relinked(self) -> None:
        """What was sealed and not sent is sealed anew, so its sessions begin anew."""
        self._sides.clear()

    def seal(
        self, state: ReplicaState, now_seconds: int
    ) -> tuple[tuple[Seal, ...], tuple[Want, ...]]:
        """Seal what can be, and say what must be asked for the rest."""
        self.held_back.clear()
        sealed: list[Seal] = []
        wants: list[Want] = []
        for row in state.unsealed:
            if len(sealed) == AT_ONCE:
                break
            if row.stream in self.held_back:
                continue
            found, want = self._seal(state, row, now_seconds)
            if found is not None:
                sealed.append(found)
            if want is not None:
                wants.append(want)
        return tuple(sealed), tuple(wants)

    def _seal(
        self, state: ReplicaState, row: OutboxRow, now_seconds: int
    ) -> tuple[Seal | None, Want | None]:
        stream = row.stream
        try:
            if not is_abreast(state, PEOPLE) or not is_abreast(state, stream):
                # Somebody may have gone since: nothing is sealed by what was so yesterday.
                self.held_back[stream] = BEHIND
                return None, None
            view = self._views.view(state, stream)
            members = self._views.members(stream)
            if view.group is None and not members:
                self.held_back[stream] = BEGINNING
                return None, None
            roster = view.roster(members)
            accounts = [member.account for member in roster.members]
            if not self._records.are_fresh(accounts, now_seconds):
                self.held_back[stream] = ASKING
                return None, self._records.wish(accounts, now_seconds)
            records = self._records.addressed(roster, now_seconds)
            if all(record.account == self._me.account for record in records):
                self.held_back[stream] = NOBODY
                return None, None
            if stream not in self._sides:
                self._opening.remember(state, stream)
                self._sides[stream] = SendingSide(self._me, self._doubts)
            side = self._sides[stream]
            starts: tuple[bytes, ...] = ()
            if side.renewal(roster, records, now_seconds) is not None:
                fresh = self._entropy(SID_BYTES), self._entropy(CHAIN_KEY_BYTES)
                starts = side.begin(view, roster, records, now_seconds, *fresh)
            text = encode_said(read_written(decode_event(row.said)))
            salt = self._entropy(MESSAGE_SALT_BYTES)
            body = side.seal(view, roster, records, now_seconds, salt, text)
        except (SealAwaits, ForkError) as doubtful:
            code = doubtful.code if isinstance(doubtful, SealAwaits) else doubtful.rule
            self.held_back[stream] = code
            return None, None
        salts = tuple(self._entropy(SALT_BYTES) for _ in range(len(starts) + 1))
        return Seal(row.n, starts, body, salts, now_seconds), None
