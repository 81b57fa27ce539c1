"""What the record says: entries, sources, conflicts, rules."""
