"""«Tình hình nộp»: who handed in, who is late, what is missing, for the office."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.deadlines import Obligation, Standing
from core.messages import Address, FileOut, Message
from core.refusals import Code, Refusal
from core.reminders_case import Table
from core.reminders_facts import TOLD, Failure, Reminded, Rules
from core.roles import Permission
from core.submissions import DueFacts, SubmissionFacts
from db.queries import reminders as reminder_queries
from db.transaction import Session
from services import calendar, deadlines, outbox, submissions
from services.actor import Actor, local
from services.pauses import Pauses

#: People of whom the page of a unit says when they were reminded.
MOST_REMINDED = 4


@dataclass(frozen=True, slots=True)
class Line:
    """One unit's part in an occasion."""

    obligation: Obligation
    standing: Standing


@dataclass(frozen=True, slots=True)
class Occasion:
    """One time that something falls due, with every unit that owes it: the late first, the done last."""

    key: str
    lines: tuple[Line, ...]

    @property
    def facts(self) -> DueFacts:
        """How many handed in, and how many have not, past their day."""
        done = sum(one.obligation.done_at is not None for one in self.lines)
        late = sum(one.obligation.done_at is None and one.standing.late for one in self.lines)
        return DueFacts(self.key, self.lines[0].obligation, len(self.lines), done, late)


async def occasions(session: Session, actor: Actor, now: datetime) -> list[Occasion]:
    """Everything that is due or was lately, the nearest day first."""
    actor.require(Permission.SEE_BOARD)
    return await _grouped(session, await deadlines.obligations(session, now), now)


async def count_late(session: Session, actor: Actor, now: datetime) -> int:
    """How many units owe something whose day is past."""
    actor.require(Permission.SEE_BOARD)
    moment, pauses = local(session, now), Pauses()
    table = Table(Rules(await calendar.in_force(session)), ())
    late = set()
    for one in await submissions.shown(session, actor, now):
        if one.open_on(actor.today) and table.standing(one, moment).late:
            late.add(one.unit_id)
        await pauses.pause()
    return len(late)


async def occasion(session: Session, actor: Actor, key: str, now: datetime) -> Occasion:
    """One of them, by its key."""
    actor.require(Permission.SEE_BOARD)
    owed = [one for one in await deadlines.obligations(session, now) if key_of(one) == key]
    for one in await _grouped(session, owed, now):
        return one
    raise Refusal(Code.NOT_FOUND)


async def unit(
    session: Session, actor: Actor, key: str, now: datetime
) -> tuple[Line, SubmissionFacts | None]:
    """One unit's: how it stands, and what it handed in."""
    actor.require(Permission.SEE_BOARD)
    found = await submissions.one(session, actor, key, now)
    ((line,),) = [one.lines for one in await _grouped(session, [found], now)]
    return line, await submissions.of(session, actor, key, now)


async def reminded(session: Session, actor: Actor, key: str) -> list[Reminded]:
    """Who was reminded last of what one unit owes, when and how; the newest first, a line a person."""
    actor.require(Permission.SEE_BOARD)
    return [
        Reminded(
            one.name,
            one.rung,
            one.made_at,
            one.finished_at if one.delivered_at is None and one.state == "sent" else one.delivered_at,
            Failure(one.failure) if one.failure else None,
        )
        for one in await reminder_queries.last_of(session, key, TOLD, MOST_REMINDED)
    ]


async def hand_over(session: Session, actor: Actor, key: str, to: Address, now: datetime) -> bool:
    """Send the file that a unit handed in; whether there is one that passed its checks."""
    actor.require(Permission.SEE_BOARD)
    _line, facts = await unit(session, actor, key, now)
    if facts is None or facts.file is None or not facts.file.served_sha256:
        return False
    out = FileOut(facts.file.served_sha256, facts.file.served_name, facts.file.mime)
    await outbox.post(session, to, Message(files=(out,)), outbox.Lane.ANSWER, now)
    return True


def key_of(found: Obligation) -> str:
    """The key of the occasion that an obligation belongs to."""
    return found.id.rpartition(":")[0]


async def _grouped(session: Session, found: Sequence[Obligation], now: datetime) -> list[Occasion]:
    grouped: dict[str, list[Line]] = {}
    moment, pauses = local(session, now), Pauses()
    table = Table(Rules(await calendar.in_force(session)), ())
    for one in found:
        grouped.setdefault(key_of(one), []).append(Line(one, table.standing(one, moment)))
        await pauses.pause()
    ordered = [Occasion(key, tuple(sorted(lines, key=_urgency))) for key, lines in grouped.items()]
    return sorted(ordered, key=lambda one: (one.lines[0].obligation.legal_day, one.key))


def _urgency(line: Line) -> tuple[int, str]:
    one = line.obligation
    return (2 if one.done_at is not None else 0 if line.standing.late else 1), one.unit
