"""`hobnob hub match`: what other rules of matching would have done in the last ninety days.

A preview changes nothing: the public channels of the hub are replayed under the rules in force and
under those of a file, and both are told side by side. Applied, a file holds at once: the hub
settles by its caps and hands it out, and devices rank by it.
"""
