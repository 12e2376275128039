"""A message as a handler sees it."""

from dataclasses import dataclass, field

from hobnob.bot.voice import Voice
from hobnob_protocol.ids import AccountId, StreamId, TargetId
from hobnob_protocol.kinds.reactions import React


@dataclass(slots=True)
class Message:
    """One message of a channel the bot is in.

    `text` is as its author wrote it: pass it through `hobnob_client.term_safe` before a terminal.
    `author` is the handle, `account` the 20 bytes that stay when a handle does not, `channel` the
    channel's name without its `#`, `thread` the root of the thread it was said in, None outside,
    `target` its own name, `at_ms` when the hub took it, `addressed` whether it mentions the bot.
    """

    text: str
    author: str
    account: AccountId
    channel: str
    thread: TargetId | None
    target: TargetId
    at_ms: int
    addressed: bool
    stream: StreamId
    voice: Voice = field(repr=False)
    replies: int = field(default=0, repr=False)
    """How many answers this run of its handlers has given."""

    async def reply(self, text: str, *, in_thread: bool = False) -> None:
        """Answer, in the thread of the message; `in_thread` begins one under it where there is
        none.

        The nth answer to a message is said once, however often its handler runs: one that was given
        in an earlier life is not given again. Terminal controls are taken out, and what is longer
        than a post is cut.
        """
        nth, self.replies = self.replies, self.replies + 1
        if self.voice.has_answered(self.stream, self.target, nth):
            return
        thread = self.thread if self.thread is not None or not in_thread else self.target
        await self.voice.say(self.stream, text, thread, self.target)

    async def react(self, emoji: str) -> None:
        """Put an emoji on the message; twice is once."""
        await self.voice.act(self.stream, React(self.target, emoji))
