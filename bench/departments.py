"""An office of thousands of units, each with a head, in a plan with four deadlines."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import cycle

from sqlalchemy import insert
from sqlmodel import SQLModel

from core.calendar import WorkCalendar
from core.roles import Role
from db.models import (
    Account,
    Leadership,
    NudgeRow,
    Person,
    RoleGrant,
    Submission,
    Unit,
    UnitName,
)
from db.transaction import Session, connection_of
from services import campaigns, outbox
from services.actor import console
from tests import builders

CAMPAIGN = "004"
DEADLINES = ("004-D1", "004-D2", "004-D3", "004-D4")
#: Every deadline is one that all units owe.
_KINDS = ("dossier", "yearly_review", "final_review")
_OWED_BY_ALL = "report"
_OPENED = date(2026, 1, 1)
_PORTION = 1_000


@dataclass(frozen=True, slots=True)
class Departments:
    """So many units, and how many things are to be reminded of on a working day of December.

    Of three deadlines a rung falls on that day, but what is over the number was handed in; the fourth is
    far away.
    """

    units: int
    due: int

    async def settle(self, session: Session, morning: datetime, calendar: WorkCalendar) -> None:
        """Fill an empty database; an older reminder of everything that is soon due has arrived."""
        soon = calendar.plus_working_days(morning.date(), 3)
        await self._plan(session, morning, soon)
        for table, rows in (
            (Unit, self._units()),
            (UnitName, self._names()),
            (Person, self._people(morning)),
            (Leadership, self._heads()),
            (RoleGrant, iter([{"person_id": self.units + 1, "role": Role.OFFICE.value, "since": _OPENED}])),
            (Account, self._accounts(morning)),
            (NudgeRow, self._reminded(morning, soon)),
            (Submission, self._handed_in(morning)),
        ):
            await fill(session, table, rows)
        await outbox.set_live(session)

    async def _plan(self, session: Session, morning: datetime, soon: date) -> None:
        plan = builders.PLAN_FILE.read_text("utf-8")
        for kind in _KINDS:
            plan = plan.replace(f'\nkind = "{kind}"\n', f'\nkind = "{_OWED_BY_ALL}"\n')
        office, before = console(morning.date()), morning - timedelta(days=30)
        await campaigns.load(session, office, plan, builders.PLAN_FILE.name, before)
        for code in DEADLINES:
            day = soon if code != DEADLINES[-1] else date(soon.year, 12, 31)
            subject = f"deadline:{code}"
            await campaigns.enter_date(session, office, CAMPAIGN, subject, f"{day:%d/%m}", "HD 12", before)

    def _numbers(self) -> range:
        return range(1, self.units + 1)

    def _things(self) -> list[tuple[str, int]]:
        return [(code, unit) for code in DEADLINES[:-1] for unit in self._numbers()]

    def _units(self) -> Iterator[dict[str, object]]:
        for number in (*self._numbers(), self.units + 1):
            yield {"id": number, "code": f"U{number}", "kind": "ward"}

    def _names(self) -> Iterator[dict[str, object]]:
        """The last unit is above the others."""
        top = self.units + 1
        for number in (top, *self._numbers()):
            name, folded = f"Trung tâm Y tế {number}", f"trung tam y te {number}"
            parent = top if number != top else None
            yield {"unit_id": number, "name": name, "folded": folded, "parent_id": parent, "since": _OPENED}

    def _people(self, now: datetime) -> Iterator[dict[str, object]]:
        for number in (*self._numbers(), self.units + 1):
            yield {
                "id": number,
                "staff_code": f"P{number}",
                "name": f"Nguyễn Thị Mẫu {number}",
                "folded": f"nguyen thi mau {number}",
                "unit_id": number,
                "created_at": now,
                "updated_at": now,
            }

    def _heads(self) -> Iterator[dict[str, object]]:
        for number in self._numbers():
            yield {"unit_id": number, "person_id": number, "rank": "head", "since": _OPENED}

    def _accounts(self, now: datetime) -> Iterator[dict[str, object]]:
        for number in (*self._numbers(), self.units + 1):
            chat = str(1_000_000 + number)
            yield {"person_id": number, "channel": "telegram", "bot": "", "chat": chat, "linked_at": now}

    def _reminded(self, now: datetime, soon: date) -> Iterator[dict[str, object]]:
        before = now - timedelta(days=14)
        for (code, unit), rung in zip(self._things(), cycle(("person-14", "person-7")), strict=False):
            yield {
                "obligation": f"{CAMPAIGN}:{code}:{now.year}:{unit}",
                "due": soon,
                "person_id": unit,
                "principal_id": unit,
                "rung": rung,
                "made_at": before,
                "delivered_at": before,
            }

    def _handed_in(self, now: datetime) -> Iterator[dict[str, object]]:
        before = now - timedelta(days=2)
        for place, (code, unit) in enumerate(self._things()[self.due :]):
            yield {
                "kind": _OWED_BY_ALL,
                "campaign": CAMPAIGN,
                "deadline": code,
                "period": str(now.year),
                "unit_id": unit,
                "number": "5/BC",
                "dated": before.date(),
                "receipt": f"R{place}",
                "words": "",
                "made_by": unit,
                "made_at": before,
                "confirmed_by": unit,
                "confirmed_at": before,
            }


async def fill(session: Session, table: type[SQLModel], rows: Iterator[dict[str, object]]) -> None:
    """Write rows in portions, past the objects."""
    whole = list(rows)
    for start in range(0, len(whole), _PORTION):
        await connection_of(session).execute(insert(table), whole[start : start + _PORTION])
