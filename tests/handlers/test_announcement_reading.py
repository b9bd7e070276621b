"""Reading announcements at its borders: forged doors, presses twice over, old wordings, what never came."""

import pytest

from core.announcement_content import Content, Question
from core.announcements import Audience
from core.refusals import Code, Refusal
from core.roles import Role
from core.texts import announcement_reading as texts
from core.texts import desk, refusals
from db.models import AnnouncementRecipient, InboxRow, JournalRow
from services import (
    announcement_delivery,
    announcement_reading,
    announcement_results,
    announcements,
)
from tests.announcing import leaves
from tests.chat import Chat, Town
from tests.handlers.test_desk import presses
from tests.surfaces import TelegramSurface

NOTICE = Content("Họp giao ban", "Họp lúc 07:30 tại phòng họp 1.", wants_reading=True)
QUESTION = Content("Hạn nộp", "Nộp trước 15/12.", question=Question("Nộp ngày nào?", ("2", "14/12", "3"), 1))
NOT_FOUND = refusals.sentence(Refusal(Code.NOT_FOUND))


async def office_of(town: Town) -> Chat:
    """Whoever announces; no reader themselves."""
    return await town.joined("Phạm Thị Vân", "VP001", (Role.OFFICE,))


async def sent(town: Town, office: Chat, content: Content = NOTICE, *, arrives: bool = True) -> int:
    """An announcement to the staff; it `arrives`, or waits for its hold."""
    async with town.office() as session:
        actor, now = await town.actor(session, office), town.clock.now()
        audience = Audience(roles=frozenset({Role.STAFF}))
        number = await announcements.begin(session, actor, content, now, audience)
        await announcements.send(session, actor, number, now)
    if arrives:
        await arrive(town)
    return number


async def arrive(town: Town) -> None:
    """The hold passes, and what is to leave arrives and is counted."""
    await town.time_passes(seconds=61)
    await town.time_passes(seconds=5)


async def corrected(town: Town, office: Chat, number: int, content: Content) -> None:
    """The office corrects it; nothing has arrived yet."""
    async with town.office() as session:
        actor = await town.actor(session, office)
        await announcement_delivery.correct(session, actor, number, content, "nhầm", town.clock.now())


async def standing(town: Town) -> list[tuple[int | None, int | None]]:
    """The wording that each recipient confirmed, and their answer."""
    return [(one.read_version, one.answer) for one in await town.rows(AnnouncementRecipient)]


async def noted(town: Town) -> list[str]:
    """What the journal tells of readers."""
    kept = {"read_announcement", "answered_announcement"}
    return [one.verb for one in await town.rows(JournalRow) if one.verb in kept]


@pytest.mark.parametrize(
    "data",
    [
        "door:announcement_read:1",
        "door:announcement_read:1.1",
        "door:announcement_answer:1.1.0",
        "door:announcement_answer:1.1.1",
        "door:received:1",
        "door:received:1.1",
        "door:announcement_read:1.1.1",
        "door:announcement_answer:1.1.1.1",
        "door:announcement_read:.1",
        "door:announcement_read:1.",
        "door:announcement_read:1..1",
        "door:announcement_read:done.1",
        "door:announcement_read:²",
        "door:announcement_read:-1.1",
        "door:announcement_read:999999999999999.999999999999999",
        "door:announcement_read:0.0",
        "door:announcement_answer:1.1.99999999999999999999999",
        "door:announcements:1",
        "door:answers:1.1",
    ],
)
async def test_whoever_was_not_sent_it_finds_nothing(telegram_town: Town, data: str) -> None:
    """Whatever somebody forges, an announcement for others is not found and nothing is stored."""
    town = telegram_town
    office, lan = await office_of(town), await town.joined("Trần Thị Lan")
    await sent(town, office, QUESTION)
    other = await town.joined("Võ Thị Hai")
    await other.says("menu")
    surface = town.surface
    assert isinstance(surface, TelegramSurface)
    message, _data, _label = surface.button(other.id, "Tài khoản")
    await presses(other, message, data)
    assert NOT_FOUND in other.sees
    assert "15/12" not in other.sees
    assert lan.sees == ""
    assert await standing(town) == [(None, None)]
    assert await noted(town) == []
    assert {one.state for one in await town.rows(InboxRow)} == {"done"}


@pytest.mark.parametrize(
    ("data", "kept"),
    [
        ("door:announcement_read:1.2", (None, None)),
        ("door:announcement_read:1.0", (None, None)),
        ("door:announcement_read:1.1", (None, None)),
        ("door:announcement_answer:1.1.3", (None, None)),
        ("door:announcement_answer:1.2.1", (None, None)),
        ("door:announcement_answer:1.1", (None, None)),
        ("door:announcement_answer:1", (None, None)),
        ("door:announcement_answer:", (None, None)),
        ("door:announcement_read:", (None, None)),
        ("door:announcement_answer:1.1.1", (1, 1)),
        ("door:announcement_answer:01.01.01", (1, 1)),
    ],
)
async def test_a_reader_forges_a_door(telegram_town: Town, data: str, kept: object) -> None:
    """Only an answer there is, to the wording there is, counts."""
    town = telegram_town
    office, lan = await office_of(town), await town.joined("Trần Thị Lan")
    await sent(town, office, QUESTION)
    surface = town.surface
    assert isinstance(surface, TelegramSurface)
    message, _data, _label = surface.button(lan.id, "14/12")
    await presses(lan, message, data)
    assert lan.sees
    assert await standing(town) == [kept]
    assert {one.state for one in await town.rows(InboxRow)} == {"done"}


async def test_a_stranger_presses(telegram_town: Town) -> None:
    town = telegram_town
    office, lan = await office_of(town), await town.joined("Trần Thị Lan")
    await sent(town, office)
    hoa = town.stranger("Hoa")
    await hoa.starts()
    surface = town.surface
    assert isinstance(surface, TelegramSurface)
    await presses(hoa, len(surface.api.view(hoa.id).messages), "door:announcement_read:1.1")
    assert "07:30" not in hoa.sees
    assert await standing(town) == [(None, None)]
    assert lan.sees == ""


async def test_pressed_twice_and_delivered_again_it_is_read_once(telegram_town: Town) -> None:
    town = telegram_town
    office, lan = await office_of(town), await town.joined("Trần Thị Lan")
    await sent(town, office)
    surface = town.surface
    assert isinstance(surface, TelegramSurface)
    await lan.taps_twice("Đã đọc")
    (first,) = await town.rows(AnnouncementRecipient)
    message, data, _label = surface.button(lan.id, "Đã đọc")
    surface.api.user_taps(lan.id, message, data)
    again = surface.api.pending
    await town.settle()
    surface.api.redeliver(again)
    await town.time_passes(minutes=1)
    (then,) = await town.rows(AnnouncementRecipient)
    assert (then.read_at, then.read_version) == (first.read_at, 1)
    assert await noted(town) == ["read_announcement"]


async def test_an_answer_is_not_changed_afterwards(town: Town) -> None:
    office, lan = await office_of(town), await town.joined("Trần Thị Lan")
    await sent(town, office, QUESTION)
    await lan.taps("14/12")
    assert "Đúng: «14/12»." in lan.sees
    await lan.taps("Xem lại nội dung")
    if town.surface.capabilities.buttons:
        surface = town.surface
        assert isinstance(surface, TelegramSurface)
        message, _data, _label = surface.button(lan.id, "14/12")
        await presses(lan, message, "door:announcement_answer:1.1.0")
    else:
        await lan.says("traloi 1.1.0")
    assert texts.ANSWERED_BEFORE in lan.sees
    assert await standing(town) == [(1, 1)]
    assert await noted(town) == ["answered_announcement"]


async def test_without_buttons_a_figure_is_an_answer_and_no_place(numbers_town: Town) -> None:
    """«2» is what somebody answers, not the second choice; the list is lettered."""
    office, lan = await office_of(numbers_town), await numbers_town.joined("Trần Thị Lan")
    await sent(numbers_town, office, QUESTION)
    await lan.says("TRALOI 1")
    assert "B. «14/12»" in lan.sees
    await lan.says("2")
    assert "anh/chị chọn «2»" in lan.sees
    assert await standing(numbers_town) == [(1, 0)]


@pytest.mark.parametrize("words", ["DADOC 1", "dadoc 1.1", " Dadoc  1 "])
async def test_the_keyword_confirms(numbers_town: Town, words: str) -> None:
    office, lan = await office_of(numbers_town), await numbers_town.joined("Trần Thị Lan")
    await sent(numbers_town, office)
    await lan.says(words)
    assert "Anh/chị đã xác nhận" in lan.sees
    assert await standing(numbers_town) == [(1, None)]


@pytest.mark.parametrize("words", ["DADOC", "TRALOI"])
async def test_the_keyword_alone_opens_the_list(numbers_town: Town, words: str) -> None:
    office, lan = await office_of(numbers_town), await numbers_town.joined("Trần Thị Lan")
    await sent(numbers_town, office)
    await lan.says(words)
    assert "Họp giao ban · 23/11 · cần xác nhận" in lan.sees


@pytest.mark.parametrize("words", ["DADOC một", "DADOC 1.1.1", "DADOC 1 2", "DADOC -1"])
async def test_a_keyword_with_something_else_is_not_understood(numbers_town: Town, words: str) -> None:
    office, lan = await office_of(numbers_town), await numbers_town.joined("Trần Thị Lan")
    await sent(numbers_town, office)
    await lan.says(words)
    assert desk.NOT_UNDERSTOOD in lan.sees
    assert await standing(numbers_town) == [(None, None)]


async def test_the_keyword_means_the_wording_that_has_arrived(numbers_town: Town) -> None:
    """«DADOC 1» typed while a correction is on its way confirms nothing that was not seen."""
    town = numbers_town
    office, lan = await office_of(town), await town.joined("Trần Thị Lan")
    number = await sent(town, office)
    await corrected(town, office, number, Content("Họp giao ban", "Họp lúc 14:00.", wants_reading=True))
    await lan.says("DADOC 1")
    assert texts.CORRECTED in lan.sees
    assert await standing(town) == [(None, None)]
    await arrive(town)
    await lan.says("DADOC 1")
    assert "Anh/chị đã xác nhận" in lan.sees
    assert await standing(town) == [(2, None)]


async def test_a_question_is_confirmed_by_its_answer_alone(numbers_town: Town) -> None:
    office, lan = await office_of(numbers_town), await numbers_town.joined("Trần Thị Lan")
    await sent(numbers_town, office, QUESTION)
    await lan.says("DADOC 1.1")
    assert texts.QUESTION_FIRST in lan.sees
    assert await standing(numbers_town) == [(None, None)]


async def test_after_a_correction_the_question_is_asked_anew(town: Town) -> None:
    """An answer to the wrong wording is none: the right one has an answer of its own."""
    office, lan = await office_of(town), await town.joined("Trần Thị Lan")
    number = await sent(town, office, QUESTION)
    await lan.taps("14/12")
    right = Content(
        "Hạn nộp", "Nộp trước 17/12.", question=Question("Nộp ngày nào?", ("2", "14/12", "16/12"), 2)
    )
    await corrected(town, office, number, right)
    await arrive(town)
    await lan.says("menu")
    assert "Thông báo của tôi (1)" in lan.sees
    await lan.taps("Thông báo của tôi (1)")
    await lan.taps("Hạn nộp")
    await lan.taps("16/12")
    assert "Đúng: «16/12»." in lan.sees
    assert await standing(town) == [(2, 2)]


async def test_corrected_between_looking_and_pressing(town: Town) -> None:
    """The button of one's own list belongs to the wording that was shown with it."""
    office, lan = await office_of(town), await town.joined("Trần Thị Lan")
    number = await sent(town, office)
    await lan.says("menu")
    await lan.taps("Thông báo của tôi (1)")
    await lan.taps("Họp giao ban")
    shown = {str(one) for one in town.surface.bubbles(lan.id)}
    await corrected(town, office, number, Content("Họp giao ban", "Họp lúc 14:00.", wants_reading=True))
    assert {str(one) for one in town.surface.bubbles(lan.id)} == shown
    await lan.taps("Đã đọc")
    assert texts.CORRECTED in lan.sees
    assert "14:00" in lan.sees
    assert await standing(town) == [(None, None)]


async def test_before_it_leaves_nobody_finds_it(numbers_town: Town) -> None:
    office, lan = await office_of(numbers_town), await numbers_town.joined("Trần Thị Lan")
    number = await sent(numbers_town, office, arrives=False)
    await lan.says(f"DADOC {number}.1")
    assert NOT_FOUND in lan.sees
    await lan.says("menu")
    assert texts.LABEL not in lan.sees


async def test_what_was_stopped_on_its_way_is_not_there(numbers_town: Town) -> None:
    town = numbers_town
    office, lan = await office_of(town), await town.joined("Trần Thị Lan")
    number = await sent(town, office, arrives=False)
    town.clock.move(seconds=61)
    async with town.office() as session:
        actor, now = await town.actor(session, office), town.clock.now()
        await leaves(session, number, now)
        await announcement_delivery.stop(session, actor, number, now)
    await lan.says(f"DADOC {number}.1")
    assert NOT_FOUND in lan.sees
    async with town.office() as session:
        reader = await town.actor(session, lan)
        assert await announcement_reading.received(session, reader, town.clock.now()) == []


async def test_what_asks_for_nothing_stores_nothing(numbers_town: Town) -> None:
    office, lan = await office_of(numbers_town), await numbers_town.joined("Trần Thị Lan")
    await sent(numbers_town, office, Content("Để biết", "Nhà xe đóng cửa ngày mai."))
    await lan.says("DADOC 1.1")
    assert "Nhà xe đóng cửa" in lan.sees
    assert await standing(numbers_town) == [(None, None)]
    await lan.says("menu")
    assert "Thông báo của tôi (" not in lan.sees


async def test_a_reminder_counts_for_what_it_reminds_of(town: Town) -> None:
    """Both are one line of the list, and one confirmation settles them."""
    office, lan = await office_of(town), await town.joined("Trần Thị Lan")
    number = await sent(town, office)
    async with town.office() as session:
        actor, now = await town.actor(session, office), town.clock.now()
        again = await announcement_results.remind_unread(session, actor, number, now)
        await announcements.send(session, actor, again, now)
    await arrive(town)
    await lan.says("menu")
    assert "Thông báo của tôi (1)" in lan.sees
    await lan.taps("Thông báo của tôi (1)")
    assert "Nhắc đọc" not in lan.sees
    async with town.office() as session:
        reader = await town.actor(session, lan)
        await announcement_reading.read(session, reader, number, 1, town.clock.now())
        (only,) = await announcement_reading.received(session, reader, town.clock.now())
        assert (only.number, only.open) == (number, False)


async def test_pressing_on_what_one_only_tried_out(town: Town) -> None:
    """The author is told so, and is back at the draft; nothing counts."""
    office, lan = await office_of(town), await town.joined("Trần Thị Lan")
    async with town.office() as session:
        actor, now = await town.actor(session, office), town.clock.now()
        aimed = Audience(roles=frozenset({Role.STAFF}))
        number = await announcements.begin(session, actor, QUESTION, now, aimed)
        await announcements.try_out(session, actor, number, now)
    await town.settle()
    await office.taps("14/12")
    assert texts.TRIED in office.sees
    assert "bản nháp" in office.sees
    async with town.office() as session:
        await announcements.send(session, await town.actor(session, office), number, town.clock.now())
    await arrive(town)
    await office.says("menu")
    assert texts.LABEL not in office.sees
    await lan.taps("14/12")
    assert await standing(town) == [(1, 1)]


async def test_files_of_one_that_has_none_any_more(telegram_town: Town) -> None:
    office, lan = await office_of(telegram_town), await telegram_town.joined("Trần Thị Lan")
    number = await sent(telegram_town, office)
    async with telegram_town.office() as session:
        reader = await telegram_town.actor(session, lan)
        assert await announcement_reading.files_again(session, reader, number, telegram_town.clock.now()) == 0
        with pytest.raises(Refusal):
            await announcement_reading.files_again(session, reader, number + 1, telegram_town.clock.now())


async def test_a_line_like_an_answer_stays_in_its_text(numbers_town: Town) -> None:
    """Without buttons, a choice told in full by a screen takes its line; an author's words stay whole."""
    body = "Đã đọc kỹ thì bấm nút.\n14/12 là ngày cuối.\nHết."
    asked = Content("Hạn", body, question=Question("Ngày nào?", ("14/12", "15/12"), 0))
    office, lan = await office_of(numbers_town), await numbers_town.joined("Trần Thị Lan")
    await sent(numbers_town, office, asked)
    await lan.says("TRALOI 1")
    assert body in lan.sees
    assert "A. «14/12»\nB. «15/12»" in lan.sees
    await sent(numbers_town, office, Content("Hạn", body, wants_reading=True))
    await lan.says("menu")
    await lan.taps("Thông báo của tôi")
    await lan.says("1")
    assert body in lan.sees
