"""What a channel with a monthly allowance may still carry: counted, kept to, told, lifted.

Counted is what a platform may have counted: what arrived, what nobody knows the end of (a connection that
broke, a process that died), and, where that is settled so, what people wrote. Each attempt counts once, in
the transaction that records it. What is in flight over the turn of a month counts in the month in which its
end is recorded.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

import structlog

from core import quota_meter as rules
from core.announcements import NotReached, Tally
from core.messages import Address
from core.quota_meter import Allowance, Meter, Standing, Stop, Use
from core.refusals import Code, Refusal
from core.roles import Permission, Role
from core.texts import quota_meter as texts
from db.queries import people as people_queries
from db.queries import quota_meter as queries
from db.queries.quota_meter import Stopped
from db.transaction import Session
from services import journal, outbox
from services.actor import Actor, local, today
from services.outbox import Lane

_log = structlog.get_logger()
_UNLIMITED = Allowance()


@dataclass(frozen=True, slots=True)
class Leave:
    """How many messages may leave now (None: any number), and whether only `urgent` ones."""

    count: int | None = None
    urgent: bool = False


def metered(session: Session, channel: str) -> bool:
    """Whether every message on a channel counts."""
    return outbox.served(session, channel) and outbox.channels(session)[channel].metered


def allowance_of(session: Session, channel: str) -> Allowance:
    """What this installation may use of a channel in a month."""
    known = session.info.get("allowances", {})
    assert isinstance(known, Mapping)
    found = known.get(channel, _UNLIMITED)
    assert isinstance(found, Allowance)
    return found


async def count_sent(session: Session, channel: str, bot: str, ids: Sequence[int], now: datetime) -> None:
    """These rows arrived, or may have; called before their outcome is recorded.

    Those whose end is on record already (a commit whose answer got lost) are not counted twice.
    """
    if ids and metered(session, channel):
        await _count(session, channel, bot, now, sent=await queries.in_flight(session, ids))


async def count_interrupted(session: Session, channel: str, bot: str, count: int, now: datetime) -> None:
    """So many were in flight when the process died, and are queued again."""
    if count and metered(session, channel):
        await _count(session, channel, bot, now, sent=count)


async def count_received(session: Session, arrivals: Iterable[tuple[str, str, str]], now: datetime) -> None:
    """These came in (channel, bot, external id); called before they are kept. Known ones do not count."""
    of_bot: dict[tuple[str, str], set[str]] = {}
    for channel, bot, external_id in arrivals:
        if metered(session, channel):
            of_bot.setdefault((channel, bot), set()).add(external_id)
    for (channel, bot), ids in of_bot.items():
        if fresh := ids - await queries.known(session, channel, bot, ids):
            await _count(session, channel, bot, now, received=len(fresh))


async def leave(session: Session, channel: str, bot: str, now: datetime) -> Leave:
    """What may leave on a channel now. Whoever waits for an answer that does not is told, once a month."""
    stopped = _in_force(await queries.stops(session), channel, bot, now)
    if stopped is not None:
        return Leave(0, urgent=True)
    allowance = allowance_of(session, channel)
    if not metered(session, channel) or not allowance.monthly:
        return Leave()
    use = await queries.use(session, channel, bot, _month(session, now))
    if rules.standing(allowance, use) is Standing.OPEN:
        return Leave(rules.room(allowance, use, reminders=False))
    count = rules.room(allowance, use, reminders=True)
    if count:
        await _tell_the_unanswered(session, channel, bot, now)
    return Leave(count, urgent=True)


async def stop(session: Session, channel: str, bot: str, why: Stop, detail: str, now: datetime) -> None:
    """The platform refuses: nothing leaves until the month is over, or until it is mended.

    Administrators and the office are told where they can be reached elsewhere; the log says it in any case.
    """
    if _in_force(await queries.stops(session), channel, bot, now) is not None:
        return
    here = local(session, now)
    until = rules.rests_until(here) if why is Stop.EXHAUSTED else None
    await queries.stop(session, channel, bot, why, now, until, detail[:200])
    await journal.note(session, "house", "channel_stopped", f"channel:{channel}", now, why=why.value)
    people = await _holders(session, now, Role.ADMINISTRATOR, Role.OFFICE)
    notice = texts.stopped(channel, why, until.astimezone(here.tzinfo) if until is not None else None)
    told = 0
    for person, where in (await _elsewhere(session, people, channel)).items():
        once = f"channel_stopped:{channel}:{bot}:{now.isoformat()}:{person}"
        await outbox.post(session, where, notice, Lane.NOTICE, now, once=once)
        told += 1
    _log.error("channel_stopped", channel=channel, why=why.value, told=told)


async def restarted(session: Session, channel: str, bot: str) -> None:
    """After a start, or once it is known again, a bot that was refused is tried again."""
    await queries.go_on(session, channel, bot, Stop.MISCONFIGURED)


async def meters(session: Session, actor: Actor, now: datetime) -> list[Meter]:
    """Every channel served here, this month."""
    actor.require(Permission.SEE_CHANNELS)
    stops = await queries.stops(session)
    served = sorted(outbox.channels(session))
    return [
        await _meter(session, channel, bot, now, _in_force(stops, channel, bot, now))
        for channel, bot in await queries.bots(session, served)
    ]


async def go_on(session: Session, actor: Actor, channel: str, now: datetime) -> None:
    """«Thử lại»: more was bought, or it is mended. Our own count stops nothing any more this month.

    Should the platform refuse all the same, the channel is stopped again.
    """
    actor.require(Permission.MANAGE_CHANNELS)
    found = [one for one in await meters(session, actor, now) if one.channel == channel and one.still]
    if not found:
        raise Refusal(Code.NOT_FOUND)
    for one in found:
        await queries.go_on(session, channel, one.bot, *Stop)
        if rules.standing(one.allowance, one.use) is not Standing.OPEN:
            await queries.lift(session, channel, one.bot, _month(session, now))
    await journal.note(session, actor.label, "channel_tried_again", f"channel:{channel}", now)


async def still(session: Session, day: date) -> frozenset[str]:
    """Channels on which an announcement stands still on that day at the office."""
    stops, found = await queries.stops(session), set[str]()
    for one in stops:
        if one.until is None or local(session, one.until).date() > day:
            found.add(one.channel)
    for channel, bot in await queries.bots(session, sorted(_limited(session))):
        use = await queries.use(session, channel, bot, rules.month_of(day))
        if rules.standing(allowance_of(session, channel), use) is not Standing.OPEN:
            found.add(channel)
    return frozenset(found)


async def needed(
    session: Session, actor: Actor, counted: Mapping[str, int], now: datetime
) -> list[tuple[Meter, int]]:
    """What so many messages by channel take, for channels that are metered or stand still."""
    actor.require(Permission.ANNOUNCE)
    stops, found = await queries.stops(session), list[tuple[Meter, int]]()
    for channel, bot in await queries.bots(session, sorted(counted)):
        stopped = _in_force(stops, channel, bot, now)
        if counted[channel] and (stopped is not None or channel in _limited(session)):
            found.append((await _meter(session, channel, bot, now, stopped), counted[channel]))
    return found


async def with_held(session: Session, announcement_id: int, counted: Tally, day: date) -> Tally:
    """The same count, where whoever waits on a channel that stands still is not reached."""
    held = await queries.held(session, announcement_id, await still(session, day)) if counted.waiting else 0
    if not held:
        return counted
    missed = {**counted.not_reached, NotReached.STANDS_STILL: held}
    return replace(counted, waiting=counted.waiting - held, not_reached=missed)


async def require_room_for_one(session: Session, address: Address, person_id: int) -> None:
    """That this person may join on this channel, if one more is. Raises `Refusal` (`CHANNEL_FULL`)."""
    users = allowance_of(session, address.channel).users
    if not users or await queries.linked(session, address.channel, address.bot, but=person_id) < users:
        return
    raise Refusal(Code.CHANNEL_FULL, channel=address.channel, users=users)


async def _count(
    session: Session, channel: str, bot: str, now: datetime, *, sent: int = 0, received: int = 0
) -> None:
    if not (sent or received):
        return
    month, allowance = _month(session, now), allowance_of(session, channel)
    before = await queries.use(session, channel, bot, month)
    await queries.add(session, channel, bot, month, sent=sent, received=received)
    landed = Use(before.sent, before.received, 0, before.lifted)
    after = Use(before.sent + sent, before.received + received, 0, before.lifted)
    threshold = rules.crossed(allowance, rules.used(allowance, landed), rules.used(allowance, after))
    if threshold is None or before.lifted:
        return
    _log.warning("allowance_threshold", channel=channel, threshold=threshold.value)
    here = local(session, now)
    one = Meter(channel, bot, allowance, after, forecast=rules.forecast(allowance, after, here))
    people = await _holders(session, now, Role.ADMINISTRATOR)
    elsewhere = await _elsewhere(session, people, channel)
    for person, where in (await outbox.addresses(session, people)).items():
        to = elsewhere.get(person, where)
        if threshold is rules.Threshold.USED_UP and to.channel == channel:
            continue  # It would arrive when it is no longer so; the log and the screen say it.
        costs = metered(session, to.channel)
        notice = texts.warning(one, threshold, rules.next_month(here), costs=costs)
        once = f"allowance:{channel}:{bot}:{month}:{threshold.value}:{person}"
        await outbox.post_urgent(session, to, notice, Lane.NOTICE, now, once=once)


async def _tell_the_unanswered(session: Session, channel: str, bot: str, now: datetime) -> None:
    turn = rules.next_month(local(session, now))
    notice = texts.answers_stand_still(channel, turn)
    for where in await queries.unanswered(session, channel, bot, now):
        once = f"unanswered:{channel}:{bot}:{_month(session, now)}:{where.chat}"
        await outbox.post_urgent(session, where, notice, Lane.ANSWER, now, once=once)


async def _meter(session: Session, channel: str, bot: str, now: datetime, stopped: Stopped | None) -> Meter:
    allowance = allowance_of(session, channel)
    use = await queries.use(session, channel, bot, _month(session, now))
    until = stopped.until if stopped is not None else None
    return Meter(
        channel,
        bot,
        allowance,
        use,
        people=await queries.wrote(session, channel, bot),
        waiting=await queries.waiting(session, channel, bot),
        metered=metered(session, channel),
        stop=stopped.why if stopped is not None else None,
        until=local(session, until) if until is not None else None,
        forecast=rules.forecast(allowance, use, local(session, now)),
    )


async def _holders(session: Session, now: datetime, *roles: Role) -> list[int]:
    """Who plays these parts today and may be written to unasked."""
    day = today(session, now)
    found = [grant for role in roles for grant in await people_queries.holders(session, role.value, day)]
    people = list(dict.fromkeys(grant.person_id for grant in found))
    return await outbox.may_be_told(session, people, now)


async def _elsewhere(session: Session, people: Sequence[int], channel: str) -> dict[int, Address]:
    """Where these people can be reached on another channel."""
    found: dict[int, Address] = {}
    for person, one in await queries.accounts(session, people):
        if one.channel != channel and outbox.served(session, one.channel):
            found.setdefault(person, one)
    return found


def _limited(session: Session) -> set[str]:
    """The channels with an allowance of messages."""
    return {
        channel
        for channel, can in outbox.channels(session).items()
        if can.metered and allowance_of(session, channel).monthly
    }


def _in_force(stops: Iterable[Stopped], channel: str, bot: str, now: datetime) -> Stopped | None:
    return next(
        (
            one
            for one in stops
            if (one.channel, one.bot) == (channel, bot) and (one.until is None or now < one.until)
        ),
        None,
    )


def _month(session: Session, now: datetime) -> str:
    return rules.month_of(today(session, now))
