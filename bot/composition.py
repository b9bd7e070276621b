"""From the settings of an installation to the parts its house is made of."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from bot.app import Plan, Speed
from bot.backup import make_nightly
from bot.channels.telegram import TelegramChannel, make_request
from bot.channels.zalo import ZaloChannel
from bot.channels.zalo_api import ZaloApi
from bot.channels.zalo_media import ZaloMedia
from bot.clock import Clock
from bot.config import Evidence, Settings, Telegram, Zalo
from bot.greeting import Introduced
from bot.inspection.clamd import Clamd
from bot.inspection.inspector import Inspector
from bot.inspection.policy import InspectionPolicy, Scanning
from bot.pace import PaceLimits
from bot.web.plan import WebPlan
from core.announcements import Rules
from core.evidence import Allowance, FileLimits
from core.quota_meter import Allowance as ChannelAllowance
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


def zalo_of(settings: Settings) -> ZaloChannel | None:
    """The Zalo channel, or None when there is no token."""
    channel = settings.zalo
    if channel.token is None:
        return None
    return ZaloChannel(
        # Beside the sends in flight: the poll, and courtesies.
        ZaloApi(channel.token.get_secret_value(), channel.base_url, connections=2 * channel.in_flight + 1),
        ZaloMedia(channel.media_hosts),
        by_link=bool(settings.web.address),
        metered=bool(channel.monthly_messages),
        poll_timeout=channel.poll_timeout,
    )


def channels_of(settings: Settings) -> list[Introduced]:
    """Every channel that has a token."""
    return [channel for channel in (telegram_of(settings), zalo_of(settings)) if channel is not None]


def plan_of(
    settings: Settings, channels: Sequence[Introduced], clock: Clock, config: Path | None = None
) -> Plan:
    """The house that these settings describe; `config` is the file they came from, for the backup."""
    policy = policy_of(settings.evidence)
    socket = settings.evidence.clamav.socket
    return Plan(
        database_url=settings.database_url,
        data_dir=settings.data.dir,
        channels=channels,
        clock=clock,
        zone=settings.organisation.timezone,
        organisation=settings.organisation.name,
        speeds={"telegram": _speed_of(settings.telegram), "zalo": _speed_of(settings.zalo)},
        inspector=Inspector(policy, None if socket is None else Clamd(socket)),
        policy=policy,
        make_backup=_nightly(settings, clock, config),
        allowance=Allowance(
            file_bytes=settings.evidence.max_bytes,
            files_a_day=settings.evidence.per_day.files,
            bytes_a_day=settings.evidence.per_day.bytes,
        ),
        announcements=rules_of(settings),
        allowances={"zalo": _allowance_of(settings.zalo)},
        web=_web_of(settings),
    )


def _web_of(settings: Settings) -> WebPlan | None:
    """Where pages and webhooks are reached, if anywhere."""
    web = settings.web
    posts = {"telegram": settings.telegram.webhook, "zalo": settings.zalo.webhook}
    hooked = frozenset(name for name, wanted in posts.items() if wanted)
    return WebPlan(web.address, web.host, web.port, hooked) if web.address else None


def _allowance_of(channel: Zalo) -> ChannelAllowance:
    return ChannelAllowance(
        channel.monthly_messages, channel.users, channel.reserve, counts_received=channel.counts_received
    )


def _speed_of(channel: Telegram | Zalo) -> Speed:
    pace = channel.pace
    limits = PaceLimits(pace.per_second, pace.burst, pace.per_chat, pace.chat_burst, pace.bulk)
    return Speed(limits, channel.in_flight)


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
    # With both, most people are told by the faster one.
    pace = settings.zalo.pace if settings.telegram.token is None else settings.telegram.pace
    return Rules(
        alone=chosen.alone,
        hold=timedelta(seconds=chosen.hold_seconds),
        a_day=chosen.a_day,
        a_second=min(pace.bulk, pace.per_second),
    )


def policy_of(evidence: Evidence) -> InspectionPolicy:
    """How carefully evidence is looked at."""
    scanning = Scanning.OFF if evidence.clamav.socket is None else Scanning(evidence.clamav.policy)
    return InspectionPolicy(limits=FileLimits(max_bytes=evidence.max_bytes), scanning=scanning)
