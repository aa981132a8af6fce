"""The pages of the front door."""

from coop.home.views.health import live, metrics, ready
from coop.home.views.landing import landing, own_home
from coop.home.views.operate import operate, settle
from coop.home.views.style import style

__all__ = ["landing", "live", "metrics", "operate", "own_home", "ready", "settle", "style"]
