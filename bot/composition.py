"""From the settings of an installation to the parts its house is made of."""

from datetime import timedelta
from pathlib import Path

from bot.app import Plan
from bot.backup import make_nightly
from bot.channels.telegram import TelegramChannel, make_request
from bot.clock import Clock
from bot.config import Evidence, Settings
from bot.inspection.clamd import Clamd
from bot.inspection.inspector import Inspector
from bot.inspection.policy import InspectionPolicy, Scanning
from bot.pace import PaceLimits
from core.announcements import Rules
from core.evidence import Allowance, FileLimits
from db.engine import sqlite_file
from scheduler.housekeeping import MakeBackup


def telegram_of(settings: Settings) -> TelegramChannel | None:
    """The Telegram channel, or None when there is no token."""
    channel = settings.telegram
    if channel.token is None:
        return None
    proxy = channel.proxy.get_secret_value() if channel.proxy is not None else None
    return TelegramChannel(
        channel.token.get_secret_value(),
        # Beside the sends in flight: fetching evidence, and courtesies such as answering a tap.
        request=make_request(proxy, 2 * channel.in_flight),
        poll_request=make_request(proxy, 1),
        base_url=channel.base_url,
        base_file_url=channel.base_file_url,
        poll_timeout=channel.poll_timeout,
    )


def plan_of(settings: Settings, channel: TelegramChannel, clock: Clock, config: Path | None = None) -> Plan:
    """The house that these settings describe; `config` is the file they came from, for the backup."""
    pace = settings.telegram.pace
    policy = policy_of(settings.evidence)
    socket = settings.evidence.clamav.socket
    return Plan(
        database_url=settings.database_url,
        data_dir=settings.data.dir,
        channels=(channel,),
        clock=clock,
        zone=settings.organisation.timezone,
        organisation=settings.organisation.name,
        limits=PaceLimits(pace.per_second, pace.burst, pace.per_chat, pace.chat_burst, pace.bulk),
        in_flight=settings.telegram.in_flight,
        inspector=Inspector(policy, None if socket is None else Clamd(socket)),
        policy=policy,
        make_backup=_nightly(settings, clock, config),
        allowance=Allowance(
            file_bytes=settings.evidence.max_bytes,
            files_a_day=settings.evidence.per_day.files,
            bytes_a_day=settings.evidence.per_day.bytes,
        ),
        announcements=rules_of(settings),
    )


def _nightly(settings: Settings, clock: Clock, config: Path | None) -> MakeBackup | None:
    """The nightly backup; PostgreSQL is backed up by its own tools."""
    if sqlite_file(settings.database_url) is None:
        return None

    async def make_backup() -> str:
        return await make_nightly(settings, clock.now(), config)

    return make_backup


def rules_of(settings: Settings) -> Rules:
    """What may be announced without asking, and how fast it leaves."""
    chosen = settings.announcements
    return Rules(
        alone=chosen.alone,
        hold=timedelta(seconds=chosen.hold_seconds),
        a_day=chosen.a_day,
        a_second=min(settings.telegram.pace.bulk, settings.telegram.pace.per_second),
    )


def policy_of(evidence: Evidence) -> InspectionPolicy:
    """How carefully evidence is looked at."""
    scanning = Scanning.OFF if evidence.clamav.socket is None else Scanning(evidence.clamav.policy)
    return InspectionPolicy(limits=FileLimits(max_bytes=evidence.max_bytes), scanning=scanning)
