"""What members say of themselves: the fields there are, what they hold, and who is found by them.

On the wire a profile is names with texts. Here those get their meaning, in one table; what somebody
else's program has put in is shown as plain text or not at all, and fails nothing.
"""
