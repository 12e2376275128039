"""Transactions: what a step changes, all at once."""

from dataclasses import fields

import pytest

from hobnob_sync.ports import HubTransaction, ReplicaTransaction


@pytest.mark.parametrize("sort", [HubTransaction, ReplicaTransaction])
def test_any_change_makes_a_transaction_worth_committing(
    sort: type[HubTransaction] | type[ReplicaTransaction],
) -> None:
    """Empty is false; one thing in any one field is true."""
    assert not sort()
    for field in fields(sort):
        transaction = sort()
        kept = getattr(transaction, field.name)
        something = {b"key": None} if isinstance(kept, dict) else [b"something"]
        setattr(transaction, field.name, something)
        assert transaction, field.name


def test_a_lineage_that_became_empty_is_a_change() -> None:
    """None says that it did not change, an empty list that nothing is left of it."""
    assert HubTransaction(lineage=[])
