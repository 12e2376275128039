"""The load ledger: how often each person was shown and asked, and never what for.

Pure rules over rows; `now_ms` is an argument and never decreases. In reading order: `person` (what
one takes), `asker` (what one has shown and asked), `request` (the life of a request), `rows` (what
is loaded and stored), `commands` (what devices say), `deciding` (the one place that decides),
`batch` (several commands and one commit). Source: community.md §2.3.

The hub settles every ask, so no limit is ever passed. A show that it reserved counts before it is
seen; one made offline counts when the device is back, up to `OFFLINE_SHOWS_MAX` a device and week,
and is the only thing that can lift shows above a limit. Who shows one person twice in a week
counts once, so nobody can use up somebody's week.
"""
