"""Where others are known to have failed, a test of ours says that we do not: by name, and there.

CVE numbers stand without their prefix. What is no failure of a program, as a binding that is
missing, is none to test for.
"""

import ast
from functools import cache
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[2]
ATTACKS: Final = "tests/protocol/sealing/test_attacks.py"
WITHIN: Final = "tests/protocol/sealing/test_attacks_within.py"
HOSTILE: Final = "tests/protocol/test_connection_hostile.py"
RIGHTS: Final = "tests/sync/policy/test_table.py::test_a_cell_is_allowed_only_"

FAILURES: Final = {
    "Matrix 2022-39250, a device id for a key id": f"{ATTACKS}::test_2022_39250_",
    "Matrix 2022-39251, Olm for Megolm": f"{ATTACKS}::test_2022_39251_",
    "Matrix 2022-39249, forwarded keys": f"{ATTACKS}::test_2022_39249_",
    "Matrix 2021-40823, key requests": f"{ATTACKS}::test_2021_40823_",
    "Matrix 2024-47080, history to unverified devices": f"{ATTACKS}::test_2024_47080_",
    "Matrix 2026-45056, the sender not bound": f"{ATTACKS}::test_2026_45056_",
    "Matrix 2024-40648, one's own identity unchecked": f"{ATTACKS}::test_2024_40648_",
    "Matrix, membership by the server's word": f"{ATTACKS}::test_membership_is_authenticated",
    "js-sdk before 41.3.0, the key kept after a leave": f"{ATTACKS}::test_js_sdk_41_3_",
    "vodozemac, the identity element": f"{ATTACKS}::test_soatok_2026_",
    "element-web 31842, rust-sdk 1415, lost keys": f"{ATTACKS}::test_element_31842_and_rust_",
    "element-web 7714, 7428, a restored backup": f"{ATTACKS}::test_element_7714_and_7428_",
    "matrix-nio 72, two clients of one account": f"{ATTACKS}::test_matrix_nio_72_",
    "Signal and WhatsApp, Prekey Pogo": f"{ATTACKS}::test_prekey_pogo_",
    "Keybase, freshness by one published root": f"{WITHIN}::test_a_hidden_revocation_is_found_",
    "Nostr NIP-42, no revocation": "tests/protocol/test_chain.py::test_a_revoked_device_",
    "Delta Chat 7336, a published code verifies": (
        "tests/stories/test_sealed.py::test_from_an_invite_to_a_verified_conversation"
    ),
    "ssh-chat, no devices": "tests/stories/test_sealed.py::test_all_devices_of_both_read_",
    "IRC SASL, what a stolen database holds logs in": "tests/stories/test_canary.py::test_nothing_",
    "tls-unique, cpython 95341, a login relayed": f"{HOSTILE}::test_a_rogue_hub_cannot_relay_",
    "Zulip 2026-100404, 2022-31017, 31134, 31168, GHSA-478x, GHSA-c9wc": RIGHTS,
    "Mattermost GHSA-r4fm, authorisation": RIGHTS,
    "Mattermost 2026-19600, tokens in logs": "tests/server/test_logs.py::test_no_secret_of_a_link_",
    "Mattermost GHSA-j4c3, what inflates": (
        "tests/server/interchange/test_files.py::test_a_line_that_is_too_long_is_bad"
    ),
    "Textual, escapes through any widget": "tests/terminal/test_ends.py::test_nothing_that_others_",
    "Marmot mdk 993, the plain output forgotten": "tests/terminal/test_hostile_verbs.py::test_",
}
"""Each with the file and the name, or how it begins, of what shows it."""


@cache
def names(path: str) -> frozenset[str]:
    """The tests of a file."""
    tree = ast.parse((ROOT / path).read_text())
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


@pytest.mark.parametrize("failure", FAILURES)
def test_what_broke_others_is_tested_here(failure: str) -> None:
    """The suite as a whole says that it is green."""
    path, _, name = FAILURES[failure].partition("::")
    assert any(each.startswith(name) for each in names(path))
