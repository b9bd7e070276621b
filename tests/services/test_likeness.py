"""What nominees have in common is found: files, pictures that were sent anew, words hardly changed."""

import io

from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from bot.inspection.checked import look_in
from bot.inspection.images import check
from core.evidence import FileKind, FileLimits
from core.likeness import ALIKE, NEAR, distance, share_in_common, shingles

WORDS = st.lists(
    st.sampled_from(["một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"]),
    min_size=12,
    max_size=60,
)


def scene(size: tuple[int, int], quality: int, *, other: bool = False) -> bytes:
    """A drawn notice board, as a photo of that size and quality."""
    image = Image.new("RGB", (640, 480), "white")
    pen = ImageDraw.Draw(image)
    for place in range(12):
        left, top = (place * 97) % 560, (place * 61 if not other else place * 137) % 420
        pen.rectangle((left, top, left + 70, top + 50), fill=(place * 20, 90, 255 - place * 20))
    out = io.BytesIO()
    image.resize(size).save(out, "JPEG", quality=quality)
    return out.getvalue()


def test_a_picture_sent_anew_is_the_same_picture() -> None:
    def look(data: bytes) -> tuple[int, int, int, int]:
        found = look_in(check(data, FileKind.JPEG, FileLimits()).facts)
        assert found is not None
        return found

    whole = look(scene((1280, 960), 95))
    assert distance(whole, look(scene((800, 600), 60))) <= NEAR
    assert distance(whole, look(scene((1280, 960), 95, other=True))) > NEAR


@given(WORDS)
def test_words_are_compared_without_marks_and_punctuation(words: list[str]) -> None:
    text = " ".join(words)
    changed = ", ".join(words).upper() + "."
    assert share_in_common(shingles(text), shingles(changed)) == 100
    assert share_in_common(shingles(text), shingles("")) == 0


@given(WORDS, WORDS)
def test_likeness_is_mutual_and_within_bounds(one: list[str], other: list[str]) -> None:
    left, right = shingles(" ".join(one)), shingles(" ".join(other))
    assert share_in_common(left, right) == share_in_common(right, left)
    assert 0 <= share_in_common(left, right) <= 100


def test_a_word_changed_in_a_long_text_is_still_the_same_text() -> None:
    text = "Tổ đã sắp xếp lại quầy tiếp đón, phát số thứ tự tự động và bố trí người hướng dẫn từ sáu giờ sáng"
    assert share_in_common(shingles(text), shingles(text.replace("sáu", "bảy"))) >= ALIKE
    assert shingles("Đã làm tốt.") == frozenset()
