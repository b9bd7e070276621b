"""A unit reviews its people: side by side, sent back, shown, objected to, and voted on by its own council."""

from datetime import timedelta
from fractions import Fraction

import pytest
from sqlmodel import col, select

from core.ballots import Count, PollRules, Vote
from core.refusals import Code, Refusal
from core.roles import Role
from core.unit_reviews import Gap, MeetingState
from db.models import Assessment, JournalRow, Nomination, Objection, Objector, Signature
from db.transaction import Session
from services import (
    ballots,
    nominations,
    signing,
    unit_meetings,
    unit_reviews,
    unit_votes,
    unit_windows,
)
from tests import builders
from tests.chat import Chat, Town
from tests.services.considering import notices, round_id
from tests.services.reviewing import ACHIEVEMENT, Ward, a_ward
from tests.services.test_assessment import refusal_of

COMMENT = "Số liệu chờ khám lấy từ phần mềm nào, chị gửi thêm ảnh chụp."
RULES = PollRules(quorum=Fraction(3, 4), threshold=Fraction(9, 10))
WORDS = "Thành tích này là của cả tổ, không riêng chị Lan."
ANSWER = "Đã kiểm tra sổ phân công: chị Lan chủ trì, tổ phối hợp."


async def a_meeting(ward: Ward, session: Session, *, on_paper: bool = False) -> int:
    """A meeting of the head, Hoa, Nam and Lan, ready but for what is voted."""
    town, now = ward.town, ward.town.clock.now()
    head = await ward.boss(session)
    number = await unit_meetings.prepare(session, head, await round_id(session), 1, now, on_paper=on_paper)
    people = [(await town.actor(session, one)).person_id for one in (ward.head, ward.hoa, ward.nam, ward.lan)]
    for person in people:
        await unit_meetings.toggle_member(session, head, number, person, now)
    await unit_meetings.set_chair(session, head, number, people[0], now)
    await unit_meetings.set_secretary(session, head, number, people[1], now)
    await unit_meetings.set_place(session, head, number, "Phòng họp", now)
    await unit_meetings.set_time(session, head, number, now, now)
    return number


async def test_candidates_side_by_side_for_the_unit_alone(numbers_town: Town) -> None:
    ward = await a_ward(numbers_town)
    town, now = ward.town, ward.town.clock.now()
    coordinator = await town.joined("Vũ Thị Mối", roles=(Role.COORDINATOR,))
    async with town.office() as session:
        of = await round_id(session)
        for chat in (ward.head, coordinator):
            actor = await town.actor(session, chat)
            cases, more = await unit_reviews.candidates(session, actor, of, 1, 0, now)
            assert ([one.name for one in cases], more) == (["Trần Thị Lan", "Nguyễn Thị Mai"], False)
            found = await unit_reviews.compared(session, actor, ward.sheets, now)
            assert [one.case.name for one in found] == ["Trần Thị Lan", "Nguyễn Thị Mai"]
        lan = await town.actor(session, ward.lan)
        for sheets in (ward.sheets, [9999], [0]):
            wrong = unit_reviews.compared(session, lan, sheets, now)
            assert await refusal_of(wrong) is Code.NOT_FOUND
        looks = await town.actor(session, coordinator)
        back = unit_reviews.send_back(session, looks, ward.sheets[0], "N1", COMMENT, now)
        assert await refusal_of(back) is Code.NOT_FOUND


async def test_sent_back_the_signature_ends_and_no_answer_changes(numbers_town: Town) -> None:
    ward = await a_ward(numbers_town)
    town, now = ward.town, ward.town.clock.now()
    async with town.office() as session:
        head = await ward.boss(session)
        before = (await unit_reviews.compared(session, head, [ward.sheets[0]], now))[0].sheet.entries
        await unit_reviews.send_back(session, head, ward.sheets[0], "N1", COMMENT, now)
        again = unit_reviews.send_back(session, head, ward.sheets[0], "N1", COMMENT, now)
        assert await refusal_of(again) is Code.NOT_FOUND
    async with town.office() as session:
        sheet = await session.get(Assessment, ward.sheets[0])
        assert sheet is not None
        assert sheet.state == "draft"
        (told,) = [one for one in await notices(session, ward.lan) if "xem lại" in one]
        assert COMMENT in told
        lan = await town.actor(session, ward.lan)
        (facts,) = await unit_reviews.sent_back_of(session, [ward.sheets[0]])
        assert (await unit_reviews.returned(session, lan, facts.id)).comment == COMMENT
        mai = unit_reviews.returned(session, await town.actor(session, ward.mai), facts.id)
        assert await refusal_of(mai) is Code.NOT_FOUND
        await signing.sign(session, lan, ward.sheets[0], now)
    async with town.office() as session:
        head = await ward.boss(session)
        (after,) = await unit_reviews.compared(session, head, [ward.sheets[0]], now)
        assert [one.given for one in after.sheet.entries] == [one.given for one in before]
        assert after.case.nomination is None
    assert [one.withdrawn_at is None for one in await town.rows(Signature)] == [False, True, True]
    assert [one.state for one in await town.rows(Nomination)] == ["withdrawn", "proposed"]


async def test_a_window_shows_the_unit_and_takes_one_objection_each(numbers_town: Town) -> None:
    ward = await a_ward(numbers_town)
    town, now = ward.town, ward.town.clock.now()
    async with town.office() as session:
        head, of = await ward.boss(session), await round_id(session)
        window = await unit_windows.open_window(session, head, of, 1, 1, now)
        second = unit_windows.open_window(session, head, of, 1, 1, now)
        assert await refusal_of(second) is Code.WINDOW_OPEN
        for chat in (ward.hoa, ward.lan, ward.head):
            assert [one for one in await notices(session, chat) if "công khai" in one]
        hoa, nam = await town.actor(session, ward.hoa), await town.actor(session, ward.nam)
        facts, nominees = await unit_windows.shown(session, hoa, window, now)
        assert facts.is_open
        assert nominees[0].achievement == ACHIEVEMENT
        lan_s = nominees[0].nomination_id
        await unit_windows.object_to(session, hoa, window, lan_s, WORDS, now, named=False)
        twice = unit_windows.object_to(session, hoa, window, lan_s, WORDS, now, named=True)
        assert await refusal_of(twice) is Code.OBJECTED_ALREADY
        own = unit_windows.object_to(
            session, await town.actor(session, ward.lan), window, lan_s, WORDS, now, named=True
        )
        assert await refusal_of(own) is Code.OWN_CASE
        await unit_windows.object_to(session, nam, window, lan_s, WORDS, now, named=True)
        said = await unit_windows.objections(session, head, facts.dossier_id, now)
        assert [one.by for one in said] == ["", "Đỗ Văn Nam"]
        told = [one for one in await notices(session, ward.head) if "Có ý kiến" in one]
        assert not any("Hoa" in one for one in told)
        assert len(await unit_reviews.open_objections(session, facts.dossier_id)) == 2
        await unit_windows.settle(session, head, said[0].id, ANSWER, now)
        twice = unit_windows.settle(session, head, said[0].id, ANSWER, now)
        assert await refusal_of(twice) is Code.OBJECTION_SETTLED
        (mine,) = await unit_windows.mine_of(session, hoa, window, lan_s)
        assert mine.settlement == ANSWER
        assert len(await unit_reviews.open_objections(session, facts.dossier_id)) == 1
        assert [one for one in await notices(session, ward.hoa) if ANSWER in one]
        assert not [one for one in await notices(session, ward.nam) if ANSWER in one]
    (unnamed, _named) = await town.rows(Objection)
    assert unnamed.person_id is None
    assert len(await town.rows(Objector)) == 2
    lines = [one for one in await town.rows(JournalRow) if one.verb == "objected"]
    assert [one.actor for one in lines] == ["member", f"person:{nam.person_id}"]

    town.clock.move(days=3)  # Tuesday is a holiday.
    async with town.office() as session:
        now = town.clock.now()
        assert await unit_windows.close_past(session, now) == 1
        assert await unit_windows.close_past(session, now) == 0
        mai = await town.actor(session, ward.mai)
        late = unit_windows.object_to(session, mai, window, lan_s, WORDS, now, named=True)
        assert await refusal_of(late) is Code.WINDOW_OVER
        assert [one for one in await notices(session, ward.head) if "hết thời gian công khai" in one]


async def test_what_is_said_of_a_head_goes_to_another_and_to_them_without_a_name(numbers_town: Town) -> None:
    ward = await a_ward(numbers_town)
    town, now = ward.town, ward.town.clock.now()
    async with town.office() as session:
        head, of = await ward.boss(session), await round_id(session)
        window = await unit_windows.open_window(session, head, of, 1, 1, now)
        row, *_others = (
            await session.exec(select(Nomination).where(col(Nomination.state) == "proposed"))
        ).all()
        row.person_id, number = head.person_id, row.id or 0
        await session.flush()
        nam = await town.actor(session, ward.nam)
        await unit_windows.object_to(session, nam, window, number, WORDS, now, named=True)
    deputy = await town.joined("Lý Thị Phó", roles=(Role.STAFF, Role.HEAD))
    async with town.office() as session:
        hoa = await town.actor(session, ward.hoa)
        await unit_windows.object_to(session, hoa, window, number, WORDS, now, named=True)
    async with town.office() as session:
        (to_head,) = [one for one in await notices(session, ward.head) if "Có ý kiến" in one]
        (to_deputy,) = [one for one in await notices(session, deputy) if "Có ý kiến" in one]
        assert ("Nam" in to_head, "Hoa" in to_deputy) == (False, True)
        head, other = await ward.boss(session), await town.actor(session, deputy)
        said = await unit_windows.objections(session, head, 1, now)
        assert [one.by for one in said] == ["", ""]
        assert (await unit_windows.objection(session, head, said[0].id))[1] is False
        found, may_answer = await unit_windows.objection(session, other, said[0].id)
        assert (found.by, may_answer) == ("Đỗ Văn Nam", True)


async def test_only_the_units_own_people_see_its_window(numbers_town: Town) -> None:
    ward = await a_ward(numbers_town)
    town, now = ward.town, ward.town.clock.now()
    async with town.office() as session:
        other = await builders.a_unit(session, "Khoa Khác", "KK")
    xuan = await town.joined("Ngô Thị Xuân", roles=(Role.STAFF, Role.HEAD), unit=other)
    async with town.office() as session:
        head, of = await ward.boss(session), await round_id(session)
        window = await unit_windows.open_window(session, head, of, 1, 3, now)
        stranger = await town.actor(session, xuan)
        assert await unit_windows.mine(session, stranger, now) == []
        for wrong in (
            unit_windows.shown(session, stranger, window, now),
            unit_windows.one(session, stranger, window, now),
            unit_windows.objections(session, stranger, 1, now),
            unit_windows.object_to(session, stranger, window, 1, WORDS, now, named=True),
            unit_windows.open_window(session, stranger, of, 1, 3, now),
            unit_windows.settle(session, stranger, 1, ANSWER, now),
            unit_reviews.review(session, stranger, of, 1, now),
            unit_meetings.prepare(session, stranger, of, 1, now, on_paper=False),
        ):
            assert await refusal_of(wrong) is Code.NOT_FOUND
        number = await a_meeting(ward, session)
        for refused in (
            unit_meetings.one(session, stranger, number, now),
            unit_meetings.toggle_member(session, stranger, number, 1, now),
            unit_meetings.annul(session, stranger, number, ANSWER, now),
            unit_meetings.conclude(session, stranger, number, ANSWER, now),
            unit_votes.open_vote(session, stranger, number, now + timedelta(hours=1), now),
        ):
            assert await refusal_of(refused) is Code.NOT_FOUND


async def votes(ward: Ward, session: Session, poll: int, how: dict[str, tuple[Vote, Vote]]) -> None:
    """Members vote about Lan and Mai; whoever has no vote about somebody leaves it out."""
    for name, ballot in how.items():
        chat: Chat = getattr(ward, name)
        actor = await ward.town.actor(session, chat)
        mine = await ballots.left(session, actor, poll)
        both = dict(zip((await ballots.poll(session, poll)).nominations, ballot, strict=True))
        for nomination in mine:
            await ballots.cast(session, actor, poll, nomination, both[nomination], ward.town.clock.now())


async def test_a_meeting_votes_in_secret_and_who_is_not_endorsed_is_proposed_no_more(
    numbers_town: Town,
) -> None:
    ward = await a_ward(numbers_town)
    town, now = ward.town, ward.town.clock.now()
    yes, no = Vote.FOR, Vote.AGAINST
    async with town.office() as session:
        head = await ward.boss(session)
        number = await a_meeting(ward, session)
        nobody = unit_meetings.set_rules(session, await town.actor(session, ward.hoa), number, RULES, now)
        assert await refusal_of(nobody) is Code.NOT_FOUND
        await unit_meetings.set_rules(session, head, number, RULES, now)
        facts = await unit_meetings.one(session, head, number, now)
        assert [one.reason for one in facts.conflicts] == ["Là người được đề nghị"]
        poll = await unit_votes.open_vote(session, head, number, now + timedelta(hours=4), now)
        assert [one for one in await notices(session, ward.lan) if "từ 9/10 phiếu đồng ý" in one]
        late_rules = unit_meetings.set_rules(session, head, number, PollRules(), now)
        assert await refusal_of(late_rules) is Code.MEETING_MOVED_ON
        lan = await town.actor(session, ward.lan)
        assert len(await ballots.left(session, lan, poll)) == 1
        await votes(ward, session, poll, {"head": (yes, no), "hoa": (yes, yes), "lan": (no, no)})

    town.clock.move(hours=3, minutes=10)
    async with town.office() as session:
        now = town.clock.now()
        for _ in range(2):
            await unit_votes.look_after(session, now)
        late = [one for one in await notices(session, ward.nam) if "chưa bỏ phiếu xong" in one]
        assert len(late) == 1
        assert not [one for one in await notices(session, ward.hoa) if "chưa bỏ phiếu xong" in one]
        await votes(ward, session, poll, {"nam": (yes, no)})
    town.clock.move(hours=1)
    async with town.office() as session:
        now, head = town.clock.now(), await ward.boss(session)
        await unit_votes.look_after(session, now)
        facts = await unit_meetings.one(session, head, number, now)
        assert facts.state is MeetingState.COUNTED
        assert [one.count for one in facts.agenda] == [Count(3, 3, 0, 0), Count(4, 1, 3, 0)]
        assert await unit_reviews.record_of(session, facts.dossier_id) is None
        await unit_meetings.conclude(session, head, number, "Nhất trí đề nghị chị Lan.", now)
        record = await unit_reviews.record_of(session, facts.dossier_id)
        assert record is not None
        assert [one.endorsed for one in record.votes] == [True, False]
        assert (record.chair, record.members, record.quorate) == ("Phạm Văn Trưởng, Điều dưỡng", 4, True)
        assert record.rules == RULES
        (told,) = [one for one in await notices(session, ward.lan) if "Kết quả họp bình xét" in one]
        assert "Nguyễn Thị Mai" in told, "Lan sits there, too, and is told of everybody"
        assert "Trần Thị Lan: cuộc họp" in told
        assert [one for one in await notices(session, ward.mai) if "không đủ số phiếu" in one]
    assert [one.state for one in await town.rows(Nomination)] == ["proposed", "withdrawn"]
    async with town.office() as session:
        await unit_meetings.annul(session, head, number, "Chị Hoa không được bỏ phiếu.", now)
        (told,) = [one for one in await notices(session, ward.mai) if "không còn dùng" in one]
        assert "Hoa" not in told
        assert not [one for one in await notices(session, ward.lan) if "không còn dùng" in one]


async def test_a_meeting_on_paper_needs_its_figures_and_its_minutes(numbers_town: Town) -> None:
    ward = await a_ward(numbers_town)
    town, now = ward.town, ward.town.clock.now()
    async with town.office() as session:
        head = await ward.boss(session)
        number = await a_meeting(ward, session, on_paper=True)
        facts = await unit_meetings.one(session, head, number, now)
        lan, mai = (one.nomination_id for one in facts.agenda)
        many = unit_votes.enter_votes(session, head, number, lan, Count(9, 4, 0, 0), now)
        assert await refusal_of(many) is Code.MEETING_SUMS
        await unit_votes.enter_votes(session, head, number, lan, Count(3, 3, 0, 0), now)
        await unit_votes.enter_votes(session, head, number, mai, Count(4, 4, 0, 0), now)
        with pytest.raises(Refusal) as refused:
            await unit_meetings.conclude(session, head, number, "Nhất trí đề nghị.", now)
        assert refused.value.code is Code.MEETING_LACKS
        person = (await town.actor(session, ward.nam)).person_id
        await unit_meetings.set_absence(session, head, number, person, "Đi công tác", now)
        facts = await unit_meetings.one(session, head, number, now)
        assert [one.count for one in facts.agenda] == [None, None]


async def test_an_annulled_meeting_is_kept_and_held_again(numbers_town: Town) -> None:
    ward = await a_ward(numbers_town)
    town, now = ward.town, ward.town.clock.now()
    async with town.office() as session:
        head, of = await ward.boss(session), await round_id(session)
        number = await a_meeting(ward, session)
        poll = await unit_votes.open_vote(session, head, number, now + timedelta(hours=4), now)
        another = unit_meetings.prepare(session, head, of, 1, now, on_paper=False)
        assert await refusal_of(another) is Code.MEETING_THERE
        await unit_meetings.annul(session, head, number, "Mời thiếu một thành viên.", now)
        assert (await ballots.poll(session, poll)).state == "cancelled"
        assert [one for one in await notices(session, ward.hoa) if "Mời thiếu" in one]
        fresh = await a_meeting(ward, session)
        latest = await unit_meetings.latest(session, head, 1, now)
        assert latest is not None
        assert (latest.id, latest.state) == (fresh, MeetingState.PREPARING)


async def test_whoever_presides_or_takes_the_minutes_is_there(numbers_town: Town) -> None:
    ward = await a_ward(numbers_town)
    town, now = ward.town, ward.town.clock.now()
    async with town.office() as session:
        head = await ward.boss(session)
        number = await a_meeting(ward, session)
        hoa = (await town.actor(session, ward.hoa)).person_id
        await unit_meetings.set_absence(session, head, number, head.person_id, "Đi công tác", now)
        facts = await unit_meetings.one(session, head, number, now)
        assert facts.gaps == (Gap.CHAIR,)
        await unit_meetings.set_absence(session, head, number, head.person_id, "", now)
        for _out_and_in in range(2):
            await unit_meetings.toggle_member(session, head, number, hoa, now)
        facts = await unit_meetings.one(session, head, number, now)
        assert (facts.secretary_id, facts.gaps) == (None, (Gap.SECRETARY,))


async def test_too_few_cannot_vote_in_secret(numbers_town: Town) -> None:
    ward = await a_ward(numbers_town)
    town, now = ward.town, ward.town.clock.now()
    async with town.office() as session:
        head = await ward.boss(session)
        number = await a_meeting(ward, session)
        nam = (await town.actor(session, ward.nam)).person_id
        facts = await unit_meetings.one(session, head, number, now)
        about = facts.agenda[0].nomination_id
        await unit_meetings.note_conflict(session, head, number, nam, about, "Là chồng của chị Lan", now)
        wrong = unit_votes.open_vote(session, head, number, now + timedelta(hours=1), now)
        assert await refusal_of(wrong) is Code.MEETING_TOO_FEW
        for person in (nam, (await town.actor(session, ward.hoa)).person_id):
            await unit_meetings.set_absence(session, head, number, person, "Ốm", now)
        wrong = unit_votes.open_vote(session, head, number, now + timedelta(hours=1), now)
        assert await refusal_of(wrong) is Code.MEETING_LACKS


async def test_over_the_quota_the_unit_is_told_the_sum(numbers_town: Town) -> None:
    ward = await a_ward(numbers_town)
    town, now = ward.town, ward.town.clock.now()
    async with town.office() as session:
        head, of = await ward.boss(session), await round_id(session)
        facts = await unit_reviews.review(session, head, of, 1, now)
        assert (facts.signed, facts.proposed, facts.acts) == (2, 2, True)
        assert facts.ledger == await nominations.told_quota(session, head, of)
