"""How money promised is set against what was asked for: the comparison, its bases, their verdicts."""
