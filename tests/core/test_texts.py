"""What people read: polite, plain, and short enough for the buttons it stands on."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

import core.texts
from core.campaign_dates import Implausible
from core.dates import DateFault
from core.ladder import LadderProblem
from core.messages import Message
from core.numbers import NumberProblem
from core.refusals import Code, Refusal
from core.texts import refusals
from core.texts.plain import screen
from core.unit_reviews import Gap
from core.vietnamese import shortened
from tests.core.samples import Shown, makers, screens

WORDS = "Kế hoạch cải cách hành chính của khoa Nội năm 2026, bản đã ký và đóng dấu.pdf"
LABEL_LIMIT = 64
DATA_LIMIT = 64
TURN = 999_999_999
DOUBLED = re.compile(r"\S {2,}\S")
FACTS: dict[str, object] = {
    "missing": 3,
    "obstacles": 2,
    "where": "Thi đua 2025, Năm 2025",
    "channel": "zalo",
    "users": 50,
    "files": 2,
    "count": 2,
    "limit": 20,
    "size": 25_000_000,
    "name": "ke-hoach.pdf",
    "problem": NumberProblem.OUT_OF_RANGE,
    "given": "150",
    "unit": "%",
    "low": Decimal(0),
    "high": Decimal(100),
    "slot": "Rõ người",
    "length": 312,
    "person": "Nguyễn Văn Trưởng",
    "deputy": "Trần Thị Lan",
    "plan": "001",
    "moment": False,
    "yearly": True,
    "year": 2027,
    "ladder": LadderProblem.TOO_MANY,
    "fault": DateFault.WRONG_WEEKDAY,
    "actual": date(2026, 12, 14),
    "timed": True,
    "works": True,
    "day": date(2026, 12, 14),
    "other": date(2026, 12, 15),
    "first": 2026,
    "last": 2100,
    "why": Implausible.OUTSIDE,
    "years": "2025-2027",
    "most": 30,
    "left": 2,
    "unmarked": 3,
    "unclear": 1,
    "gaps": tuple(Gap)[:5],
    "names": ("Trần Thị Lan", "Lê Văn Hai"),
    "at": datetime(2026, 12, 14, 7, 30, tzinfo=UTC),
}


def vietnamese(text: str) -> bool:
    """Whether a text has letters that only Vietnamese writes, as every sentence of some length has."""
    return any(letter in "ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ" for letter in text.lower())


@pytest.fixture(scope="module")
def shown() -> list[Shown]:
    return list(screens(WORDS))


def told(message: Message) -> Iterator[str]:
    yield from (message.title, message.body, message.hint, message.note)
    yield from (choice.label for choice in message.choices)
    yield from (door.label for door in message.doors)


def test_every_screen_is_made(shown: list[Shown]) -> None:
    assert {one.by for one in shown} == set(makers())
    assert len(makers()) > 30


def test_labels_fit_their_buttons(shown: list[Shown]) -> None:
    long = {
        (one.by, label)
        for one in shown
        for label in (
            *(choice.label for choice in (*one.message.choices, *one.message.nav)),
            *(door.label for door in one.message.doors),
        )
        if not label.strip() or len(label) > LABEL_LIMIT
    }
    assert not long


def test_what_a_button_carries_fits(shown: list[Shown]) -> None:
    carried = {f"{TURN}:{choice.key}" for one in shown for choice in (*one.message.choices, *one.message.nav)}
    carried |= {f"door:{door.dialogue}:{door.subject or TURN}" for one in shown for door in one.message.doors}
    assert all(data.isascii() and len(data) <= DATA_LIMIT for data in carried)


def test_no_two_choices_of_a_screen_are_the_same(shown: list[Shown]) -> None:
    for one in shown:
        keys = [choice.key for choice in one.message.choices]
        assert len(set(keys)) == len(keys), (one.by, keys)


def test_a_grave_choice_has_a_word_to_type(shown: list[Shown]) -> None:
    graves = [choice for one in shown for choice in one.message.choices if choice.grave]
    assert graves
    assert all(choice.word.isascii() and choice.word.isupper() for choice in graves)


def test_nobody_shouts_and_no_space_is_doubled(shown: list[Shown]) -> None:
    for one in shown:
        for text in told(one.message):
            assert "!" not in text, one.by
            assert not DOUBLED.search(text), (one.by, text)
            assert text == text.strip(), (one.by, text)


def test_every_screen_is_vietnamese(shown: list[Shown]) -> None:
    for one in shown:
        assert vietnamese(one.message.title + one.message.body), one.by


def test_nothing_is_left_to_fill_in(shown: list[Shown]) -> None:
    for one in shown:
        text = screen(one.message)
        assert "None" not in text, one.by
        assert not re.search(r"\{\w*\}|<\w+ object|\(\)|«»", text), (one.by, text)


@pytest.mark.parametrize("code", list(Code))
def test_every_refusal_says_what_happened(code: Code) -> None:
    sentence = refusals.sentence(Refusal(code, **FACTS))
    assert vietnamese(sentence)
    assert "!" not in sentence
    assert not DOUBLED.search(sentence)
    assert sentence.endswith(".")
    assert 20 <= len(sentence) <= 300


def test_constants_are_without_doubled_spaces_and_ends() -> None:
    for info in pkgutil.iter_modules(core.texts.__path__):
        module = importlib.import_module(f"core.texts.{info.name}")
        for name, value in vars(module).items():
            if isinstance(value, str) and name.isupper() and not name.startswith("_"):
                assert not DOUBLED.search(value), (info.name, name)


@pytest.mark.parametrize(
    ("text", "limit", "kept"),
    [
        ("Khoa Nội", 8, "Khoa Nội"),
        ("Khoa Nội tổng hợp", 12, "Khoa Nội…"),
        ("Khoa Nội, Ngoại", 12, "Khoa Nội…"),
        ("quyết-định-rất-dài", 10, "quyết-địn…"),
    ],
)
def test_a_label_too_long_is_cut_after_a_word(text: str, limit: int, kept: str) -> None:
    assert shortened(text, limit) == kept
    assert len(shortened(text, limit)) <= limit
