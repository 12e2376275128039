"""Tests of what is made of a message's text."""
