"""A newcomer's questions: at most four, each may be skipped, and what follows from the answers.

Values in, values out: `questions` reads the file they stand in, `plan` says what follows, `kept`
is what a device remembers of it; `source` alone reads a replica, `doing` alone says something.
"""
