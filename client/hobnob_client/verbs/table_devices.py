"""The verbs about one's devices, and what guards their keys."""

from typing import Final

from hobnob_client.verbs.verb import Argument, Sort, Verb

SSH: Final = Argument(
    "ssh",
    "an SSH key recovers you: alone the agent's only one, or KEY, a file, fingerprint or comment",
    "KEY",
    sort=Sort.MAYBE,
    option=True,
)

DEVICES: Final = (
    Verb(
        "device list",
        "device",
        "list the devices that speak for you",
        ("hobnob device list",),
        action="list",
    ),
    Verb(
        "device link",
        "link",
        "let a further device speak for you by eight words, while both are at hand",
        ("hobnob device link",),
        action="offer",
        offline=False,
    ),
    Verb(
        "link",
        "link",
        "on the new device: speak for the account whose device shows eight words",
        (
            "hobnob link hub.example.org",
            "hobnob link 'hub.example.org:4626/#…' --words-file words.txt",
        ),
        (
            Argument("where", "the hub, as the other device shows it: HOST[:PORT][/#HUB]", "WHERE"),
            Argument(
                "words_file", "a file of yours alone that holds the words", "FILE", option=True
            ),
        ),
        action="come",
        offline=False,
    ),
    Verb(
        "device add",
        "device",
        "the same by two codes instead, at any time: first without, then with its request",
        ("hobnob device add", "hobnob device add REQUEST"),
        (Argument("request", "what the new device printed", "REQUEST", required=False),),
        action="add",
    ),
    Verb(
        "device request",
        "device",
        "on the new device: ask to speak for an account",
        ("hobnob device request CODE",),
        (Argument("code", "what `hobnob device add` printed on the old device", "CODE"),),
        action="request",
    ),
    Verb(
        "device rename",
        "device",
        "call a device by a name that you alone see",
        ("hobnob device rename 4f1c99d2 the old laptop", "hobnob device rename 4f1c99d2"),
        (
            Argument("device", "its id, as `hobnob device list` shows it", "DEVICE"),
            Argument("name", "its name; none takes it away", "NAME", required=False, many=True),
        ),
        action="rename",
    ),
    Verb(
        "device history",
        "history",
        "hand what was sealed before a device was there to that device, in a file for it alone",
        (
            "hobnob device history 4f1c99d2 history.hob",
            "hobnob device history --take history.hob",
        ),
        (
            Argument("device", "its id, as `hobnob device list` shows it", "ID", required=False),
            Argument("file", "the file to write", "FILE", required=False),
            Argument("take", "on the new device: take what stands in it", "FILE", option=True),
            Argument("yes", "do not ask", sort=Sort.FLAG, option=True),
        ),
    ),
    Verb(
        "device revoke",
        "device",
        "let a device speak for you no more",
        ("hobnob device revoke 4f1c99d2",),
        (Argument("device", "its id, as `hobnob device list` shows it", "DEVICE"),),
        action="revoke",
    ),
    Verb(
        "device ssh",
        "device",
        "let an SSH key bring you back when all devices are lost",
        (
            "hobnob device ssh",
            "hobnob device ssh ~/.ssh/id_ed25519.pub",
        ),
        (
            Argument(
                "key",
                "a file, a fingerprint or a comment (default: the agent's only key)",
                "KEY",
                required=False,
            ),
        ),
        action="ssh",
    ),
    Verb(
        "device veto",
        "device",
        "keep out who asks to speak for you by an SSH key, and end that key",
        ("hobnob device veto",),
        action="veto",
    ),
    Verb(
        "recover",
        "recover",
        "come back after all devices are lost, by 24 words on paper or an SSH key",
        (
            "hobnob recover paper",
            "hobnob recover alice@hub.example.org",
            "hobnob recover alice@hub.example.org --ssh",
        ),
        (
            Argument(
                "where",
                "paper makes the words, while you have a device; HANDLE@HOST comes back by them",
                "WHERE",
            ),
            SSH,
        ),
        offline=False,
    ),
    Verb(
        "passphrase",
        "passphrase",
        "lock this device's key by a passphrase, or change the one there is",
        (
            "hobnob passphrase",
            "hobnob passphrase --new-file new.txt --passphrase-file old.txt",
        ),
        (
            Argument(
                "new_file", "a file of yours alone that holds the new one", "FILE", option=True
            ),
        ),
        action="set",
    ),
    Verb(
        "passphrase remove",
        "passphrase",
        "let this device sign without one again",
        ("hobnob passphrase remove",),
        action="remove",
    ),
)
