"""What people type, read as parts of an announcement."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.announcement_content import ANSWER_LIMIT, MOST_ANSWERS, QUESTION_LIMIT, TITLE_LIMIT, Content
from core.announcement_writing import answers, asked, begun, has_words_of
from core.refusals import Code, Refusal
from core.vietnamese import clean_letter


def test_a_short_first_line_is_the_title() -> None:
    assert begun("Họp\n\nĐúng 08:00.\nĐến đủ.") == Content(title="Họp", body="Đúng 08:00.\nĐến đủ.")


def test_one_line_alone_is_the_words() -> None:
    assert begun("Đúng 08:00 họp toàn cơ quan.") == Content(body="Đúng 08:00 họp toàn cơ quan.")


def test_a_long_first_line_is_no_title() -> None:
    text = "a" * (TITLE_LIMIT + 1) + "\nb"
    assert begun(text) == Content(body=text)


@given(st.text(max_size=400))
def test_nothing_but_space_is_lost(text: str) -> None:
    content = begun(text)
    assert "".join(f"{content.title}{content.body}".split()) == "".join(text.split())


@given(st.text(max_size=400))
def test_whatever_began_a_draft_is_in_its_words(text: str) -> None:
    content = begun(text)
    kept = Content(body=clean_letter(content.body, 12_000))
    assert has_words_of(kept, text)


@given(st.text(alphabet="ab \n\u200b\u202e\t", max_size=60), st.integers(1, 60))
def test_a_letter_has_no_two_empty_lines_and_is_clean(text: str, limit: int) -> None:
    letter = clean_letter(text, limit)
    assert len(letter) <= limit
    assert "\n\n\n" not in letter
    assert not set(letter) & {"\u200b", "\u202e", "\t"}
    assert clean_letter(letter, limit) == letter


def test_a_paragraph_stays_one() -> None:
    assert clean_letter("\n\nMột\n\n\n\nHai\nBa\n\n", 100) == "Một\n\nHai\nBa"


def test_a_question_may_come_with_its_answers() -> None:
    typed = asked("Họp ở đâu?\n Hội trường \n\nPhòng 5")
    assert (typed.words, typed.answers) == ("Họp ở đâu?", ("Hội trường", "Phòng 5"))
    assert asked("Họp ở đâu?").answers == ()
    assert asked(" \n ").words == ""


@pytest.mark.parametrize(
    "text", ["", "một", "một\nmột", "\n".join(str(number) for number in range(MOST_ANSWERS + 1))]
)
def test_too_few_or_too_many_answers(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        answers(text)
    assert refused.value.code is Code.ANNOUNCEMENT_QUESTION


def test_words_that_are_too_long_are_refused_and_not_cut() -> None:
    for typed in ("a" * (QUESTION_LIMIT + 1), "Họp?\na\n" + "b" * (ANSWER_LIMIT + 1)):
        with pytest.raises(Refusal) as refused:
            asked(typed)
        assert refused.value.code is Code.TEXT_TOO_LONG
