"""`hobnob members`: who is here."""

from hobnob_client import membership, term_safe
from hobnob_client.devices import moment
from hobnob_client.failures import Exit
from hobnob_client.membership import MemberLine
from hobnob_client.reading import ConversationLine, Reader
from hobnob_client.verbs.call import Call, place_named
from hobnob_protocol.ids import AccountId


def run(call: Call) -> Exit:
    """One line for each member, by handle."""
    with call.reader() as reader:
        if call.words.channel is None:
            found = dict(reader.everybody())
        else:
            line = place_named(reader, call.words.channel)
            if isinstance(line, ConversationLine):
                for member in membership.of_conversation(reader, line):
                    _show_private(call, member)
                return Exit.OK
            joined = reader.members(line.stream).joined
            found = {member.account: member.role for member in joined}
        listed = call.finder(reader).directory().accounts
        for handle, account in sorted((reader.handle(account), account) for account in found):
            said: tuple[tuple[str, str], ...] = ()
            if account in listed or account == reader.me:
                said = reader.profile(account).fields
            _show(call, reader, account, handle, found[account], dict(said))
    return Exit.OK


def _show_private(call: Call, member: MemberLine) -> None:
    """One who reads a conversation, with the devices that can."""
    devices = [device.id.hex() for device in member.devices]
    handle = member.handle or member.account.hex()
    call.terminal.show(
        {
            "account": member.account.hex(),
            "handle": member.handle,
            "role": member.role or "member",
            "verified": member.verified,
            "stop": member.stop or None,
            "devices": devices,
        },
        "  ".join((f"@{handle}", *member.marks, *([member.stop] if member.stop else []), *devices)),
    )


def _show(
    call: Call,
    reader: Reader,
    account: AccountId,
    handle: str,
    role: str,
    profile: dict[str, str],
) -> None:
    """One member; a list has the `profile` of those alone who agree to be listed by it."""
    name = term_safe.line(profile.get("name", ""))
    inviter = reader.inviter(account)
    host = "" if inviter is None else reader.handle(inviter) or inviter.hex()
    came = f"invited by {host}" if host else ""
    claims = reader.claims(account)
    was = ", ".join(
        term_safe.line(f"{them.name or them.source_id} ({them.source})") for them in claims
    )
    moves = _moves(reader, account, handle)
    parts = (
        handle or account.hex(),
        name,
        "" if role == "member" else role,
        came,
        f"was {was}" if was else "",
        moves,
    )
    call.terminal.show(
        {
            "account": account.hex(),
            "handle": handle,
            "role": role,
            "inviter": host or None,
            "claims": [{"source": them.source, "id": them.source_id} for them in claims],
            "profile": profile,
            "reseat": moves or None,
        },
        "  ".join(part for part in parts if part),
    )


def _moves(reader: Reader, account: AccountId, handle: str) -> str:
    """Whether the handle came from another account, or is about to go to one."""
    since_ms = reader.reseats.since_ms(account, handle)
    told = "" if since_ms is None else f"NEW IDENTITY since {moment(since_ms)}"
    for each in reader.reseats.pending:
        if each.handle == handle:
            told = f"this handle goes to {reader.handle(each.account)} on {moment(each.due_ms)}"
        elif each.account == account:
            told = f"becomes {each.handle} on {moment(each.due_ms)}"
    return told
