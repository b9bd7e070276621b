"""What the tests of the running bot may ask for."""

from tests.bot.life_fixtures import lives, lives_door

__all__ = ["lives", "lives_door"]
