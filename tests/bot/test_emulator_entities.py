"""Telegram's HTML as the emulator reads it: strictly, with the server's own complaints."""

from __future__ import annotations

import html
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Chat, Message, MessageEntity

from bot.emulators.telegram.entities import formatted
from bot.emulators.telegram.errors import ApiError
from bot.emulators.telegram.json_types import JsonObject
from bot.emulators.telegram.markup import parse_html


def short(entities: list[JsonObject]) -> list[str]:
    """``bold 0+3`` for each, with what else an entity says."""
    basic = {"type", "offset", "length"}
    return [
        " ".join(
            [f"{entity['type']} {entity['offset']}+{entity['length']}"]
            + [str(value) for name, value in entity.items() if name not in basic]
        )
        for entity in entities
    ]


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("đơn vị", "đơn vị", []),
        ("<b>đạt</b>", "đạt", ["bold 0+3"]),
        ("<STRONG>đạt</strong>", "đạt", ["bold 0+3"]),
        ("😀 <i>đạt</i>", "😀 đạt", ["italic 3+3"]),
        ("<b><i>a</i>b</b>", "ab", ["bold 0+2", "italic 0+1"]),
        ("<i><b>a</b></i>", "a", ["bold 0+1", "italic 0+1"]),
        ("<b>a</>", "a", ["bold 0+1"]),
        ("<b>a</b><b>b<b>c</b></b>", "abc", ["bold 0+3"]),
        ("<b></b>a", "a", []),
        ("a &lt; b &amp;&amp; c &gt; d &quot;e&quot;", 'a < b && c > d "e"', []),
        ("&laquo;a&raquo; R&D &", "&laquo;a&raquo; R&D &", []),
        ("&#7841; &#x1EA1;", "ạ ạ", []),
        (
            '<a href="https://moh.gov.vn/a?b=1&amp;c=2">x</a>',
            "x",
            ["text_link 0+1 https://moh.gov.vn/a?b=1&c=2"],
        ),
        ("<a href=moh.gov.vn>x</a>", "x", ["text_link 0+1 http://moh.gov.vn/"]),
        ("<a href='no address'>x</a>", "x", []),
        (
            "<u>a</u><s>b</s><tg-spoiler>c</tg-spoiler>",
            "abc",
            ["underline 0+1", "strikethrough 1+1", "spoiler 2+1"],
        ),
        ('<span class="tg-spoiler">c</span>', "c", ["spoiler 0+1"]),
        ("<code>a</code>", "a", ["code 0+1"]),
        ('<pre><code class="language-python">a</code></pre>', "a", ["pre 0+1 python"]),
        ("<blockquote expandable>a</blockquote>", "a", ["expandable_blockquote 0+1"]),
        ('<tg-emoji emoji-id="5368">😀</tg-emoji>', "😀", ["custom_emoji 0+2 5368"]),
        ("<b class=x.y-1 id = 'z>'>a</b >", "a", ["bold 0+1"]),
    ],
    ids=range(22),
)
def test_what_is_read(source: str, text: str, entities: list[str]) -> None:
    found = parse_html(source)
    assert (found.text, short(found.entities)) == (text, entities)


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("ạ<b>a<i>b", 'Can\'t find end tag corresponding to start tag "i"'),
        ("ạ<b", "Unclosed start tag at byte offset 3"),
        ("<b x", 'Unclosed start tag "b" at byte offset 0'),
        ("<b x=", 'Unclosed start tag "b" at byte offset 0'),
        ("<b x='y", "Unclosed start tag at byte offset 0"),
        ("<b x=y,z>a</b>", "Unexpected end of name token at byte offset 5"),
        ("<b =y>a</b>", 'Empty attribute name in the tag "b" at byte offset 0'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("<b>a</b", "Unclosed end tag at byte offset 4"),
        ("<b>a</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<br>", 'Unsupported start tag "br" at byte offset 0'),
        ("<p>a</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("a<b/>", 'Unsupported start tag "b/" at byte offset 1'),
        ("x <3", "Unclosed start tag at byte offset 2"),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<tg-emoji emoji-id='x'>a</tg-emoji>", "Invalid custom emoji identifier specified"),
        ("&#xDFDF;", "Text contains invalid Unicode characters after decoding HTML entities, check for"),
    ],
    ids=range(18),
)
def test_what_is_refused(source: str, complaint: str) -> None:
    with pytest.raises(ApiError) as refused:
        parse_html(source)
    assert refused.value.description.startswith(f"Bad Request: can't parse entities: {complaint}")


@given(st.text())
def test_escaped_text_is_never_refused_and_comes_back(text: str) -> None:
    assert parse_html(html.escape(text)).text == html.unescape(html.escape(text).replace("&#x27;", "'"))


@given(st.text(st.characters(codec="utf-8")))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(ApiError):
        parse_html(text)


NESTED = st.recursive(
    st.text(st.sampled_from("aạđ😀 &<>\"'"), min_size=1, max_size=4).map(html.escape),
    lambda inner: st.tuples(st.sampled_from("bius"), st.lists(inner, min_size=1, max_size=3)).map(
        lambda drawn: f"<{drawn[0]}>{''.join(drawn[1])}</{drawn[0]}>"
    ),
    max_leaves=8,
)


@given(NESTED)
def test_what_python_telegram_bot_writes_back_reads_the_same(source: str) -> None:
    """PTB's own renderer is the second opinion about offsets."""
    found = parse_html(source)
    entities = [MessageEntity.de_json(dict(entity), None) for entity in found.entities]
    noon = datetime(2026, 12, 14, 12, tzinfo=UTC)
    message = Message(1, noon, Chat(1, "private"), text=found.text, entities=entities)
    assert parse_html(message.text_html) == found


def test_ends_are_trimmed_and_entities_move_along() -> None:
    found = formatted("  \n<b>a </b>  ", "HTML", None)
    assert (found.text, short(found.entities)) == ("a", ["bold 0+1"])


def test_commands_and_addresses_are_found_by_themselves() -> None:
    found = formatted("/start xem https://moh.gov.vn/a và /help@thidua_bot, 1/2", "", None)
    assert short(found.entities) == ["bot_command 0+6", "url 11+20", "bot_command 35+16"]


def test_nothing_is_found_inside_code() -> None:
    assert short(formatted("<code>/start</code>", "HTML", None).entities) == ["code 0+6"]
