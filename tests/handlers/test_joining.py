"""Borders of joining: which notice was agreed to, and whom it touches when a chat changes hands."""

import hashlib
from datetime import timedelta

import pytest

from bot.channels.telegram import CAPABILITIES
from core import joining
from core.roles import Role
from core.texts import joining as texts
from db.models import Account, Consent
from services import journal, outbox, people
from tests import builders
from tests.chat import Chat, Town


async def joins(chat: Chat, token: str) -> None:
    """By the link, to the end."""
    await chat.starts(token)
    await chat.taps("Đúng là tôi")
    await chat.taps("Tôi đồng ý")


async def froze(town: Town) -> list[object]:
    """Why accounts were frozen, as the journal has it."""
    async with town.office() as session:
        lines = await journal.latest(session, 50)
    return [line.facts["why"] for line in reversed(lines) if line.verb == "froze_account"]


def test_a_notice_that_reads_otherwise_has_another_version() -> None:
    digest = hashlib.sha256(texts.NOTICE.encode()).hexdigest()
    assert {texts.NOTICE_VERSION: digest[:16]} == {"2": "a8e4e0d578010f9a"}


async def test_the_notice_that_was_agreed_to_stays_in_the_chat(telegram_town: Town) -> None:
    lan = telegram_town.stranger()
    await joins(lan, await telegram_town.invite())
    (consent,) = await telegram_town.rows(Consent)
    (shown,) = [one for one in telegram_town.surface.bubbles(lan.id) if str(one.id) == consent.message_id]
    assert texts.NOTICE in shown.text
    assert shown.rows == ()
    assert "Đã kết nối" in lan.screen


async def test_a_notice_that_changed_meanwhile_is_shown_again(
    telegram_town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    lan = telegram_town.stranger()
    await lan.starts(await telegram_town.invite())
    await lan.taps("Đúng là tôi")
    monkeypatch.setattr(texts, "NOTICE", "Bản mới.")
    monkeypatch.setattr(texts, "NOTICE_VERSION", "mới")

    await lan.taps("Tôi đồng ý")
    assert texts.NOTICE_CHANGED in lan.sees
    assert "Bản mới." in lan.sees
    assert await telegram_town.rows(Account) == []
    await lan.taps("Tôi đồng ý")
    (consent,) = await telegram_town.rows(Consent)
    assert consent.notice_version == "mới"
    assert consent.notice_sha256 == hashlib.sha256("Bản mới.".encode()).hexdigest()


async def test_administrators_hear_of_a_chat_that_changed_hands(telegram_town: Town) -> None:
    minh = await telegram_town.joined("Lê Văn Minh", "QT001", (Role.ADMINISTRATOR,))
    lan = await telegram_town.joined("Trần Thị Lan", "NV001")
    token = (await telegram_town.issue("Lê Thị Hoa", "NV002")).token
    await joins(lan, token)
    assert "vừa được kết nối cho Lê Thị Hoa" in minh.screen
    assert "chưa báo được cho Trần Thị Lan" in minh.screen
    assert await froze(telegram_town) == ["chat_taken"]


async def test_whoever_lost_a_chat_is_told_where_they_are_left(telegram_town: Town) -> None:
    await telegram_town.joined("Lê Văn Minh", "QT001", (Role.ADMINISTRATOR,))
    lan = await telegram_town.joined("Trần Thị Lan", "NV001")
    async with telegram_town.office() as session:
        person = (await telegram_town.actor(session, lan)).person_id
        session.add(
            Account(
                person_id=person,
                channel="numbers",
                bot="house",
                chat="7",
                linked_at=telegram_town.clock.now() - timedelta(days=1),
            )
        )
    token = (await telegram_town.issue("Lê Thị Hoa", "NV002")).token
    now = telegram_town.clock.now()
    async with telegram_town.office() as session:
        session.info["capabilities"] = {lan.address.channel: CAPABILITIES, "numbers": CAPABILITIES}
        found = await people.find_candidate(session, lan.address, token, now)
        assert found is not None
        await people.accept(session, lan.address, found.invitation_id, "1", now)
    async with telegram_town.office() as session:
        told = await outbox.latest(session, 9)
    assert [(one.to.channel, one.to.chat, one.message) for one in told] == [
        ("numbers", "7", texts.chat_taken())
    ]


async def test_on_trial_nobody_but_administrators_is_written_to(telegram_town: Town) -> None:
    async with telegram_town.office() as session:
        await builders.on_trial(session)
    old = await telegram_town.joined("Trần Thị Lan", "NV001")
    new = telegram_town.stranger()
    await joins(new, await telegram_town.invite("Trần Thị Lan"))
    assert telegram_town.surface.bubbles(old.id) == []
    assert "đã được khóa" not in new.sees
    assert await froze(telegram_town) == ["moved"]


async def test_every_code_is_known_for_one_however_it_is_typed(numbers_town: Town) -> None:
    async with numbers_town.office() as session:
        now = numbers_town.clock.now()
        person = await builders.a_person(session, 1, now)
        codes = [(await builders.a_code(session, person, now)).code for _ in range(300)]
    assert [code for code in codes if not joining.may_be_code(code.lower().replace("-", " "))] == []
