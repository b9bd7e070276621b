"""Formatted text as it will be shown: parsed or checked, trimmed, commands and addresses found."""

from __future__ import annotations

import re

from bot.emulators.telegram.errors import ApiError
from bot.emulators.telegram.json_types import JsonObject, JsonValue
from bot.emulators.telegram.links import checked_url
from bot.emulators.telegram.markup import parse_html
from bot.emulators.telegram.styles import MAX_ENTITIES, ORDER, FormattedText, end_of, number, ordered
from bot.emulators.telegram.wire import utf16_length

_GIVEN_KINDS = frozenset(ORDER) | {
    "mention",
    "hashtag",
    "cashtag",
    "bot_command",
    "url",
    "email",
    "phone_number",
    "date_time",
}
# Inside these nothing is looked for.
_CLOSED = frozenset({"code", "pre", "text_link"})
_FOUND = re.compile(
    r"(?P<bot_command>(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?(?![\w/]))|(?P<url>https?://[^\s<>\"]+)"
)


def formatted(text: str, parse_mode: str, given: JsonValue) -> FormattedText:
    """The text as it will be shown: parsed, trimmed, commands and links found.

    ``parse_mode`` knows HTML only; Markdown is refused, since nothing here may rely on it.
    """
    mode = parse_mode.lower()
    if mode == "html":
        found = parse_html(text)
    elif mode in {"", "none"}:
        found = FormattedText(text, _given_entities(text, given))
    else:
        raise ApiError.bad_request("unsupported parse_mode")
    return _finished(found)


def _finished(source: FormattedText) -> FormattedText:
    """Trim the ends, shorten or drop what stood there, add what Telegram recognises by itself."""
    text, entities = source.text.rstrip(), source.entities
    if text != source.text:
        end = utf16_length(text)
        entities = [
            {**entity, "length": min(end_of(entity), end) - number(entity["offset"])}
            for entity in entities
            if number(entity["offset"]) < end
        ]
    lead = len(text) - len(text.lstrip())
    if lead:
        # Space that is itself styled stays; all of these letters are one unit long.
        lead = min([lead, *(number(entity["offset"]) for entity in entities)])
        text = text[lead:]
        entities = [{**entity, "offset": number(entity["offset"]) - lead} for entity in entities]
    return FormattedText(text, _with_found(text, entities))


def _with_found(text: str, entities: list[JsonObject]) -> list[JsonObject]:
    if "/" not in text:
        return entities
    taken = [
        (number(entity["offset"]), number(entity["length"]))
        for entity in entities
        if entity["type"] in _CLOSED
    ]
    result = list(entities)
    for match in _FOUND.finditer(text):
        offset, length = utf16_length(text[: match.start()]), utf16_length(match.group())
        if all(offset + length <= start or start + size <= offset for start, size in taken):
            result.append({"type": str(match.lastgroup), "offset": offset, "length": length})
    return ordered(result)


def _given_entities(text: str, given: JsonValue) -> list[JsonObject]:
    """Explicit entities, refused the way the server refuses them."""
    if given is None:
        return []
    if not isinstance(given, list):
        raise ApiError.bad_request("expected an Array of MessageEntity")
    end = utf16_length(text)
    return ordered(
        [entity for item in given[:MAX_ENTITIES] if (entity := _given_entity(item, end))["length"]]
    )


def _given_entity(item: JsonValue, end: int) -> JsonObject:
    """One explicit entity of a text that is ``end`` units long."""
    if not isinstance(item, dict):
        raise ApiError.bad_request("expected an Object as MessageEntity")
    kind = str(item.get("type", ""))
    if kind not in _GIVEN_KINDS:
        raise ApiError.bad_request("can't parse MessageEntity: Unsupported type specified")
    offset, length = number(item.get("offset")), number(item.get("length"))
    if offset < 0:
        raise ApiError.bad_request(f"receive an entity with incorrect offset {offset}")
    if length < 0:
        raise ApiError.bad_request(f"receive an entity with incorrect length {length}")
    if offset > end:
        raise ApiError.bad_request(f"entity begins after the end of the text at UTF-16 offset {offset}")
    if offset + length > end:
        raise ApiError.bad_request(
            f"entity beginning at UTF-16 offset {offset} ends after the end of the text "
            f"at UTF-16 offset {offset + length}"
        )
    entity: JsonObject = {**item, "offset": offset, "length": length}
    if kind == "text_link":
        if "url" not in item:
            raise ApiError.bad_request("can't parse MessageEntity: Can't find field \"url\"")
        entity["url"] = checked_url(str(item.get("url", "")), "entity URL")
    return entity
