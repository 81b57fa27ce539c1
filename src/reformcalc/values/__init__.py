"""The words of amounts and dates, and their arithmetic."""
