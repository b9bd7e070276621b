"""What one version of a plan changes in another, part by part; `core/texts/campaign_changes.py` says it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum

from core.campaign_terms import Clause, Commendation, Deadline, Dossier, Quota, Round, Unsaid, Window
from core.campaigns import Campaign, Duty, Track
from core.criteria import ClauseKind, Criterion

ORDER = "order"
"""The name of the one difference between plans that say the same in another order."""


class Place(StrEnum):
    """Which part of a plan is changed."""

    CLAUSE = "clause"
    ASKED = "asked"
    GROUP = "group"
    DEADLINE = "deadline"
    QUOTA = "quota"
    ROUND = "round"
    FIELD = "field"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: `before` is None for what is added, `after` for what is removed.

    `code` is the clause's, the round's, or the name of a field of the plan.
    """

    place: Place
    code: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class Head:
    """What a group of clauses is called, whom it asks, and what it is for."""

    letter: str
    label: str
    tracks: tuple[Track, ...]
    kind: ClauseKind


def differences(before: Campaign, after: Campaign) -> tuple[Change, ...]:
    """Every difference, in the order of the plan; none exactly where the two say the same."""
    said = (
        _fields(before, after),
        _compared(Place.CLAUSE, _quotes(before), _quotes(after)),
        _compared(Place.GROUP, _heads(before), _heads(after), only_both=True),
        _compared(Place.ASKED, _asked(before), _asked(after), only_both=True),
        _compared(Place.QUOTA, _quotas(before), _quotas(after)),
        _compared(Place.DEADLINE, _by_code(before.deadlines), _by_code(after.deadlines)),
        _compared(Place.ROUND, _by_code(before.rounds), _by_code(after.rounds)),
    )
    found = tuple(one for several in said for one in several)
    return found if found or before == after else (Change(Place.FIELD, ORDER, None, None),)


#: What is compared clause by clause, round by round; the rest of the plan is compared field by field.
_BY_CODE = frozenset({"purposes", "requirements", "subjects", "groups", "deadlines", "rounds"})


def _fields(before: Campaign, after: Campaign) -> Iterator[Change]:
    for one in fields(Campaign):
        if one.name not in _BY_CODE:
            was, now = _rest(getattr(before, one.name)), _rest(getattr(after, one.name))
            if was != now:
                yield Change(Place.FIELD, one.name, was, now)


def _rest(value: object) -> object:
    """A field without the sentences and numbers that are compared by their codes."""
    match value:
        case Commendation():
            return (value.decided_by, *(_silence(one) for one in (value.form, value.quotas, value.money)))
        case Dossier():
            papers = (_silence(value.parts), value.copies)
            return (value.clause, *papers, value.send_to, value.appraised_by)
        case Window():
            return replace(value, clauses=())
        case tuple():
            return tuple((one.code, one.bodies) if isinstance(one, Duty) else one for one in value)
        case _:
            return value


def _silence(value: object) -> Unsaid | None:
    return value if isinstance(value, Unsaid) else None


def _compared(
    place: Place, before: Mapping[str, object], after: Mapping[str, object], *, only_both: bool = False
) -> Iterator[Change]:
    """What is new or different in the order of the newer plan, then what is gone."""
    for code, now in after.items():
        was = before.get(code)
        if was != now and (was is not None or not only_both):
            yield Change(place, code, was, now)
    for code, was in before.items():
        if code not in after and not only_both:
            yield Change(place, code, was, None)


def _quotes(campaign: Campaign) -> dict[str, str]:
    """Sentences by code; those of deadlines are told with the deadline."""
    due = {deadline.code for deadline in campaign.deadlines}
    return {one.code: one.quote for one in campaign.clauses() if one.code not in due}


def _heads(campaign: Campaign) -> dict[str, Head]:
    return {
        group.code: Head(group.letter, group.label, group.tracks, group.criteria[0].kind)
        for group in campaign.groups
    }


def _asked(campaign: Campaign) -> dict[str, Criterion]:
    return {criterion.code: replace(criterion, quote="") for criterion in campaign.criteria()}


def _quotas(campaign: Campaign) -> dict[str, Quota]:
    said = campaign.commendation
    if not isinstance(said, Commendation) or isinstance(said.quotas, Unsaid):
        return {}
    return {
        f"{one.clause.code} {one.round} {one.subject}": replace(one, clause=Clause(one.clause.code, ""))
        for one in said.quotas
    }


def _by_code(several: tuple[Deadline, ...] | tuple[Round, ...]) -> dict[str, object]:
    return {one.code: one for one in several}
