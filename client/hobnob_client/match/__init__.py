"""Three people for a need: rules over values, without a clock or a screen.

In reading order: `words`, `bm25`, `library` (which posts a need is about), `tally`, `activity`
(what people did), `features`, `weights`, `scoring` (how likely somebody answers, and why),
`evidence` (the dated posts that speak for them), `price`, `choosing` (three people within what
each takes), and `wizard` (five small questions at most). `source` begins with a replica. Whoever
ranks here keeps the need to themselves: the hub hears of people only, for their load. Source:
community.md §2.3.
"""
