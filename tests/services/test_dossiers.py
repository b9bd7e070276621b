"""A dossier is opened by its unit, gathers whom it proposed, and shows itself to whoever it has reached."""

from core.dossiers import DossierAct, DossierState
from core.refusals import Code
from core.roles import Role
from services import dossiers, nominations
from tests.chat import Town
from tests.services.considering import cast, entered, round_id
from tests.services.test_assessment import refusal_of

ACHIEVEMENT = "Rút ngắn thời gian chờ khám từ 60 phút còn 25 phút."


async def test_a_dossier_goes_on_step_by_step_and_each_is_remembered(numbers_town: Town) -> None:
    town = numbers_town
    lan, head, _office, appraiser = await cast(town)
    council = await town.joined("Lê Văn Hội", roles=(Role.COUNCIL,))
    async with town.office() as session:
        now, chief, judge = (
            town.clock.now(),
            await town.actor(session, head),
            await town.actor(session, appraiser),
        )
        member, staff = await town.actor(session, council), await town.actor(session, lan)
        sheet = await entered(town, session, staff, signed=True)
        await nominations.propose(session, chief, sheet, ACHIEVEMENT, now)

        this_round = await round_id(session)
        refused = dossiers.open_for(session, staff, this_round, chief.unit_id, now)
        assert await refusal_of(refused) is Code.NOT_FOUND
        number = await dossiers.open_for(session, chief, this_round, chief.unit_id, now)
        assert await dossiers.open_for(session, chief, this_round, chief.unit_id, now) == number
        (nominee,) = await dossiers.nominees(session, number, now)
        assert (nominee.name, nominee.assessment_id, nominee.place) == (staff.name, sheet, 1)
        for stranger in (staff, judge, member):
            assert await refusal_of(dossiers.one(session, stranger, number, now)) is Code.NOT_FOUND

        early = dossiers.move(session, chief, number, DossierAct.TAKE_UP, now)
        assert await refusal_of(early) is Code.NOT_FOUND
        facts = await dossiers.move(session, chief, number, DossierAct.SUBMIT, now)
        assert facts.state is DossierState.SUBMITTED
        late = dossiers.gather(session, chief, number, now)
        assert await refusal_of(late) is Code.DOSSIER_NOT_OPEN
        again = dossiers.move(session, chief, number, DossierAct.SUBMIT, now)
        assert await refusal_of(again) is Code.DOSSIER_MOVED_ON
        (seen,), more = await dossiers.in_states(session, judge, {DossierState.SUBMITTED}, 0, 8, now)
        assert (seen.id, seen.unit, more) == (number, nominee.unit, False)

        for act in (DossierAct.TAKE_UP, DossierAct.FINISH, DossierAct.PUT):
            assert await refusal_of(dossiers.one(session, member, number, now)) is Code.NOT_FOUND
            await dossiers.move(session, judge, number, act, now, reason="Đủ thành phần.")
        assert (await dossiers.one(session, member, number, now)).state is DossierState.IN_COUNCIL
        withdrawn = dossiers.move(session, chief, number, DossierAct.WITHDRAW, now)
        assert await refusal_of(withdrawn) is Code.DOSSIER_MOVED_ON
        told = await dossiers.history(session, chief, number, now)
        assert [one.act.value for one in told] == ["submit", "take_up", "finish", "put"]
        assert {one.by for one in told} == {chief.name, judge.name}
