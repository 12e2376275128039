"""Random faults in the pure half, and the unit tests that must notice them."""
