"""Tests of the load ledger."""
