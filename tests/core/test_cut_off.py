"""Why somebody cannot be written to, and since when."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from core.cut_off import AccountState, CodeState, Why, why

NOW = datetime(2026, 11, 23, 1, 5, tzinfo=UTC)
DAY = timedelta(days=1)
FINE = AccountState(active=True, reachable=True, served=True, linked_at=NOW - 9 * DAY)
BLOCKED = replace(FINE, reachable=False, unreachable_since=NOW - DAY)
DOWN = replace(FINE, down_since=NOW - DAY)
UNSERVED = replace(FINE, served=False)
FROZEN = replace(FINE, active=False, frozen_at=NOW - 2 * DAY)
GOOD = CodeState(NOW - DAY, NOW + DAY)
OLD = CodeState(NOW - 5 * DAY, NOW - 3 * DAY)


@pytest.mark.parametrize(
    ("accounts", "code", "expected"),
    [
        ([FINE], None, None),
        ([BLOCKED, FINE], OLD, None),
        ([DOWN, UNSERVED, FINE], None, None),
        ([DOWN, BLOCKED], None, (Why.DOWN, NOW - DAY)),
        ([BLOCKED, UNSERVED], None, (Why.BLOCKED, NOW - DAY)),
        ([UNSERVED], None, (Why.UNSERVED, NOW - 9 * DAY)),
        ([], None, (Why.NEVER, NOW - 30 * DAY)),
        ([], GOOD, (Why.INVITED, NOW - DAY)),
        ([], OLD, (Why.EXPIRED, NOW - 3 * DAY)),
        ([], replace(GOOD, void_at=NOW - DAY / 2), (Why.EXPIRED, NOW - DAY / 2)),
        ([FROZEN], None, (Why.UNLINKED, NOW - 2 * DAY)),
        ([FROZEN], OLD, (Why.UNLINKED, NOW - 2 * DAY)),
        ([FROZEN], GOOD, (Why.INVITED, NOW - DAY)),
    ],
)
def test_why_somebody_is_cut_off(
    accounts: list[AccountState], code: CodeState | None, expected: tuple[Why, datetime] | None
) -> None:
    assert why(accounts, code, NOW - 30 * DAY, NOW) == expected
