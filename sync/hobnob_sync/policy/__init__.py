"""Who may do what, where: one table, one function that asks it, one rule for who may read."""
