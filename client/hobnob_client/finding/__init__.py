"""Finding what was said: queries as people type them, what they mean, and what they find.

`query` reads, `meaning` understands, `hits` and `months` ask the replica, `completing` offers.
"""
