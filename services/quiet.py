"""A person's own quiet hours, on top of everybody's."""

from datetime import datetime

from core.refusals import Code, Refusal
from core.reminders_facts import Rules
from core.reminders_hours import Quiet, leaves_time
from core.roles import Permission
from db.queries import reminders as queries
from db.transaction import Session
from services import calendar, journal
from services.actor import Actor


async def own(session: Session, actor: Actor) -> Quiet | None:
    """What they set, if they did."""
    actor.require(Permission.MANAGE_ACCOUNT, actor.own)
    rows = await queries.quiet_hours(session)
    return next((Quiet(row.starts, row.ends) for row in rows if row.person_id == actor.person_id), None)


async def set_own(session: Session, actor: Actor, hours: Quiet | None, now: datetime) -> None:
    """Set them, or with None take them away. Refused where they would leave no time for reminders at all."""
    actor.require(Permission.MANAGE_ACCOUNT, actor.own)
    general = Rules(await calendar.in_force(session)).quiets()
    if hours is not None and not leaves_time(*general, hours):
        raise Refusal(Code.QUIET_WHOLE_DAY)
    kept = (hours.starts, hours.ends) if hours is not None else None
    await queries.set_quiet_hours(session, actor.person_id, kept)
    told = f"{hours.starts:%H:%M}-{hours.ends:%H:%M}" if hours is not None else ""
    await journal.note(session, actor.label, "set_quiet_hours", actor.label, now, hours=told)
