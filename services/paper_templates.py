"""An office's own templates of a dossier's papers: sent, tried, and in force from a day on."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime

from core.errands import ErrandKind
from core.filenames import clean_name
from core.messages import Address, FileRef, Message
from core.paper_templates import TemplateFacts, TemplateFinding, TemplateKind, TemplateState
from core.refusals import Code, Refusal
from core.roles import Permission
from core.texts import paper_templates as texts
from db.models import PaperTemplate
from db.queries import paper_templates as queries
from db.queries import people as people_queries
from db.transaction import Session
from services import errands, journal, outbox
from services.actor import Actor

LARGEST = 2 * 1024 * 1024
"""Bytes; those shipped take a fiftieth of it."""
_SUFFIX = ".docx"
_SHOWN = 6


async def in_force(session: Session, day: date) -> dict[TemplateKind, str]:
    """The office's own templates that count on a day, by their digests; for other kinds the shipped do."""
    return {TemplateKind(row.kind): row.sha256 for row in await queries.in_force(session, day)}


async def used(session: Session, actor: Actor) -> dict[TemplateKind, TemplateFacts]:
    """The same, to show."""
    actor.require(Permission.LOAD_CAMPAIGN)
    return {TemplateKind(row.kind): _facts(row) for row in await queries.in_force(session, actor.today)}


async def sent(session: Session, actor: Actor, kind: TemplateKind) -> list[TemplateFacts]:
    """What was sent for a kind lately."""
    actor.require(Permission.LOAD_CAMPAIGN)
    return [_facts(row) for row in await queries.of_kind(session, kind.value, _SHOWN)]


async def one(session: Session, actor: Actor, template_id: int) -> TemplateFacts:
    """One of them."""
    actor.require(Permission.LOAD_CAMPAIGN)
    row = await queries.get(session, template_id)
    if row is None:
        raise Refusal(Code.NOT_FOUND)
    sender = await people_queries.person(session, row.person_id)
    return _facts(row, sender.name if sender is not None else "")


async def receive(session: Session, actor: Actor, kind: TemplateKind, file: FileRef, now: datetime) -> int:
    """Take in a Word file; it is fetched, checked and tried after the turn. Returns its number."""
    actor.require(Permission.LOAD_CAMPAIGN)
    name = clean_name(file.name)
    if not name.lower().endswith(_SUFFIX):
        raise Refusal(Code.TEMPLATE_NOT_WORD, name=name)
    if file.size > LARGEST:
        raise Refusal(Code.FILE_TOO_BIG, name=name, size=file.size, limit=LARGEST)
    address = actor.address
    assert isinstance(address, Address)
    source = json.dumps({"channel": address.channel, "file": asdict(file)}, ensure_ascii=False)
    row = PaperTemplate(kind=kind.value, person_id=actor.person_id, name=name, source=source, sent_at=now)
    session.add(row)
    await session.flush()
    number = row.id or 0
    await errands.add(session, ErrandKind.READ_TEMPLATE, number, now)
    await journal.note(session, actor.label, "received_template", f"template:{number}", now, kind=kind.value)
    return number


async def put_in_force(session: Session, actor: Actor, template_id: int, day: date, now: datetime) -> None:
    """Use it for papers that are made from that day on; it has been tried, and the day is not past."""
    actor.require(Permission.LOAD_CAMPAIGN)
    facts = await one(session, actor, template_id)
    if facts.state is not TemplateState.READY:
        raise Refusal(Code.TEMPLATE_NOT_READY)
    if day < actor.today:
        raise Refusal(Code.TEMPLATE_DAY_PAST)
    by = actor.person_id or None
    await queries.settle(session, template_id, in_force_from=day, put_by=by, put_at=now, ended_at=None)
    session.expire_all()
    told = {"from": day.isoformat(), "kind": facts.kind.value}
    await journal.note(session, actor.label, "put_template_in_force", f"template:{template_id}", now, **told)


async def end(session: Session, actor: Actor, template_id: int, now: datetime) -> None:
    """Use it no more: what counted before it counts again."""
    actor.require(Permission.LOAD_CAMPAIGN)
    facts = await one(session, actor, template_id)
    if facts.in_force_from is None:
        raise Refusal(Code.TEMPLATE_NOT_READY)
    await queries.settle(session, template_id, in_force_from=None, ended_at=now)
    session.expire_all()
    await journal.note(session, actor.label, "ended_template", f"template:{template_id}", now)


async def ask_set(session: Session, actor: Actor, now: datetime) -> None:
    """Ask for the templates in force as files."""
    actor.require(Permission.LOAD_CAMPAIGN)
    await errands.add(session, ErrandKind.GIVE_TEMPLATES, actor.person_id, now)


async def set_made(
    session: Session, person_id: int, files: Mapping[TemplateKind, str], now: datetime
) -> None:
    """They lie in the file store: they go to whoever asked."""
    given = [texts.set_file(kind, sha256) for kind, sha256 in files.items()]
    once = f"templates:{person_id}:{now.isoformat()}"
    await outbox.notify(session, [person_id], texts.set_notice(given), now, once=once)


async def source(session: Session, template_id: int) -> tuple[TemplateKind, str, FileRef] | None:
    """Where the bytes still lie; nothing once they were settled."""
    row = await _waiting(session, template_id)
    if row is None:
        return None
    told = json.loads(row.source)
    return TemplateKind(row.kind), told["channel"], FileRef(**told["file"])


async def tried(
    session: Session,
    template_id: int,
    findings: Sequence[TemplateFinding],
    sha256: str,
    preview: str,
    now: datetime,
) -> None:
    """It was tried: ready with a paper made from it (`preview`), or faulty."""
    lines = "\n".join(texts.finding(one) for one in findings)
    state = TemplateState.FAULTY if findings else TemplateState.READY
    await _settle(session, template_id, state, now, findings=lines, sha256=sha256, preview=preview)


async def turned_down(session: Session, template_id: int, sentence: str, now: datetime) -> None:
    """The checks of the file itself said no."""
    await _settle(session, template_id, TemplateState.REFUSED, now, findings=sentence)


async def lost(session: Session, template_id: int, now: datetime) -> None:
    """The platform no longer has the bytes, or they could not be read for a day."""
    await _settle(session, template_id, TemplateState.LOST, now)


async def _settle(
    session: Session, template_id: int, state: TemplateState, now: datetime, **values: object
) -> None:
    row = await _waiting(session, template_id)
    if row is None:
        return
    await queries.settle(session, template_id, state=state.value, done_at=now, **values)
    session.expire_all()
    row = await queries.get(session, template_id)
    assert row is not None
    notice = _notice(_facts(row))
    await journal.note(session, "house", "tried_template", f"template:{template_id}", now, state=state.value)
    await outbox.notify(session, [row.person_id], notice, now, once=f"template:{template_id}")


def _notice(facts: TemplateFacts) -> Message:
    match facts.state:
        case TemplateState.READY:
            return texts.ready_notice(facts)
        case TemplateState.LOST:
            return texts.lost_notice(facts.id, facts.name)
        case _:
            return texts.faulty_notice(facts)


async def _waiting(session: Session, template_id: int) -> PaperTemplate | None:
    row = await queries.get(session, template_id)
    return row if row is not None and row.state == TemplateState.WAITING.value else None


def _facts(row: PaperTemplate, sent_by: str = "") -> TemplateFacts:
    return TemplateFacts(
        id=row.id or 0,
        kind=TemplateKind(row.kind),
        name=row.name,
        state=TemplateState(row.state),
        findings=tuple(row.findings.splitlines()),
        sha256=row.sha256,
        preview=row.preview,
        in_force_from=row.in_force_from,
        sent_by=sent_by,
    )
