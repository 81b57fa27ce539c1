"""How money promised is set against what was asked for: the question, its bases, their verdicts."""
