"""Tests of power loss and sudden death."""
