"""Enters the first administrator of an installation and makes the one-time way in."""

from dataclasses import dataclass
from datetime import datetime

from bot.trouble import Outcome, TroubleError
from core.people_sheet import Column, Line, Sheet
from core.roles import Role
from core.texts import people_sheet as texts
from core.texts.account import ROLE_NAMES
from db.transaction import Transactions
from services import organisation, people
from services.actor import console
from services.people import Issued

_COLUMNS = (Column.UNIT, Column.NAME, Column.STAFF_CODE, Column.PHONE, Column.ROLES)


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Who it is to be; the unit is the organisation itself."""

    organisation: str
    name: str
    staff_code: str
    phone: str


async def enter(transactions: Transactions, newcomer: Newcomer, now: datetime) -> Issued | None:
    """Enter the person as an administrator; None when they were known before.

    `now` carries the zone of the office. Raises `TroubleError` when the data cannot be entered.
    """
    cells = (
        newcomer.organisation,
        newcomer.name,
        newcomer.staff_code,
        newcomer.phone,
        ROLE_NAMES[Role.ADMINISTRATOR],
    )
    columns = {column: place for place, column in enumerate(_COLUMNS)}
    sheet = Sheet(heading_row=0, columns=columns, lines=(Line(1, cells),))
    actor = console(now.date())
    async with transactions() as session:
        result = await organisation.import_people(session, actor, sheet, now)
        if result.plan.errors:
            found = "\n".join(texts.sentence(finding) for finding in result.plan.errors)
            raise TroubleError(found, Outcome.USAGE)
        person_id = result.added.get(1)
        return None if person_id is None else await people.issue_code(session, actor, person_id, now)
