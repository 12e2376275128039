"""hobnob's tests: they mirror the source."""
