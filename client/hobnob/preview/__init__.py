"""`hobnob hub match`: what other rules of matching would have done in the last ninety days.

Nothing is changed by it: the public channels of the hub are replayed under the rules that hold and
under those of a file, and both are told side by side.
"""
