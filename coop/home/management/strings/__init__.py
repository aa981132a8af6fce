"""Which strings of ours a person may see, found without the gettext programs."""

from coop.home.management.strings.catalog import load, merge, missing, save
from coop.home.management.strings.extract import every_string

__all__ = ["every_string", "load", "merge", "missing", "save"]
