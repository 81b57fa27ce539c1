"""How money promised is set against what was asked for: its bases, their verdicts."""
