"""What the full-size bars may ask for."""

from tests.bot.life_fixtures import lives, lives_door

__all__ = ["lives", "lives_door"]
