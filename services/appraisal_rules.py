"""What holds for every appraisal: the working days there are, and what goes first among equals."""

from collections.abc import Sequence
from datetime import datetime

from core.appraisal import APPRAISAL_DAYS, MOST_DAYS, SUPPLEMENT_DAYS, TIE_ORDER, TieRule
from core.refusals import Code, Refusal
from core.roles import Permission
from db.queries import settings
from db.transaction import Session
from services import journal
from services.actor import Actor

_DAYS = {"appraisal": ("appraisal_days", APPRAISAL_DAYS), "supplement": ("supplement_days", SUPPLEMENT_DAYS)}
_ORDER = "appraisal_order"


async def days(session: Session, what: str = "appraisal") -> int:
    """How many working days an `appraisal` may take, or a unit has for a `supplement`."""
    name, usual = _DAYS[what]
    told = await settings.read(session, name)
    return int(told) if told else usual


async def order(session: Session) -> tuple[TieRule, ...]:
    """What goes first among equals, as announced."""
    told = await settings.read(session, _ORDER)
    return tuple(TieRule(one) for one in told.split(",")) if told else TIE_ORDER


async def seen(session: Session, actor: Actor) -> tuple[int, int, tuple[TieRule, ...]]:
    """All of it, for whoever may change it."""
    actor.require(Permission.LOAD_CAMPAIGN)
    return await days(session), await days(session, "supplement"), await order(session)


async def set_days(session: Session, actor: Actor, what: str, count: int, now: datetime) -> None:
    """Settle how many working days there are from now on, also for what is under way."""
    actor.require(Permission.LOAD_CAMPAIGN)
    if what not in _DAYS:
        raise Refusal(Code.NOT_FOUND)
    if not 1 <= count <= MOST_DAYS:
        raise Refusal(Code.APPRAISAL_DAYS_OUTSIDE, most=MOST_DAYS)
    await settings.write(session, _DAYS[what][0], str(count))
    await journal.note(session, actor.label, f"set_{what}_days", "settings", now, days=count)


async def set_order(session: Session, actor: Actor, told: Sequence[TieRule], now: datetime) -> None:
    """Settle what goes first among equals: each rule once, those left out decide nothing."""
    actor.require(Permission.LOAD_CAMPAIGN)
    rules = tuple(dict.fromkeys(told))
    if not rules:
        raise Refusal(Code.NOT_FOUND)
    names = ",".join(one.value for one in rules)
    await settings.write(session, _ORDER, names)
    await journal.note(session, actor.label, "set_appraisal_order", "settings", now, order=names)
