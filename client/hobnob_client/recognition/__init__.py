"""Boards and badges as a member asks the hub for them, keeps them and reads them."""
