"""Whether a channel carries anything: told to the house when that changes, so that notices go another way."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.channels.base import Delivered, Delivery, Flaky, Misconfigured
from bot.courier_outcomes import BREAKER
from db.transaction import Session
from services import rerouting
from services.outbox import Parcel

#: So long after the last failure, with nothing to feel the way with, a channel counts as whole again.
LAPSE = timedelta(minutes=2)


class Outage:
    """What one courier knows; `note` in the transaction of its outcomes, then `saved`."""

    def __init__(self, channel: str, bot: str) -> None:
        self._place = (channel, bot)
        self._failed_at: datetime | None = None
        self._over = False

    async def recover(self, session: Session, now: datetime) -> None:
        """After a start nothing is known to be broken."""
        await rerouting.channel_back(session, *self._place, now)

    async def note(
        self, session: Session, landed: Sequence[tuple[Parcel, Delivery]], now: datetime, failures: int
    ) -> None:
        """What landed, and how many went wrong in a row."""
        outcomes = [outcome for _parcel, outcome in landed]
        refused = any(isinstance(one, Misconfigured) for one in outcomes)
        if refused or (failures >= BREAKER and any(isinstance(one, Flaky) for one in outcomes)):
            self._failed_at, self._over = now, False
            await rerouting.channel_down(session, *self._place, now)
        elif self._failed_at is not None:
            delivered = any(isinstance(one, Delivered) for one in outcomes)
            if delivered or now - self._failed_at > LAPSE:
                await rerouting.channel_back(session, *self._place, now)
                self._over = True

    def saved(self) -> None:
        """It is stored."""
        if self._over:
            self._failed_at, self._over = None, False
