"""What a changed date does to what units owe: which of it falls due on another day than before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from core.deadlines import Obligation


@dataclass(frozen=True, slots=True)
class Move:
    """What one unit owes on another day: `before` is None where it had none, `after` where none is left."""

    before: Obligation | None
    after: Obligation | None

    @property
    def either(self) -> Obligation:
        """What is owed, as it is now where there is a day."""
        found = self.after or self.before
        assert found is not None
        return found


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom a change would be told to: `told` of these `people` can be written to now."""

    units: int = 0
    people: int = 0
    told: int = 0


def moves(
    before: Iterable[Obligation], after: Iterable[Obligation], today: date, asked_for: timedelta
) -> tuple[Move, ...]:
    """What is not done and falls due on another day; what nobody is asked for any more is left out."""
    old = {one.id: one for one in before if one.done_at is None}
    new = {one.id: one for one in after if one.done_at is None}
    pairs = [Move(old.get(key), new.get(key)) for key in dict.fromkeys((*old, *new))]
    return tuple(one for one in pairs if _moved(one) and _recent(one, today - asked_for))


def _moved(one: Move) -> bool:
    return one.before is None or one.after is None or one.before.due != one.after.due


def _recent(one: Move, since: date) -> bool:
    return any(each is not None and each.due >= since for each in (one.before, one.after))
