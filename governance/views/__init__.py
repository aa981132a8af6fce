"""Pages where members decide."""
