"""Screens, each by what it takes in and gives back."""
