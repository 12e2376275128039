"""What the screens are made of: each widget a file, given values and reporting what was meant."""
