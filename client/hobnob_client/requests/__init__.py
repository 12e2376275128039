"""Asking somebody for help: whom this device may show, whom it has asked, and how that stands.

The hub settles it (`hobnob_protocol.request_questions`); what a request is about is written to its
person under seal, and stands in a note of this device beside it.
"""
