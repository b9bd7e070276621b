"""Text with its entities, and the order in which Telegram lists them."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.emulators.telegram.json_types import JsonObject, JsonValue

MAX_ENTITIES = 100
# Which of two entities over the same letters comes first.
ORDER = (
    "blockquote",
    "expandable_blockquote",
    "text_link",
    "text_mention",
    "pre",
    "code",
    "bold",
    "italic",
    "underline",
    "strikethrough",
    "spoiler",
    "custom_emoji",
)
_RANK = {kind: rank for rank, kind in enumerate(ORDER)}
# Styles of the same kind that touch or overlap become one.
_STYLES = frozenset({"bold", "italic", "underline", "strikethrough", "spoiler"})


@dataclass(frozen=True, slots=True)
class FormattedText:
    """Plain text with its entities, offsets in UTF-16 units."""

    text: str
    entities: list[JsonObject] = field(default_factory=list)


def number(value: JsonValue) -> int:
    """An offset or a length; what is not a number counts as 0."""
    return value if isinstance(value, int) else 0


def ordered(entities: list[JsonObject]) -> list[JsonObject]:
    """By where they begin, the longer first."""
    return sorted(
        entities,
        key=lambda entity: (
            number(entity["offset"]),
            -number(entity["length"]),
            _RANK.get(str(entity["type"]), len(ORDER)),
        ),
    )


def merged(entities: list[JsonObject]) -> list[JsonObject]:
    """The same styling with every style over a stretch of letters said once.

    Two entities never share only some of their letters, so neighbours stay apart where another style
    would be cut.
    """
    kept = [dict(entity) for entity in ordered(entities)]
    while (pair := _neighbours(kept)) is not None:
        first, second = pair
        first["length"] = max(end_of(first), end_of(second)) - number(first["offset"])
        kept = [entity for entity in kept if entity is not second]
    return kept


def _neighbours(entities: list[JsonObject]) -> tuple[JsonObject, JsonObject] | None:
    """Two entities of one style that may become one."""
    for place, first in enumerate(entities):
        if first["type"] not in _STYLES:
            continue
        for second in entities[place + 1 :]:
            if number(second["offset"]) > end_of(first):
                break
            start, end = number(first["offset"]), max(end_of(first), end_of(second))
            if second["type"] == first["type"] and not any(_cuts(start, end, other) for other in entities):
                return first, second
    return None


def _cuts(start: int, end: int, other: JsonObject) -> bool:
    """Whether a stretch and an entity share some letters, and each has some of its own."""
    first, last = number(other["offset"]), end_of(other)
    return first < start < last < end or start < first < end < last


def end_of(entity: JsonObject) -> int:
    """The first unit after the entity."""
    return number(entity["offset"]) + number(entity["length"])
