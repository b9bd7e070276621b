"""Codes and accounts at their borders: how a code may be typed, when it is worth nothing, whose it is."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from core import joining
from core.messages import Address
from core.refusals import Code, Refusal
from core.roles import Grant, Role
from db.models import Account, GuessLimit, Invitation, Person
from services import people
from services.actor import Actor, console
from services.people import Issued
from tests.builders import LONG_AGO, a_code, a_person, a_unit
from tests.services.office import MONDAY, Office

CHAT = Address("telegram", "1", "7001")
OTHER = Address("telegram", "1", "7002")
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
ALIKE = {"0": "0Oo", "1": "1IiLl"}


async def issued(office: Office) -> Issued:
    """Somebody's way in."""
    async with office.transactions() as session:
        unit = await a_unit(session)
        return await a_code(session, await a_person(session, unit, MONDAY), MONDAY)


async def found(office: Office, secret: str, after: timedelta = timedelta()) -> bool:
    """Whether a secret leads to somebody."""
    async with office.transactions() as session:
        return await people.find_candidate(session, CHAT, secret, MONDAY + after) is not None


@given(st.text(CROCKFORD, min_size=10, max_size=10), st.data())
def test_a_code_survives_being_read_out(code: str, data: st.DataObject) -> None:
    typed = ""
    for letter in code:
        alike = ALIKE.get(letter, letter + letter.lower())
        typed += data.draw(st.sampled_from(alike)) + data.draw(st.sampled_from(["", "-", " ", "–", "."]))
    assert joining.normal(typed) == code
    assert joining.normal(code) == code


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("K7QM4-T2X9B", True),
        ("k7qm4t2x9b", True),
        ("K7QM4 T2X9B", True),
        ("K7QM4T2X9", True),
        ("abcde fghjk", True),
        ("ABCDE-FGHJK", True),
        ("https://t.me/thidua_bot?start=Vb3q-x_Z0aQ1Vb3q-x_Z0", True),
        ("xin chào", False),
        ("cho em hỏi mã ở đâu", False),
        ("Chao anh chi", False),
        ("chao cac anh chi", False),
        ("12", False),
        ("", False),
    ],
)
def test_what_may_be_meant_as_a_code(text: str, meant: bool) -> None:  # noqa: FBT001 - a column of the table
    assert joining.may_be_code(text) is meant


async def test_code_and_link_lead_to_the_same_person(office: Office) -> None:
    way = await issued(office)
    assert await found(office, way.code)
    assert await found(office, way.code.lower().replace("-", " "))
    assert await found(office, way.token)
    assert await found(office, f"https://t.me/thidua_bot?start={way.token}")
    assert not await found(office, way.token.swapcase())


async def test_a_code_lives_for_72_hours(office: Office) -> None:
    way = await issued(office)
    assert await found(office, way.code, timedelta(hours=72) - timedelta(seconds=1))
    assert not await found(office, way.code, timedelta(hours=72))
    assert not await found(office, way.token, timedelta(hours=72))


async def test_a_new_code_makes_the_old_one_worthless(office: Office) -> None:
    old = await issued(office)
    async with office.transactions() as session:
        new = await a_code(session, old.person_id, MONDAY)
    assert not await found(office, old.code)
    assert not await found(office, old.token)
    assert await found(office, new.code)


async def test_a_code_is_used_once_even_by_two_at_the_same_time(office: Office) -> None:
    way = await issued(office)
    async with office.transactions() as session:
        first = await people.find_candidate(session, CHAT, way.code, MONDAY)
        second = await people.find_candidate(session, OTHER, way.token, MONDAY)
    assert first is not None
    assert second is not None
    async with office.transactions() as session:
        await people.accept(session, CHAT, first.invitation_id, "1", MONDAY)
    with pytest.raises(Refusal) as refused:
        async with office.transactions() as session:
            await people.accept(session, OTHER, second.invitation_id, "1", MONDAY)
    assert refused.value.code is Code.CODE_UNUSABLE
    assert not await found(office, way.code)
    async with office.transactions() as session:
        assert [one.chat for one in await session.exec(select(Account))] == ["7001"]


async def test_whoever_left_cannot_join(office: Office) -> None:
    way = await issued(office)
    async with office.transactions() as session:
        (person,) = await session.exec(select(Person))
        person.active = False
    assert not await found(office, way.code)


async def test_nothing_but_digests_of_a_code_is_stored(office: Office) -> None:
    way = await issued(office)
    async with office.transactions() as session:
        (kept,) = await session.exec(select(Invitation))
    stored = kept.model_dump_json()
    assert way.token not in stored
    assert way.code.replace("-", "") not in stored


async def wrong(office: Office, minute: int) -> GuessLimit:
    """A wrong code from the chat, so many minutes after eight."""
    async with office.transactions() as session:
        await people.count_wrong_code(session, CHAT, MONDAY + timedelta(minutes=minute))
    async with office.transactions() as session:
        return (await session.exec(select(GuessLimit))).one()


async def answer(office: Office, chat: Address, minute: int) -> Code | None:
    """How another wrong code is answered then: not at all, or by a refusal."""
    async with office.transactions() as session:
        try:
            assert (
                await people.find_candidate(session, chat, "AAAAAAAAAA", MONDAY + timedelta(minutes=minute))
                is None
            )
        except Refusal as refusal:
            return refusal.code
    return None


async def test_wrong_codes_are_counted_by_chat_and_forgotten_after_an_hour(office: Office) -> None:
    for minute in (0, 10, 20, 30):
        await wrong(office, minute)
    assert await answer(office, CHAT, 30) is None
    limit = await wrong(office, 61)
    assert (limit.wrong, limit.locked_until) == (1, None)


async def test_five_wrong_codes_lock_one_chat_for_an_hour(office: Office) -> None:
    for minute in range(5):
        assert await answer(office, CHAT, minute) is None
        await wrong(office, minute)
    assert await answer(office, CHAT, 4) is Code.CODE_LOCKED
    assert await answer(office, CHAT, 63) is Code.CODE_LOCKED
    assert await answer(office, OTHER, 4) is None
    assert await answer(office, CHAT, 64) is None


async def test_a_head_hands_out_codes_in_the_own_unit_and_below(office: Office) -> None:
    async with office.transactions() as session:
        ward = await a_unit(session)
        room = await a_unit(session, "Phòng bệnh 1", "PB1", parent=ward)
        elsewhere = await a_unit(session, "Khoa Mẫu 2", "KM2")
        listed = [
            await a_person(session, unit, MONDAY, name=f"Người {unit}", code=f"NV{unit}")
            for unit in (ward, room, elsewhere)
        ]
        head = Actor(listed[0], "", ward, MONDAY.date(), frozenset({Grant(Role.HEAD, ward, LONG_AGO, None)}))
        for person in listed[:2]:
            await people.issue_code(session, head, person, MONDAY)
        for person in (listed[2], 424242):
            with pytest.raises(Refusal) as refused:
                await people.issue_code(session, head, person, MONDAY)
            assert refused.value.code is Code.NOT_FOUND


async def test_joining_again_in_the_same_chat_keeps_one_account(office: Office) -> None:
    way = await issued(office)
    for round_ in range(2):
        async with office.transactions() as session:
            code = way.code if round_ == 0 else (await a_code(session, way.person_id, MONDAY)).code
            candidate = await people.find_candidate(session, CHAT, code, MONDAY)
            assert candidate is not None
            await people.accept(session, CHAT, candidate.invitation_id, "1", MONDAY)
    async with office.transactions() as session:
        states = [one.state for one in await session.exec(select(Account))]
    assert states == ["frozen", "active"]


async def test_commands_follow_the_role(office: Office) -> None:
    way = await issued(office)
    async with office.transactions() as session:
        candidate = await people.find_candidate(session, CHAT, way.code, MONDAY)
        assert candidate is not None
        await people.accept(session, CHAT, candidate.invitation_id, "1", MONDAY)
        offered = await people.commands_of(session, 1, MONDAY)
        assert offered is not None
        assert [name for name, _hint in offered[1]] == [
            "viec",
            "tudanhgia",
            "minhchung",
            "kehoach",
            "taikhoan",
            "help",
        ]
        assert await people.commands_of(session, 424242, MONDAY) is None


async def test_reports_and_blocks_of_chats_nobody_has(office: Office) -> None:
    async with office.transactions() as session:
        await people.set_reachable(session, CHAT, reachable=False, now=MONDAY)
        with pytest.raises(Refusal):
            await people.report_wrong_account(session, console(MONDAY.date()), MONDAY)
