"""What tests of hobnob and of programs that speak its protocol share."""
