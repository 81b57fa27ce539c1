"""Dates: what falls due, what is past, what has moved, what came of it, and who must act."""
