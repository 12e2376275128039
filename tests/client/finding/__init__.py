"""Finding: queries as they are typed, what they mean, what they find."""
