"""The load ledger of a running hub: what devices say of it, settled between two commits."""
