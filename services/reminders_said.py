"""What is owed is kept and queued: one message a person; one that fails silences nobody else."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import structlog

from core.messages import Address, Message
from core.reminders_digest import WEEKLY, Digest, WeeklyLine, digest
from core.reminders_facts import Failure, Nudge
from core.texts import reminders as texts
from core.texts import reminders_doors as doors
from db.queries import reminders as queries
from db.queries.reminders import NewNudge
from db.transaction import Savepoint, Session
from services import outbox
from services.pauses import Pauses

_log = structlog.get_logger()

#: People who are written to with one statement.
_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class _Letter:
    """What one person is told at a time; nothing is queued where there is no `to`."""

    person: int
    folded: Digest | None
    weekly: WeeklyLine | None
    to: Address | None
    rows: tuple[NewNudge, ...]

    @property
    def key(self) -> str:
        """Under which key its first row stands in the outbox."""
        return self.rows[0].outbox_key


@dataclass(frozen=True, slots=True)
class _Manner:
    """How all of them are said."""

    names: Mapping[int, str]
    now: datetime
    until: datetime


async def say(
    session: Session,
    nudges: Sequence[Nudge],
    weekly: Mapping[int, WeeklyLine],
    now: datetime,
    until: datetime,
) -> int:
    """Keep what is said and queue it until then; how many are told. On trial, administrators alone."""
    folded = {one.person: one for one in digest(nudges)}
    told = await outbox.may_be_told(session, list({*folded, *weekly}), now)
    found = await outbox.addresses(session, told)
    folded = _settled(folded, set(told) - found.keys())
    manner = _Manner(await queries.names(session, named(nudges)), now, until)
    pauses, count = Pauses(), 0
    for start in range(0, len(told), _AT_ONCE):
        letters = []
        for one in told[start : start + _AT_ONCE]:
            letters.append(_letter(one, folded.get(one), weekly.get(one), found.get(one), now))
            await pauses.pause()
        count += await _said(session, letters, manner, pauses)
    return count


def _settled(folded: Mapping[int, Digest], unreachable: Collection[int]) -> dict[int, Digest]:
    """The same, now that it is known who has no account: nobody is said to be told who cannot be."""
    return {
        person: Digest(
            person,
            tuple(
                replace(one, told=tuple(each.settled(unreachable) for each in one.told))
                for one in some.nudges
            ),
        )
        for person, some in folded.items()
    }


def named(nudges: Iterable[Nudge]) -> set[int]:
    """Everybody who is named in these."""
    people: set[int] = set()
    for one in nudges:
        people.add(one.person)
        people.add(one.principal)
        if one.instead is not None:
            people.add(one.instead)
        if one.obligation.person is not None:
            people.add(one.obligation.person)
    return people


async def _said(session: Session, letters: list[_Letter], manner: _Manner, pauses: Pauses) -> int:
    """These together; where that fails, each by itself, but for those at fault."""
    try:
        async with Savepoint(session):
            return await _post(session, letters, manner, pauses)
    except Exception as error:  # noqa: BLE001 - whose fault it was shows one by one
        if len(letters) == 1:
            _log.error("reminder_failed", person=letters[0].person, error=type(error).__name__)
            return 0
    return sum([await _said(session, [one], manner, pauses) for one in letters])


async def _post(session: Session, letters: Sequence[_Letter], manner: _Manner, pauses: Pauses) -> int:
    await queries.keep(session, [row for one in letters for row in one.rows])
    await pauses.pause()
    numbers = await queries.numbers(session, _with_doors(letters))
    queued = []
    for one in letters:
        if one.to is not None:
            message = _message(one, manner.names, numbers.get(one.key, 0))
            queued.append((one.to, message, _once(one.rows[0])))
            await pauses.pause()
    await outbox.post_until(session, queued, manner.now, manner.until)
    await pauses.pause()
    return len(queued)


def _with_doors(letters: Iterable[_Letter]) -> Collection[str]:
    """The messages about one thing or one occasion, which may be answered by its number."""
    return [
        one.key
        for one in letters
        if one.to
        and one.folded is not None
        and (len(one.folded.nudges) == 1 or doors.of_one_occasion(one.folded.nudges))
    ]


def _letter(
    person: int, folded: Digest | None, weekly: WeeklyLine | None, to: Address | None, now: datetime
) -> _Letter:
    """What one person is told: their nudges in their order, then their line of the week."""
    said = [
        NewNudge(one.obligation.id, one.due, one.person, one.principal, one.rung, now)
        for one in (folded.nudges if folded is not None else ())
    ]
    if weekly is not None:
        said.append(NewNudge(WEEKLY, weekly.monday, weekly.person, weekly.person, WEEKLY, now))
    key = outbox.key_of(_once(said[0])) if to is not None else ""
    failure = "" if to is not None else Failure.NO_ACCOUNT.value
    rows = tuple(one._replace(outbox_key=key, failure=failure) for one in said)
    return _Letter(person, folded, weekly, to, rows)


def _once(row: NewNudge) -> str:
    """The key under which a message that begins with this may be said once."""
    return f"nudge:{row.obligation}:{row.due.isoformat()}:{row.person_id}:{row.rung}"


def _message(letter: _Letter, names: Mapping[int, str], number: int) -> Message:
    if letter.folded is None:
        assert letter.weekly is not None
        return texts.weekly(letter.weekly, doors.of_several())
    nudges = letter.folded.nudges
    offered = doors.of_one(nudges[0], number) if len(nudges) == 1 else doors.of_several(nudges, number)
    return texts.digest(letter.folded, names, letter.weekly, offered)
