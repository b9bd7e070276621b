"""Channels in every standing, for the screens that show them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from core.quota_meter import Allowance, Meter, Stop, Threshold, Use

AT = datetime(2026, 12, 14, 1, 5, tzinfo=UTC)
ZALO = Meter("zalo", "bot", Allowance(3000, 50, 500, counts_received=True), Use(1200, 300, 2), 50, 7)
TELEGRAM = Meter("telegram", "bot", Allowance(), Use(), metered=False)


def samples() -> Mapping[object, Sequence[object]]:
    """Samples by type."""
    return {
        Meter: meters(),
        Sequence[Meter]: [
            [],
            *([one, replace(TELEGRAM, stop=Stop.MISCONFIGURED)] for one in meters()[:-1]),
            [ZALO, TELEGRAM],
        ],
        Threshold: list(Threshold),
        Stop: list(Stop),
    }


def meters() -> list[Meter]:
    """Open, near the end, at the reserve, used up, lifted, stopped for two reasons."""
    return [
        ZALO,
        replace(ZALO, use=Use(2600), forecast=date(2026, 12, 20)),
        replace(ZALO, use=Use(3000)),
        replace(ZALO, use=Use(3100, lifted=True)),
        replace(ZALO, stop=Stop.EXHAUSTED, until=AT),
        replace(ZALO, stop=Stop.MISCONFIGURED),
        TELEGRAM,
    ]
