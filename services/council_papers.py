"""The papers of a sitting that has concluded: what they are made from, where they lie, and who gets them."""

from collections.abc import Mapping
from datetime import datetime

from core.council import PaperOf, SittingState
from core.evidence import FileKind
from core.messages import FileOut, Message
from core.refusals import Code, Refusal
from core.texts import council_notices as texts
from core.texts import council_papers as paper_texts
from db.models import CouncilPaper
from db.queries import council as queries
from db.queries import people as people_queries
from db.transaction import Session
from services import ballots, campaigns, council, council_past, council_vote, journal, outbox
from services.actor import Actor
from services.papers.council_documents import SittingContent

_CONCLUDED = frozenset({SittingState.CONCLUDED, SittingState.APPROVED, SittingState.DECIDED})


async def content(session: Session, sitting_id: int, now: datetime) -> SittingContent | None:
    """What to make them from; nothing where the sitting stands elsewhere by now."""
    row = await queries.sitting(session, sitting_id)
    if row is None or row.concluded_at is None or SittingState(row.state) not in _CONCLUDED:
        return None
    sitting = await council.facts_of(session, sitting_id, now)
    found = await council_vote.results_of(session, sitting)
    turnout = await ballots.turnout(session, sitting.poll_id)
    known = [one for _id, one in await campaigns.in_force(session) if one.code == sitting.campaign]
    voted = len({*turnout.voted, *turnout.on_paper})
    secretary = await people_queries.person(session, sitting.secretary_id or 0)
    return SittingContent(
        sitting,
        known[0] if known else None,
        tuple(found),
        voted,
        row.concluded_at,
        await council_past.last(session, sitting),
        tuple(await council_past.earlier(session, sitting_id)),
        secretary.post if secretary is not None else "",
    )


async def shelved(
    session: Session, sitting_id: int, made_of: Mapping[PaperOf, tuple[str, int]], now: datetime
) -> None:
    """They are made: noted once however often that is told, and sent to the secretary."""
    before = {(one.kind, one.sha256) for one in await queries.papers(session, sitting_id)}
    fresh = {kind: one for kind, one in made_of.items() if (kind.value, one[0]) not in before}
    for kind, (sha256, size) in fresh.items():
        session.add(
            CouncilPaper(sitting_id=sitting_id, kind=kind.value, sha256=sha256, size=size, made_at=now)
        )
    if not fresh:
        return
    await session.flush()
    await journal.note(session, "house", "made_council_papers", f"council:{sitting_id}", now)
    sitting = await council.facts_of(session, sitting_id, now)
    if sitting.secretary_id is not None:
        message = texts.papers_ready(sitting, await _files(session, sitting_id))
        once = f"council:{sitting_id}:{sitting.poll_id}:papers"
        await outbox.notify(session, [sitting.secretary_id], message, now, once=once)


async def made(session: Session, sitting_id: int) -> bool:
    """Whether there are any of what was concluded last; those of a vote set aside since do not count."""
    row = await queries.sitting(session, sitting_id)
    since = row.concluded_at if row is not None else None
    return since is not None and any(
        one.made_at >= since for one in await queries.papers(session, sitting_id)
    )


async def handed(session: Session, actor: Actor, sitting_id: int, now: datetime) -> Message:
    """The latest of each, for whoever may see the sitting."""
    await council.one(session, actor, sitting_id, now)
    files = await _files(session, sitting_id) if await made(session, sitting_id) else []
    if not files:
        raise Refusal(Code.COUNCIL_MOVED_ON)
    return Message(files=tuple(files))


async def _files(session: Session, sitting_id: int) -> list[FileOut]:
    latest: dict[str, CouncilPaper] = {}
    for row in await queries.papers(session, sitting_id):
        latest.setdefault(row.kind, row)
    return [
        FileOut(
            latest[kind.value].sha256,
            f"{paper_texts.NAMES[kind]}-{sitting_id}.docx",
            FileKind.DOCX.mime,
            size=latest[kind.value].size,
        )
        for kind in PaperOf
        if kind.value in latest
    ]
