"""Logins that must fail: for each, who is hostile and which of its frames gives it away."""

from dataclasses import replace
from hashlib import sha256

from tests.protocol.vectors.by_hand import array
from tests.protocol.vectors.logins import (
    AUTH_TAG,
    BARE,
    BY_SSH,
    CERTIFICATE,
    HONEST,
    HUB_TAG,
    JOINING,
    OLD_CERTIFICATE,
    PROXYS,
    RECOVERING,
    WELCOME,
    Login,
    frames,
    recovery,
    right,
    wrong,
)
from tests.protocol.vectors.meetings import OTHER_NONCE, false_meetings, meetings
from tests.protocol.vectors.people import (
    FITS_ALL,
    IDENTITY,
    LAPTOP,
    PHONE,
    ROGUE,
    ROGUE_HUB,
    STRANGER,
    SUCCESSOR,
)
from tests.protocol.vectors.rows import Row
from tests.protocol.vectors.ssh_holders import DESK, OTHER_DESK, wrapped
from tests.protocol.vectors.values import BOB, SIGNATURE


def rightful() -> list[Row]:
    """Logins that succeed."""
    succeeded = replace(HONEST, hub_key=SUCCESSOR.key, hub_device=SUCCESSOR)
    return [
        right("a known device, a pinned hub", HONEST),
        right("the certificate of before", replace(HONEST, seen=OLD_CERTIFICATE)),
        right("at first use, without a replica", Login(expected_hub=None, epoch=None, digest=None)),
        right("on a loopback, where there is no certificate", BARE),
        right("a new account, by invite", JOINING),
        right("a hub whose key has changed", succeeded),
        right("more versions offered", replace(HONEST, versions=(9, 1)), client=False),
        right("a later version's HELLO", replace(HONEST, later=("more", 1)), client=False),
        recovery("a recovery key asks where its account stands", RECOVERING),
        recovery("an SSH key asks where its account stands", BY_SSH),
    ]


def _challenged(breaks: str, why: str, login: Login, challenge: bytes | None = None) -> Row:
    """The client refuses a CHALLENGE."""
    said = frames(login.hello(), login.challenge() if challenge is None else challenge)
    bye = {"login.version": "version"}.get(breaks, "channel" if "login" in breaks else "protocol")
    return wrong(breaks, bye, "client", why, login, said)


def false_hubs() -> list[Row]:
    """CHALLENGEs that no client answers."""
    rogue = replace(HONEST, hub=ROGUE_HUB, hub_device=ROGUE)
    posing = replace(HONEST, hub_device=ROGUE)
    replayed = replace(HONEST, client_nonce=OTHER_NONCE)
    said = sha256(HONEST.hello() + array(*HONEST.challenge_fields())).digest()
    weak = replace(HONEST, hub=sha256(IDENTITY).digest(), expected_hub=None)
    forged = array(2, 1, weak.hub, IDENTITY, weak.hub_nonce, 0, weak.certificates, FITS_ALL)
    device = HONEST.hub_device
    return [
        _challenged("login.version", "a version nobody offered", replace(HONEST, version=2)),
        _challenged("login.hub", "another hub", rogue),
        _challenged("login.hub_key", "a rogue's key under the hub's name", posing),
        _challenged("login.hub_key", "... at first use", replace(posing, expected_hub=None)),
        _challenged(
            "login.hub_key",
            "the first key, which another has succeeded",
            replace(HONEST, hub_key=SUCCESSOR.key),
        ),
        *(
            _challenged("login.signature", why, HONEST, HONEST.challenge(signature))
            for why, signature in (
                ("signed by another key", ROGUE.sign(HONEST.hub_signs())),
                ("an answer to another HELLO", device.sign(replayed.hub_signs())),
                ("no signature", bytes(64)),
                ("signed without the tag", device.sign(said)),
                ("signed under the tag of logins", device.sign(AUTH_TAG, said)),
                ("signed before the certificates changed", device.sign(BARE.hub_signs())),
            )
        ),
        _challenged("login.signature", "a hub's key of order 1", weak, forged),
        _challenged(
            "login.certificate", "a proxy's certificate was seen", replace(HONEST, seen=PROXYS)
        ),
        _challenged("login.certificate", "no certificate was seen", replace(HONEST, seen=None)),
        _challenged(
            "login.certificate",
            "the hub names none, and this is no loopback",
            replace(BARE, seen=CERTIFICATE, loopback=False),
        ),
        _challenged("size", "8,193 bytes", HONEST, _long(HONEST, 8_193)),
        _challenged("trailing", "a byte follows", HONEST, HONEST.challenge() + b"\0"),
        _challenged(
            "frame.bytes", "its signature is short", HONEST, HONEST.challenge(SIGNATURE[1:])
        ),
    ]


def _long(login: Login, size: int) -> bytes:
    """A CHALLENGE of this size, by something a later version might have appended."""
    least = len(login.challenge(None, bytes(256)))
    return login.challenge(None, bytes(256 + size - least))


def disordered() -> list[Row]:
    """Frames out of their time, or of the other side."""
    rows: list[Row] = []
    ping, push = array(48, 1), array(32, [])
    page, opening = array(16, 1, 1, []), array(8, [])
    hello, challenge = HONEST.hello(), HONEST.challenge()
    request = HONEST.request()
    to_the_client: tuple[tuple[str, str, tuple[bytes, ...]], ...] = (
        ("connection.state", "WELCOME for CHALLENGE", (hello, WELCOME)),
        ("connection.state", "PING for CHALLENGE", (hello, ping)),
        ("connection.state", "PAGE for WELCOME", (hello, challenge, request, page)),
        ("connection.state", "a second CHALLENGE", (hello, challenge, request, challenge)),
        ("connection.sender", "a hub says HELLO", (hello, hello)),
        ("connection.sender", "a hub sends OPEN", (hello, challenge, request, opening)),
    )
    for breaks, why, said in to_the_client:
        rows.append(wrong(breaks, "protocol", "client", why, HONEST, frames(*said)))
    to_the_hub: tuple[tuple[str, str, tuple[bytes, ...]], ...] = (
        ("connection.state", "AUTH before HELLO", (request,)),
        ("connection.state", "PUSH before HELLO", (push,)),
        ("connection.state", "a second HELLO", (hello, challenge, hello)),
        ("connection.state", "PING before AUTH", (hello, challenge, ping)),
        ("connection.state", "PUSH before AUTH", (hello, challenge, push)),
        ("connection.state", "AUTH after WELCOME", (hello, challenge, request, WELCOME, request)),
        ("connection.state", "HELLO after WELCOME", (hello, challenge, request, WELCOME, hello)),
        ("connection.sender", "a client says CHALLENGE", (challenge,)),
        ("connection.sender", "a client sends WELCOME", (hello, challenge, WELCOME)),
        ("connection.sender", "a client sends PAGE", (hello, challenge, request, WELCOME, page)),
        ("frame.op", "no frame of the table", (array(64),)),
        ("float", "what no value is", (b"\xcb" + bytes(8),)),
        ("size", "8,193 bytes before WELCOME", (array(1, bytes(8_188)),)),
    )
    for breaks, why, said in to_the_hub:
        rows.append(wrong(breaks, "protocol", "hub", why, HONEST, frames(*said)))
    return rows


def _asked(breaks: str, bye: str, why: str, login: Login, request: bytes | None = None) -> Row:
    """The hub refuses an AUTH or a JOIN."""
    request = login.request() if request is None else request
    said = frames(login.hello(), login.challenge(), request)
    return wrong(breaks, bye, "hub", why, login, said)


def false_clients() -> list[Row]:
    """HELLOs, AUTHs and JOINs that no hub lets in."""
    later = replace(HONEST, versions=(2, 3))
    none = replace(HONEST, versions=())
    said = HONEST.transcript() + array(*HONEST.request_fields())
    replayed = replace(HONEST, hub_nonce=OTHER_NONCE)
    relayed = replace(HONEST, hub=ROGUE_HUB, hub_device=ROGUE, expected_hub=None)
    rows = [
        wrong("login.version", "version", "hub", "no common version", later, frames(later.hello())),
        wrong("login.version", "version", "hub", "no version at all", none, frames(none.hello())),
        *(
            _asked("login.certificate", "channel", why, replace(login, seen=seen))
            for why, login, seen in (
                ("the client saw a proxy's", HONEST, PROXYS),
                ("the client saw none", HONEST, None),
                ("a newcomer saw a proxy's", JOINING, PROXYS),
                ("the client saw one where there is none", BARE, CERTIFICATE),
            )
        ),
        *(
            _asked("auth", "auth", why, HONEST, HONEST.request(signature))
            for why, signature in (
                ("signed by another device", PHONE.sign(HONEST.client_signs())),
                ("no signature", bytes(64)),
                ("signed without the tag", LAPTOP.sign(said)),
                ("signed under the hub's tag", LAPTOP.sign(HUB_TAG, said)),
                ("replayed: signed after another challenge", LAPTOP.sign(replayed.client_signs())),
                ("relayed: signed for another hub", LAPTOP.sign(relayed.client_signs())),
                (
                    "signed with another digest",
                    LAPTOP.sign(replace(HONEST, digest=None).client_signs()),
                ),
            )
        ),
    ]
    for why, login in (
        ("an unknown account", replace(HONEST, account=BOB)),
        ("an unknown device", replace(HONEST, device=STRANGER, named_device=STRANGER.device)),
        ("a device under another's name", replace(HONEST, device=STRANGER)),
        ("a device of another account", replace(HONEST, known=((BOB, LAPTOP.key),))),
        ("an unknown invite", replace(JOINING, invite=b"guessed")),
        ("a genesis that its own key has not signed", replace(JOINING, device=PHONE)),
    ):
        rows.append(_asked("auth", "auth", why, login))
    other = LAPTOP.sign(replace(JOINING, handle="eve").client_signs())
    rows.append(
        _asked("auth", "auth", "signed for another handle", JOINING, JOINING.request(other))
    )
    return rows


def false_recoveries() -> list[Row]:
    """RECOVERs that no hub answers."""
    rows: list[Row] = []
    for why, login in (
        (
            "an unknown recovery key",
            replace(RECOVERING, device=STRANGER, named_device=STRANGER.device),
        ),
        ("a recovery key under another's name", replace(RECOVERING, device=STRANGER)),
        ("a recovery key of another handle", replace(RECOVERING, handle="eve")),
        (
            "a device for a recovery key",
            replace(RECOVERING, device=LAPTOP, named_device=LAPTOP.device),
        ),
    ):
        rows.append(_asked("auth", "auth", why, login))
    elsewhere = PHONE.sign(replace(RECOVERING, hub_nonce=OTHER_NONCE).client_signs())
    rows.append(
        _asked("auth", "auth", "a recovery, replayed", RECOVERING, RECOVERING.request(elsewhere))
    )
    proxied = replace(RECOVERING, seen=PROXYS)
    rows.append(_asked("login.certificate", "channel", "a recovery key saw a proxy's", proxied))
    said = BY_SSH.client_signs()
    for why, login, proof in (
        ("an unknown SSH key", replace(BY_SSH, ssh=OTHER_DESK), None),
        ("an SSH key of another handle", replace(BY_SSH, handle="eve"), None),
        ("an SSH key, in the namespace of links", BY_SSH, DESK.sign(wrapped(said))),
        ("an SSH key, in that of files", BY_SSH, DESK.sign(wrapped(said, b"file"))),
        ("an SSH key, without a namespace", BY_SSH, DESK.sign(said)),
    ):
        rows.append(_asked("auth", "auth", why, login, login.request(proof)))
    return rows


def vectors() -> list[Row]:
    """`login.json`."""
    return [
        *rightful(),
        *meetings(),
        *false_hubs(),
        *disordered(),
        *false_clients(),
        *false_recoveries(),
        *false_meetings(),
    ]
