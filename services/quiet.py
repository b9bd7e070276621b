"""Everybody's quiet hours with the time of the morning round, and a person's own on top of them."""

from datetime import datetime

from core.refusals import Code, Refusal
from core.reminders_hours import OUT_OF_OFFICE, GeneralHours, Quiet, leaves_time
from core.roles import Permission
from db.queries import reminders as queries
from db.queries import settings
from db.transaction import Session
from services import journal, reminders
from services.actor import Actor


async def general(session: Session, actor: Actor) -> GeneralHours:
    """Those of everybody."""
    actor.require(Permission.MANAGE_ACCOUNT, actor.own)
    return await reminders.general_hours(session)


async def set_general(session: Session, actor: Actor, hours: GeneralHours, now: datetime) -> None:
    """Set those of everybody. Refused where they would leave no working time for reminders."""
    actor.require(Permission.MANAGE_CALENDAR)
    if not leaves_time(*hours.quiets(), OUT_OF_OFFICE):
        raise Refusal(Code.QUIET_WHOLE_DAY)
    before = await reminders.general_hours(session)
    await settings.write(session, reminders.GENERAL, hours.to_text())
    await journal.note(
        session,
        actor.label,
        "set_general_hours",
        "reminder_hours",
        now,
        old=before.to_text(),
        new=hours.to_text(),
    )


async def own(session: Session, actor: Actor) -> Quiet | None:
    """What they set, if they did."""
    actor.require(Permission.MANAGE_ACCOUNT, actor.own)
    rows = await queries.quiet_hours(session)
    return next((Quiet(row.starts, row.ends) for row in rows if row.person_id == actor.person_id), None)


async def set_own(session: Session, actor: Actor, hours: Quiet | None, now: datetime) -> None:
    """Set them, or with None take them away. Refused where they would leave no time for reminders at all."""
    actor.require(Permission.MANAGE_ACCOUNT, actor.own)
    general = (await reminders.general_hours(session)).quiets()
    if hours is not None and not leaves_time(*general, hours):
        raise Refusal(Code.QUIET_WHOLE_DAY)
    kept = (hours.starts, hours.ends) if hours is not None else None
    await queries.set_quiet_hours(session, actor.person_id, kept)
    told = f"{hours.starts:%H:%M}-{hours.ends:%H:%M}" if hours is not None else ""
    await journal.note(session, actor.label, "set_quiet_hours", actor.label, now, hours=told)
