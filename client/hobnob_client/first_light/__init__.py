"""The picture a start shows before the screen is loaded: the one that stood there when it was left.

`picture` is what stands there, as text and numbers of styles; `kept` the file beside the replica;
`stamp` says of when and where it is; `standing` shows it and hands the terminal over.
"""
