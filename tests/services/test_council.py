"""A sitting of the council: rights, ties settled in the open, ballots on paper, what is refused."""

from contextlib import suppress
from datetime import timedelta
from fractions import Fraction

import pytest

from core.ballots import FEWEST_MEMBERS, HALF, Base, Count, PollRules, Vote
from core.council import OutcomeKind, SittingState, tied, too_few_for
from core.dossiers import DossierState
from core.messages import FileRef
from core.refusals import Code, Refusal
from core.texts import council_notices as council_texts
from core.vietnamese import moment
from db.models import Award, CouncilConflict, CouncilSitting, Evidence, Nomination
from db.queries import nominations as nomination_queries
from db.transaction import Savepoint, Session
from services import (
    ballots,
    council,
    council_decision,
    council_papers,
    council_past,
    council_questions,
    council_seats,
    council_vote,
    dossiers,
    evidence,
    nominations,
    round_archive_dossiers,
    round_archive_facts,
    signing,
)
from services.actor import Actor, local
from services.council import ToCall
from tests.chat import Chat, Town
from tests.services.considering import notices, round_id
from tests.services.sitting import Chamber, chamber
from tests.services.test_assessment import refusal_of

WORDS = "Thống nhất theo kết quả bỏ phiếu."


@pytest.fixture
async def here(numbers_town: Town) -> Chamber:
    return await chamber(numbers_town)


async def person(here: Chamber, session: Session, chat: Chat) -> Actor:
    return await here.town.actor(session, chat)


async def called(here: Chamber, session: Session, members: tuple[Chat, ...] = ()) -> int:
    """The office calls a sitting."""
    actor, now = await person(here, session, here.office), here.town.clock.now()
    people = [(await person(here, session, one)).person_id for one in members or here.members]
    wanted = ToCall(await round_id(session), now, "", people, people[0], PollRules())
    return await council.call(session, actor, wanted, now)


async def voted(
    here: Chamber, session: Session, number: int, *votes: tuple[Vote, ...], skips: Actor | None = None
) -> None:
    """The chair opens; members vote on everybody in turn (whoever `skips` not on Lan); the chair closes."""
    now, chair = here.town.clock.now(), await person(here, session, here.chair)
    poll = await council_vote.open_vote(session, chair, number, now + timedelta(hours=2), now)
    for chat, cast in zip(here.members, votes, strict=False):
        actor = await person(here, session, chat)
        for nomination, vote in zip(here.nominations, cast, strict=True):
            if nomination != here.nominations[0] or skips is None or skips.person_id != actor.person_id:
                await ballots.cast(session, actor, poll, nomination, vote, now)
    await council_vote.close_vote(session, chair, number, now)


async def test_a_tie_is_settled_by_the_chair_in_the_open(here: Chamber) -> None:
    async with here.town.office() as session:
        now, chair = here.town.clock.now(), await person(here, session, here.chair)
        number = await called(here, session)
        await voted(here, session, number, *[(Vote.FOR, Vote.FOR)] * 4)
        found = await council_vote.counted(session, chair, number, now)
        lan, minh = here.nominations
        assert set(tied(found)) == {lan, minh}
        early = council_vote.conclude(session, chair, number, WORDS, now)
        assert await refusal_of(early) is Code.COUNCIL_TIED
        other = await person(here, session, here.members[1])
        settled = "Trực tiếp phục vụ người bệnh nhiều hơn."
        stranger = council_vote.settle(session, other, number, minh, settled, now)
        assert await refusal_of(stranger) is Code.NOT_FOUND
        assert (
            await refusal_of(council_vote.settle(session, chair, number, minh, "ừ", now))
            is Code.COUNCIL_WORDS
        )
        await council_vote.settle(session, chair, number, minh, settled, now)
        await council_vote.conclude(session, chair, number, WORDS, now)
        sitting = await council.one(session, chair, number, now)
        assert [one.nomination_id for one in sitting.chosen] == [minh]
        not_chosen = await council.outcome(session, lan)
        assert not_chosen is not None
        assert (not_chosen.kind, "hết suất" in not_chosen.reason) == (OutcomeKind.NOT_CHOSEN, True)
        again = council_vote.conclude(session, chair, number, WORDS, now)
        assert await refusal_of(again) in {Code.COUNCIL_MOVED_ON, Code.DOSSIER_MOVED_ON}
        dossier = await dossiers.facts_of(session, here.dossier, now)
        assert dossier.state is DossierState.CONCLUDED


async def test_a_vote_opened_before_its_hour_is_when_the_council_sat(here: Chamber) -> None:
    async with here.town.office() as session:
        now, chair = here.town.clock.now(), await person(here, session, here.chair)
        number, later = await called(here, session), now + timedelta(days=1)
        row = await session.get(CouncilSitting, number)
        assert row is not None
        row.held_at = later
        await session.flush()
        await council_vote.open_vote(session, chair, number, now + timedelta(hours=1), now)
        assert (await council.one(session, chair, number, now)).held_at == now
        told = (await notices(session, here.members[1]))[-1]
        assert f"trước giờ đã mời ({moment(local(session, later))})" in told


async def test_the_chair_sets_the_rules_of_the_vote_before_it_is_opened(here: Chamber) -> None:
    wanted = PollRules(threshold=HALF, base=Base.CAST)
    async with here.town.office() as session:
        now, chair = here.town.clock.now(), await person(here, session, here.chair)
        number = await called(here, session)
        other = await person(here, session, here.members[1])
        stranger = council_vote.set_rules(session, other, number, wanted, now)
        assert await refusal_of(stranger) is Code.NOT_FOUND
        unheard = council_vote.set_rules(session, chair, number, PollRules(Fraction(1, 9)), now)
        assert await refusal_of(unheard) is Code.NOT_FOUND
        await council_vote.set_rules(session, chair, number, wanted, now)
        yes, no = (Vote.FOR, Vote.AGAINST), (Vote.AGAINST, Vote.AGAINST)
        await voted(here, session, number, yes, yes, no)
        found = await council_vote.counted(session, chair, number, now)
        assert [one.passed for one in found] == [True, False]
        late = council_vote.set_rules(session, chair, number, PollRules(), now)
        assert await refusal_of(late) is Code.COUNCIL_MOVED_ON
        (told,) = [one for one in await notices(session, here.members[1]) if "mở bỏ phiếu kín" in one]
        assert any("khi 1/4 thành viên chưa bỏ đủ" in one for one in await notices(session, here.members[1]))
        assert not any("bỏ phiếu" in one for one in await notices(session, here.chair))
    assert "khi có quá nửa phiếu đồng ý trên số phiếu đã bỏ" in told
    assert "(1) đạt nhiều tiêu chí hơn; (2)" in told


async def test_only_whoever_it_is_for_sees_a_sitting_and_acts_in_it(here: Chamber) -> None:
    async with here.town.office() as session:
        now, number = here.town.clock.now(), await called(here, session)
        nobody = await person(here, session, here.nominees[0])
        director = await person(here, session, here.director)
        office = await person(here, session, here.office)
        member = await person(here, session, here.members[1])
        lan = here.nominations[0]
        for refused in (
            council.one(session, nobody, number, now),
            council.one(session, director, number, now),
            council.one(session, office, number + 7, now),
            council.call(session, nobody, ToCall(1, now, "", [], 0, PollRules()), now),
            council.cancel(session, member, number, WORDS, now),
            council_vote.open_vote(session, office, number, now + timedelta(hours=1), now),
            council_vote.close_vote(session, member, number, now),
            council_vote.on_paper(session, member, number, member.person_id, now),
            council_questions.ask(session, office, number, lan, "Số liệu ở đâu?", now),
            council_questions.ask(session, member, number, lan + 70, "Số liệu ở đâu?", now),
            council_questions.declare_conflict(session, office, number, lan, WORDS, now),
            council_questions.question(session, member, 1, now),
            council_decision.approve(session, office, number, 0, now),
            council_decision.refer(session, member, number, WORDS, now),
            council_decision.enter(session, director, number, "1/QĐ", now.date(), 1, now),
            council_papers.handed(session, nobody, number, now),
            council_questions.archive(session, nobody, number, lan, now),
            council_questions.archive(session, office, number, lan + 77, now),
        ):
            assert await refusal_of(refused) is Code.NOT_FOUND
        for refused in (
            called(here, session),
            council_decision.enter(session, office, number, "số", now.date(), 1, now),
        ):
            assert await refusal_of(refused) in {Code.COUNCIL_SITS, Code.NUMBER_OF_PAPER_MISSING}
        (row,) = [await session.get(CouncilSitting, number)]
        assert row is not None
        assert row.state == SittingState.CALLED.value


async def test_a_vote_whose_sums_would_tell_is_not_opened(here: Chamber) -> None:
    async with here.town.office() as session:
        now = here.town.clock.now()
        few = called(here, session, here.members[:2])
        assert await refusal_of(few) is Code.COUNCIL_TOO_SMALL
        number = await called(here, session, here.members[:3])
        member = await person(here, session, here.members[1])
        await council_questions.declare_conflict(session, member, number, here.nominations[0], WORDS, now)
        chair = await person(here, session, here.chair)
        opening = council_vote.open_vote(session, chair, number, now + timedelta(hours=1), now)
        assert await refusal_of(opening) is Code.COUNCIL_TOO_FEW
        office, fourth = (
            await person(here, session, here.office),
            await person(here, session, here.members[3]),
        )
        for actor, wanted in ((member, fourth.person_id), (office, member.person_id), (office, 424242)):
            refused = council_seats.seat(session, actor, number, wanted, now)
            assert await refusal_of(refused) is Code.NOT_FOUND
        await council_seats.seat(session, office, number, fourth.person_id, now)
        assert [one for one in await notices(session, here.members[3]) if "Mời anh/chị dự phiên họp" in one]
        sitting = await council.one(session, fourth, number, now)
        assert (len(sitting.members), too_few_for(sitting, FEWEST_MEMBERS)) == (4, [])
        await council.cancel(session, office, number, "Cần thêm thành viên.", now)
        dossier = await dossiers.facts_of(session, here.dossier, now)
        assert dossier.state is DossierState.APPRAISED
        assert await council.outcome(session, here.nominations[0]) is None
        assert await called(here, session) == number + 1


async def test_ballots_on_paper_are_entered_with_a_photo(here: Chamber) -> None:
    async with here.town.office() as session:
        now, number = here.town.clock.now(), await called(here, session)
        chair, office = await person(here, session, here.chair), await person(here, session, here.office)
        poll = await council_vote.open_vote(session, chair, number, now + timedelta(hours=1), now)
        paper = [(await person(here, session, one)).person_id for one in here.members]
        for one in paper:
            await council_vote.on_paper(session, office, number, one, now)
        file = await a_file(session, office, here)
        lan, minh = here.nominations
        wrong = council_vote.enter_paper(session, office, number, {lan: (5, 0, 0)}, file, now)
        assert await refusal_of(wrong) is Code.VOTE_SUMS
        sums = {lan: (4, 0, 0), minh: (2, 2, 0)}
        await council_vote.enter_paper(session, office, number, sums, file, now)
        await council_vote.close_vote(session, chair, number, now)
        assert await ballots.counts(session, poll) == {
            lan: Count(4, votes_for=4),
            minh: Count(4, votes_for=2, against=2),
        }
        await council_vote.vote_again(session, chair, number, "Kiểm lại theo quy chế.", now)
        (aside,) = await council_past.earlier(session, number)
        assert (aside.sheet, aside.on_paper, aside.paper[lan].votes_for) == (file, 4, 4)
        of_round = await nomination_queries.round_of(session, await round_id(session))
        assert of_round is not None
        gathering = await round_archive_facts.begun(session, of_round, now)
        (kept,) = await round_archive_dossiers.sittings(session, gathering)
        (vote,) = kept.votes
        assert vote.sheet is not None
        assert (vote.on_paper, vote.words, vote.by) == (4, "Kiểm lại theo quy chế.", "Ủy Viên An")
        assert file not in {one.id for one in await evidence.unused(session, office)}
        assert await refusal_of(evidence.remove(session, office, file, now)) is Code.ALREADY_SIGNED
    async with here.town.office() as session:
        (noted,) = [one for one in await notices(session, here.members[1]) if "bỏ phiếu giấy" in one]
        assert "không còn tính" in noted


async def a_file(session: Session, actor: Actor, here: Chamber) -> int:
    """A checked photo of the secretary's."""
    now = here.town.clock.now()
    (file,) = await evidence.receive(session, actor, [FileRef("f", "u", "anh.jpg", 1000, "image/jpeg")], now)
    row = await session.get(Evidence, file.id)
    assert row is not None
    row.state, row.sha256, row.served_sha256 = "clean", "0f" * 32, "0f" * 32
    await session.flush()
    return file.id


async def test_whoever_has_not_voted_is_reminded_once_late(here: Chamber) -> None:
    town = here.town
    async with town.office() as session:
        now, number = town.clock.now(), await called(here, session)
        chair = await person(here, session, here.chair)
        poll = await council_vote.open_vote(session, chair, number, now + timedelta(hours=4), now)
        for nomination in here.nominations:
            await ballots.cast(session, chair, poll, nomination, Vote.FOR, now)
        assert await council_vote.remind(session, now + timedelta(hours=2)) == 0
        assert await council_vote.remind(session, now + timedelta(hours=3)) == 3
        assert await council_vote.remind(session, now + timedelta(hours=3, minutes=5)) == 0
        assert await council_vote.remind(session, now + timedelta(hours=5)) == 0
    async with town.office() as session:
        told = await notices(session, here.chair)
        assert not any("Nhắc bỏ phiếu kín" in one for one in told)
        assert sum("Hết giờ bỏ phiếu kín" in one for one in told) == 1
        told = await notices(session, here.members[1])
        assert sum("Nhắc bỏ phiếu kín" in one for one in told) == 1


async def test_a_decision_that_cannot_be_carried_out_leaves_everything_as_it_was(here: Chamber) -> None:
    async with here.town.office() as session:
        now, number = here.town.clock.now(), await called(here, session)
        await voted(here, session, number, *[(Vote.FOR, Vote.AGAINST)] * 4)
        chair, office = await person(here, session, here.chair), await person(here, session, here.office)
        director = await person(here, session, here.director)
        await council_vote.conclude(session, chair, number, WORDS, now)
        early = council_decision.enter(
            session, office, number, "1/QĐ", now.date(), await a_file(session, office, here), now
        )
        assert await refusal_of(early) is Code.COUNCIL_MOVED_ON
        misread = council_decision.approve(session, director, number, 2, now)
        assert await refusal_of(misread) is Code.COUNCIL_READ_BACK
        await council_decision.approve(session, director, number, 1, now)
        twice = council_decision.approve(session, director, number, 1, now)
        assert await refusal_of(twice) is Code.COUNCIL_MOVED_ON
    async with here.town.office() as session:
        lan = await session.get(Nomination, here.nominations[0])
        assert lan is not None
        lan.state = "withdrawn"
    async with here.town.office() as session:
        file = await a_file(session, office, here)
        with pytest.raises(Refusal, match="not_nominated"):
            async with Savepoint(session):
                await council_decision.enter(session, office, number, "1/QĐ", now.date(), file, now)
    (row,) = await here.town.rows(CouncilSitting)
    assert (row.state, row.number) == (SittingState.APPROVED.value, "")
    assert await here.town.rows(Award) == []
    async with here.town.office() as session:
        lan = await session.get(Nomination, here.nominations[0])
        assert lan is not None
        lan.state = "proposed"
        await session.flush()
        await council_decision.enter(session, office, number, "125/QĐ-SYT", now.date(), file, now)
        person_id, achievement = lan.person_id, lan.achievement
    (award,) = await here.town.rows(Award)
    assert (award.person_id, award.nomination_id, award.number) == (person_id, lan.id, "125/QĐ-SYT")
    assert (award.achievement, award.thematic, award.first_year) == (achievement, True, 2026)


async def test_a_count_that_was_undone_is_made_again_and_nothing_is_counted_twice(here: Chamber) -> None:
    async with here.town.office() as session:
        now, number = here.town.clock.now(), await called(here, session)
        chair = await person(here, session, here.chair)
        poll = await council_vote.open_vote(session, chair, number, now + timedelta(hours=1), now)
        others = [await person(here, session, one) for one in here.members[1:3]]
        for nomination in here.nominations:
            for one in (chair, *others):
                await ballots.cast(session, one, poll, nomination, Vote.FOR, now)
    with suppress(ConnectionError):
        async with here.town.office() as session:
            await council_vote.close_vote(session, chair, number, now)
            raise ConnectionError
    async with here.town.office() as session:
        assert (await council.facts_of(session, number, now)).state is SittingState.VOTING
        assert await ballots.counts(session, poll) == {}
        await council_vote.close_vote(session, chair, number, now)
        again = council_vote.close_vote(session, chair, number, now)
        assert await refusal_of(again) is Code.COUNCIL_MOVED_ON
        assert [one.votes_for for one in (await ballots.counts(session, poll)).values()] == [3, 3]


async def test_a_vote_in_which_too_few_voted_is_held_again_and_decides_nothing(here: Chamber) -> None:
    async with here.town.office() as session:
        now, number = here.town.clock.now(), await called(here, session)
        chair = await person(here, session, here.chair)
        await voted(here, session, number, (Vote.FOR, Vote.FOR))
        found = await council_vote.counted(session, chair, number, now)
        assert not any(one.quorate or one.chosen or one.count.cast for one in found)
        sums = council_texts.results(
            (await council.one(session, chair, number, now)).items, found, PollRules()
        )
        assert "Chưa đủ ba phiếu nên không kiểm" in sums
        concluding = council_vote.conclude(session, chair, number, WORDS, now)
        assert await refusal_of(concluding) is Code.VOTE_NOT_VALID
        await council_vote.vote_again(session, chair, number, "Chưa đủ người bỏ phiếu.", now)
        sitting = await council.one(session, chair, number, now)
        assert (sitting.state, sitting.referred) == (SittingState.CALLED, "Chưa đủ người bỏ phiếu.")


async def test_nobody_is_withdrawn_from_under_the_council(here: Chamber) -> None:
    async with here.town.office() as session:
        now, _number = here.town.clock.now(), await called(here, session)
        lan, head = await person(here, session, here.nominees[0]), await person(here, session, here.head)
        nomination = await session.get(Nomination, here.nominations[0])
        assert nomination is not None
        sheet = nomination.assessment_id
        assert await refusal_of(nominations.withdraw(session, head, sheet, now)) is Code.DOSSIER_NOT_OPEN
        assert await refusal_of(signing.withdraw(session, lan, sheet, now)) is Code.DOSSIER_NOT_OPEN
        assert len(await dossiers.nominees(session, here.dossier, now)) == 2


async def test_nobody_decides_where_it_is_about_themselves(here: Chamber) -> None:
    async with here.town.office() as session:
        now, number = here.town.clock.now(), await called(here, session)
        chair, lan = await person(here, session, here.chair), here.nominations[0]
        session.add(
            CouncilConflict(
                sitting_id=number, person_id=chair.person_id, nomination_id=lan, reason="Cùng đơn vị"
            )
        )
        others = [(Vote.FOR, Vote.FOR)] * 3
        await voted(here, session, number, (Vote.FOR, Vote.AGAINST), *others, skips=chair)
        own = council_vote.settle(session, chair, number, lan, WORDS, now)
        assert await refusal_of(own) is Code.OWN_CASE
        other = council_vote.settle(session, chair, number, here.nominations[1], WORDS, now)
        assert await refusal_of(other) is Code.OWN_CASE
        await council_vote.vote_again(session, chair, number, WORDS, now)
    async with here.town.office() as session:
        await voted(here, session, number, *[(Vote.FOR, Vote.AGAINST)] * 4, skips=chair)
        await council_vote.conclude(session, chair, number, WORDS, now)
        director = await person(here, session, here.director)
        row = await session.get(Nomination, lan)
        assert row is not None
        row.person_id = director.person_id
        await session.flush()
        for act in (
            council_decision.approve(session, director, number, 1, now),
            council_decision.refer(session, director, number, WORDS, now),
        ):
            assert await refusal_of(act) is Code.OWN_CASE
