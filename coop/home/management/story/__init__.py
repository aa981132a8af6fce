"""The main job, played from a household's wish to the sharing of the surplus."""

from coop.home.management.story.plot import PLACES, play
from coop.home.management.story.stage import Stage, Step

__all__ = ["PLACES", "Stage", "Step", "play"]
