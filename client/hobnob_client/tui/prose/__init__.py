"""What a message says, as blocks and then as lines: Markdown for a terminal, pure and bounded.

`blocks` are the values, `reading` makes them of a text, `laying` makes lines of them for a width.
Nothing here knows a screen; the two libraries that are needed (markdown-it-py, Pygments) come with
Textual and are imported when a text first asks for them.
"""
