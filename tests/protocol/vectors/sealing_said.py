"""What is said under seal, and how it is named; the number that two people compare."""

from hashlib import sha512

from tests.protocol.vectors.by_hand import array, pack
from tests.protocol.vectors.households import entropy, joined
from tests.protocol.vectors.people import HUB
from tests.protocol.vectors.rows import Row, invalid, valid
from tests.protocol.vectors.sealing_parts import GROUP, three
from tests.protocol.vectors.values import MOST

POST, EDIT, REACT, VOTE, SEALED = 1, 2, 4, 23, 31


def sayings() -> list[Row]:
    """What is said, and each rule of it broken."""
    _, (ada, _, _) = three()
    name, target = entropy("name", 16), entropy("target", 16)
    hello = array("hello")
    given = {"conversation": GROUP.hex(), "account": ada.account.hex()}

    def right(kind: int, body: bytes, ts_seconds: int = 1_700_000_000, *later: object) -> Row:
        data = array(1, kind, name, ts_seconds, body, *later)
        told = joined(b"hobnob/1 said\0", GROUP, ada.account, name)
        fields = {"kind": kind, "name": name.hex(), "ts_seconds": ts_seconds, "body": body.hex()}
        return valid("said", data, given=given, fields=fields, id=told.hex())

    rows = [
        right(POST, hello),
        right(EDIT, array(target, "hello!"), 0),
        right(REACT, array(target, "👍")),
        right(POST, hello, 5, "of a later version"),
    ]

    def wrong(breaks: str, why: str, *fields: object) -> None:
        rows.append({**invalid("said", array(*fields), breaks, why), "given": given})

    rows.append({**invalid("said", pack(None), "said.fields", "nil"), "given": given})
    wrong("said.fields", "without a body", 1, POST, name, 0)
    wrong("said.fields", "another version", 2, POST, name, 0, hello)
    wrong("said.fields", "a name of 15 bytes", 1, POST, name[1:], 0, hello)
    wrong("said.fields", "a name of letters", 1, POST, "n" * 16, 0, hello)
    wrong("said.fields", "a time before 1970", 1, POST, name, -1, hello)
    wrong("said.fields", "a time beyond all times", 1, POST, name, MOST, hello)
    wrong("said.fields", "a body of letters", 1, POST, name, 0, "hello")
    wrong("said.kind", "a vote, which a hub must count", 1, VOTE, name, 0, array(target, [0]))
    wrong("said.kind", "sealed once more", 1, SEALED, name, 0, hello)
    wrong("said.kind", "a kind nobody knows", 1, 60_000, name, 0, hello)
    return rows


def numbers() -> list[Row]:
    """The numbers of accounts, two by two."""
    _, seats = three()
    rows: list[Row] = []
    for one, other in ((0, 1), (1, 2), (2, 0)):
        both = sorted(seats[each].account for each in (one, other))
        groups = [
            f"{int.from_bytes(digest[at : at + 5], 'big') % 100_000:05}"
            for digest in (
                sha512(b"hobnob/1 fingerprint\0" + HUB + account).digest() for account in both
            )
            for at in range(0, 30, 5)
        ]
        rows.append(
            {
                "name": "fingerprint",
                "given": {"hub": HUB.hex(), "accounts": [account.hex() for account in both]},
                "number": " ".join(groups),
            }
        )
    return rows
