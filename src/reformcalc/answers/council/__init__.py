"""What it means for one council: what it is in, gets, must do and waits for, and what changed."""
