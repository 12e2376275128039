"""The member's side: a replica and what stands on it."""
