"""Who presides over a sitting whose chair has left the council."""

from datetime import timedelta

from sqlmodel import col, select

from core.refusals import Code
from core.roles import Role
from db.models import RoleGrant
from services import council_seats, council_vote
from tests.chat import Town
from tests.services.considering import notices
from tests.services.sitting import chamber
from tests.services.test_assessment import refusal_of
from tests.services.test_council import called, person


async def test_a_sitting_whose_chair_left_the_council_is_presided_over_by_another(numbers_town: Town) -> None:
    here = await chamber(numbers_town)
    async with here.town.office() as session:
        now, number = here.town.clock.now(), await called(here, session)
        chair, office = await person(here, session, here.chair), await person(here, session, here.office)
        second = await person(here, session, here.members[1])
        await council_vote.open_vote(session, chair, number, now + timedelta(hours=1), now)
        early = council_seats.preside(session, office, number, second.person_id, now)
        assert await refusal_of(early) is Code.NOT_FOUND
        gone = select(RoleGrant).where(col(RoleGrant.person_id) == chair.person_id)
        for grant in (await session.exec(gone)).all():
            if grant.role == Role.COUNCIL.value:
                await session.delete(grant)
        await session.flush()
        found = await council_seats.successors(session, office, number, now)
        assert chair.person_id not in {one.person_id for one in found}
        for actor, wanted in ((second, second.person_id), (office, chair.person_id), (office, 424242)):
            refused = council_seats.preside(session, actor, number, wanted, now)
            assert await refusal_of(refused) is Code.NOT_FOUND
        await council_seats.preside(session, office, number, second.person_id, now)
        assert await council_vote.remind(session, now + timedelta(hours=2)) == 0
        await council_vote.close_vote(session, second, number, now)
    async with here.town.office() as session:
        told = await notices(session, here.members[1])
        assert sum("Từ nay" in one for one in told) == 1
        assert sum("Hết giờ bỏ phiếu kín" in one for one in told) == 1
