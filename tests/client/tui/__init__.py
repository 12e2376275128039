"""What the screen promises."""
