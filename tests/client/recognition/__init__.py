"""Tests of boards and badges, as a member has them."""
