"""Photos and scans of what a council signed on paper."""

from datetime import datetime

from core.messages import FileOut, Message
from core.refusals import Code, Refusal
from db.queries import council as queries
from db.queries import evidence as evidence_queries
from db.transaction import Session
from services import council, evidence
from services.actor import Actor


async def ensure(session: Session, actor: Actor, evidence_id: int) -> None:
    """Raise a `Refusal` where a file of the person is still being checked, or is no photo or PDF."""
    file = await evidence.one(session, actor, evidence_id)
    if file.proves:
        return
    raise Refusal(Code.COUNCIL_SHEET_WAITS if file.state == "waiting" else Code.COUNCIL_SHEET)


async def decision(session: Session, actor: Actor, sitting_id: int, now: datetime) -> Message:
    """The signed decision, for whoever may see the sitting."""
    await council.one(session, actor, sitting_id, now)
    row = await queries.sitting(session, sitting_id)
    scan = await evidence_queries.get(session, row.scan_id) if row is not None and row.scan_id else None
    if scan is None or scan.state != "clean":
        raise Refusal(Code.NOT_FOUND)
    file = evidence.facts_of(scan)
    return Message(files=(FileOut(file.served_sha256, file.served_name, file.mime, size=file.size),))
