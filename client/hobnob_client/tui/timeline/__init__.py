"""One widget for any list of messages, however long: it draws what is seen and no more.

`row` is what is shown of a message, `window` holds the rows around the place one looks at,
`viewport` says which lines are seen, `layout` makes lines of rows; `widget` puts them on a screen.
"""
