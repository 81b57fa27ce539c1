"""Where sums and milestones stand on a day."""
