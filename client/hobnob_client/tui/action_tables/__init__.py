"""All that can be done on the screen, by where it is done; `action_table` joins them."""
