"""Tests of the table of rights."""
