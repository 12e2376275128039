"""Nothing of the protocol is without its vectors: frames, kinds, and every rule there is."""

import ast
import re
from collections import Counter
from pathlib import Path

from hobnob_protocol.errors import ByeCode
from hobnob_protocol.registry import STANDARD
from hobnob_protocol.wire import FRAMES
from tests.protocol.kept_vectors import KEPT, invalid, valid
from tests.protocol.specification import RULES
from tests.protocol.test_vectors_login import AUTH
from tests.protocol.test_vectors_signed import UNSIGNED

SOURCE = Path(__file__).parents[2] / "protocol" / "hobnob_protocol"
VALID_MIN = 2
INVALID_MIN = 4
NO_RULES = {
    UNSIGNED: "a code of refusal: the bytes are sound, and not signed by the author they name",
    AUTH: "a code of BYE: the hub alone knows who may enter",
}
"""What vectors break that no decoder finds."""
NOT_IN_A_LOGIN = {
    ByeCode.TIMEOUT: "bytes cannot be late",
    ByeCode.WAITING: "a state of the account, not an answer to these bytes",
    ByeCode.ELSEWHERE: "after a login only",
    ByeCode.REVOKED: "after a login only; before one, it is `auth`",
    ByeCode.SLOW: "after a login only",
    ByeCode.FORK: "after a login only",
    ByeCode.RECOVERING: "a state of the hub, not an answer to these bytes",
    ByeCode.CROWDED: "a state of the hub, not an answer to these bytes",
    ByeCode.SHUTDOWN: "a state of the hub, not an answer to these bytes",
    ByeCode.RETRY: "a state of the hub, not an answer to these bytes",
    ByeCode.DONE: "no refusal",
}
"""BYEs that no login vector ends with, and why."""


def test_there_are_enough_for_every_frame_and_kind() -> None:
    """At least two that hold and four that do not, the opaque kind's too."""
    names = {frame.__name__.upper() for frame in FRAMES} | {kind.name for kind in STANDARD}
    files = ("frames.json", "kinds.json")
    right = Counter(row["name"] for file in files for row in valid(file))
    wrong = Counter(row["name"] for file in files for row in invalid(file))
    assert {name for name in names if right[name] < VALID_MIN} == set()
    assert {name for name in names if wrong[name] < INVALID_MIN} == set()


def test_every_rule_is_broken_by_a_vector() -> None:
    """A rule nobody tries may not be kept."""
    broken = {row["breaks"] for file in KEPT for row in invalid(file)}
    assert set(RULES) - broken == set()
    assert broken - set(RULES) == set(NO_RULES)


def test_every_login_that_fails_at_a_side_has_its_vector() -> None:
    """Each BYE that can end a login, and each rule of it by the side that finds it broken."""
    rows = invalid("login.json")
    assert {row["bye"] for row in rows} == set(ByeCode) - set(NOT_IN_A_LOGIN)
    found = {(row["refused_by"], row["breaks"]) for row in rows}
    rules = {rule for rule in RULES if rule.startswith("login.")}
    assert {rule for side, rule in found if side == "client"} >= rules
    assert {rule for side, rule in found if side == "hub"} >= {
        *("login.version", "login.certificate", AUTH)
    }


def test_no_two_vectors_are_the_same() -> None:
    """Each tries something of its own."""
    for file, rows in KEPT.items():
        seen = Counter(str({**row, "why": ""}) for row in rows)
        assert [row for row, times in seen.items() if times > 1] == [], file


def named_rules() -> set[str]:
    """Every rule that the library's text raises or returns by its whole name."""
    found: set[str] = set()
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                if node.func.id in ("ProtocolError", "AuthError", "SealError", "ForkError"):
                    found |= _strings(node.args[0])
            elif isinstance(node, ast.FunctionDef) and node.name in ("check", "contradiction"):
                returns = (part.value for part in ast.walk(node) if isinstance(part, ast.Return))
                found |= {f"body.{name}" for part in returns if part for name in _strings(part)}
    return found


def _strings(node: ast.expr) -> set[str]:
    """Names written in an expression, but for those that are joined from parts."""
    if isinstance(node, ast.JoinedStr):
        return set()
    constants = (part.value for part in ast.walk(node) if isinstance(part, ast.Constant))
    return {value for value in constants if isinstance(value, str) and re.match(r"[a-z]", value)}


def test_the_library_raises_no_rule_that_is_not_told() -> None:
    """Whatever it names stands in the specification's table."""
    found = named_rules()
    assert {"link.order", "event.body_hash", "body.text.empty", "body.thread.own_root"} <= found
    assert found - set(RULES) == set()
