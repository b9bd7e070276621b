"""Examines the working calendar: whether somebody has confirmed the years that deadlines fall into."""

import asyncio
from datetime import datetime

from bot.config import Settings
from bot.doctor.check import Check, bad, doubtful, good
from bot.doctor.storage import schema_state
from core.calendar import WorkCalendar
from core.texts import doctor as texts
from db.engine import make_engine
from db.schema import SchemaState
from db.transaction import Transactions
from services import calendar
from services.papers import calendar_file

WARNED_FROM = 11
"""The month from which next year has to be confirmed: yearly decisions come out in autumn."""


def confirmed_years(settings: Settings, now: datetime) -> Check:
    """The current year is confirmed; from November on, the next one as well."""
    try:
        known = _in_force(settings)
    except calendar_file.CalendarFileError as error:
        return bad("calendar", str(error).splitlines()[0], texts.FIX_CALENDAR)
    today = now.astimezone(settings.organisation.zone).date()
    needed = [today.year, today.year + 1] if today.month >= WARNED_FROM else [today.year]
    missing = [year for year in needed if not known.confirmed(year)]
    if missing:
        return doubtful("calendar", texts.calendar_unconfirmed(missing), texts.confirm_calendar(missing[0]))
    return good("calendar", texts.calendar_confirmed(needed))


def _in_force(settings: Settings) -> WorkCalendar:
    """With what administrators entered, where there is a database that knows of it."""
    if schema_state(settings) is not SchemaState.HEAD:
        return calendar_file.shipped()
    return asyncio.run(_entered(settings))


async def _entered(settings: Settings) -> WorkCalendar:
    engine = make_engine(settings.database_url, read_only=True)
    try:
        async with Transactions.over(engine, journal_key=b"", zone=settings.organisation.zone)() as session:
            return await calendar.in_force(session)
    finally:
        await engine.dispose()
