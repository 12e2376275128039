"""What is promised of writing."""
