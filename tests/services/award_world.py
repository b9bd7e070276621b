"""A world in which every act of awards has something to act upon, and one person of every part around it."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlmodel import update

from core.ballots import PollRules
from core.messages import Address
from core.roles import Grant, Role
from db.models import (
    Absence,
    AwardAnnulment,
    AwardSheet,
    CouncilPaper,
    CouncilQuestion,
    CouncilSitting,
    Dossier,
    DossierArchive,
    DossierNominee,
    DossierPaper,
    DossierSubmission,
    Evidence,
    EvidenceUse,
    Nomination,
    PaperTemplate,
    RoleGrant,
    SentBack,
    Signature,
    SupplementItem,
)
from db.transaction import Session
from services import awards as record
from services import council, council_vote, unit_meetings, unit_windows
from services.actor import Actor
from services.council import ToCall
from services.hindrances import Whom
from tests import builders
from tests.builders import LONG_AGO
from tests.chat import Town
from tests.handlers.award_places import BEFORE
from tests.services.sitting import Chamber, chamber

SHA = "0f" * 32
REASON = "Đơn vị cần bổ sung thêm số liệu của quý ba."
_CONTENT = (
    '{"receipt":"HS-222222","unit":{"name":"Khoa"},"campaign":{"label":"CCHC"},"round":"Năm 2026",'
    '"nominees":[],"meeting":null,"papers":[]}'
)
ELSEWHERE = 2


@dataclass
class Awards:
    """Numbers of everything there is, and who there is; `actors` by the part they play."""

    now: datetime
    round: int
    sheet: int
    dossier: int
    lan: int
    minh: int
    sitting: int
    poll: int
    window: int
    objection: int
    meeting: int
    back: int
    item: int
    noted: int
    question: int
    template: int
    paper: int
    scan: int
    evidence: int
    award: int
    annulled: int
    annulment: int
    award_sheet: int
    actors: dict[str, Actor]

    @property
    def today(self) -> date:
        """The day of the story."""
        return self.actors["head"].today

    def person(self, who: str) -> int:
        """The number of one of them."""
        return self.actors[who].person_id


async def awards(town: Town) -> Awards:
    """Two people of a unit are proposed; the council votes on them; the unit's own review is going on."""
    here = await chamber(town)
    now = town.clock.now()
    async with town.office() as session:
        actors = await _actors(session, here, now)
        scan = await _file(session, actors["office"], "A", now)
        proof = await _file(session, actors["nominee"], "B", now)
        lan, minh = here.nominations
        row = await session.get(Nomination, lan)
        assert row is not None
        of, sheet = row.round_id, row.assessment_id
        members = [actors[who].person_id for who in ("chair", "member", "was_member", "third")]
        called = ToCall(of, now, "", members, members[0], PollRules())
        sitting = await council.call(session, actors["office"], called, now)
        poll = await council_vote.open_vote(session, actors["chair"], sitting, now + timedelta(hours=2), now)
        await stage(session, here.dossier, "drafting")
        window = await unit_windows.open_window(session, actors["head"], of, 1, 3, now)
        await unit_windows.object_to(session, actors["colleague"], window, lan, REASON, now, named=True)
        meeting = await unit_meetings.prepare(session, actors["head"], of, 1, now, on_paper=True)
        await unit_meetings.toggle_member(
            session, actors["head"], meeting, actors["colleague"].person_id, now
        )
        session.add(EvidenceUse(evidence_id=proof, assessment_id=sheet, criterion="009-N1", added_at=now))
        found: list[SentBack | SupplementItem | CouncilQuestion | PaperTemplate | DossierPaper] = [
            SentBack(assessment_id=sheet, criterion="009-N1", comment=REASON, sent_at=now),
            _item(here.dossier, actors["appraiser"].person_id, now, asked=now),
            _item(here.dossier, actors["appraiser"].person_id, now),
            CouncilQuestion(
                sitting_id=sitting, nomination_id=lan, asked_by=members[1], words=REASON, asked_at=now
            ),
            PaperTemplate(
                kind="list",
                person_id=actors["office"].person_id,
                name="Mẫu.docx",
                source="{}",
                state="ready",
                sha256=SHA,
                preview=SHA,
                sent_at=now,
                in_force_from=now.date(),
            ),
            DossierPaper(dossier_id=here.dossier, version=1, kind="report", evidence_id=proof, made_at=now),
        ]
        session.add_all(found)
        session.add(CouncilPaper(sitting_id=sitting, kind="minutes", sha256=SHA, size=1, made_at=now))
        held = DossierSubmission(
            dossier_id=here.dossier, version=0, receipt="HS-222222", content=_CONTENT, digest="0", made_at=now
        )
        session.add(held)
        await session.flush()
        session.add(DossierArchive(submission_id=held.id or 0, part=1, sha256=SHA, size=1, made_at=now))
        await session.exec(update(Signature).values(copy_sha256=SHA))
        out = await _nominee_of(session, here.dossier, minh)
        out.removed_at, out.removed_for = now, REASON
        await session.flush()
        back, item, noted, question, template, paper = (one.id or 0 for one in found)
        return Awards(
            now,
            of,
            sheet,
            here.dossier,
            lan,
            minh,
            sitting,
            poll,
            window,
            1,
            meeting,
            back,
            item,
            noted,
            question,
            template,
            paper,
            scan,
            proof,
            *await _on_record(session, actors, now),
            actors,
        )


async def _on_record(session: Session, actors: dict[str, Actor], now: datetime) -> tuple[int, int, int, int]:
    """An award of the nominee's, another that somebody proposed to annul, and a sheet of more."""
    whom = Whom("", "", person_id=actors["nominee"].person_id)
    kept = await record.enter(session, actors["office"], whom, BEFORE, now)
    other = await record.enter(session, actors["office"], whom, replace(BEFORE, number="13/QĐ-SYT"), now)
    asked = AwardAnnulment(
        award_id=other,
        slip=True,
        reason=REASON,
        document="",
        asked_by=actors["observer"].person_id,
        asked_at=now,
    )
    sent = AwardSheet(
        person_id=actors["office"].person_id, name="Bảng.xlsx", source="{}", state="read", sent_at=now
    )
    session.add_all([asked, sent])
    await session.flush()
    return kept, other, asked.id or 0, sent.id or 0


async def stage(session: Session, dossier: int, state: str, sitting: str = "") -> None:
    """Let the dossier (and its sitting) stand somewhere, without a step having been taken."""
    row = await session.get(Dossier, dossier)
    assert row is not None
    row.state = state
    if sitting:
        (held,) = [await session.get(CouncilSitting, 1)]
        assert held is not None
        held.state = sitting
    await session.flush()


async def _nominee_of(session: Session, dossier: int, nomination: int) -> DossierNominee:
    for number in (1, 2):
        row = await session.get(DossierNominee, number)
        if row is not None and (row.dossier_id, row.nomination_id) == (dossier, nomination):
            return row
    raise LookupError(nomination)


def _item(dossier: int, by: int, now: datetime, asked: datetime | None = None) -> SupplementItem:
    return SupplementItem(
        dossier_id=dossier,
        version=1 if asked else 2,
        missing=REASON,
        noted_by=by,
        noted_at=now,
        asked_at=asked,
    )


async def _file(session: Session, owner: Actor, code: str, now: datetime) -> int:
    row = Evidence(
        code=f"MC-{code}",
        person_id=owner.person_id,
        name="anh.jpg",
        size=1000,
        mime="image/jpeg",
        source="{}",
        state="clean",
        sha256=SHA,
        served_sha256=SHA,
        received_at=now,
    )
    session.add(row)
    await session.flush()
    return row.id or 0


async def _actors(session: Session, here: Chamber, now: datetime) -> dict[str, Actor]:
    """Everybody there is: those of the chamber, and others beside them."""
    town = here.town
    known = {
        "nominee": await town.actor(session, here.nominees[0]),
        "head": await town.actor(session, here.head),
        "office": await town.actor(session, here.office),
        "director": await town.actor(session, here.director),
        "chair": await town.actor(session, here.members[0]),
        "member": await town.actor(session, here.members[1]),
        "was_member": await town.actor(session, here.members[2]),
        "third": await town.actor(session, here.members[3]),
    }
    day, head = known["head"].today, known["head"].person_id
    before = day - timedelta(days=1)
    own: dict[str, tuple[int, frozenset[Grant]]] = {
        "colleague": (1, _held(Role.STAFF, 1)),
        "coordinator": (1, _held(Role.COORDINATOR, 1) | _held(Role.STAFF, 1)),
        "stand_in": (
            ELSEWHERE,
            _held(Role.STAFF, ELSEWHERE) | {Grant(Role.HEAD, 1, LONG_AGO, None, instead_of=head)},
        ),
        "was": (ELSEWHERE, _held(Role.HEAD, 1, before) | _held(Role.APPRAISER, None, before)),
        "other_head": (ELSEWHERE, _held(Role.HEAD, ELSEWHERE)),
        "appraiser": (ELSEWHERE, _held(Role.APPRAISER, None)),
        "second": (ELSEWHERE, _held(Role.APPRAISER, None)),
        "near_appraiser": (1, _held(Role.APPRAISER, None)),
        "not_sitting": (ELSEWHERE, _held(Role.COUNCIL, None)),
        "observer": (ELSEWHERE, _held(Role.COMMUNICATIONS, None) | _held(Role.OBSERVER, None)),
        "administrator": (ELSEWHERE, _held(Role.ADMINISTRATOR, None)),
    }
    for number, (who, (unit, grants)) in enumerate(own.items(), 1):
        person = await builders.a_person(session, unit, now, name=f"Người Thứ {number}", code=f"X{number:03}")
        at = Address("zalo", "1", str(9000 + number))
        if who == "second":
            session.add(RoleGrant(person_id=person, role=Role.APPRAISER.value, since=LONG_AGO))
        known[who] = Actor(person, f"Người Thứ {number}", unit, day, grants, address=at)
    known["was_member"] = replace(known["was_member"], grants=_held(Role.COUNCIL, None, before))
    held = await session.get(Dossier, here.dossier)
    assert held is not None
    held.appraiser_id = known["appraiser"].person_id
    session.add(
        Absence(
            person_id=head,
            deputy_id=known["stand_in"].person_id,
            starts_on=before,
            ends_on=day,
            named_by=head,
            named_at=now,
        )
    )
    await session.flush()
    return known


def _held(role: Role, unit: int | None, until: date | None = None) -> frozenset[Grant]:
    return frozenset({Grant(role, unit, LONG_AGO, until)})
