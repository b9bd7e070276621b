"""Who is under what until when, and that nobody takes it away alone."""

from datetime import timedelta

import pytest

from core.eligibility import HindranceKind
from core.refusals import Code
from db.models import Hindrance
from db.transaction import write_now
from services import eligibility, hindrances, journal
from services.hindrances import Whom
from tests.chat import Town
from tests.services.considering import cast, entered
from tests.services.test_assessment import refusal_of

DAY = timedelta(days=1)


async def test_a_hindrance_is_noted_changed_and_lifted(numbers_town: Town) -> None:
    town = numbers_town
    lan, head, office, appraiser = await cast(town)
    async with town.office() as session:
        now, actor = town.clock.now(), await town.actor(session, lan)
        today = actor.today
        sheet = await entered(town, session, actor)
        clerk, whom = await town.actor(session, office), Whom("Lan", "", person_id=actor.person_id)
        discipline = HindranceKind.DISCIPLINE
        for chat in (lan, head, appraiser):
            noted = hindrances.note(
                session, await town.actor(session, chat), whom, discipline, "Quyết định 15", today, None, now
            )
            assert await refusal_of(noted) is Code.NOT_FOUND
        bare = hindrances.note(session, clerk, whom, discipline, " \u200b ", today, None, now)
        assert await refusal_of(bare) is Code.DOCUMENT_MISSING
        odd = hindrances.note(session, clerk, whom, discipline, "Quyết định 15", today, today - DAY, now)
        assert await refusal_of(odd) is Code.PERIOD_REVERSED

        one = await hindrances.note(session, clerk, whom, discipline, "Quyết định 15", today, today, now)
        assert (await eligibility.standing(session, actor, sheet, now)).standing.barring
        assert not (await eligibility.standing(session, actor, sheet, now + DAY)).standing.barring
        await hindrances.change_period(session, clerk, one, today, None, now)
        assert (await eligibility.standing(session, actor, sheet, now + 400 * DAY)).standing.barring
        reversed_ = hindrances.change_period(session, clerk, one, today, today - DAY, now)
        assert await refusal_of(reversed_) is Code.PERIOD_REVERSED
        assert [item.hindrance.id for item in await hindrances.noted(session, clerk, now)] == [one]
        await hindrances.lift(session, clerk, one, now)
        assert not (await eligibility.standing(session, actor, sheet, now)).standing.barring
        assert await refusal_of(hindrances.lift(session, clerk, one, now)) is Code.NOT_FOUND
        assert await hindrances.noted(session, clerk, now) == []
        await write_now(session)
        verbs = {entry.verb for entry in await journal.latest(session, 10)}
        assert {"noted_hindrance", "changed_hindrance", "lifted_hindrance"} <= verbs
    (row,) = await town.rows(Hindrance)
    assert row.lifted_at is not None


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("NV001", ["Trần Thị Lan"]),
        ("nv001", ["Trần Thị Lan"]),
        ("tran lan", ["Trần Thị Lan"]),
        ("Lan", ["Trần Thị Lan"]),
        ("khoa mau", ["Khoa Mẫu 1"]),
        ("%", []),
        ("_____", []),
        ("' OR 1=1 --", []),
        ("", []),
        ("\u202e\u200b", []),
    ],
)
async def test_people_and_units_are_found_by_words(numbers_town: Town, words: str, found: list[str]) -> None:
    *_, office, _appraiser = await cast(numbers_town)
    async with numbers_town.office() as session:
        clerk = await numbers_town.actor(session, office)
        whom = await hindrances.find(session, clerk, words, numbers_town.clock.now())
        assert [one.name for one in whom] == found
