"""`hobnob members`: who is here."""

from hobnob_client import term_safe
from hobnob_client.failures import Exit
from hobnob_client.reading import Reader
from hobnob_client.verbs.call import Call, channel_named
from hobnob_protocol.ids import AccountId


def run(call: Call) -> Exit:
    """One line for each member, by handle."""
    with call.reader() as reader:
        if call.words.channel is None:
            found = dict(reader.everybody())
        else:
            line = channel_named(reader, call.words.channel)
            joined = reader.members(line.stream).joined
            found = {member.account: member.role for member in joined}
        for handle, account in sorted((reader.handle(account), account) for account in found):
            _show(call, reader, account, handle, found[account])
    return Exit.OK


def _show(call: Call, reader: Reader, account: AccountId, handle: str, role: str) -> None:
    profile = reader.profile(account)
    name = profile.get("name") or ""
    inviter = reader.inviter(account)
    host = "" if inviter is None else reader.handle(inviter) or inviter.hex()
    came = f"invited by {host}" if host else ""
    claims = reader.claims(account)
    was = ", ".join(
        term_safe.line(f"{them.name or them.source_id} ({them.source})") for them in claims
    )
    parts = (
        handle or account.hex(),
        name,
        "" if role == "member" else role,
        came,
        f"was {was}" if was else "",
    )
    call.terminal.show(
        {
            "account": account.hex(),
            "handle": handle,
            "role": role,
            "inviter": host or None,
            "claims": [{"source": them.source, "id": them.source_id} for them in claims],
            "profile": dict(profile.fields),
        },
        "  ".join(part for part in parts if part),
    )
