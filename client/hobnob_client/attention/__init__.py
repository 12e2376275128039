"""What calls for one's attention, and why: pure rules over values, without a clock, a disk or a
screen.

`rule.weigh` is the one place that decides; `wishes` is what the person wants, `keywords` and
`quiet` are its parts, `kept` reads and writes them, `dry_run` looks at what was.
"""
