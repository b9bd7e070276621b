"""Particulars are told by the nominee alone while their unit has the dossier, and for nobody else's eyes."""

from datetime import timedelta

from core.dossiers import DossierAct
from core.refusals import Code
from core.roles import Role
from db.models import Account
from db.queries import people as people_queries
from services import dossiers, nominations, particulars
from tests.chat import Town
from tests.services.considering import cast, entered, round_id
from tests.services.test_assessment import refusal_of


async def test_who_may_tell_them(numbers_town: Town) -> None:
    town = numbers_town
    lan, head, office, appraiser = await cast(town)
    clerk = await town.joined("Hà Thị Đầu Mối", roles=(Role.COORDINATOR,))
    async with town.office() as session:
        now, chief = town.clock.now(), await town.actor(session, head)
        staff = await town.actor(session, lan)
        others = [await town.actor(session, one) for one in (head, office, appraiser, clerk)]
        sheet = await entered(town, session, staff, signed=True)
        await nominations.propose(session, chief, sheet, "Rút ngắn thời gian chờ khám.", now)
        assert await particulars.mine(session, staff) == []
        dossier = await dossiers.open_for(session, chief, await round_id(session), chief.unit_id, now)
        (facts,) = await particulars.mine(session, staff)
        number = facts.nomination_id
        told = await particulars.tell(session, staff, number, "home", "Xã Ví Dụ", now)
        assert told.given == {"home": "Xã Ví Dụ"}

        for actor in others:
            assert await refusal_of(particulars.one(session, actor, number)) is Code.NOT_FOUND
            tells = particulars.tell(session, actor, number, "home", "Nơi khác", now)
            assert await refusal_of(tells) is Code.NOT_FOUND
            assert await refusal_of(particulars.erase(session, actor, number, now)) is Code.NOT_FOUND
        assert await refusal_of(particulars.one(session, staff, 424242)) is Code.NOT_FOUND
        unknown = particulars.tell(session, staff, number, "salary", "x", now)
        assert await refusal_of(unknown) is Code.NOT_FOUND
        assert (await particulars.one(session, staff, number)).given == told.given

        for account in await people_queries.active_accounts(session, [staff.person_id]):
            assert isinstance(account, Account)
            await people_queries.freeze(session, account.id or 0, now, "not_me")
        session.expire_all()
        by_clerk = await particulars.tell(session, others[-1], number, "sex", "Nữ", now)
        assert set(by_clerk.given) == {"home", "sex"}
        assert await refusal_of(particulars.one(session, others[1], number)) is Code.NOT_FOUND

        await particulars.erase(session, staff, number, now + timedelta(minutes=1))
        assert (await particulars.one(session, staff, number)).given == {}
        await dossiers.move(session, chief, dossier, DossierAct.SUBMIT, now)
        assert await refusal_of(particulars.one(session, staff, number)) is Code.NOT_FOUND
        assert await particulars.mine(session, staff) == []
