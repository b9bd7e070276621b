"""Those whom an announcement did not reach: sent to anew after a stop, and told apart by what they hold."""

from dataclasses import replace

import pytest

from core.announcements import Audience, Condition
from core.refusals import Code, Refusal
from db.models import Announcement
from services import announcement_delivery, announcement_results, announcements
from tests.announcing import NOTICE, an_office, confirms, scheduled, sent, slow
from tests.chat import Town


async def test_after_a_stop_exactly_those_with_nothing_get_it(telegram_town: Town) -> None:
    town = telegram_town
    office, lan = await an_office(town), await town.joined("Lê Thị Lan")
    binh = await town.joined("Võ Bình")
    slow(town, lan, 120)
    number = await scheduled(town, office)
    await town.time_passes(seconds=61)
    await office.says(f"TB {number}")
    assert "chưa nhận]" not in office.sees
    await office.taps("Dừng hẳn")
    await town.time_passes(seconds=5)
    await office.says(f"TB {number}")
    assert "Họp lúc 07:30 tại phòng họp 1." in office.sees
    assert "Phạm Thị Vân soạn, gửi lúc" in office.sees
    assert "Các bản đã gửi (1)" in office.sees
    assert "Không tới: 1 người, đã dừng trước khi tới." in office.sees
    await office.taps("Cập nhật")
    await office.taps("Gửi cho 1 người chưa nhận")
    assert "Chỉ ai chưa nhận được «Họp giao ban»" in office.sees
    assert "Lúc này có 1 người: 1 người nhận được." in office.sees
    draft = (await town.rows(Announcement))[-1]
    audience = Audience.from_json(draft.audience)
    assert (audience.condition, audience.unread) == (Condition.MISSED, number)
    before = len(town.surface.bubbles(binh.id))
    await office.taps("Gửi…")
    await office.taps("Gửi cho 1 người")
    await town.time_passes(minutes=5)
    assert "07:30" in lan.screen
    assert len(town.surface.bubbles(binh.id)) == before


async def test_who_holds_the_wrong_wording_is_called_first(telegram_town: Town) -> None:
    town = telegram_town
    office, lan = await an_office(town), await town.joined("Lê Thị Lan")
    await town.issue("An Chưa Vào")
    number = await sent(town, office)
    await lan.blocks()
    await town.time_passes(hours=49)
    async with town.office() as session:
        actor, right = await town.actor(session, office), replace(NOTICE, body="Họp lúc 14:00.")
        await announcement_delivery.correct(session, actor, number, right, "sai giờ", town.clock.now())
    await town.time_passes(seconds=5)
    await town.time_passes(seconds=5)
    await office.says(f"TB {number}")
    assert "Trong số không tới, 1 người còn giữ bản cũ" in office.sees
    assert "chưa nhận]" not in office.sees
    await office.taps("Danh sách cần gọi")
    assert office.sees.index("Lê Thị Lan") < office.sees.index("An Chưa Vào")
    assert "đang giữ bản cũ" in office.sees


async def test_a_reminder_for_which_nobody_is_left_does_not_leave(telegram_town: Town) -> None:
    town = telegram_town
    office, lan = await an_office(town), await town.joined("Lê Thị Lan")
    number = await sent(town, office)
    async with town.office() as session:
        actor, now = await town.actor(session, office), town.clock.now()
        draft = await announcement_results.remind_unread(session, actor, number, now)
        await announcements.send(session, actor, draft, now)
    await confirms(town, lan, number)
    await town.time_passes(seconds=65)
    assert "không còn ai cần nhận" in office.screen
    row = (await town.rows(Announcement))[-1]
    assert (row.id, row.state, row.left_at) == (draft, "draft", None)
    async with town.office() as session:
        actor, now = await town.actor(session, office), town.clock.now()
        with pytest.raises(Refusal) as refused:
            await announcement_results.remind_unread(session, actor, number, now)
    assert refused.value.code is Code.ANNOUNCEMENT_FOR_NOBODY
