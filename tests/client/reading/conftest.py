"""A hub and two members, joined, as verbs are tried with."""

from tests.client.verbs.conftest import alice, bob, hub

__all__ = ["alice", "bob", "hub"]
