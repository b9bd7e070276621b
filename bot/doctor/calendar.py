"""Examines the working calendar: its own file, and whether the years of deadlines are confirmed."""

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
        own = calendar_file.read_own(settings.data.dir)
        known = _in_force(settings, own)
    except calendar_file.CalendarFileError as error:
        return bad("calendar", texts.calendar_faults(str(error).splitlines()), texts.FIX_CALENDAR)
    today = now.astimezone(settings.organisation.zone).date()
    needed = [today.year, today.year + 1] if today.month >= WARNED_FROM else [today.year]
    missing = [year for year in needed if not known.confirmed(year)]
    if missing:
        return doubtful("calendar", texts.calendar_unconfirmed(missing), texts.confirm_calendar(missing[0]))
    return good("calendar", texts.calendar_confirmed(needed, len(own.days)))


def _in_force(settings: Settings, own: calendar_file.Decisions) -> WorkCalendar:
    """With what administrators entered, where there is a database that knows of it."""
    if schema_state(settings) is not SchemaState.HEAD:
        return calendar_file.with_own(own)
    return asyncio.run(_entered(settings, own))


async def _entered(settings: Settings, own: calendar_file.Decisions) -> WorkCalendar:
    engine = make_engine(settings.database_url, read_only=True)
    zone = settings.organisation.zone
    try:
        async with Transactions.over(engine, journal_key=b"", calendar=own, zone=zone)() as session:
            return await calendar.in_force(session)
    finally:
        await engine.dispose()
