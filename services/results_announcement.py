"""The announcement of a decision, drafted from what was signed: who was commended, and nothing of others."""

from dataclasses import replace
from datetime import datetime

from core.announcement_content import Content
from core.announcements import Audience, State
from core.council import SittingFacts, SittingState
from core.filenames import clean_name, split_name
from core.messages import FileOut
from core.refusals import Code, Refusal
from core.roles import Permission
from core.texts import results_announcement as texts
from db.queries import council as queries
from db.queries import evidence as evidence_queries
from db.queries import results as results_queries
from db.transaction import Session
from services import announcements, council, evidence
from services.actor import Actor


def can_draft(actor: Actor, sitting: SittingFacts) -> bool:
    """Whether there is something to announce, and the person may."""
    decided = sitting.state is SittingState.DECIDED and bool(sitting.chosen)
    return decided and actor.may(Permission.ANNOUNCE)


async def draft(session: Session, actor: Actor, sitting_id: int, now: datetime) -> tuple[int, bool]:
    """The number of the draft for the units of the campaign, and whether it is new.

    Asked for again, it is the one that was begun, or went out; nothing is sent here. Whose award was annulled
    since is left out, and with them the scan that names them.
    """
    actor.require(Permission.ANNOUNCE)
    sitting = await council.one(session, actor, sitting_id, now)
    annulled = await results_queries.annulled(session, [one.nomination_id for one in sitting.items])
    standing = tuple(one for one in sitting.items if one.nomination_id not in annulled)
    sitting = replace(sitting, items=standing)
    if not can_draft(actor, sitting):
        raise Refusal(Code.COUNCIL_MOVED_ON)
    files = () if annulled else await _scan(session, sitting_id)
    content = Content(texts.title(sitting), texts.body(sitting), files)
    for one in await announcements.listed(session, actor, (*announcements.OPEN, *announcements.OVER)):
        if one.content.title == content.title and one.state is not State.STOPPED:
            return one.id, False
    aimed = Audience(campaign=sitting.campaign)
    return await announcements.begin(session, actor, content, now, aimed), True


async def _scan(session: Session, sitting_id: int) -> tuple[FileOut, ...]:
    """The signed decision, as the checked copy that may be handed out."""
    row = await queries.sitting(session, sitting_id)
    if row is None or row.scan_id is None:
        return ()
    file = await evidence_queries.get(session, row.scan_id)
    if file is None or file.removed_at is not None or not file.served_sha256:
        return ()
    facts = evidence.facts_of(file)
    photo = facts.mime.startswith("image/")
    name = clean_name(f"{texts.PAPER} {row.number}{split_name(facts.served_name)[1]}")
    return (FileOut(facts.served_sha256, name, facts.mime, photo=photo, size=facts.size),)
