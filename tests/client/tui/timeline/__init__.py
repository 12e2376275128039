"""What a timeline promises."""
