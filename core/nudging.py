"""Who hears a reminder that the office sends by hand: the head, else the deputies, else who coordinates."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from core.deadlines import Obligation, Standing

#: Characters of what the office adds in its own words.
WORDS_LIMIT = 600
_RUNG = "hand@"


class Barrier(StrEnum):
    """Why somebody cannot be written to now."""

    NO_ACCOUNT = "no_account"
    UNREACHABLE = "unreachable"
    ON_TRIAL = "on_trial"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody who is told in their own place or in that of `principal`; `until` is when quiet hours end."""

    person: int
    name: str
    phone: str
    principal: int
    principal_name: str
    barrier: Barrier | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Aim:
    """One thing owed: who gets the reminder, who was to get it and cannot, who got one today already."""

    obligation: Obligation
    standing: Standing
    to: tuple[Contact, ...]
    missed: tuple[Contact, ...]
    heard: tuple[str, ...] = ()

    def may_put_off(self, contact: Contact) -> bool:
        """Whether they may put it off: whoever owes it, until its last safe day."""
        return contact.person not in self.obligation.deputies and self.standing.working_days >= 0


def rung_of(day: date) -> str:
    """The rung of a reminder sent by hand: one a day. It is none of a ladder's, and puts none forward."""
    return f"{_RUNG}{day.isoformat()}"


def by_hand(rung: str) -> bool:
    """Whether a stored rung is one of these."""
    return rung.startswith(_RUNG)


def reached(parts: Iterable[Sequence[Contact]]) -> tuple[tuple[Contact, ...], tuple[Contact, ...]]:
    """Those of the first part that has anybody who can be written to; and who before them cannot."""
    missed: dict[int, Contact] = {}
    for part in parts:
        missed |= {one.person: one for one in part if one.barrier is not None}
        found = {one.person: one for one in reversed(part) if one.barrier is None}
        if found:
            return tuple(reversed(found.values())), tuple(missed.values())
    return (), tuple(missed.values())
