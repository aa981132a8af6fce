"""The pages of the front door."""

from coop.home.views.health import live, ready
from coop.home.views.landing import landing, own_home
from coop.home.views.style import style

__all__ = ["landing", "live", "own_home", "ready", "style"]
