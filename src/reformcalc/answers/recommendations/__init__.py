"""What was asked for, and what was answered."""
