"""What a device does for its conversations: keep keys, open what comes, seal what goes.

`keys` is the file of seal keys, `tables` what the replica keeps of it all, `laying` lays out opened
logs, `opening` opens one sealed event, `sending` seals what waits, `seals` is the whole of it as
the process that has the link uses it. `handing` is the file by which one device hands another of
its account what it has opened, `believing` what of it is taken. Everything here is called between
two steps of the replica, on its thread; the rules are `hobnob_protocol.sealing`'s and
`hobnob_sync.opened`'s.
"""
