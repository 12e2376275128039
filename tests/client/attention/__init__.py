"""What calls for attention, and why."""
