"""Sealed conversations, suite 1: what only the devices of a conversation's members can open.

Sender keys delivered by HPKE with X-Wing, rosters from verified chains, commitments that a reader
can open before a moderator. The specification is `protocol/README.md`, "Sealing". Experimental: the
parts are standard, their composition has not been audited.

From the smallest part to the whole: `seal_key`, `keeping`, `record`, `padding`, `ratchet`, `group`,
`roster`, `body`, `slices`, `message`, `doubts`; then `sending` and `receiving` are the two sides of
one conversation, and `report` is what a moderator checks. Nothing here reads a clock or draws
entropy: both are arguments, but for what HPKE draws inside its encryption.

There is no message that asks for a key, forwards one, or shares history, and no place where a key
would be taken from one: what a device was not sealed to, it cannot be made to accept.
"""
