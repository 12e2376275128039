"""What the protocol's events mean: fold, policy and the two engines. Pure."""
