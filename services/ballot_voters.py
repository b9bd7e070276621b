"""What a voter is shown of a secret vote and told about it; how they are asked again where it was lost."""

from dataclasses import dataclass
from datetime import datetime

from core.appraisal import NomineeVerdict
from core.campaign_terms import SubjectKind
from core.dossiers import PaperKind
from core.messages import FileOut
from core.refusals import Code, Refusal
from core.texts import ballots as texts
from core.texts import signing as signing_texts
from core.vietnamese import moment
from db.queries import appraisal as appraisal_queries
from db.queries import assessment as assessment_queries
from db.queries import ballots as queries
from db.queries import eligibility as eligibility_queries
from db.queries import nominations as nomination_queries
from db.transaction import Session
from services import appraisal_shortlist, ballots, dossier_papers, dossiers, outbox
from services.actor import Actor, local, today


@dataclass(frozen=True, slots=True)
class OnBallot:
    """A nominee as a ballot names them; `voted` says that the person has voted about them, never how."""

    nomination_id: int
    assessment_id: int
    subject: SubjectKind
    name: str
    post: str
    unit: str
    achievement: str
    place: int
    voted: bool = False
    conflict: str = ""


async def sheet(session: Session, actor: Actor, poll_id: int, now: datetime) -> list[OnBallot]:
    """Everybody on the ballot of somebody who votes here, in order."""
    left = await ballots.left(session, actor, poll_id)
    barred = {
        one.nomination_id: one.reason
        for one in await queries.conflicts(session, poll_id)
        if one.person_id == actor.person_id
    }
    found: list[OnBallot] = []
    for item in await queries.items(session, poll_id):
        one = await nominee(session, item.nomination_id, now)
        reason = barred.get(one.nomination_id, "")
        voted = one.nomination_id not in left and not reason
        found.append(
            OnBallot(
                one.nomination_id,
                one.assessment_id,
                one.subject,
                one.name,
                one.post,
                one.unit,
                one.achievement,
                item.place,
                voted,
                reason,
            )
        )
    return found


async def nominee(session: Session, nomination_id: int, now: datetime) -> OnBallot:
    """Somebody who is proposed, as papers and screens of a meeting name them."""
    row = await nomination_queries.nomination(session, nomination_id)
    if row is None:
        raise Refusal(Code.NOT_FOUND)
    units = await eligibility_queries.unit_names(session, {row.unit_id}, today(session, now))
    people = await eligibility_queries.people(session, {row.person_id} if row.person_id else set())
    person = people.get(row.person_id or 0)
    unit = units.get(row.unit_id, "")
    return OnBallot(
        nomination_id=nomination_id,
        assessment_id=row.assessment_id,
        subject=SubjectKind(row.subject),
        name=person.name if person is not None else unit,
        post=person.post if person is not None else "",
        unit=unit,
        achievement=row.achievement,
        place=0,
    )


async def papers(session: Session, nomination_id: int, now: datetime) -> list[FileOut]:
    """The whole of it, as far as there are papers: the report in the dossier, and what the nominee signed."""
    row = await nomination_queries.nomination(session, nomination_id)
    if row is None:
        return []
    found: list[FileOut] = []
    dossier_id = await appraisal_queries.dossier_of(session, nomination_id)
    if dossier_id is not None:
        facts = await dossiers.facts_of(session, dossier_id, now)
        found += [
            FileOut(one.sha256, one.name, one.mime, size=one.size)
            for one in await dossier_papers.of(session, dossier_id, facts.version)
            if one.nomination_id == nomination_id and one.kind is PaperKind.REPORT and one.sha256
        ]
    live = await assessment_queries.live_signature(session, row.assessment_id)
    if live is not None and live.copy_sha256:
        found.append(signing_texts.signed_copy_file(live.receipt, live.copy_sha256))
    return found


async def appraised(session: Session, nomination_id: int, now: datetime) -> NomineeVerdict | None:
    """What the appraisal came to about a nominee, once it has begun."""
    dossier_id = await appraisal_queries.dossier_of(session, nomination_id)
    if dossier_id is None:
        return None
    found = (await appraisal_shortlist.verdicts(session, dossier_id, now)).get(nomination_id)
    return found if found is not None and found.marked else None


async def ask_again(session: Session, now: datetime) -> int:
    """After a start: whoever's votes ended with the process is asked to vote again; returns how many."""
    found = await ballots.lost(session, now)
    for poll_id, people in found.items():
        facts = await ballots.poll(session, poll_id)
        until = moment(local(session, facts.closes_at))
        await outbox.notify(session, people, texts.lost(facts.subject, poll_id, until), now)
    return sum(len(people) for people in found.values())
