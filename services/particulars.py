"""Particulars of nominees: told by themselves when the report is made, seen in the dossier alone, erasable.

What is told stands in its own table and in the papers made from it; the journal says only that it was told.
"""

import json
from dataclasses import replace
from datetime import datetime

from core.campaign_terms import SubjectKind
from core.particulars import LONGEST, ParticularsFacts, told_as
from core.refusals import Code, Refusal
from core.roles import Permission, Target
from core.texts import particulars as texts
from core.vietnamese import clean_paragraphs
from db.models import Nomination, Particulars
from db.queries import dossier_papers as queries
from db.queries import eligibility as eligibility_queries
from db.queries import nominations as nomination_queries
from db.queries import people as people_queries
from db.transaction import Session
from services import dossiers, journal, outbox
from services.actor import Actor


async def mine(session: Session, actor: Actor) -> list[ParticularsFacts]:
    """Of one's own nominations that stand in a dossier open to its unit, what was told."""
    actor.require(Permission.MANAGE_ACCOUNT, actor.own)
    found = await queries.own_in_open_dossiers(session, actor.person_id)
    return [await _facts(session, actor, row) for row in found]


async def one(session: Session, actor: Actor, nomination_id: int) -> ParticularsFacts:
    """What was told for a nomination: seen by the nominee, and by who tells it for them."""
    return await _facts(session, actor, await _told_by(session, actor, nomination_id))


async def tell(
    session: Session, actor: Actor, nomination_id: int, name: str, words: str, now: datetime
) -> ParticularsFacts:
    """Tell one of them; without words it is skipped, and left to be written by hand."""
    actor.require(Permission.MANAGE_ACCOUNT, actor.own)
    row = await _told_by(session, actor, nomination_id)
    facts = await _facts(session, actor, row)
    told = clean_paragraphs(words, LONGEST + 1)
    if name not in facts.names:
        raise Refusal(Code.NOT_FOUND)
    if len(told) > LONGEST:
        raise Refusal(Code.PARTICULARS_LONG)
    given = {**facts.given, name: told_as(name, told, actor.today, texts.SEXES.values())}
    await _store(session, actor, nomination_id, given, now)
    await journal.note(session, actor.label, "told_particulars", f"nomination:{nomination_id}", now)
    return replace(facts, given=given)


async def erase(session: Session, actor: Actor, nomination_id: int, now: datetime) -> None:
    """Forget everything that was told; the report and the list made of it leave the dossier, to be made anew.

    What was handed in before stays as it was handed in, for as long as the law on records says.
    """
    actor.require(Permission.MANAGE_ACCOUNT, actor.own)
    await _told_by(session, actor, nomination_id)
    await queries.settle_particulars(session, nomination_id, given="{}", erased_at=now)
    await queries.remove_made_about(session, nomination_id, now)
    session.expire_all()
    await journal.note(session, actor.label, "erased_particulars", f"nomination:{nomination_id}", now)


async def invite(session: Session, actor: Actor, dossier_id: int, now: datetime) -> int:
    """Ask the nominees of a dossier who have told nothing yet, once each; returns how many are asked now."""
    actor.require(Permission.PREPARE_DOSSIER)
    await dossiers.ensure_open(session, actor, dossier_id)
    facts = await dossiers.facts_of(session, dossier_id, now)
    listed = await dossiers.nominees(session, dossier_id, now)
    numbers = [one.nomination_id for one in listed]
    there = {row.nomination_id for row in await queries.particulars(session, numbers)}
    asked = 0
    for nominee in listed:
        if nominee.person_id is None or nominee.nomination_id in there:
            continue
        message = texts.invitation(nominee.nomination_id, facts.unit, facts.round_label)
        once = f"particulars:{nominee.nomination_id}"
        asked += await outbox.notify(session, [nominee.person_id], message, now, once=once)
    return asked


async def _told_by(session: Session, actor: Actor, nomination_id: int) -> Nomination:
    """The nomination, for the nominee; for who prepares the dossier where the nominee cannot tell it."""
    row = await nomination_queries.nomination(session, nomination_id)
    if row is None or row.state == "withdrawn" or not await queries.in_open_dossier(session, nomination_id):
        raise Refusal(Code.NOT_FOUND)
    if row.person_id is not None:
        if row.person_id == actor.person_id:
            return row
        if await people_queries.active_accounts(session, [row.person_id]):
            raise Refusal(Code.NOT_FOUND)
    units = await people_queries.units_above(session, row.unit_id, actor.today)
    actor.require(Permission.PREPARE_DOSSIER, Target(units=units))
    return row


async def _facts(session: Session, actor: Actor, row: Nomination) -> ParticularsFacts:
    person = await people_queries.person(session, row.person_id) if row.person_id is not None else None
    units = await eligibility_queries.unit_names(session, {row.unit_id}, actor.today)
    of_round = await nomination_queries.round_of(session, row.round_id)
    told = await queries.particulars(session, [row.id or 0])
    return ParticularsFacts(
        nomination_id=row.id or 0,
        subject=SubjectKind(row.subject),
        name=person.name if person is not None else units.get(row.unit_id, ""),
        round_label=of_round.label if of_round is not None else "",
        given=json.loads(told[0].given) if told else {},
        own=row.person_id == actor.person_id,
    )


async def _store(
    session: Session, actor: Actor, nomination_id: int, given: dict[str, str], now: datetime
) -> None:
    text = json.dumps(given, ensure_ascii=False)
    by = actor.person_id or None
    if await queries.particulars_of(session, nomination_id) is None:
        session.add(Particulars(nomination_id=nomination_id, given=text, given_by=by, given_at=now))
        await session.flush()
        return
    await queries.settle_particulars(
        session, nomination_id, given=text, given_by=by, given_at=now, erased_at=None
    )
    session.expire_all()
