"""HTML in messages, read as strictly as Telegram reads it."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import NoReturn

from bot.emulators.telegram.errors import ApiError
from bot.emulators.telegram.json_types import JsonObject
from bot.emulators.telegram.links import checked_url
from bot.emulators.telegram.styles import MAX_ENTITIES, FormattedText, merged, ordered
from bot.emulators.telegram.wire import utf16_length

# Tag names and what they become; several tags may mean the same.
_KINDS = {
    "a": "text_link",
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "u": "underline",
    "ins": "underline",
    "tg-spoiler": "spoiler",
    "tg-emoji": "custom_emoji",
    "span": "spoiler",
    "pre": "pre",
    "code": "code",
    "blockquote": "blockquote",
}
_SPACE = " \t\r\n\v\f"
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_MARKUP = re.compile("[<&]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_REFERENCE = re.compile(r"&(?:#(\d{1,8})|#[xX]([0-9a-fA-F]{1,8})|([a-zA-Z]+));?")


def parse_html(source: str) -> FormattedText:
    """Read Telegram's HTML. Raises ApiError with the server's own description and byte offset."""
    return _HtmlReader(source).read()


@dataclass(slots=True)
class _Open:
    tag: str
    argument: str
    offset: int
    """Where the entity begins, in UTF-16 units."""
    begin: int
    """Where it begins in the list of pieces already read."""


class _HtmlReader:
    """One pass over the source; positions in errors are byte offsets of the UTF-8 form."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._pieces: list[str] = []
        self._offset = 0
        self._open: list[_Open] = []
        self._entities: list[JsonObject] = []

    def read(self) -> FormattedText:
        source, end = self._source, len(self._source)
        while self._at < end:
            letter = source[self._at]
            if letter == "<":
                self._tag()
            elif letter == "&":
                self._add(self._reference())
            else:
                stop = _MARKUP.search(source, self._at)
                self._add(source[self._at : stop.start() if stop is not None else end])
                self._at = stop.start() if stop is not None else end
        if self._open:
            self._fail(f'Can\'t find end tag corresponding to start tag "{self._open[-1].tag}"')
        text = "".join(self._pieces)
        if _SURROGATE.search(text) is not None:
            self._fail(
                "Text contains invalid Unicode characters after decoding HTML entities, "
                "check for unmatched surrogate code units"
            )
        return FormattedText(text, ordered(merged(_joined(self._entities)))[:MAX_ENTITIES])

    def _fail(self, reason: str) -> NoReturn:
        raise ApiError.bad_request(f"can't parse entities: {reason}")

    def _bytes(self, position: int) -> int:
        return len(self._source[:position].encode("utf-8", "surrogatepass"))

    def _here(self) -> str:
        """The letter at the cursor, or nothing at the end."""
        return self._source[self._at : self._at + 1]

    def _add(self, piece: str) -> None:
        self._pieces.append(piece)
        self._offset += utf16_length(piece)

    def _reference(self) -> str:
        match = _REFERENCE.match(self._source, self._at)
        letter = "" if match is None else _decoded(match)
        if match is None or not letter:
            self._at += 1
            return "&"
        self._at = match.end()
        return letter

    def _tag(self) -> None:
        begin = self._at
        self._at += 1
        if self._here() == "/":
            self._end_tag(begin)
        else:
            self._start_tag(begin)

    def _until(self, stops: str) -> str:
        begin = self._at
        while self._at < len(self._source) and self._source[self._at] not in stops:
            self._at += 1
        return self._source[begin : self._at]

    def _skip_space(self) -> None:
        while self._here() and self._here() in _SPACE:
            self._at += 1

    def _start_tag(self, begin: int) -> None:
        tag = self._until(_SPACE + ">").lower()
        if not self._here():
            self._fail(f"Unclosed start tag at byte offset {self._bytes(begin)}")
        if tag not in _KINDS:
            self._fail(f'Unsupported start tag "{tag}" at byte offset {self._bytes(begin)}')
        argument = ""
        while True:
            self._skip_space()
            if self._here() == ">":
                break
            if not self._here():
                self._fail(f'Unclosed start tag "{tag}" at byte offset {self._bytes(begin)}')
            name, value = self._attribute(tag, begin)
            argument = _argument(tag, name, value) or argument
        self._at += 1
        if tag == "span" and argument != "spoiler":
            self._fail(f'Tag "span" must have class "tg-spoiler" at byte offset {self._bytes(begin)}')
        if tag == "tg-emoji" and not argument.isdigit():
            self._fail("Invalid custom emoji identifier specified")
        self._open.append(_Open(tag, argument, self._offset, len(self._pieces)))

    def _attribute(self, tag: str, begin: int) -> tuple[str, str]:
        name = self._until(_SPACE + "=>")
        if not name:
            self._fail(f'Empty attribute name in the tag "{tag}" at byte offset {self._bytes(begin)}')
        self._skip_space()
        if self._here() != "=":
            return name, ""
        self._at += 1
        self._skip_space()
        if not self._here():
            self._fail(f'Unclosed start tag "{tag}" at byte offset {self._bytes(begin)}')
        quote = self._here()
        if quote in "\"'":
            self._at += 1
            value = self._quoted(quote)
        else:
            token = self._at
            while self._here().isascii() and (self._here().isalnum() or self._here() in {".", "-"}):
                self._at += 1
            value = self._source[token : self._at].lower()
            if not self._here() or self._here() not in _SPACE + ">":
                self._fail(f"Unexpected end of name token at byte offset {self._bytes(token)}")
        if not self._here():
            self._fail(f"Unclosed start tag at byte offset {self._bytes(begin)}")
        return name, value

    def _quoted(self, quote: str) -> str:
        value: list[str] = []
        while self._here() and self._here() != quote:
            if self._here() == "&":
                value.append(self._reference())
            else:
                value.append(self._here())
                self._at += 1
        if self._here():
            self._at += 1
        return "".join(value)

    def _end_tag(self, begin: int) -> None:
        if not self._open:
            self._fail(f"Unexpected end tag at byte offset {self._bytes(begin)}")
        self._at += 1
        found = self._until(_SPACE + ">").lower()
        self._skip_space()
        if self._here() != ">":
            self._fail(f"Unclosed end tag at byte offset {self._bytes(begin)}")
        self._at += 1
        opened = self._open.pop()
        if found and found != opened.tag:
            self._fail(
                f"Unmatched end tag at byte offset {self._bytes(begin)}, "
                f'expected "</{opened.tag}>", found "</{found}>"'
            )
        if self._offset > opened.offset:
            entity = _entity(opened, "".join(self._pieces[opened.begin :]), self._offset - opened.offset)
            if entity is not None:
                self._entities.append(entity)


def _decoded(match: re.Match[str]) -> str:
    """The letter of a reference; only four names and numbers up to the end of Unicode are known."""
    decimal, hexadecimal, name = match.groups()
    if name is not None:
        return _NAMED.get(name, "")
    code = int(decimal) if decimal is not None else int(hexadecimal, 16)
    if 0xD800 <= code <= 0xDFFF:
        return chr(code)
    return html.unescape(f"&#{code};") if 0 < code < 0x10FFFF else ""


def _argument(tag: str, name: str, value: str) -> str:
    """The one attribute each tag cares about."""
    if tag == "a" and name == "href":
        return value
    if tag == "code" and name == "class" and value.startswith("language-"):
        return value[len("language-") :]
    if tag == "span" and name == "class" and value.startswith("tg-"):
        return value[len("tg-") :]
    if tag == "tg-emoji" and name == "emoji-id":
        return value
    if tag == "blockquote" and name == "expandable":
        return "expandable"
    return ""


def _entity(opened: _Open, content: str, length: int) -> JsonObject | None:
    entity: JsonObject = {"type": _KINDS[opened.tag], "offset": opened.offset, "length": length}
    if opened.tag == "a":
        url = opened.argument or content
        try:
            entity["url"] = checked_url(url, "entity URL")
        except ApiError:
            # The real server drops a link it cannot follow and keeps its text.
            return None
    elif opened.tag == "blockquote" and opened.argument:
        entity["type"] = "expandable_blockquote"
    elif opened.tag == "tg-emoji":
        entity["custom_emoji_id"] = opened.argument
    elif opened.tag == "code" and opened.argument:
        entity["language"] = opened.argument
    return entity


def _joined(entities: list[JsonObject]) -> list[JsonObject]:
    """``<pre><code class="language-x">`` over the same letters is one block with a language."""
    blocks = {(entity["offset"], entity["length"]): entity for entity in entities if entity["type"] == "pre"}
    result: list[JsonObject] = []
    for entity in entities:
        if entity["type"] == "code":
            language = entity.pop("language", None)
            block = blocks.get((entity["offset"], entity["length"]))
            if block is not None and language is not None:
                block["language"] = language
                continue
        result.append(entity)
    return result
