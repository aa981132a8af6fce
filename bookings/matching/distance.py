"""How far apart two places are. The one room where floats are right."""

from __future__ import annotations

from decimal import Decimal
from math import asin, cos, radians, sin, sqrt

EARTH_METRES = 6_371_000

Place = tuple[Decimal, Decimal]


def metres(one: Place, other: Place) -> int:
    """The great-circle way between two (latitude, longitude), in whole metres."""
    lat1, lon1, lat2, lon2 = (radians(value) for value in (*one, *other))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return round(2 * EARTH_METRES * asin(sqrt(half)))
