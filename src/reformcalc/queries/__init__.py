"""Questions asked of a dataset: pure functions from a dataset and a day to a Report."""
