"""Fixtures of this folder."""

from tests.client.sealing.devices import desk
from tests.client.sealing.pair import backed_up, pair

__all__ = ["backed_up", "desk", "pair"]
