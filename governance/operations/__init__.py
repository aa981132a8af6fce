"""What governance does."""

from governance.operations._charter import charter_missing_keys

__all__ = ["charter_missing_keys"]
