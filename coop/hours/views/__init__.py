"""Pages of paid time."""
