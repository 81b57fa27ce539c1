"""From YAML text to a dataset."""
