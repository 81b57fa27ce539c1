<<<<<<< HEAD
"""How money promised is set against what was asked for: its bases, their verdicts."""
=======
"""How money promised is set against what was asked for: the question, its bases, their verdicts."""
>>>>>>> comparison
