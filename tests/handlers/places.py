"""Every step there is, with a place in it that holds: where a person may be when something happens."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from sqlmodel import select

from core.criteria import DeclarationGiven, NumberGiven, TextGiven
from core.eligibility import HindranceKind
from core.messages import FileRef, Message
from core.roles import Role
from core.texts.joining import NOTICE_VERSION
from db.models import CampaignFile, Evidence, Hindrance, Invitation, NudgeRow
from db.transaction import Session
from handlers import DIALOGUES
from handlers.dialogue import AnyStep
from services import (
    absences,
    assessment,
    campaigns,
    conversations,
    deadlines,
    eligibility,
    evidence,
    extensions,
    hindrances,
    nominations,
    people,
    proxy,
    questions,
    sharing,
    signing,
    submissions,
)
from services.actor import Actor
from services.conversations import Frame, Standing
from services.hindrances import Whom
from tests.chat import Chat, Town
from tests.handlers.announcement_places import announced
from tests.handlers.appraisal_places import appraised
from tests.handlers.award_places import awarded
from tests.handlers.council_places import voting
from tests.handlers.dossier_places import prepared
from tests.handlers.ladder_places import looking_ahead
from tests.handlers.paper_places import papered
from tests.handlers.unit_places import reviewed

KEPT = "0f" * 32
EVERY_PART = (Role.STAFF, Role.OFFICE, Role.COORDINATOR, Role.HEAD, Role.ADMINISTRATOR)
STEPS: dict[str, AnyStep] = {
    f"{dialogue.name}.{step.name}": step for dialogue in DIALOGUES for step in dialogue.steps
}


@dataclass(frozen=True)
class World:
    """Lan signed one self-assessment and is in the middle of the next; Hoa has not joined yet."""

    town: Town
    lan: Chat
    hoa: Chat
    frames: dict[str, Frame]

    async def stand(self, step: str) -> Chat:
        """Put somebody at a step, as if they had walked there."""
        here = self.frames[step]
        chat = self.hoa if here.dialogue == "joining" else self.lan
        below = () if here.dialogue in {"joining", "menu"} else (self.frames["menu.tasks"],)
        async with self.town.office() as session:
            before = await conversations.resume(session, chat.address)
            standing = Standing((*below, here), Message(), before.turn + 1, "", before.screen)
            conversations.keep(session, chat.address, standing, self.town.clock.now())
        return chat

    async def where(self, chat: Chat) -> str:
        """The step somebody is at."""
        async with self.town.office() as session:
            frame = (await conversations.resume(session, chat.address)).stack[-1]
        return f"{frame.dialogue}.{frame.step}"


async def populated(town: Town) -> World:
    """A world in which every step has something to show."""
    lan = await town.joined("Trần Thị Lan", roles=EVERY_PART)
    hoa = town.stranger("Hoa")
    town.surface.knows(hoa.id)
    signed = await town.answers(lan)
    async with town.office() as session:
        await signing.sign(session, await town.actor(session, lan), signed, town.clock.now())
    await town.settle()
    town.clock.move(days=2 * 365)
    token = await town.invite("Lê Thị Hoa")
    async with town.office() as session:
        found = await people.find_candidate(session, hoa.address, token, town.clock.now())
        assert found is not None
        actor = await town.actor(session, lan)
        draft, file = await _begun(session, actor, town)
        way_in = Invitation(
            person_id=actor.person_id,
            token_hash="0",
            code_hash="0",
            issued_at=town.clock.now(),
            further=True,
            expires_at=town.clock.now() + timedelta(days=9999),
        )
        session.add(way_in)
        session.add(
            CampaignFile(kind="sent", person_id=actor.person_id, state="faulty", asked_at=town.clock.now())
        )
        await questions.ask(session, actor, "004", "004-c3", "Bao giờ có hướng dẫn?", town.clock.now())
    frames = _frames(signed, draft, file, found.invitation_id)
    frames["channels.code"] = Frame("channels", "code", {"invitation_id": way_in.id})
    frames |= await _for_others(town, lan, found.person_id, file)
    frames |= await _reminded(town, lan)
    frames |= await _handing_in(town, lan, file)
    frames |= await looking_ahead(town, lan)
    frames |= await announced(town, lan)
    return World(town, lan, hoa, frames | await _considered(town, lan, signed, draft))


async def _considered(town: Town, lan: Chat, signed: int, draft: int) -> dict[str, Frame]:
    """Lan proposed herself, came under discipline, and asked for that to be set aside."""
    now = town.clock.now()
    async with town.office() as session:
        actor = await town.actor(session, lan)
        await nominations.propose(session, actor, signed, "Số hóa toàn bộ hồ sơ bệnh án.", now)
        own = Hindrance(
            person_id=actor.person_id, kind="discipline", since=actor.today, document="Số 1", noted_at=now
        )
        session.add(own)
        await session.flush()
        case = await eligibility.standing(session, actor, signed, now)
        of, key = case.round_id, next(one.key for one in case.standing.obstacles if one.hindrance)
        waiver = await eligibility.ask(session, actor, signed, key, "Đã hết thời hiệu.", now)
        told = (HindranceKind.DISCIPLINE, "Quyết định 15", actor.today, None, now)
        under = await hindrances.note(session, actor, Whom("Khoa", "", person_id=2), *told)
    places: dict[str, dict[str, object]] = {
        "eligibility.rounds": {},
        "eligibility.conditions": {"sheet": draft},
        "standing.conditions": {"sheet": draft},
        "waivers.rounds": {},
        "waivers.hindered": {"round": of},
        "waivers.case": {"sheet": signed, "round": of},
        "waivers.ask": {"sheet": draft, "round": of, "obstacle": key},
        "waivers.decide": {"waiver": waiver},
        "hindrances.list": {},
        "hindrances.whom": {"words": "lan"},
        "hindrances.kind": {"person": 1},
        "hindrances.document": {"person": 1, "kind": "complaint"},
        "hindrances.one": {"hindrance": under},
        "hindrances.day": {"hindrance": under, "end": "until"},
        "hindrances.reason": {"hindrance": under},
        "hindrances.ground": {"hindrance": under, "reason": "Đã hết thời hạn kỷ luật."},
    }
    frames = {name: _frame(name, place) for name, place in places.items()}
    frames |= await papered(town, lan, 1) | await prepared(town, lan, 1)
    frames |= await appraised(town, lan, signed, of) | await awarded(town, lan)
    return frames | await voting(town, lan, 1) | await reviewed(town, lan, signed, of)


async def _reminded(town: Town, lan: Chat) -> dict[str, Frame]:
    """Lan's unit owes a report, and she was reminded of it."""
    now = town.clock.now()
    async with town.office() as session:
        actor = await town.actor(session, lan)
        subject = "deadline:004-D2"
        await campaigns.enter_date(session, actor, "004", subject, "15/12", "Hướng dẫn 12/HD-SYT", now)
        (owed,) = [one for one in await deadlines.obligations(session, now) if "004-D2" in one.id]
        assert owed.person == actor.person_id
        nudge = NudgeRow(
            obligation=owed.id,
            due=owed.due,
            person_id=actor.person_id,
            principal_id=actor.person_id,
            rung="person-14",
            made_at=now,
        )
        session.add(nudge)
        await session.flush()
        place: dict[str, object] = {"nudge": nudge.id}
    return {
        "reminders.mine": _frame("reminders.mine", {}),
        "reminders.one": _frame("reminders.one", place),
        "reminders.later": _frame("reminders.later", place),
    }


async def _handing_in(town: Town, lan: Chat, file: int) -> dict[str, Frame]:
    """Lan is about to hand in that report; her unit asked for more time for it."""
    now = town.clock.now()
    async with town.office() as session:
        actor = await town.actor(session, lan)
        (owed,) = [one for one in await deadlines.obligations(session, now) if "004-D2" in one.id]
        until = owed.due + timedelta(days=5)
        asked = await extensions.ask(session, actor, owed.id, until, "Chưa đủ số liệu.", now)
        paper_one = submissions.Paper("14/BC", now.date(), "Đã số hóa hồ sơ.")
        kept = await submissions.hand_in(session, actor, owed.id, paper_one, now)
        (mai,) = await absences.stand_ins(session, actor, actor.person_id, "mai")
        today = actor.today
        away = await absences.name(session, actor, mai.person_id, actor.person_id, today, today, now)
    one: dict[str, object] = {"key": owed.id}
    naming: dict[str, object] = {"person": actor.person_id, "deputy": mai.person_id}
    period = {"starts_on": "2026-11-25", "ends_on": "2026-11-27"}
    paper = {**one, "number": "15/BC", "dated": "2026-11-20"}
    due: dict[str, object] = {"due": owed.id.rpartition(":")[0]}
    places: dict[str, dict[str, object]] = {
        "submissions.list": {},
        "submissions.one": one,
        "submissions.number": one,
        "submissions.dated": {**one, "number": "15/BC"},
        "submissions.words": paper,
        "submissions.file": paper,
        "submissions.confirm": {**paper, "words": "Đã số hóa hồ sơ.", "file": file},
        "submissions.missing_file": {**one, "seen": kept.id},
        "submissions.until": one,
        "submissions.reason": {**one, "until": until.isoformat()},
        "submissions.more_time": {**one, "until": until.isoformat(), "reason": "Chưa đủ số liệu."},
        "submissions.cut_off": one,
        "board.due": {},
        "board.units": due,
        "board.unit": {**due, "unit": owed.unit_id},
        "nudging.whom": {"about": owed.id},
        "nudging.draft": {"about": f"due.{due['due']}", "words": "Đề nghị đơn vị nộp sớm."},
        "extensions.list": {},
        "extensions.one": {"asked": asked},
        "extensions.words": {"asked": asked, "grant": True},
        "extensions.until": one,
        "extensions.reason": {**one, "until": until.isoformat()},
        "extensions.document": {**one, "until": until.isoformat(), "reason": "Mạng hỏng cả tuần."},
        "extensions.sure": {
            **one,
            "until": until.isoformat(),
            "reason": "Mạng hỏng cả tuần.",
            "document": "Công văn số 20/SYT-VP",
        },
        "deputies.list": {},
        "deputies.one": {"absence": away.id},
        "deputies.person": {},
        "deputies.deputy": {"person": actor.person_id},
        "deputies.starts": naming,
        "deputies.ends": {**naming, "starts_on": "2026-11-25"},
        "deputies.confirm": {**naming, **period},
    }
    return {name: _frame(name, place) for name, place in places.items()}


async def _for_others(town: Town, lan: Chat, hoa: int, file: int) -> dict[str, Frame]:
    """Lan gave Mai a part of the unit's self-assessment, and fills in for Hoa."""
    await town.joined("Phạm Thị Mai")
    now = town.clock.now()
    async with town.office() as session:
        actor = await town.actor(session, lan)
        rounds = [one for one in await assessment.rounds(session, actor, now) if one.unit_id]
        unit = await assessment.begin(session, actor, rounds[0].round_id, now, rounds[0].unit_id)
        (mai,) = await sharing.colleagues(session, actor, unit, "mai")
        await sharing.share(session, actor, unit, ["a1", "a2"], mai.person_id, now)
        for_hoa = await proxy.begin(session, actor, hoa, rounds[0].round_id, now)
    sheet: dict[str, object] = {"sheet": unit}
    person: dict[str, object] = {**sheet, "person": mai.person_id}
    places: dict[str, dict[str, object]] = {
        "collective.board": sheet,
        "collective.colleague": sheet,
        "collective.criteria": person,
        "collective.share": {**person, "keys": ["a1", "b1"]},
        "collective.holder": person,
        "collective.one": {**sheet, "key": "a1"},
        "collective.send_back": {**sheet, "key": "a1"},
        "proxy.person": {},
        "proxy.round": {"person": hoa},
        "proxy.proof": {"sheet": for_hoa, "file": file},
        "proxy.sign": {"sheet": for_hoa, "file": file},
    }
    return {name: _frame(name, place) for name, place in places.items()}


async def _begun(session: Session, actor: Actor, town: Town) -> tuple[int, int]:
    """A self-assessment with some answers, a file that serves one of them, and one that serves none."""
    now = town.clock.now()
    rounds = [
        one for one in await assessment.rounds(session, actor, now) if not one.signed and not one.unit_id
    ]
    draft = await assessment.begin(session, actor, rounds[0].round_id, now)
    await assessment.answer(session, actor, draft, "a1", "1", TextGiven("Đã làm đủ việc được giao."), now)
    await assessment.answer(session, actor, draft, "c1", "cong-khai", NumberGiven(Decimal(100)), now)
    await assessment.answer(session, actor, draft, "dd3", "1", DeclarationGiven(yes=True), now)
    await assessment.keep_note(session, actor, draft, "a1", "Số 15/BC-TTYT", now)
    sent = [FileRef(f"f{place}", f"u{place}", f"anh-{place}.jpg", 1000, "image/jpeg") for place in (1, 2)]
    used, _loose = await evidence.receive(session, actor, sent, now)
    await evidence.use(session, actor, [used.id], draft, "a1", now)
    for row in await session.exec(select(Evidence)):
        row.state, row.sha256, row.served_sha256 = "clean", KEPT, KEPT
    return draft, used.id


def _frames(signed: int, draft: int, file: int, invitation: int) -> dict[str, Frame]:
    sheet: dict[str, object] = {"sheet": draft}
    candidate: dict[str, object] = {"invitation_id": invitation}
    places: dict[str, dict[str, object]] = {
        "menu.tasks": {},
        "menu.shelf": {},
        "menu.go_live": {},
        "meter.channels": {},
        "joining.code": {},
        "joining.identity": candidate,
        "joining.consent": {**candidate, "notice": NOTICE_VERSION},
        "assessment.overview": sheet,
        "assessment.rounds": {},
        "assessment.group": {**sheet, "group": "a"},
        "assessment.card": {**sheet, "key": "c1"},
        "assessment.together": {**sheet, "keys": ("a3", "b1", "c2")},
        "assessment.explain": {**sheet, "key": "dd3", "measure": "1"},
        "assessment.note": {**sheet, "key": "a1"},
        "assessment.files": {**sheet, "key": "a1"},
        "assessment.missing": sheet,
        "assessment.rest": sheet,
        "assessment.review": sheet,
        "assessment.sign": sheet,
        "assessment.signed": {"sheet": signed},
        "assessment.withdraw": {"sheet": signed},
        "evidence.tray": {},
        "evidence.pick_round": {"file": file},
        "evidence.pick_group": {**sheet, "file": file},
        "evidence.pick_criterion": {**sheet, "group": "a"},
        "evidence.detail": {"file": file},
        "evidence.drop": {"file": file},
        "evidence.swap": {"file": file},
        "plan.plans": {},
        "plan.points": {"version": 1},
        "plan.part": {"version": 1, "section": "content", "group": "c"},
        "plan.clause": {"version": 1, "at": 20},
        "plan.found": {"version": 1, "words": "tthc"},
        "plan.ask": {"version": 1, "words": "bao giờ nộp"},
        "questions.mine": {},
        "questions.of_mine": {"question": 1},
        "answers.queue": {},
        "answers.answering": {"question": 1},
        "campaigns.shelf": {},
        "campaigns.file": {"file": 1},
        "campaigns.version": {"version": 1},
        "campaigns.reading": {"version": 1},
        "campaigns.changes": {"version": 1},
        "campaigns.confirm": {"version": 1, "act": "approve"},
        "campaigns.dates": {"version": 1},
        "campaigns.day": {"version": 1, "subject": "issued_on"},
        "campaigns.withdraw": {"version": 1, "subject": "deadline:004-D2"},
        "campaigns.sure": {
            "version": 1,
            "subject": "round:2026:closes_at",
            "day": "2026-04-15T17:00:00+07:00",
        },
        "campaigns.document": {"version": 1, "subject": "issued_on", "day": "2026-04-15"},
        "campaigns.withdraw_reason": {"version": 1, "subject": "deadline:004-D2"},
        "campaigns.reason": {
            "version": 1,
            "subject": "deadline:004-D2",
            "day": "2026-12-22",
            "document": "Hướng dẫn 14/HD-SYT",
        },
        "calendar.month": {"year": 2026, "month": 11},
        "calendar.year": {"year": 2027},
        "calendar.confirm_year": {"year": 2027},
        "calendar.day": {"day": "2026-11-24"},
        "calendar.reason": {"day": "2026-11-25", "kind": "off"},
        "calendar.source": {"day": "2026-11-25", "kind": "off", "reason": "substitute"},
        "calendar.swap": {"day": "2026-11-25"},
        "calendar.swap_source": {"off": "2026-11-25", "work": "2026-11-28"},
        "account.account": {},
        "account.notice": {},
        "account.quiet": {},
        "account.not_me": {},
        "channels.list": {},
        "cut_off.list": {},
        "cut_off.units": {},
        "cut_off.one": {"person": 2},
        "cut_off.confirm": {"person": 2, "seen": ""},
        "channels.drop": {"account_id": 1},
    }
    return {name: _frame(name, place) for name, place in places.items()}


def _frame(name: str, place: dict[str, object]) -> Frame:
    dialogue, step = name.split(".")
    return Frame(dialogue, step, place)
