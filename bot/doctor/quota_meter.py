"""Examines what channels may still carry this month, and whether their platforms refuse them."""

import asyncio
from collections.abc import Iterator
from datetime import datetime

from bot.config import Settings
from bot.doctor.check import Check, doubtful, good
from bot.doctor.storage import schema_state
from core.quota_meter import Allowance, Meter
from core.texts import doctor as said
from core.texts import quota_meter as texts
from db.engine import make_engine
from db.schema import SchemaState
from db.transaction import Transactions
from services import quota_meter
from services.actor import console


def months(settings: Settings, now: datetime) -> Iterator[Check]:
    """Each channel that counts its messages, or stands still."""
    if schema_state(settings) is not SchemaState.HEAD:
        return
    for one in asyncio.run(_meters(settings, now)):
        line = texts.standing_line(one)
        if one.still:
            yield doubtful("quota_meter", line, said.SEE_CHANNELS)
        elif one.metered:
            yield good("quota_meter", line)


async def _meters(settings: Settings, now: datetime) -> list[Meter]:
    from bot.channels import telegram, zalo

    channel = settings.zalo
    zone = settings.organisation.zone
    engine = make_engine(settings.database_url, read_only=True)
    over = Transactions.over(
        engine,
        journal_key=b"",
        capabilities={"telegram": telegram.CAPABILITIES, "zalo": zalo.CAPABILITIES},
        allowances={
            "zalo": Allowance(
                channel.monthly_messages, channel.users, channel.reserve, channel.counts_received
            )
        },
        zone=zone,
    )
    try:
        async with over() as session:
            return await quota_meter.meters(session, console(now.astimezone(zone).date()), now)
    finally:
        await engine.dispose()
