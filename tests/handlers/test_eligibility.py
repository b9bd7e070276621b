"""Considering people, at its borders: who is offered what, strange input, what changed meanwhile."""

import pytest

from core.roles import Role
from core.texts import eligibility, eligibility_office, hindrances, nominations
from db.models import Hindrance, Nomination, Waiver
from services import assessment
from tests.chat import Town
from tests.services.considering import (
    GOOD,
    SOME_LATE,
    cast,
    entered,
    in_force,
    share,
    unit_entered,
)

OFFERED = {
    eligibility.LABEL: {Role.STAFF},
    nominations.LABEL: {Role.HEAD},
    eligibility_office.LABEL: {Role.OFFICE, Role.APPRAISER},
    hindrances.LABEL: {Role.OFFICE},
    nominations.QUOTA_LABEL: {Role.OFFICE, Role.APPRAISER, Role.COUNCIL, Role.DIRECTOR},
}
COMMANDS = {
    eligibility.LABEL: "/dieukien",
    nominations.LABEL: "/denghi",
    eligibility_office.LABEL: "/vuongmac",
    hindrances.LABEL: "/kyluat",
    nominations.QUOTA_LABEL: "/chitieu",
}
STRANGE = (
    "'; DROP TABLE waiver; --",
    "\u202eđảo chữ\u200b",
    "🙂" * 30,
    "A" * 9000,
    "<b>đậm</b> & [liên kết](x)",
)


@pytest.mark.parametrize("role", list(Role))
async def test_each_role_is_offered_its_own(numbers_town: Town, role: Role) -> None:
    await in_force(numbers_town)
    somebody = await numbers_town.joined("Trần Thị Lan", roles=(role,))
    await somebody.says("menu")
    menu = somebody.sees
    if "Mục khác" in menu:
        await somebody.taps("Mục khác")
        menu += somebody.sees
    for label, roles in OFFERED.items():
        assert (f". {label}" in menu) is (role in roles), label
        await somebody.says(COMMANDS[label])
        assert ("không có quyền xem" in somebody.sees) is (role not in roles), label
    for word in ("BQ 1", "CT 1", "BQ 99", "CT 99"):
        await somebody.says(word)
        assert "mã sự cố" not in somebody.sees


async def test_strange_reasons_documents_and_achievements_are_kept_as_text(numbers_town: Town) -> None:
    town = numbers_town
    lan, head, office, _ = await cast(town)
    async with town.office() as session:
        await entered(town, session, await town.actor(session, lan), GOOD, SOME_LATE)
        await unit_entered(town, session, await town.actor(session, head), share(0, 98), signed=True)
    for words in STRANGE:
        for path, last in (
            (("/denghi", "1", "1", "1"), words),
            (("/vuongmac", "1", "1", "1"), words),
            (("/kyluat", "1", "khoa mau", "A", "2"), words),
        ):
            speaker = head if path[0] == "/denghi" else office
            for step in path:
                await speaker.says(step)
            await speaker.says(last)
            assert "mã sự cố" not in speaker.sees, (path, words[:20])
    reasons = [one.reason for one in await town.rows(Waiver)]
    documents = [one.document for one in await town.rows(Hindrance)]
    achievements = [one.achievement for one in await town.rows(Nomination)]
    assert reasons
    assert documents
    assert achievements
    for text in (*reasons, *documents, *achievements):
        assert len(text) <= 500
        assert not {"\u202e", "\u200b", "\n"} & set(text)


async def test_what_was_settled_meanwhile_is_not_settled_again(numbers_town: Town) -> None:
    town = numbers_town
    lan, _head, office, appraiser = await cast(town)
    async with town.office() as session:
        now, actor = town.clock.now(), await town.actor(session, lan)
        sheet = await entered(town, session, actor, GOOD, SOME_LATE)
    for step in ("/vuongmac", "1", "1", "1", "Số liệu đã được điều chỉnh bằng công văn."):
        await office.says(step)
    await appraiser.says("BQ 1")
    async with town.office() as session:
        await assessment.answer(session, actor, sheet, "T1", "1", share(7, 1), now)
    await appraiser.says("DONG Y")
    assert "Việc bỏ qua này không còn hiệu lực" in appraiser.sees
    assert [one.state for one in await town.rows(Waiver)] == ["asked"]


@pytest.mark.parametrize("typed", ["31/02/2027", "2027", "mai", "-1", "9" * 400, "32/13/2026", "24/11/26"])
async def test_days_that_do_not_exist(numbers_town: Town, typed: str) -> None:
    *_, office, _appraiser = await cast(numbers_town)
    for step in ("/kyluat", "1", "khoa mau", "A", "1", "Quyết định số 15/QĐ-TTYT"):
        await office.says(step)
    await office.taps("Sửa ngày bắt đầu")
    await office.says(typed)
    assert "Không đọc được" in office.sees or "Đã đổi ngày" in office.sees
    assert "mã sự cố" not in office.sees
