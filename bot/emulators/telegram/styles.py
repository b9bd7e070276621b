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
    """The same styling with every style over a stretch of letters said once."""
    result: list[JsonObject] = []
    open_styles: dict[str, JsonObject] = {}
    for entity in ordered(entities):
        kind, offset = str(entity["type"]), number(entity["offset"])
        before = open_styles.get(kind)
        if before is not None and offset <= end_of(before):
            before["length"] = max(end_of(before), end_of(entity)) - number(before["offset"])
            continue
        kept = dict(entity)
        result.append(kept)
        if kind in _STYLES:
            open_styles[kind] = kept
    return result


def end_of(entity: JsonObject) -> int:
    """The first unit after the entity."""
    return number(entity["offset"]) + number(entity["length"])
