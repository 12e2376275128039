"""Recognition: thanks, points, boards, badges and trust, counted from public events alone.

Pure: what happened comes in as deeds, the time as an argument. Every number unfolds to the events
it was counted from. The formulas stand in the community reference §2.1 and §2.2; what moves a
number is in `formula.py`, `trust.py` and `rules/`.
"""
