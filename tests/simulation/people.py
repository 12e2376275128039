"""What simulated members do: every kind, mostly sensibly, sometimes not.

The world remembers what was said by whom, so that targets are found without asking a store; a
member acts on what its own replica or outbox holds, and now and then on what it cannot know.
"""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from random import Random
from typing import Final

from hobnob_protocol.ids import (
    DIRECTORY,
    MODERATION,
    PEOPLE,
    AccountId,
    ChannelId,
    ConversationId,
    HubId,
    StreamId,
    TargetId,
    channel_stream,
    conversation_stream,
    direct_conversation,
    group_conversation,
    user_stream,
)
from hobnob_protocol.kind import Body
from hobnob_protocol.kinds.channels import ChannelArchive, ChannelCreate, ChannelSet, Purpose
from hobnob_protocol.kinds.conversations import Conversation, GroupChange, Sealed
from hobnob_protocol.kinds.imports import Imported
from hobnob_protocol.kinds.invites import HubInvite, HubInviteRevoke
from hobnob_protocol.kinds.membership import Invite, Join, Leave
from hobnob_protocol.kinds.messages import Delete, Edit, Post
from hobnob_protocol.kinds.moderation import Ban, Erase, Hide, Kick, Report, ReportSealed
from hobnob_protocol.kinds.people import ProfileField
from hobnob_protocol.kinds.personal import Block, ReadCursor, Save
from hobnob_protocol.kinds.polls import Poll, PollClose, Vote
from hobnob_protocol.kinds.reactions import Pin, React
from hobnob_protocol.kinds.roles import RoleGrant
from hobnob_protocol.kinds.threads import AcceptAnswer, ThreadMove, ThreadResolve, ThreadTitle
from hobnob_protocol.sealing.group import ADD, PROMOTE, REMOVE, Group, founding
from hobnob_protocol.sealing.padding import pad
from tests.simulation.standin import opening_of


@dataclass(frozen=True, slots=True)
class Said:
    """One message somebody composed."""

    target: TargetId
    account: AccountId
    kind: str


@dataclass(slots=True)
class Scene:
    """What a member looks at when it acts: the stream, the messages it can name, the others."""

    rng: Random
    hub: HubId
    me: AccountId
    stream: StreamId
    hi: int
    messages: list[Said]
    accounts: list[AccountId]
    channels: list[StreamId]
    edits: dict[TargetId, TargetId]
    """The last edit of each message that anybody made."""
    nth: int
    secrets: dict[bytes, bytes]
    """What members' invites carry, by its hash."""
    invites: list[tuple[AccountId, TargetId]]
    """Whose invite each is."""
    group: Group | None
    """Who is in the conversation, where it is a group's."""
    sealed: bytes | None
    """Some event of the conversation that one's own replica holds."""

    def message(self) -> TargetId | None:
        """Some message, of late."""
        return self.rng.choice(self.messages[-8:]).target if self.messages else None

    def unlike(self, target: TargetId) -> TargetId | None:
        """Some other message, or none."""
        found = self.message()
        return None if found == target else found

    def poll(self) -> TargetId | None:
        """Some poll."""
        polls = [said for said in self.messages if said.kind == "poll"]
        return self.rng.choice(polls).target if polls else None

    def mine(self) -> TargetId | None:
        """A message of one's own, mostly."""
        own = [said for said in self.messages[-30:] if said.account == self.me]
        if own and self.rng.random() < 0.9:
            return self.rng.choice(own).target
        return self.message()

    def other(self) -> AccountId:
        """Somebody."""
        return self.rng.choice(self.accounts)


Act = Callable[[Scene], "tuple[StreamId, Body] | None"]


def _post(scene: Scene) -> tuple[StreamId, Body]:
    rng = scene.rng
    thread = scene.message() if rng.random() < 0.3 else None
    mentions = (scene.other(),) if rng.random() < 0.2 else ()
    return scene.stream, Post(f"message {scene.nth:05}", thread, None, mentions)


def _on(find: str, make: Callable[[Scene, TargetId], Body]) -> Act:
    def act(scene: Scene) -> tuple[StreamId, Body] | None:
        target: TargetId | None = getattr(scene, find)()
        return None if target is None else (scene.stream, make(scene, target))

    return act


def _edit(scene: Scene, target: TargetId) -> Body:
    """On the version seen last, or on the first one: then two may be made on the same."""
    newest = scene.edits.get(target, target)
    base = scene.rng.choice((target, newest, newest, None))
    return Edit(target, f"edit {scene.nth:05}", base)


def _channel_create(scene: Scene) -> tuple[StreamId, Body]:
    channel = ChannelId(scene.rng.randbytes(16))
    public = scene.rng.random() < 0.6
    history = scene.rng.choice(("all", "from_join"))
    name = f"room-{scene.rng.randrange(6)}" if public else f"den-{scene.nth}"
    stream = DIRECTORY if public else channel_stream(channel)
    return stream, ChannelCreate(channel, name, "", scene.rng.random() < 0.3, history)


def _conversation(scene: Scene) -> tuple[StreamId, Body] | None:
    """With another one, or a group, sometimes of oneself alone."""
    other = scene.other()
    if scene.rng.random() < 0.6:
        members = tuple(sorted({scene.me, other, scene.other()}))
        founded = GroupChange(founding(*members), members, (scene.me,))
        return conversation_stream(group_conversation(scene.rng.randbytes(16))), founded
    if other == scene.me:
        return None
    accounts = tuple(sorted((scene.me, other)))
    if scene.rng.random() < 0.3:
        conversation = ConversationId(scene.rng.randbytes(16))
    else:
        conversation = direct_conversation(scene.hub, scene.me, other)
    return conversation_stream(conversation), Conversation(accounts)


def _group(scene: Scene) -> tuple[StreamId, Body] | None:
    """Mostly a change that fits what one's own replica holds: which others may have overtaken."""
    rng, group = scene.rng, scene.group
    if group is None:
        return None
    fit = [account for account in scene.accounts if account not in group.members]
    act, account = rng.choice(((ADD, rng.choice(fit or [scene.me])), (REMOVE, scene.other()),
                               (REMOVE, scene.me), (PROMOTE, scene.other())))  # fmt: skip
    members, admins = dict.fromkeys(group.members), dict.fromkeys(group.admins)
    if act == REMOVE:
        members.pop(account, None)
        admins.pop(account, None)
    elif rng.random() < 0.95:
        (members if act == ADD else admins)[account] = None
    told = (tuple(sorted(members)), tuple(sorted(admins)))
    return scene.stream, GroupChange(group.change(act, account), *told)


def _channel_of(scene: Scene) -> ChannelId:
    return ChannelId(scene.stream[2:])


def _join(scene: Scene) -> tuple[StreamId, Body] | None:
    return (scene.rng.choice(scene.channels), Join()) if scene.channels else None


def _report(scene: Scene) -> tuple[StreamId, Body] | None:
    target = scene.message()
    return None if target is None else (MODERATION, Report(scene.stream, target, "rude"))


def _report_sealed(scene: Scene) -> tuple[StreamId, Body] | None:
    """Mostly with what proves it; else with other words, as said elsewhere, or by nobody."""
    opening = None if scene.sealed is None else opening_of(scene.sealed)
    if scene.sealed is None or opening is None:
        return None
    stream, event, padded = scene.stream, scene.sealed, opening.padded
    lie = scene.rng.choice(("", "", "", "words", "place", "event"))
    if lie == "words":
        padded = pad(b"never said")
    elif lie == "place":
        stream = conversation_stream(ConversationId(scene.rng.randbytes(16)))
    elif lie == "event":
        at = scene.rng.randrange(len(event))
        event = event[:at] + bytes((event[at] ^ 1,)) + event[at + 1 :]
    return MODERATION, ReportSealed(stream, event, opening.salt, padded, "rude")


def _imported(scene: Scene) -> tuple[StreamId, Body]:
    author = AccountId(scene.rng.randbytes(20))
    return scene.stream, Imported("irc", str(scene.nth), author, scene.nth, f"old {scene.nth}")


def _hub_invite(scene: Scene) -> tuple[StreamId, Body]:
    secret = sha256(b"secret %d" % scene.nth).digest()[:16]
    hashed = sha256(secret).digest()
    scene.secrets[hashed] = secret
    return user_stream(scene.me), HubInvite(
        hashed, scene.rng.randint(1, 3), scene.rng.randint(1, 720)
    )


def _hub_invite_revoke(scene: Scene) -> tuple[StreamId, Body] | None:
    """Mostly one of one's own."""
    own = [invite for account, invite in scene.invites if account == scene.me]
    found = own or [invite for _, invite in scene.invites]
    if not found:
        return None
    return user_stream(scene.me), HubInviteRevoke(scene.rng.choice(found))


IN_CHANNELS: Final[dict[str, Act]] = {
    "post": _post,
    "edit": _on("mine", _edit),
    "delete": _on("mine", lambda scene, t: Delete(t)),
    "react": _on(
        "message", lambda scene, t: React(t, scene.rng.choice("+-"), scene.rng.random() < 0.7)
    ),
    "thread_title": _on("message", lambda scene, t: ThreadTitle(t, f"title {scene.nth}")),
    "thread_resolve": _on("message", lambda scene, t: ThreadResolve(t, scene.rng.random() < 0.7)),
    "thread_move": _on("mine", lambda scene, t: ThreadMove(t, scene.unlike(t))),
    "pin": _on("message", lambda scene, t: Pin(t, scene.rng.random() < 0.7)),
    "poll": lambda scene: (scene.stream, Poll(f"poll {scene.nth:05}?", ("yes", "no"))),
    "vote": _on("poll", lambda scene, t: Vote(t, (scene.rng.randrange(2),))),
    "poll_close": _on("poll", lambda scene, t: PollClose(t)),
    "accept_answer": _on("mine", lambda scene, t: AcceptAnswer(t, scene.unlike(t))),
    "hide": _on("message", lambda scene, t: Hide(t, scene.rng.random() < 0.6, "off topic")),
    "erase": _on("mine", lambda scene, t: Erase(t, "asked")),
    "report": _report,
    "invite": lambda scene: (scene.stream, Invite(scene.other())),
    "join": _join,
    "leave": lambda scene: (scene.stream, Leave()),
    "kick": lambda scene: (scene.stream, Kick(scene.other(), "noise")),
    "ban": lambda scene: (scene.stream, Ban(scene.other(), scene.rng.random() < 0.4, "noise")),
    "hub_ban": lambda scene: (MODERATION, Ban(scene.other(), scene.rng.random() < 0.3, "noise")),
    "purpose": lambda scene: (scene.stream, Purpose(f"purpose {scene.nth}")),
    "channel_create": _channel_create,
    "channel_set": lambda scene: (
        scene.rng.choice((DIRECTORY, scene.stream)),
        ChannelSet(_channel_of(scene), "name", f"room-{scene.rng.randrange(8)}"),
    ),
    "channel_archive": lambda scene: (
        scene.rng.choice((DIRECTORY, scene.stream)),
        ChannelArchive(_channel_of(scene), scene.rng.random() < 0.4),
    ),
    "role_grant": lambda scene: (
        DIRECTORY,
        RoleGrant(scene.other(), scene.rng.choice(("admin", "moderator", "member"))),
    ),
    "profile_field": lambda scene: (
        PEOPLE,
        ProfileField(scene.rng.choice(("name", "skills")), f"value {scene.nth}"),
    ),
    "read_cursor": lambda scene: (
        user_stream(scene.me),
        ReadCursor(scene.stream, scene.rng.choice((0, 0, 0, 1)), scene.rng.randint(0, scene.hi)),
    ),
    "save": _on("message", lambda scene, t: Save(scene.stream, t)),
    "block": lambda scene: (user_stream(scene.me), Block(scene.other())),
    "conversation": _conversation,
    "imported": _imported,
    "hub_invite": _hub_invite,
    "hub_invite_revoke": _hub_invite_revoke,
}
"""Each kind a member may compose, by the name of its mix weight."""

IN_CONVERSATIONS: Final[dict[str, Act]] = {
    "sealed": lambda scene: (scene.stream, Sealed(scene.rng.randbytes(12))),
    "post": _post,
    "edit": _on("mine", _edit),
    "react": _on(
        "message", lambda scene, t: React(t, scene.rng.choice("+-"), scene.rng.random() < 0.7)
    ),
    "delete": _on("mine", lambda scene, t: Delete(t)),
    "group": _group,
    "report_sealed": _report_sealed,
}

TALK: Final = "talk"
"""How often who speaks does so in a conversation, beyond its share: no act either."""
CLAIMS: Final = "claim"
"""In some worlds the operator says whose an imported account is: an act, but no member's."""

_COMMON: Final = ("post", "edit", "delete", "react", "thread_title", "vote", "poll", "read_cursor")
_RARE: Final = ("leave", "kick", "ban", "hub_ban", "role_grant", "channel_create", "conversation")


def draw_mix(rng: Random) -> dict[str, float]:
    """Each seed its own habits: a few kinds loud, the drastic ones seldom."""
    mix = {name: rng.choice((0.1, 0.5, 1.0)) for name in IN_CHANNELS}
    for name in _COMMON:
        mix[name] *= rng.choice((2, 5, 10))
    for name in _RARE:
        mix[name] *= rng.choice((0.0, 0.1, 0.4, 1.5))
    # Now and then somebody makes more invites than one may have.
    mix["hub_invite"] *= rng.choice((1, 1, 5))
    mix[CLAIMS] = rng.choice((0.0, 1.0))
    mix["post"] += 8
    mix[TALK] = rng.choice((0.0, 0.1, 0.4))
    return mix


def begin(scene: Scene) -> tuple[str, StreamId, Body] | None:
    """A conversation begins, if there is somebody to have it with."""
    done = _conversation(scene)
    return None if done is None else ("conversation", *done)


def act(scene: Scene, mix: dict[str, float]) -> tuple[str, StreamId, Body] | None:
    """One thing this member does now, or None when there is nothing to do it to."""
    acts = IN_CONVERSATIONS if scene.stream[:2] == b"d:" else IN_CHANNELS
    names = list(acts)
    # Habits that were written down know no kind that came later.
    unknown = 0.0 if acts is IN_CHANNELS else 1.0
    weights = [mix.get(name, unknown) for name in names]
    name = scene.rng.choices(names, weights)[0]
    done = acts[name](scene)
    if done is None:
        return None
    stream, body = done
    if isinstance(body, Save):
        stream = user_stream(scene.me)
    return name, stream, body
