"""Codes as they are made up and typed, and messages that give one away."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from core import joining
from core.joining import CODE, CODE_IN_LINK
from core.messages import Message

AT = datetime(2026, 11, 23, 1, 5, tzinfo=UTC)
KEYS = st.binary(min_size=32, max_size=32)


@given(KEYS, st.integers(1, 10**9))
def test_a_code_is_known_however_it_is_typed(key: bytes, number: int) -> None:
    code = joining.code_of(key, joining.way_in(number, AT))
    assert len(code) == joining.LENGTH
    shown = joining.grouped(code)
    for typed in (
        shown,
        shown.lower(),
        f"lienket {shown}",
        f"Liên kết: {code}",
        f"https://t.me/bot?start={code}",
    ):
        assert joining.may_be_code(typed)
        assert joining.normal(typed) == code


@given(KEYS, st.integers(1, 10**9), st.integers(1, 10**6))
def test_nobody_has_anothers_code(key: bytes, number: int, later: int) -> None:
    ways = {
        joining.way_in(number, AT),
        joining.way_in(number + 1, AT),
        joining.way_in(number, AT + timedelta(microseconds=later)),
    }
    assert len({joining.code_of(key, way) for way in ways}) == 3


@given(KEYS)
def test_the_code_is_written_as_the_message_leaves(key: bytes) -> None:
    way = joining.way_in(7, AT)
    message = Message(body=f"{CODE} {CODE_IN_LINK}", way_in=way)
    stored = Message.from_json(message.to_json())
    code = joining.code_of(key, way)
    assert stored == message
    assert code not in message.to_json()
    assert joining.written(stored, key) == Message(body=f"{joining.grouped(code)} {code}")
    assert joining.written(Message(body=CODE), key) == Message(body=CODE)


@given(st.text(max_size=60))
def test_whatever_is_typed_is_read(text: str) -> None:
    joining.may_be_code(text)
    joining.normal(text)
