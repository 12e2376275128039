"""What other rules of matching would have done."""
