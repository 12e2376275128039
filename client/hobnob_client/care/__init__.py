"""Care: who waits for an answer, worked out on one's own device from one's own replica.

Values in, values out: `waiting` says which posts nobody has answered, `source` alone reads a
replica. There is no clock, no chance and nothing that is sent. Why a first answer matters:
reference community.md 2.0.
"""
