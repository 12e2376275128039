"""The hub: carries what protocol and sync decide."""
