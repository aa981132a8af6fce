"""Pages of the surplus."""
