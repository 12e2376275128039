"""The verbs about asking somebody for help."""

from typing import Final

from hobnob_client.verbs.verb import Argument, Sort, Verb

_REQUEST: Final = Argument("request", "a request, named as `hobnob requests` shows it", "REQUEST")


def _act(name: str, action: str, says: str) -> Verb:
    full = f"requests {name}"
    example = (f"hobnob {full} 4f1c99d2",)
    return Verb(full, "requests", says, example, (_REQUEST,), action=action, offline=False)


REQUESTS: Final = (
    Verb(
        "ask",
        "ask",
        "ask one member for help, under seal; the hub counts that you ask, and never sees what",
        ("hobnob ask bob 'our SQLite locks up on a network share'", "hobnob ask bob"),
        (
            Argument("handle", "whom, by handle", "HANDLE"),
            Argument(
                "text",
                "what you need; what was kept if nothing is said",
                "TEXT",
                required=False,
                many=True,
            ),
        ),
        offline=False,
    ),
    Verb(
        "requests",
        "requests",
        "show who asks you for help, whom you have asked, and how that stands",
        ("hobnob requests", "hobnob requests --all", "hobnob requests -f --json | jq -r .state"),
        (
            Argument("all", "with those that are over", sort=Sort.FLAG, option=True),
            Argument("follow", "go on with what changes", sort=Sort.FLAG, option=True, short="-f"),
        ),
        action="list",
    ),
    _act("accept", "accept", "say that you help; who asked sees it"),
    _act("decline", "decline", "say that you do not; who asked never learns of it"),
    _act("withdraw", "withdraw", "take back what you have asked, before it is answered"),
    _act("met", "meet", "say that you two have met"),
    _act("helped", "helped", "say that it helped"),
    _act("not-helped", "not_helped", "say that it did not help"),
    _act("dismiss", "dismiss", "be reminded of this one no more"),
    _act("next", "next", "ask whoever was ranked behind one who has not answered"),
)
