"""What people type about themselves."""
