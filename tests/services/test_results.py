"""Where cases stand: one's own and those of one's units, up to the decision."""

from zoneinfo import ZoneInfo

from core.results import Stage
from core.texts import results as texts
from services import appraisal, results
from tests.chat import Town
from tests.services.appraising import handed_in

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


async def test_a_case_is_followed_from_the_dossier_on(numbers_town: Town) -> None:
    town = numbers_town
    story = await handed_in(town)
    async with town.office() as session:
        now = town.clock.now()
        lan, head = await town.actor(session, story.lan), await town.actor(session, story.head)
        judge = await town.actor(session, story.judge)
        (case,) = (await results.standing(session, lan, now)).cases
        assert (case.stage, case.reason) == (Stage.SUBMITTED, "")
        assert case.next_on is not None
        whole = await results.standing(session, head, now)
        (dossier,) = whole.dossiers
        assert [one.name for one in dossier.nominees] == ["Trần Thị Lan"]
        await appraisal.take_up(session, judge, story.dossier, now)
        found = await results.standing(session, lan, now)
        (told,) = texts.lines(found, ZONE)
        assert "Hồ sơ đang được thẩm định" in told
        assert "Bước sau: thẩm định xong, hạn" in told
        assert found.dossiers == ()
        assert (await results.standing(session, judge, now)).cases == ()
