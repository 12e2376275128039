"""What ships for testing keeps its promises too."""
