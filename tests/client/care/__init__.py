"""Care: who waits for an answer, and the first steps of a newcomer."""
