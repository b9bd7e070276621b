"""What one courier may send of a month, and whether its platform refuses it altogether."""

from collections.abc import Sequence
from datetime import datetime

from bot.channels.base import Delivered, Delivery, Exhausted, Flaky, Misconfigured
from core.quota_meter import Stop
from db.transaction import Session
from services import quota_meter, rerouting
from services.outbox import Parcel
from services.quota_meter import Leave

#: Why notices go another way, for those who have one: to this channel the month allows no more.
_QUOTA = "quota"


class CourierQuota:
    """Kept in the database; at hand is only whether there is anything to ask it for.

    `note` before the outcomes are recorded, in their transaction; `leave` in that of the claim; then `saved`.
    """

    def __init__(self, channel: str, bot: str, *, metered: bool) -> None:
        self._place = (channel, bot)
        self._metered = metered
        self._stopped = False
        self._still: bool | None = None
        self._down: bool | None = None

    async def recover(self, session: Session, interrupted: int, now: datetime) -> None:
        """After a start: what was in flight may have arrived, and a token may have been mended."""
        await quota_meter.restarted(session, *self._place)
        await quota_meter.count_interrupted(session, *self._place, interrupted, now)
        if not self._metered:
            await rerouting.channel_back(session, *self._place, now, _QUOTA)

    async def note(self, session: Session, landed: Sequence[tuple[Parcel, Delivery]], now: datetime) -> None:
        """Count what arrived, or may have; stop where the platform refuses."""
        ids = [parcel.id for parcel, outcome in landed if _may_count(outcome)]
        await quota_meter.count_sent(session, *self._place, ids, now)
        for _parcel, outcome in landed:
            match outcome:
                case Exhausted():
                    self._stopped = True
                    await quota_meter.stop(session, *self._place, Stop.EXHAUSTED, "", now)
                case Misconfigured(why):
                    self._stopped = True
                    await quota_meter.stop(session, *self._place, Stop.MISCONFIGURED, why, now)

    async def leave(self, session: Session, now: datetime) -> Leave:
        """What may be sent now. While it is not everything, notices go another way where there is one."""
        if not (self._metered or self._stopped):
            return Leave()
        found = await quota_meter.leave(session, *self._place, now)
        if found.urgent:
            await rerouting.channel_down(session, *self._place, now, _QUOTA)
        elif self._down is not False:
            await rerouting.channel_back(session, *self._place, now, _QUOTA)
        self._stopped = self._still = found.urgent
        return found

    def saved(self) -> None:
        """It is stored."""
        self._down = self._still


def _may_count(outcome: Delivery) -> bool:
    return isinstance(outcome, Delivered) or (isinstance(outcome, Flaky) and not outcome.certain)
