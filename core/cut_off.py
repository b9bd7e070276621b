"""Who cannot be written to now, and why: a pure reading of accounts, codes and channels."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

#: People on one sheet of codes at most.
MOST = 200


class Why(StrEnum):
    """Why somebody cannot be written to."""

    NEVER = "never"
    INVITED = "invited"
    EXPIRED = "expired"
    UNLINKED = "unlinked"
    BLOCKED = "blocked"
    DOWN = "down"
    UNSERVED = "unserved"


@dataclass(frozen=True, slots=True)
class CutOff:
    """Somebody who cannot be written to, why, and since when."""

    person_id: int
    name: str
    staff_code: str
    unit_id: int
    unit: str
    phone: str
    why: Why
    since: datetime


@dataclass(frozen=True, slots=True)
class Slip:
    """One person's part of a sheet of codes.

    `links` are addresses to scan, with what the channel is called; `places` say how to join on each.
    """

    name: str
    unit: str
    code: str
    expires_at: datetime
    links: tuple[tuple[str, str], ...] = ()
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AccountState:
    """How one account of somebody stands."""

    active: bool
    reachable: bool
    served: bool
    linked_at: datetime
    frozen_at: datetime | None = None
    unreachable_since: datetime | None = None
    down_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class CodeState:
    """The newest code somebody was given: whether it can no longer be used, and when that came."""

    issued_at: datetime
    expires_at: datetime
    void_at: datetime | None = None


def why(
    accounts: Sequence[AccountState], code: CodeState | None, listed_at: datetime, now: datetime
) -> tuple[Why, datetime] | None:
    """Why somebody cannot be written to, and since when; None where they can."""
    active = [one for one in accounts if one.active]
    if not active:
        return _not_linked(accounts, code, listed_at, now)
    served = [one for one in active if one.served]
    if any(one.reachable and one.down_since is None for one in served):
        return None
    for one in served:
        if one.reachable and one.down_since is not None:
            return Why.DOWN, one.down_since
    for one in served:
        return Why.BLOCKED, one.unreachable_since or one.linked_at
    return Why.UNSERVED, max(one.linked_at for one in active)


def _not_linked(
    accounts: Sequence[AccountState], code: CodeState | None, listed_at: datetime, now: datetime
) -> tuple[Why, datetime]:
    frozen = max((one.frozen_at for one in accounts if one.frozen_at is not None), default=None)
    if code is not None and (frozen is None or code.issued_at > frozen):
        if code.void_at is None and code.expires_at > now:
            return Why.INVITED, code.issued_at
        return Why.EXPIRED, min(code.void_at or code.expires_at, code.expires_at)
    return (Why.UNLINKED, frozen) if frozen is not None else (Why.NEVER, listed_at)
