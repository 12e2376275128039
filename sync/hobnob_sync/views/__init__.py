"""What a replica shows: derived on read from cells, never stored (sync.md §2.3).

Each file is one noun: `asks` names the keys it wants of a store, `view` derives a frozen value from
the cells. `overlay` puts what waits in the outbox on top; every view may be given the cells with it
or without.
"""
