"""`hobnob dm`: say something to one member, readable by nobody else."""

from hobnob_client.failures import Exit
from hobnob_client.verbs import post
from hobnob_client.verbs.call import Call


def run(call: Call) -> Exit:
    """The same as to post to @HANDLE."""
    call.words.channel = f"@{call.words.handle.removeprefix('@')}"
    return post.run(call)
