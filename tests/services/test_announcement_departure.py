"""An announcement leaves in portions: a death between two loses nobody, and nobody is queued twice."""

from contextlib import suppress

import pytest

from core.announcements import NotReached, State
from core.refusals import Code, Refusal
from db.models import Account, Announcement, AnnouncementRecipient, OutboxRow
from db.queries import announcement_results as result_queries
from services import (
    announcement_audience,
    announcement_delivery,
    announcement_departure,
    announcement_results,
)
from services.announcement_departure import Departure
from tests.announcing import NOTICE, an_office, scheduled
from tests.chat import Chat, Town
from tests.surfaces import TelegramSurface

PEOPLE = 5
#: One to look around, four to find five people and the office, two at a time; then they are queued.
FOUND = 1 + 4


@pytest.fixture(autouse=True)
def _two_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(announcement_audience, "PORTION", 2)


async def about_to_leave(town: Town) -> tuple[Chat, int]:
    """An announcement to five people whose time has come."""
    office = await an_office(town)
    for number in range(PEOPLE):
        await town.joined(f"Lê Thị {number}")
    number = await scheduled(town, office)
    town.clock.move(seconds=61)
    return office, number


async def portions(town: Town, number: int, count: int) -> None:
    """So many of its portions, and no more: as if the process had died then."""
    departure = Departure(number)
    for _ in range(count):
        async with town.office() as session:
            assert await announcement_departure.go_on(session, departure, town.clock.now())


async def queued(town: Town, number: int) -> list[int | None]:
    """Who has a message of it in the outbox."""
    return [row.recipient for row in await town.rows(OutboxRow) if row.batch == number]


async def arrives(town: Town) -> None:
    """All that is to be done is done."""
    for _ in range(3):
        await town.time_passes(seconds=5)


def heard(town: Town) -> list[int]:
    """How often it arrived: at the office, and at each of the five."""
    assert isinstance(town.surface, TelegramSurface)
    ledger = town.surface.api.ledger
    return [sum(NOTICE.body in one.text for one in ledger.sent(chat.id)) for chat in town.people]


@pytest.mark.parametrize("laid", [0, 1, 2])
async def test_a_death_between_portions_loses_nobody(telegram_town: Town, laid: int) -> None:
    town = telegram_town
    _office, number = await about_to_leave(town)
    await portions(town, number, FOUND + laid)
    kept = [row.person_id for row in await town.rows(AnnouncementRecipient)]
    (row,) = await town.rows(Announcement)
    assert await queued(town, number) == kept
    assert len(kept) == 2 * laid
    assert (row.state, row.laid_to) == (("running", kept[-1]) if laid else ("scheduled", None))
    async with town.office() as session:
        assert await announcement_delivery.settle(session, number, town.clock.now()) is bool(laid)
    await arrives(town)
    (row,) = await town.rows(Announcement)
    assert (row.state, row.laid_to) == ("finished", None)
    people = await queued(town, number)
    assert len(people) == len(set(people)) == PEOPLE
    assert heard(town) == [0] + [1] * PEOPLE


async def test_a_death_within_a_portion_undoes_all_of_it(telegram_town: Town) -> None:
    town = telegram_town
    _office, number = await about_to_leave(town)
    departure = Departure(number)
    for _ in range(FOUND):
        async with town.office() as session:
            assert await announcement_departure.go_on(session, departure, town.clock.now())
    with suppress(KeyboardInterrupt):
        async with town.office() as session:
            assert await announcement_departure.go_on(session, departure, town.clock.now())
            raise KeyboardInterrupt
    assert (await town.rows(Announcement))[0].state == State.SCHEDULED
    assert await town.rows(AnnouncementRecipient) == []
    assert await queued(town, number) == []
    await arrives(town)
    assert len(await queued(town, number)) == PEOPLE


async def test_stopped_in_the_middle_nobody_else_gets_it_and_all_are_counted(telegram_town: Town) -> None:
    town = telegram_town
    office, number = await about_to_leave(town)
    await portions(town, number, FOUND + 1)
    async with town.office() as session:
        actor, now = await town.actor(session, office), town.clock.now()
        assert await announcement_delivery.stop(session, actor, number, now) == 2
    await arrives(town)
    assert len(await queued(town, number)) == 2
    async with town.office() as session:
        actor = await town.actor(session, office)
        tally = await announcement_results.tally(session, actor, number)
        assert (tally.total, tally.not_reached) == (PEOPLE, {NotReached.STOPPED: PEOPLE})
        again = await announcement_results.left_out(session, actor, number)
        assert again.missed == PEOPLE
    assert (await town.rows(Announcement))[0].state == State.STOPPED


async def test_paused_in_the_middle_the_rest_is_held_until_it_goes_on(telegram_town: Town) -> None:
    town = telegram_town
    office, number = await about_to_leave(town)
    await portions(town, number, FOUND + 1)
    async with town.office() as session:
        await announcement_delivery.pause(
            session, await town.actor(session, office), number, town.clock.now()
        )
    await arrives(town)
    states = [row.state for row in await town.rows(OutboxRow) if row.batch == number]
    assert states == ["paused"] * PEOPLE
    async with town.office() as session:
        await announcement_delivery.resume(
            session, await town.actor(session, office), number, town.clock.now()
        )
    await arrives(town)
    assert (await town.rows(Announcement))[0].state == State.FINISHED
    assert heard(town) == [0] + [1] * PEOPLE


async def test_what_is_still_being_queued_is_not_corrected_yet(telegram_town: Town) -> None:
    town = telegram_town
    office, number = await about_to_leave(town)
    await portions(town, number, FOUND + 1)
    async with town.office() as session:
        actor, now = await town.actor(session, office), town.clock.now()
        with pytest.raises(Refusal) as refused:
            await announcement_delivery.take_back(session, actor, number, "gửi nhầm", now)
    assert refused.value.code is Code.ANNOUNCEMENT_LEAVING
    await arrives(town)
    async with town.office() as session:
        actor, now = await town.actor(session, office), town.clock.now()
        assert await announcement_delivery.take_back(session, actor, number, "gửi nhầm", now) == PEOPLE


async def test_whose_account_is_gone_before_their_turn_is_to_be_called(telegram_town: Town) -> None:
    town = telegram_town
    _office, number = await about_to_leave(town)
    departure = Departure(number)
    for _ in range(FOUND):
        async with town.office() as session:
            await announcement_departure.go_on(session, departure, town.clock.now())
    last = (await town.rows(Account))[-1].id
    async with town.office() as session:
        gone = await session.get(Account, last)
        assert gone is not None
        gone.state = "frozen"
        session.add(gone)
    more = True
    while more:
        async with town.office() as session:
            more = await announcement_departure.go_on(session, departure, town.clock.now())
    async with town.office() as session:
        tally = await result_queries.tally(session, number, -1)
    assert (tally.waiting, tally.not_reached) == (PEOPLE - 1, {NotReached.NO_ACCOUNT: 1})


async def test_one_half_out_is_not_given_up(telegram_town: Town) -> None:
    town = telegram_town
    _office, number = await about_to_leave(town)
    await portions(town, number, FOUND + 1)
    async with town.office() as session:
        await announcement_departure.gave_up(session, number, town.clock.now())
    await town.time_passes(minutes=11)
    await arrives(town)
    assert (await town.rows(Announcement))[0].state == State.FINISHED
    assert len(await queued(town, number)) == PEOPLE
