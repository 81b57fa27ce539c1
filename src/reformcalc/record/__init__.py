"""The format: what a record holds, field by field, and when each thing was said."""
