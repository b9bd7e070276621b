"""The office reminds by hand: one unit, or all that have not handed in; each once a day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from core.deadlines import Obligation
from core.nudging import WORDS_LIMIT, Aim, Barrier, Contact, reached, rung_of
from core.refusals import Code, Refusal
from core.reminders_case import Table
from core.reminders_facts import Rules
from core.reminders_hours import is_quiet, next_start, not_before
from core.roles import Permission, Role
from core.texts import nudging as texts
from core.vietnamese import clean_paragraphs
from db.models import NudgeRow
from db.queries import deadlines as deadline_queries
from db.queries import nudging as queries
from db.transaction import Session
from services import board, deadlines, journal, outbox, reminders, submissions
from services.actor import Actor
from services.pauses import Pauses

#: How the subject begins that stands for everybody who owes something on an occasion.
_ALL = "due."
_SHORTEST = 5
#: Messages kept and queued with one statement.
_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Reach:
    """What is known of people: how they are rung up, why they cannot be written to, and until when."""

    cards: Mapping[int, queries.Card]
    barriers: Mapping[int, Barrier]
    until: Mapping[int, datetime]

    def contact(self, person: int, principal: int) -> Contact:
        """Somebody, in their own place or in somebody else's."""
        card, other = self.cards.get(person), self.cards.get(principal)
        return Contact(
            person,
            card.name if card is not None else "",
            card.phone if card is not None else "",
            principal,
            other.name if other is not None else "",
            self.barriers.get(person),
            self.until.get(person),
        )


async def aims(session: Session, actor: Actor, subject: str, now: datetime) -> list[Aim]:
    """Everything open that a subject stands for, with who is to be told of it; reads only.

    The subject is what one unit owes by its key, or `due.` and the key of an occasion for all who owe it.
    """
    actor.require(Permission.SEE_BOARD)
    local = reminders.in_zone(session, now)
    found = await _owed(session, actor, subject, now)
    rules = await reminders.rules_in_force(session)
    heard: dict[str, tuple[str, ...]] = {}
    for key, name in await queries.heard(session, rung_of(local.date())):
        heard[key] = (*heard.get(key, ()), name)
    table = Table(rules, await deadlines.absences(session, local.date()))
    parts = await _parts(session, found, table, local.date())
    people = {pair for some in parts.values() for part in some for pair in part}
    reach = await _reach(session, people, rules, local)
    aimed, pauses = [], Pauses()
    for one in found:
        tried = [[reach.contact(*pair) for pair in part] for part in parts[one.id]]
        aimed.append(Aim(one, table.standing(one, local), *reached(tried), heard.get(one.id, ())))
        await pauses.pause()
    return aimed


async def opens_at(session: Session, actor: Actor, now: datetime) -> datetime | None:
    """From when on people may be reminded, where that is not now."""
    actor.require(Permission.SEE_BOARD)
    local, rules = reminders.in_zone(session, now), await reminders.rules_in_force(session)
    quiets = rules.quiets()
    return not_before(local, rules.calendar, *quiets) if is_quiet(local, rules.calendar, *quiets) else None


def board_subject(subject: str) -> str:
    """Where the office sees what a subject stands for: the page of the unit, or of the occasion."""
    return f"{subject.removeprefix(_ALL)}:" if subject.startswith(_ALL) else subject


def checked_words(typed: str) -> str:
    """What the office adds in its own words, as it is sent."""
    words = clean_paragraphs(typed, WORDS_LIMIT + 1)
    if len(words) > WORDS_LIMIT:
        raise Refusal(Code.TEXT_TOO_LONG, limit=WORDS_LIMIT)
    if len(words) < _SHORTEST:
        raise Refusal(Code.QUESTION_TOO_SHORT)
    return words


async def send(session: Session, actor: Actor, subject: str, words: str, now: datetime) -> list[Aim]:
    """Remind whoever was not reminded by hand today; of whom, to whom. Nothing is sent in quiet hours."""
    actor.require(Permission.SEE_BOARD)
    later = await opens_at(session, actor, now)
    if later is not None:
        raise Refusal(Code.NUDGED_TOO_EARLY, at=later)
    found = await aims(session, actor, subject, now)
    if not found:
        raise Refusal(Code.NOTHING_TO_NUDGE)
    fresh = [one for one in found if not one.heard]
    if not fresh:
        names = dict.fromkeys(name for one in found for name in one.heard)
        raise Refusal(Code.NUDGED_TODAY, names=tuple(names))
    told = [one for one in fresh if one.to]
    if not told:
        raise Refusal(Code.NOBODY_TO_NUDGE)
    said = checked_words(words) if words else ""
    people = await _say(session, actor, told, said, now)
    await journal.note(
        session, actor.label, "nudged", f"deadline:{subject}", now, units=len(told), people=people
    )
    return told


async def _owed(session: Session, actor: Actor, subject: str, now: datetime) -> list[Obligation]:
    """What a subject stands for, what is done left out; a subject that stands for nothing is not found."""
    if not subject.startswith(_ALL):
        found = [await submissions.one(session, actor, subject, now)]
    else:
        key = subject.removeprefix(_ALL)
        found = [one for one in await deadlines.obligations(session, now) if board.key_of(one) == key]
        if not found:
            raise Refusal(Code.NOT_FOUND)
    return [one for one in found if one.open_on(actor.today)]


async def _parts(
    session: Session, found: Iterable[Obligation], table: Table, day: date
) -> dict[str, list[list[tuple[int, int]]]]:
    """Who is to be told of each thing, in the order in which they are tried: person, in whose place."""
    coordinators: dict[int, list[int]] = {}
    for one in await deadline_queries.holders(session, [Role.COORDINATOR], day):
        if one.unit_id is not None:
            coordinators.setdefault(one.unit_id, []).append(one.person_id)
    parts: dict[str, list[list[tuple[int, int]]]] = {}
    for owed in found:
        own = [owed.person] if owed.person is not None else []
        others = coordinators.get(owed.unit_id, []) if owed.role is not Role.OFFICE else []
        parts[owed.id] = [
            [(table.stand_in(one, day), one if owed.person is None else owed.person) for one in part]
            for part in (own, owed.deputies, others)
        ]
    return parts


async def _reach(session: Session, pairs: set[tuple[int, int]], rules: Rules, local: datetime) -> Reach:
    people = {person for pair in pairs for person in pair}
    accounts = [one for one in await queries.accounts(session, people) if outbox.served(session, one[1])]
    linked, reachable = {one[0] for one in accounts}, {one[0] for one in accounts if one[2]}
    may_be_told = set(await outbox.may_be_told(session, sorted(people), local))
    barriers: dict[int, Barrier] = {}
    until: dict[int, datetime] = {}
    for person in people:
        quiets = rules.quiets(person)
        if person not in linked:
            barriers[person] = Barrier.NO_ACCOUNT
        elif person not in reachable:
            barriers[person] = Barrier.UNREACHABLE
        elif person not in may_be_told:
            barriers[person] = Barrier.ON_TRIAL
        elif person in rules.own and is_quiet(local, rules.calendar, *quiets):
            barriers[person] = Barrier.QUIET
            until[person] = not_before(local, rules.calendar, *quiets)
    return Reach(await queries.cards(session, people), barriers, until)


async def _say(session: Session, actor: Actor, told: Sequence[Aim], words: str, now: datetime) -> int:
    """Keep and queue them, a message each; how many there are."""
    local, rules = reminders.in_zone(session, now), await reminders.rules_in_force(session)
    rung, ends = rung_of(local.date()), next_start(local, rules.quiet)
    sending = [(aim, contact) for aim in told for contact in aim.to]
    addresses = await outbox.addresses(session, [contact.person for _aim, contact in sending])
    pauses = Pauses()
    for start in range(0, len(sending), _AT_ONCE):
        some = sending[start : start + _AT_ONCE]
        rows = [_row(aim.obligation, contact, rung, now) for aim, contact in some]
        await queries.keep(session, rows)
        notices = []
        for (aim, contact), row in zip(some, rows, strict=True):
            message = texts.received(aim, contact, actor.name, words, row.id or 0)
            notices.append((addresses[contact.person], message, row.outbox_key.rpartition(":")[0]))
        await outbox.post_until(session, notices, now, ends)
        await pauses.pause()
    return len(sending)


def _row(one: Obligation, contact: Contact, rung: str, now: datetime) -> NudgeRow:
    once = f"nudge:{one.id}:{one.due.isoformat()}:{contact.person}:{rung}"
    return NudgeRow(
        obligation=one.id,
        due=one.due,
        person_id=contact.person,
        principal_id=contact.principal,
        rung=rung,
        outbox_key=outbox.key_of(once),
        made_at=now,
    )
