"""What a typed text means: numbers, letters, labels and words, with and without diacritics."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.messages import Choice, Message, Numbering, numbered
from core.texts.desk import BACK, CANCEL, HELP, MENU, NAV, NAV_WORDS
from core.vietnamese import fold, words_only, words_spelt
from handlers.recognise import Chosen, Said, interpret

LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ"
KNOWN = {word for words in NAV_WORDS.values() for word in words}
labels = st.text(LETTERS + LETTERS.upper() + " 0123456789▫️✅()«»/·", min_size=2, max_size=30).filter(
    lambda label: len(words_only(label)) > 3 and words_only(label) not in KNOWN
)


@st.composite
def screens(draw: st.DrawFn) -> Message:
    """A screen with choices whose words differ, some of them grave."""
    told = draw(st.lists(labels, min_size=1, max_size=20, unique_by=words_only))
    choices = [Choice(f"k{place}", label) for place, label in enumerate(told)]
    graves = draw(st.sets(st.integers(0, len(told) - 1), max_size=2))
    for place in graves:
        choices[place] = Choice(f"k{place}", told[place], grave=True, word=f"CHAC CHAN {place}")
    numbering = draw(st.sampled_from(Numbering))
    return Message(rows=tuple((choice,) for choice in choices), nav=NAV, numbering=numbering)


@given(screens())
def test_every_choice_is_reached_by_its_mark_and_its_label(screen: Message) -> None:
    for choice, mark in numbered(screen):
        for typed in (mark, mark.lower(), f" {mark}. ", f"{mark})"):
            assert interpret(typed, screen) == Chosen(choice.key)
    for choice in screen.choices:
        for typed in (choice.label, fold(choice.label), choice.label.upper(), f"«{choice.label}»."):
            assert interpret(typed, screen) == Chosen(choice.key)


@given(screens())
def test_a_grave_choice_is_made_by_its_word_and_by_no_mark(screen: Message) -> None:
    graves = {choice.key for choice in screen.choices if choice.grave}
    for mark in (*map(str, range(30)), *string.ascii_letters):
        meaning = interpret(mark, screen)
        assert not (isinstance(meaning, Chosen) and meaning.key in graves)
    for choice in screen.choices:
        if choice.grave:
            assert interpret(choice.word, screen) == Chosen(choice.key)
            assert interpret(f"{choice.word.lower()}.", screen) == Chosen(choice.key)


@given(screens(), st.integers(0, 10_000))
def test_a_number_is_an_answer_where_a_number_is_asked(screen: Message, number: int) -> None:
    meaning = interpret(str(number), screen)
    if screen.numbering is Numbering.LETTERS:
        assert meaning == Said(str(number))
    elif number == 0:
        assert meaning == Chosen(BACK.key)
    else:
        count = len(numbered(screen))
        assert meaning == (
            Chosen(numbered(screen)[number - 1][0].key) if number <= count else Said(str(number))
        )


@given(st.text(max_size=60), screens())
def test_nothing_is_made_up(text: str, screen: Message) -> None:
    match interpret(text, screen):
        case Said(said):
            assert said == text
        case Chosen(key):
            assert key in {choice.key for choice in (*screen.choices, *screen.nav)}
            assert words_only(text)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("Quay lại", BACK.key),
        ("quay lai", BACK.key),
        ("⬅️ Quay lại", BACK.key),
        ("trở lại.", BACK.key),
        ("Hủy", CANCEL.key),
        ("huỷ", CANCEL.key),
        ("hu\u0309y", CANCEL.key),
        ("HUY BO", CANCEL.key),
        ("Thoát", CANCEL.key),
        ("menu", MENU.key),
        ("Việc của tôi", MENU.key),
        ("Trợ giúp", HELP.key),
        ("tro  giup", HELP.key),
        ("huong dan", HELP.key),
    ],
)
def test_the_ways_out_are_understood_everywhere(typed: str, key: str) -> None:
    for numbering in Numbering:
        offered = Message(rows=((Choice("a", "Việc khác"),),), numbering=numbering)
        assert interpret(typed, offered) == Chosen(key)


@pytest.mark.parametrize("typed", ["XINDUYET", "xin duyet", "Xin duyệt.", "XIN  DUYỆT"])
def test_the_word_of_a_grave_choice_is_known_with_and_without_its_spaces(typed: str) -> None:
    for word in ("XINDUYET", "XIN DUYET"):
        screen = Message(rows=((Choice("ask", "Xin duyệt để gửi", grave=True, word=word),),))
        assert interpret(typed, screen) == Chosen("ask")


def test_a_label_spelt_with_its_diacritics_comes_first() -> None:
    screen = Message(rows=((Choice("d1", "▫️ 004-d1"), Choice("dd1", "▫️ 004-đ1")),))
    assert interpret("004-đ1", screen) == Chosen("dd1")
    assert interpret("004-Đ1", screen) == Chosen("dd1")
    assert interpret("004-d1", screen) == Chosen("d1")


@pytest.mark.parametrize("typed", ["-2", "\u22122", "– 2", "+2", ">2", "≥ 2", "~2", "2%", "2 %", "-0", "0%"])
def test_a_figure_with_a_sign_is_no_choice(typed: str) -> None:
    screen = Message(rows=((Choice("a", "Tốt"),), (Choice("b", "Khá"),)), nav=NAV)
    assert interpret(typed, screen) == Said(typed)


@pytest.mark.parametrize("typed", ["2", "2.", "2)", "(2)", "«2»", " 2 ", "2,", "\uff12", "2\ufe0f\u20e3"])
def test_a_bare_number_is_the_choice_however_it_is_dressed(typed: str) -> None:
    screen = Message(rows=((Choice("a", "Tốt"),), (Choice("b", "Khá"),)), nav=NAV)
    assert interpret(typed, screen) == Chosen("b")


def test_zero_goes_back_only_where_it_was_offered() -> None:
    assert interpret("0", Message(nav=NAV)) == Chosen(BACK.key)
    assert interpret("0", Message()) == Said("0")
    assert interpret("0", Message(nav=NAV, numbering=Numbering.LETTERS)) == Said("0")


def test_a_choice_named_like_a_way_out_is_the_choice() -> None:
    assert interpret("menu", Message(rows=((Choice("food", "Menu"),),), nav=NAV)) == Chosen("food")


@given(st.text(LETTERS, min_size=1, max_size=20))
def test_spelling_keeps_what_folding_loses(word: str) -> None:
    assert fold(words_spelt(word)) == words_only(word)
