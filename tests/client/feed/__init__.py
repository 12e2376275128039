"""The feed: ledger, numbers, weights, order, reasons."""
