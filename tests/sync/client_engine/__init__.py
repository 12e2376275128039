"""Tests of the client engine, one input at a time: no wire, no disk, no clock."""
