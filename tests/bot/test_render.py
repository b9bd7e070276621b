"""What Telegram is given: any text in any field is shown as itself, and no message is refused."""

import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.channels import zalo
from bot.channels.telegram_render import NOTHING, keyboard_of, text_of
from bot.emulators.telegram.keyboards import checked_markup
from bot.emulators.telegram.sending import checked_text
from bot.emulators.telegram.wire import Params, utf16_length
from core.messages import Choice, Door, Message, split_message
from core.texts.plain import screen
from tests.core.samples import screens

LIMIT = 4096

letters = st.sampled_from("<>&\"'/\\;#=! \n\t\r\0\u200b\u202e\ufeff{}[]abđ👍𠀋") | st.characters(
    codec="utf-8"
)
texts = st.text(letters, max_size=80) | st.sampled_from(
    [
        "<b>",
        "</i></b>",
        '<a href="tg://user?id=1">x</a>',
        "&lt;b&gt; &amp;amp; &#60; &#x3c; &nbsp;",
        "<tg-spoiler>",
        "<!-- -->",
        "<pre><code class='language-x'>",
        "*_[]()~`>#+-=|{}.!",
        "https://example.org/?a=1&b=<2>",
        "/start 123 @somebody #hashtag",
    ]
)
plain_messages = st.builds(Message, title=texts, body=texts, hint=texts, note=texts)
long_bodies = st.tuples(texts, st.integers(1, 500)).map(lambda drawn: drawn[0] * drawn[1])


def shown(message: Message) -> str:
    """What a person sees; the emulator refuses what Telegram would refuse."""
    return checked_text(Params({"text": text_of(message), "parse_mode": "HTML"})).text


def expected(message: Message) -> str:
    parts = (message.note, message.title, message.body, message.hint)
    return "\n\n".join(part for part in parts if part)


def visible(text: str) -> bool:
    return any(letter.isprintable() and not letter.isspace() for letter in text)


@settings(max_examples=500)
@given(plain_messages)
@example(Message())
@example(Message(body=" \n "))
@example(Message(title="\u200b", hint="\0"))
@example(Message(title=" a ", body="\t"))
def test_any_text_is_shown_as_itself(message: Message) -> None:
    told = expected(message)
    assert shown(message).strip() == (told.strip() if visible(told) else NOTHING)


@given(plain_messages)
def test_only_titles_and_hints_are_styled(message: Message) -> None:
    found = checked_text(Params({"text": text_of(message), "parse_mode": "HTML"}))
    styled = [entity for entity in found.entities if entity["type"] in {"bold", "italic"}]
    assert len(styled) <= bool(message.title) + bool(message.hint)
    assert {str(entity["type"]) for entity in found.entities} <= {"bold", "italic", "bot_command", "url"}


@given(plain_messages, long_bodies)
def test_every_part_of_a_long_message_is_taken(message: Message, body: str) -> None:
    whole = Message(message.title, body, message.hint, message.note)
    for part in split_message(whole, LIMIT):
        assert 1 <= utf16_length(shown(part)) <= LIMIT


labels = texts.filter(str.strip)
keys = st.text("abcdefghijklmnopqrstuvwxyz0123456789._", min_size=1, max_size=40)


@given(
    st.lists(st.lists(st.builds(Choice, keys, labels), min_size=1, max_size=4).map(tuple), max_size=8).map(
        tuple
    ),
    st.lists(st.builds(Choice, keys, labels), max_size=4).map(tuple),
    st.integers(0, 10**9),
)
def test_every_button_is_taken_and_keeps_its_words(
    rows: tuple[tuple[Choice, ...], ...], nav: tuple[Choice, ...], turn: int
) -> None:
    message = Message(rows=rows, nav=nav, doors=(Door("evidence", "123456", "Mở", "MC"),))
    keyboard = json.loads(keyboard_of(message, turn))
    assert checked_markup(keyboard) == keyboard
    buttons = [button for row in keyboard["inline_keyboard"] for button in row]
    choices = [*message.choices, *nav]
    assert [button["text"] for button in buttons] == [*(choice.label for choice in choices), "Mở"]
    assert [button["callback_data"] for button in buttons[:-1]] == [f"{turn}:{one.key}" for one in choices]


@pytest.mark.parametrize(
    "words",
    [
        '<b>Nguyễn & Lê</b> &lt; "Mẫu" {{ 7*7 }}',
        "</b></i>]]> <a href='x'> &#60;",
        "👨\u200d👩\u200d👧 𠀋 \u202eexe.pdf\u2066",
        "báo cáo " * 80,
    ],
)
def test_every_screen_is_taken_on_both_kinds_of_platform(words: str) -> None:
    for one in screens(words):
        for part in split_message(one.message, LIMIT):
            assert part.files or 1 <= utf16_length(shown(part)) <= LIMIT, one.by
            if keyboard := keyboard_of(part, 999_999_999):
                checked_markup(json.loads(keyboard))
        for part in split_message(one.message, zalo.CAPABILITIES.text_limit):
            assert part.files or 1 <= utf16_length(screen(part)) <= zalo.CAPABILITIES.text_limit, one.by


def test_nothing_to_press_needs_no_keyboard() -> None:
    assert keyboard_of(Message(body="Chào anh/chị."), 1) == ""
