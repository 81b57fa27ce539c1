"""How money promised is set against what was asked for: the pair, its bases, their verdicts."""
