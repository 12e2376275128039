"""Answers about a replica."""
