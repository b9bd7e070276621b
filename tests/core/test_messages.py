"""Messages: cut into parts that fit, stored and read back, numbered where there are no buttons."""

from itertools import chain, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.messages import (
    Choice,
    Door,
    FileOut,
    Message,
    Numbering,
    numbered,
    split_files,
    split_message,
    utf16_length,
)
from core.texts.plain import screen

LIMITS = (1000, 2000, 4096, 10_000)

# Letters that tend to break things: two UTF-16 units, marks, joiners, other spaces, both directions,
# letters that grow when capitalised, and markup.
AWKWARD = "a ß ŉ\n\n \t\u00a0\u200b\u202e\u2028đặ\u0301👨\u200d👩\u200d👧🇻🇳𝔘𠀋<b>&amp;{{}}]]>\\\x00\x07"
letters = st.sampled_from(AWKWARD) | st.characters()
lines = st.text(letters, max_size=60)
keys = st.text("abcdefghijklmnopqrstuvwxyz0123456789._", min_size=1, max_size=30)
bodies = st.lists(st.tuples(lines, st.integers(1, 400)), max_size=4).map(
    lambda pieces: "".join(piece * count for piece, count in pieces)
)
choices = st.builds(Choice, key=keys, label=lines, grave=st.booleans(), word=st.text(letters, max_size=20))
doors = st.builds(
    Door, dialogue=keys, subject=keys, label=lines, word=st.text("ABCDEFGH", min_size=1, max_size=8)
)
files = st.builds(
    FileOut,
    sha256=st.text("0123456789abcdef", max_size=64),
    name=lines,
    mime=lines,
    photo=st.booleans(),
)
messages = st.builds(
    Message,
    title=lines,
    body=bodies,
    hint=lines,
    note=lines,
    rows=st.lists(st.lists(choices, min_size=1, max_size=2).map(tuple), max_size=3).map(tuple),
    nav=st.lists(choices, max_size=2).map(tuple),
    doors=st.lists(doors, max_size=2).map(tuple),
    files=st.lists(files, max_size=2).map(tuple),
    numbering=st.sampled_from(Numbering),
)


def follow_one_another(parts: list[str], text: str) -> bool:
    """Whether the parts stand in the text in this order with nothing but space around them."""
    at = 0
    for part in parts:
        found = text.find(part.strip(), at)
        if found < 0 or text[at:found].strip():
            return False
        at = found + len(part.strip())
    return not text[at:].strip()


@pytest.mark.parametrize(
    ("text", "limit", "parts"),
    [
        ("một hai ba\nbốn năm\n\nsáu bảy tám chín", 30, ["một hai ba\nbốn năm", "sáu bảy tám chín"]),
        ("một hai ba\nbốn năm\n\nsáu bảy tám chín", 16, ["một hai ba", "bốn năm", "sáu bảy tám chín"]),
        ("sáu bảy tám", 8, ["sáu bảy", "tám"]),
        ("không-có-chỗ-ngắt", 6, ["không-", "có-chỗ", "-ngắt"]),
        ("👍👍👍", 4, ["👍👍", "👍"]),
    ],
)
def test_text_is_cut_where_a_reader_would(text: str, limit: int, parts: list[str]) -> None:
    told = split_message(Message(title="", body=text), limit)
    assert [one.body for one in told if one.body] == parts


@given(message=messages, limit=st.sampled_from(LIMITS))
def test_a_message_is_cut_into_parts_that_fit_a_platform_without_buttons(
    message: Message, limit: int
) -> None:
    for part in split_message(message, limit):
        assert utf16_length(screen(part)) <= limit


@given(message=messages, limit=st.sampled_from(LIMITS))
def test_choices_stay_whole_on_the_last_part_and_files_come_after(message: Message, limit: int) -> None:
    parts = split_message(message, limit)
    told = parts[: len(parts) - len(message.files)]
    assert [part.files for part in parts[len(told) :]] == [(file,) for file in message.files]
    *earlier, last = told
    assert all(not (part.rows or part.nav or part.doors or part.files) for part in earlier)
    assert (last.rows, last.nav, last.doors) == (message.rows, message.nav, message.doors)
    assert last.numbering is message.numbering
    assert follow_one_another(list(chain(*map(told_by, told))), "\n".join(told_by(message)))


@given(files=st.lists(files, max_size=35).map(tuple), album=st.integers(2, 10))
def test_files_go_together_with_their_like_in_their_order(files: tuple[FileOut, ...], album: int) -> None:
    told, *parts = split_message(Message(body="Mời xem.", files=files), 2000, album)
    assert told == Message(body="Mời xem.")
    for part in parts:
        assert part == Message(files=part.files)
        assert 1 <= len(part.files) <= album
        assert len({file.photo for file in part.files}) == 1
    alike = [file for file in files if file.photo] + [file for file in files if not file.photo]
    assert [file for part in parts for file in part.files] == alike
    full = sum(-(-sum(file.photo is kind for file in files) // album) for kind in (True, False))
    assert len(parts) == full


@given(sizes=st.lists(st.integers(0, 60), max_size=20), album=st.integers(2, 10), most=st.integers(1, 50))
def test_what_goes_together_is_not_too_heavy(sizes: list[int], album: int, most: int) -> None:
    files = tuple(FileOut("0" * 64, f"{place}.pdf", "", size=size) for place, size in enumerate(sizes))
    parts = [part.files for part in split_files(files, album, most)]
    assert tuple(file for part in parts for file in part) == files
    for part in parts:
        assert len(part) <= album
        assert len(part) == 1 or sum(file.size for file in part) <= most
    for one, following in pairwise(parts):
        full = len(one) == album or sum(file.size for file in (*one, following[0])) > most
        assert full


def told_by(message: Message) -> tuple[str, ...]:
    return message.note, message.title, message.body, message.hint


@pytest.mark.parametrize(("count", "length"), [(10, 60), (20, 60), (25, 60)])
def test_a_long_menu_stands_alone_and_no_message_is_sent_half_empty(count: int, length: int) -> None:
    message = Message(
        title="t" * 250,
        body="một hai ba bốn " * 200,
        hint="h" * 250,
        note="n" * 250,
        rows=tuple((Choice("key", "c" * length),) for _ in range(count)),
    )
    parts = split_message(message, 2000)
    assert all(utf16_length(screen(part)) <= 2000 for part in parts)
    assert len(parts) == 3
    assert parts[-1].rows == message.rows


@pytest.mark.parametrize("field", ["title", "note", "hint"])
def test_a_long_title_note_or_hint_is_cut_too(field: str) -> None:
    long = "một hai ba bốn " * 400
    message = Message(
        title=long if field == "title" else "Tiêu đề",
        body="Nội dung",
        hint=long if field == "hint" else "Gợi ý",
        note=long if field == "note" else "",
    )
    parts = split_message(message, 2000)
    assert all(utf16_length(screen(part)) <= 2000 for part in parts)
    assert sum(screen(part).count("bốn") + screen(part).count("BỐN") for part in parts) == 400


@given(messages)
def test_what_is_stored_is_read_back(message: Message) -> None:
    assert Message.from_json(message.to_json()) == message


def test_an_old_row_without_newer_fields_is_read() -> None:
    assert Message.from_json('{"body":"Chào anh/chị."}') == Message(body="Chào anh/chị.")


@given(st.lists(choices, max_size=26).map(tuple), st.sampled_from(Numbering))
def test_every_choice_that_may_be_numbered_has_a_mark_of_its_own(
    row: tuple[Choice, ...], numbering: Numbering
) -> None:
    marked = numbered(Message(rows=(row,), numbering=numbering))
    assert [choice for choice, _mark in marked] == [choice for choice in row if not choice.grave]
    marks = [mark for _choice, mark in marked]
    assert len(set(marks)) == len(marks)
    assert all(mark.isdigit() is (numbering is Numbering.DIGITS) and mark for mark in marks)


def test_a_screen_without_buttons_numbers_choices_and_spells_out_grave_ones() -> None:
    message = Message(
        title="Ký xác nhận",
        body="Anh/chị xem lại.",
        hint="Gợi ý",
        note="Đã lưu.",
        rows=((Choice("review", "Xem lại"),), (Choice("sign", "Ký", grave=True, word="KY"),)),
        nav=(Choice(".back", "Quay lại"),),
        doors=(Door("evidence", "12", "Mở minh chứng", "MC"),),
    )
    assert screen(message).splitlines() == [
        "Đã lưu.",
        "",
        "KÝ XÁC NHẬN",
        "─" * 12,
        "",
        "Anh/chị xem lại.",
        "",
        "Gợi ý",
        "",
        "1. Xem lại",
        "Gõ «KY» để: Ký",
        "",
        "Soạn MC 12: Mở minh chứng",
        "",
        "0. Quay lại",
    ]


def test_a_line_that_tells_a_choice_in_full_is_told_with_it() -> None:
    cut = "Báo cáo kết quả cải cách hành chính…"
    message = Message(
        body="Nộp\nBáo cáo kết quả cải cách hành chính năm 2026 · còn 3 ngày\nGửi cho: mọi người.",
        rows=((Choice("one.1", cut),), (Choice("send", "Gửi…"),), (Choice("hand_in", "Nộp"),)),
    )
    assert screen(message).splitlines() == [
        "Gửi cho: mọi người.",
        "",
        "1. Báo cáo kết quả cải cách hành chính năm 2026 · còn 3 ngày",
        "2. Gửi…",
        "3. Nộp",
    ]
