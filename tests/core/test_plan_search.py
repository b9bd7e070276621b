"""Whatever word of a clause is typed, however it is typed, finds that clause."""

import unicodedata
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.calendar import WorkCalendar
from core.plan import Passage, Reckoning, Section, passages, place_of, sections
from core.plan_search import ABBREVIATIONS, Text, search
from core.texts import plan as texts
from core.vietnamese import fold, words_only
from tests.core.samples import plan

YEAR = 2026
#: Words of a sentence that is unlike any other.
ENOUGH = 7


@cache
def read() -> tuple[Passage, ...]:
    return passages(plan())


@cache
def searched() -> tuple[Text, ...]:
    return texts.searched(plan(), read(), Reckoning(YEAR, WorkCalendar(), {}))


def found(words: str) -> list[str]:
    """The codes of what was found, the best first."""
    return [read()[hit.place].code for hit in search(searched(), words)]


def as_typed(word: str, how: str) -> str:
    return {
        "as it is": word,
        "bare": fold(word),
        "shouted": word.upper(),
        "shouted bare": fold(word).upper(),
        "d for đ": word.replace("đ", "d").replace("Đ", "D"),
        "decomposed": unicodedata.normalize("NFD", word),
    }[how]


HOWS = ("as it is", "bare", "shouted", "shouted bare", "d for đ", "decomposed")
WORDS = [
    (place, word)
    for place, one in enumerate(read())
    for word in f"{one.quote} {one.label} {one.code}".split()
    if words_only(word)
]


@given(st.sampled_from(WORDS), st.sampled_from(HOWS))
def test_any_word_of_a_clause_finds_it(chosen: tuple[int, str], how: str) -> None:
    place, word = chosen
    assert place in [hit.place for hit in search(searched(), as_typed(word, how))]


@given(st.sampled_from(range(len(read()))), st.sampled_from(HOWS))
def test_its_own_words_find_a_clause_before_others(place: int, how: str) -> None:
    quote = read()[place].quote
    hits = [hit.place for hit in search(searched(), as_typed(quote, how))]
    assert place in hits
    assert len(quote.split()) < ENOUGH or place in hits[:2]


@given(st.text(max_size=40))
def test_anything_may_be_typed(words: str) -> None:
    for hit in search(searched(), words):
        assert 0 <= hit.place < len(read())
        assert hit.excerpt


@pytest.mark.parametrize("words", ["", " ", "?!…", "«»", "\u200b"])
def test_nothing_typed_finds_nothing(words: str) -> None:
    assert search(searched(), words) == ()


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("004-c3", "004-c3"),
        ("004-C3", "004-c3"),
        ("c3", "004-c3"),
        ("004-đ1", "004-đ1"),
        ("004-d1", "004-d1"),
        ("muc do hai long", "004-c3"),
        ("dich vu cong truc tuyen", "004-k2"),
        ("DVCTT", "004-k2"),
        ("nộp hồ sơ khi nào", "004-D1"),
        ("6 rõ", "004-a2"),
        ("báo cáo", "004-V.6"),
        ("bao cao", "004-V.6"),
        ("BADT", "004-g3"),
    ],
)
def test_what_people_ask_for_comes_first(words: str, first: str) -> None:
    assert found(words)[0] == first


@pytest.mark.parametrize(
    "words", ["nop bao cao", "gui bao cao", "khi nao nop bao cao", "bao giờ nộp báo cáo"]
)
def test_a_report_is_found_however_it_is_handed_in(words: str) -> None:
    assert {"004-D2", "004-V.6.1"} <= set(found(words)[:6])


@pytest.mark.parametrize(
    ("quote", "words", "shown"),
    [
        ("Các cơ sở dữ liệu và hồ sơ của Sở", "ho so", "Các cơ sở dữ liệu và [hồ sơ] của Sở"),
        ("Nâng cao chất lượng, báo cáo kết quả", "báo cáo", "Nâng cao chất lượng, [báo cáo] kết quả"),
        ("Nâng cao chất lượng, báo cáo kết quả", "bao cao", "Nâng cao chất lượng, [báo cáo] kết quả"),
        ("Thủ tục hành chính; hành động", "TTHC", "[Thủ tục hành chính]; hành động"),
    ],
)
def test_only_what_was_asked_for_is_marked(quote: str, words: str, shown: str) -> None:
    assert [hit.excerpt for hit in search([Text("1", "", quote)], words)] == [shown]


def test_a_sign_alone_finds_the_percentages() -> None:
    said = [Text("1", "", "đạt trên 90 % hồ sơ, 99,5%"), Text("2", "", "không có hồ sơ trễ")]
    assert [(hit.place, hit.excerpt) for hit in search(said, "%")] == [(0, "đạt trên [90 %] hồ sơ, [99,5%]")]


def test_what_the_plan_calls_otherwise_is_found() -> None:
    money = [Text("1", "", "Mức thưởng theo quy định"), Text("2", "", "Hồ sơ gửi về Sở")]
    assert [hit.place for hit in search(money, "tien thuong")] == [0]
    awards = [Text("1", "", "Khen thưởng tập thể"), Text("2", "", "Hồ sơ gửi về Sở")]
    assert [hit.place for hit in search(awards, "tiền thưởng")] == [0]


def test_initials_of_what_the_plan_spells_out() -> None:
    said = [Text("1", "", "Nền tảng quản lý sức khỏe công dân"), Text("2", "", "Khác")]
    assert [hit.excerpt for hit in search(said, "QLSK")] == ["Nền tảng [quản lý sức khỏe] công dân"]


@pytest.mark.parametrize("short", ["TTHC", "tthc", "CĐS", "cds", "TĐKT", "CCHC", "CSDL"])
def test_an_abbreviation_finds_what_it_stands_for(short: str) -> None:
    spelt_out = ABBREVIATIONS[fold(short)]
    holding = {one.code for one in read() if f" {spelt_out} " in f" {words_only(one.quote)} "}
    assert holding <= set(found(short))
    assert holding


def test_what_is_spelt_out_finds_an_abbreviation() -> None:
    hits = search([Text("1", "", "Công khai TTHC tại khoa")], "thủ tục hành chính")
    assert [hit.excerpt for hit in hits] == ["Công khai [TTHC] tại khoa"]


@pytest.mark.parametrize(
    "words", ["xe đưa đón hội nghị", "ăn trưa ở đâu", "đi du lịch cuối năm", "mật khẩu wifi"]
)
def test_what_is_not_there_is_not_found(words: str) -> None:
    assert found(words) == []


def test_a_day_finds_its_deadline() -> None:
    due = [Text("004-D1", "", "trước ngày 15/12 hằng năm"), Text("004-M1", "", "ngày 12 và 15 bản")]
    assert next(hit.place for hit in search(due, "trước 15/12")) == 0


def test_the_excerpt_is_of_whole_words_around_what_was_found() -> None:
    long = " ".join(f"từ{number}" for number in range(200))
    (hit,) = search([Text("1", "", long)], "từ150")
    assert "[từ150]" in hit.excerpt
    assert hit.excerpt.startswith("…")
    assert hit.excerpt.endswith("…")
    assert len(hit.excerpt) < 200
    assert set(hit.excerpt.strip("…").replace("[", "").replace("]", "").split()) <= set(long.split())


def test_every_clause_of_the_plan_can_be_read() -> None:
    codes = {one.code for one in read()}
    assert {clause.code for clause in plan().clauses()} <= codes
    assert {one.code for one in plan().criteria()} <= codes
    assert set(sections(read())) == set(Section) - {
        Section.STANDARDS,
        Section.CONDITIONS,
        Section.DOSSIER,
        Section.FEEDBACK,
    }


def test_a_criterion_is_found_by_its_key() -> None:
    for one in plan().criteria():
        assert read()[place_of(read(), one.key)].about == one
    assert place_of(read(), "zz9") == -1
