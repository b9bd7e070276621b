"""Awards of a unit that nobody in the den has anything to do with: one of everything."""

from datetime import timedelta

from sqlmodel import select

from core.roles import Role
from db.models import (
    Assessment,
    CouncilItem,
    CouncilMember,
    CouncilQuestion,
    CouncilSitting,
    Dossier,
    DossierNominee,
    MeetingVote,
    Nomination,
    Objection,
    PaperTemplate,
    Poll,
    PollItem,
    PollVoter,
    PublicWindow,
    Round,
    SentBack,
    SupplementItem,
    UnitMeeting,
    WindowNominee,
)
from db.transaction import Session
from tests import builders
from tests.chat import Town

_SHARES = {"quorum_part": 2, "quorum_whole": 3, "threshold_part": 2, "threshold_whole": 3}


async def hidden_awards(town: Town, words: str) -> None:
    """A dossier prepared, reviewed, voted on and asked about, elsewhere; `words` are for its unit alone."""
    now = town.clock.now()
    async with town.office() as session:
        unit = await builders.a_unit(session, "Khoa Khác", "KK")
        person = await builders.a_person(
            session, unit, now, name="Tô Văn Khác", code="KK001", roles=(Role.STAFF,)
        )
        of = (await session.exec(select(Round))).all()[0].id or 0
        sheet = Assessment(
            round_id=of,
            version_id=1,
            person_id=person,
            unit_id=unit,
            track="individual",
            state="signed",
            created_at=now,
            updated_at=now,
        )
        dossier = Dossier(round_id=of, unit_id=unit, opened_at=now)
        sitting = CouncilSitting.model_validate(
            {
                "round_id": of,
                "held_at": now,
                "called_at": now,
                "chair_id": person,
                **_SHARES,
                "base": "members",
                "state": "voting",
            }
        )
        poll = Poll.model_validate(
            {
                "subject": "unit_review:1",
                "base": "members",
                "opened_at": now,
                **_SHARES,
                "closes_at": now + timedelta(days=9),
            }
        )
        session.add_all([sheet, dossier, sitting, poll])
        await session.flush()
        named = Nomination(
            round_id=of,
            assessment_id=sheet.id or 0,
            subject="individual",
            person_id=person,
            unit_id=unit,
            achievement="Rút ngắn thời gian chờ khám.",
            nominated_at=now,
        )
        session.add(named)
        await session.flush()
        await _around(session, town, (dossier.id or 0, sitting.id or 0, poll.id or 0), named, words)


async def _around(
    session: Session, town: Town, of: tuple[int, int, int], named: Nomination, words: str
) -> None:
    now, about, person = town.clock.now(), named.id or 0, named.person_id or 0
    dossier, sitting, poll = of
    window = PublicWindow(
        dossier_id=dossier, days=9, last_day=now.date() + timedelta(days=90), opened_at=now, opened_by=person
    )
    meeting = UnitMeeting.model_validate(
        {"dossier_id": dossier, "version": 1, "called_at": now, "place": words, **_SHARES, "base": "members"}
    )
    session.add_all([window, meeting])
    await session.flush()
    shown, held = window.id or 0, meeting.id or 0
    session.add_all(
        [
            DossierNominee(dossier_id=dossier, nomination_id=about, place=1, added_at=now),
            WindowNominee(window_id=shown, nomination_id=about, place=1),
            Objection(window_id=shown, nomination_id=about, words=words, made_on=now.date()),
            MeetingVote(meeting_id=held, nomination_id=about, place=1),
            CouncilItem(sitting_id=sitting, nomination_id=about, dossier_id=dossier, place=1),
            CouncilMember(sitting_id=sitting, person_id=person),
            CouncilQuestion(
                sitting_id=sitting, nomination_id=about, asked_by=person, words="Đo thế nào?", asked_at=now
            ),
            PollItem(poll_id=poll, nomination_id=about, place=1),
            PollVoter(poll_id=poll, person_id=person),
            SentBack(assessment_id=named.assessment_id, criterion="004-a1", comment=words, sent_at=now),
            SupplementItem(
                dossier_id=dossier, version=1, missing=words, noted_by=person, noted_at=now, asked_at=now
            ),
            PaperTemplate(
                kind="list", person_id=person, name="Mẫu.docx", source="{}", state="ready", sent_at=now
            ),
        ]
    )
    await session.flush()
