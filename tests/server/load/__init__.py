"""Tests of the load ledger on a running hub."""
