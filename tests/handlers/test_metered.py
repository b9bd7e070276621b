"""Where each message counts: several answers in one, nothing twice, and numbers that count once."""

import json
from collections import Counter
from datetime import timedelta

import pytest

from core.messages import utf16_length
from core.texts import desk as texts
from db.models import Answer, EvidenceUse, OutboxRow
from services.conversations import MARKS_LIFE
from tests.chat import Chat, Town, a_photo

TOLD = "Đã thực hiện đầy đủ các nhiệm vụ được giao, có báo cáo kèm theo."
CLEAR = """\
Rõ người: điều dưỡng trưởng
Rõ việc: rà soát thủ tục ra viện
Rõ thời gian: trước ngày 30/11
Rõ trách nhiệm: trưởng khoa
Rõ sản phẩm: quy trình ra viện mới
Rõ thẩm quyền: Giám đốc phê duyệt"""
#: Messages of a whole self-assessment of 32 criteria, in both directions, from «menu» to the receipt.
MOST_MESSAGES = 40


async def answers_what_is_asked(lan: Chat) -> None:
    """One message for whatever the screen asks."""
    screen = lan.sees
    if "DE SAU" in screen:
        lines = []
        for number in range(1, 6):
            item = screen.partition(f"\n{number}. 004-")[2].partition("\n\n")[0]
            if "Nhắn «" in item:
                lines.append(f"{number}: {'100' if '%»' in item or '3»' in item else TOLD}")
            elif item:
                lines.append(f"{number}A")
        await lan.says("\n".join(lines))
    elif "6 rõ" in screen:
        await lan.says(CLEAR)
    elif "Nhắn một con số" in screen:
        await lan.says("100")
    elif "Chọn một mức" in screen or "Chọn Có hoặc Không" in screen:
        await lan.taps("Không áp dụng với tôi")
    else:
        await lan.says(TOLD)


async def test_a_whole_self_assessment_costs_few_messages(metered_town: Town) -> None:
    """Cả bản tự đánh giá 32 tiêu chí trên kênh tính từng tin."""
    lan = await metered_town.joined("Trần Thị Lan")
    for said in ("menu", "1", "1"):
        await lan.says(said)
    for _ in range(20):
        if "XEM LẠI" in lan.sees:
            break
        await answers_what_is_asked(lan)
    assert "32/32" in lan.sees
    await lan.taps("Ký xác nhận…")
    await lan.says("ky")
    assert "biên nhận" in lan.screen.casefold()
    sent = await metered_town.rows(OutboxRow)
    heard = sum(line.startswith("▶") for line in metered_town.transcript)
    assert len(sent) + heard <= MOST_MESSAGES
    assert all(utf16_length(str(one)) <= 2000 for one in lan.surface.bubbles(lan.id))
    assert Counter(one.outcome for one in await metered_town.rows(Answer)).total() == 32


async def at_several(town: Town) -> Chat:
    """Lan at her first screen of five criteria."""
    lan = await town.joined("Trần Thị Lan")
    for said in ("menu", "1", "1"):
        await lan.says(said)
    assert "5 TIÊU CHÍ" in lan.sees
    return lan


async def test_what_is_read_is_kept_and_the_rest_named(metered_town: Town) -> None:
    lan = await at_several(metered_town)
    await lan.says(f"1: {TOLD}\n3=98 4a 4z 7B")
    assert "004-a1: Chờ xem xét." in lan.sees
    assert "004-b1: 98 % không đạt «đúng 100 %»" in lan.sees
    assert "Chưa hiểu: «7B», «4z»." in lan.sees or "Chưa hiểu: «4z», «7B»." in lan.sees
    assert "004-b2: Không áp dụng." in lan.sees
    kept = {one.criterion: json.loads(one.given) for one in await metered_town.rows(Answer)}
    assert set(kept) == {"004-a1", "004-b1", "004-b2"}
    assert kept["004-b2"] == {"not_applicable": "Không thuộc nhiệm vụ của tôi"}


async def test_a_figure_that_cannot_be_undoes_its_message(metered_town: Town) -> None:
    lan = await at_several(metered_town)
    await lan.says("1A 3=250")
    assert "nằm ngoài mức có thể có" in lan.sees
    assert "5 TIÊU CHÍ" in lan.sees
    assert await metered_town.rows(Answer) == []


async def test_one_criterion_by_its_code_and_put_off_by_a_word(metered_town: Town) -> None:
    lan = await at_several(metered_town)
    await lan.says("de sau")
    assert "Đã để sau" in lan.sees
    await lan.says("b2")
    assert "«" in lan.sees
    assert "004-b2" in lan.sees
    await lan.says(TOLD)
    assert "004-b2: Chờ xem xét." in lan.sees
    assert len(await metered_town.rows(Answer)) == 1


async def types_at_once(lan: Chat, *said: str) -> None:
    """Several messages before the house answers the first."""

    def act() -> None:
        for one in said:
            lan.surface.says(lan.id, one)

    await lan.town.hears(lan, " | ".join(said), act)


async def test_a_number_sent_before_its_screen_arrived_does_nothing(numbers_town: Town) -> None:
    lan = await numbers_town.joined("Trần Thị Lan")
    await lan.says("menu")
    await types_at_once(lan, "5", "1")
    assert texts.marks_earlier("1") in lan.sees
    assert "THI ĐUA CCHC" in lan.screen.upper()
    await lan.says("1")
    assert texts.marks_earlier("1") not in lan.sees


async def test_the_same_sent_twice_costs_nothing(metered_town: Town) -> None:
    lan = await at_several(metered_town)
    await types_at_once(lan, f"1: {TOLD}", f"1: {TOLD}")
    assert lan.bubbles_seen == 1
    assert len(await metered_town.rows(Answer)) == 1


async def test_letters_sent_before_their_screen_arrived_are_not_kept(metered_town: Town) -> None:
    lan = await at_several(metered_town)
    await types_at_once(lan, "1A 2A 3A 4A 5A", "1A 2A")
    assert "được gửi trước khi màn hình dưới đây tới" in lan.sees
    assert len(await metered_town.rows(Answer)) == 5


async def test_the_numbers_of_yesterday_do_nothing_and_words_still_count(numbers_town: Town) -> None:
    lan = await numbers_town.joined("Trần Thị Lan")
    await lan.says("menu")
    await numbers_town.time_passes(hours=MARKS_LIFE / timedelta(hours=1) + 1)
    await lan.says("4")
    assert texts.MARKS_OLD in lan.sees
    assert "VIỆC CỦA TÔI" in lan.sees
    await numbers_town.time_passes(hours=MARKS_LIFE / timedelta(hours=1) + 1)
    await lan.says("ke hoach")
    assert "THI ĐUA CCHC" in lan.sees


@pytest.mark.parametrize("typed", ["nop12", "Nộp 12", "NOP 12.", "soạn nop 12", "«NOP 12»", "nộp12"])
async def test_the_keyword_of_a_notice_however_it_is_typed(numbers_town: Town, typed: str) -> None:
    lan = await numbers_town.joined("Trần Thị Lan")
    await lan.says("menu")
    await lan.says(typed)
    assert texts.NOT_UNDERSTOOD not in lan.sees


async def test_a_photo_right_behind_an_answer_proves_that_answer(metered_town: Town) -> None:
    """Where the card has gone on by itself, what follows at once still belongs to the one before."""
    lan = await metered_town.joined("Trần Thị Lan")
    await metered_town.answers(lan, but=("004-c1", "004-c2"))
    for said in ("menu", "1", "c2"):
        await lan.says(said)

    def act() -> None:
        lan.surface.says(lan.id, "95")
        for shade in (1, 2):
            lan.surface.sends(lan.id, [("", "image/jpeg", a_photo(shade))], "", "")

    await lan.town.hears(lan, "95 (ảnh) (ảnh)", act, pause=True)
    assert "TIÊU CHÍ 7/32" in lan.sees
    assert "TIÊU CHÍ 8/32" in lan.screen
    assert "Minh chứng (2)" in lan.screen
    assert {one.criterion for one in await metered_town.rows(EvidenceUse)} == {"004-c2"}
