"""Small worlds for tests, made through the real operations."""

from tests.factories.people import Town, found_town, make_household, make_worker

__all__ = ["Town", "found_town", "make_household", "make_worker"]
