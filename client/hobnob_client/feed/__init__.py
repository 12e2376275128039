"""The feed: which threads one would take part in, ranked on one's own device from one's replica.

Values in, values out: `Ledger` folds what was said into what is known of each thread (`Talk`) and
of oneself (`Habits`), `rank` orders it, and every row can be explained to the last term. There is
no clock, no chance and nothing that is sent; `source` alone reads a replica. Formulas,
baselines, aims: reference community.md 2.4.
"""
