"""What hobnob can do: one data file, `features.toml`, and what is made from it."""
