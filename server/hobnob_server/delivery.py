"""What one commit leads to, ready to be written: every frame encoded once, whoever gets it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from hobnob_protocol.frames import Frame
from hobnob_protocol.wire import encode_frame
from hobnob_server.websocket import binary_frame
from hobnob_sync.hub_engine.inputs import Asked, Close, Input, Operated, Output, Send


@dataclass(frozen=True, slots=True)
class Message:
    """One frame for some connections; `data` is its WebSocket frame."""

    conns: tuple[int, ...]
    data: bytes
    frame: Frame


@dataclass(slots=True)
class Delivery:
    """One commit's answers; `batch` is what it took. `spent` says that somebody waits for credit
    alone, `reset` that the store failed: everybody has to come back."""

    batch: Sequence[Input]
    messages: list[Message] = field(default_factory=list[Message])
    closes: list[Close] = field(default_factory=list[Close])
    operated: list[Operated] = field(default_factory=list[Operated])
    asked: list[Asked] = field(default_factory=list[Asked])
    deadline_ms: int | None = None
    again: bool = False
    spent: bool = False
    reset: bool = False

    def add(self, outputs: Sequence[Output]) -> None:
        """Encode and sort what an engine says."""
        for output in outputs:
            if isinstance(output, Send):
                data = binary_frame(encode_frame(output.frame))
                self.messages.append(Message(output.conns, data, output.frame))
            elif isinstance(output, Close):
                self.closes.append(output)
            elif isinstance(output, Asked):
                self.asked.append(output)
            elif isinstance(output, Operated):
                self.operated.append(output)
