"""SSH keys: each sort signs as OpenSSH has it sign, and nothing else counts."""

import pytest

from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.ssh import signed
from hobnob_protocol.ssh.keys import read_key
from tests.protocol.kept_vectors import bytes_of, invalid, title, valid
from tests.protocol.vectors.rows import Row, data_of
from tests.protocol.vectors.ssh_holders import CURVE, DESK, OLD, security


def counted(row: Row) -> int:
    """What the key of a row counts by."""
    parts = bytes_of(row, "key"), data_of(row), row["namespace"].encode(), bytes_of(row, "message")
    return signed.check(*parts)


@pytest.mark.parametrize("row", valid("ssh.json"), ids=title)
def test_a_signature_counts_as_its_vector_says(row: Row) -> None:
    """Of each sort, made by hand and by ssh-keygen."""
    assert counted(row) == row["counter"]


@pytest.mark.parametrize("row", invalid("ssh.json"), ids=title)
def test_a_signature_is_refused_by_the_rule_it_breaks(row: Row) -> None:
    """By none before it."""
    with pytest.raises(ProtocolError) as broken:
        counted(row)
    assert broken.value.rule == row["breaks"]


def test_only_a_security_key_is_touched() -> None:
    """All others sign whenever they are asked."""
    keys = (DESK, CURVE, OLD, security())
    assert [read_key(key.public_key).is_touched for key in keys] == [False, False, False, True]
