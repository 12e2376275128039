"""Three people for a need: pure rules over values, without a clock, a disk or a screen.

In reading order: `words`, `bm25`, `library` (which posts a need is about), `tally`, `activity`
(what people did), `features`, `weights`, `scoring` (how likely somebody answers, and why),
`evidence` (the dated posts that speak for them), `price`, `choosing` (three people within what
each takes), and `wizard` (five small questions at most). Whoever ranks here keeps the need to
themselves: the hub hears of people only, for their load. Source: community.md §2.3.
"""
