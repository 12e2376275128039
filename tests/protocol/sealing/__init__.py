"""Tests of hobnob_protocol.sealing."""
