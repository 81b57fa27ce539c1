"""Questions of the record of a day; each returns a report."""
