"""What is odd about a plan: found by the machine, shown to the office, never put right in silence."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from core.campaign_terms import (
    Clause,
    Commendation,
    Deadline,
    DeadlineKind,
    Dossier,
    Feedback,
    Quota,
    Unsaid,
    YearDay,
)
from core.campaigns import Campaign, CampaignKind, RemarkKind
from core.measures import NumberMeasure
from core.vietnamese import fold

SHORT_NOTICE = 14
"""Days from the issue of a plan to its first deadline, below which units have little time."""


class FindingKind(StrEnum):
    """What was found. Each has its sentence in `core/texts/campaign_findings.py`."""

    WRONG_YEAR = "wrong_year"
    STALE_CITATION = "stale_citation"
    SINCE_REPLACED = "since_replaced"
    ISSUE_DATE_MISSING = "issue_date_missing"
    ISSUED_AHEAD = "issued_ahead"
    SECTION_MISSING = "section_missing"
    TARGET_UNQUOTED = "target_unquoted"
    QUOTA_DIFFERS = "quota_differs"
    DATE_UNSAID = "date_unsaid"
    ROUND_UNSAID = "round_unsaid"
    DOSSIER_UNSAID = "dossier_unsaid"
    APPRAISER_UNSAID = "appraiser_unsaid"
    TIME_SHORT = "time_short"


@dataclass(frozen=True, slots=True)
class PlanFinding:
    """One oddity: what, at which clause (empty: the whole plan), and the facts for its sentence."""

    kind: FindingKind
    where: str
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Law:
    """A document that plans cite, and when it held; `replaced_by` is the number of the next one."""

    number: str
    title: str
    source: str
    issued_on: date | None = None
    in_force_from: date | None = None
    replaced_on: date | None = None
    replaced_by: str = ""


def findings(campaign: Campaign, laws: tuple[Law, ...], today: date) -> tuple[PlanFinding, ...]:
    """Everything odd about the plan, by kind and in the order of the plan."""
    found = (
        _wrong_years(campaign),
        _citations(campaign, laws, today),
        _issue_date(campaign, today),
        _missing(campaign),
        _targets(campaign),
        _quotas(campaign),
        _short_time(campaign),
        _deadlines(campaign),
        _rounds(campaign),
        _dossier(campaign),
    )
    return tuple(one for several in found for one in several)


# ------------------------------------------------------------------------------------ years and citations

# Sentences are compared without their diacritics, in lower case.

#: From the number of a cited document to the end of what is said of it: its title has its own years.
_CITED = re.compile(r"\bso ?:? ?[0-9]+(?:/[0-9]{4})?/?-?[a-z][^;.”»]*")
#: A year alone; not the year of a date, nor an end of a period.
_YEAR = re.compile(
    r"(?<!thang [0-9] )(?<!thang [0-9]{2} )(?<!den )(?<!tu )(?<!truoc )(?<!sau )(?<!nhin )(?<!het )(?<!cac )"
    r"\bnam (20[0-9]{2})\b(?! ?[-–]|/)"
)
_ANY_YEAR = re.compile("20[0-9]{2}")
_COMPARED = "so voi"
_NEAR = 60


def years_named(text: str) -> list[int]:
    """The years a sentence is about: «kế hoạch năm 2023», not «ngày 25/12/2023», «đến năm 2030».

    A year that something is compared with («so với năm 2023») is not one either.
    """
    if _ANY_YEAR.search(text) is None:
        return []
    bare = _CITED.sub("", fold(text))
    found = _YEAR.finditer(bare)
    return [int(one[1]) for one in found if _COMPARED not in bare[max(0, one.start() - _NEAR) : one.start()]]


def _wrong_years(campaign: Campaign) -> Iterator[PlanFinding]:
    """In a plan for one year, a sentence that is about another."""
    year = campaign.window.first_year
    if campaign.window.last_year != year:
        return
    for clause in _worded(campaign):
        for named in dict.fromkeys(years_named(clause.quote)):
            if named != year:
                facts = {"named": str(named), "year": str(year)}
                yield PlanFinding(FindingKind.WRONG_YEAR, clause.code, facts)


def _citations(campaign: Campaign, laws: Iterable[Law], today: date) -> Iterator[PlanFinding]:
    """Documents that had been replaced when the plan was issued, or have been while it runs."""
    first = date(campaign.window.first_year, 1, 1)
    issued = first if isinstance(campaign.issued_on, Unsaid) else campaign.issued_on
    for law in laws:
        if law.replaced_on is None:
            continue
        if law.replaced_on <= issued:
            kind = FindingKind.STALE_CITATION
        elif law.replaced_on <= today and today.year <= campaign.window.last_year:
            kind = FindingKind.SINCE_REPLACED
        else:
            continue
        cited = re.compile(rf"(?<![0-9/]){re.escape(law.number)}(?![\w/])", re.IGNORECASE)
        facts = {"number": law.number, "on": law.replaced_on.isoformat(), "by": law.replaced_by}
        for clause in _worded(campaign):
            if cited.search(clause.quote):
                yield PlanFinding(kind, clause.code, facts)


def _worded(campaign: Campaign) -> Iterator[Clause]:
    """Every sentence of the plan once, with its code where it has one."""
    bases = (Clause("", basis) for basis in campaign.legal_bases)
    told = (Clause("", campaign.feedback.words),) if isinstance(campaign.feedback, Feedback) else ()
    yield from dict.fromkeys((Clause("", campaign.title), *bases, *campaign.clauses(), *told))


# ------------------------------------------------------------------------- what is missing or differs


def _issue_date(campaign: Campaign, today: date) -> Iterator[PlanFinding]:
    if isinstance(campaign.issued_on, Unsaid):
        waits = "yes" if campaign.window.from_issue else ""
        yield PlanFinding(FindingKind.ISSUE_DATE_MISSING, "", {"waits": waits})
    elif campaign.issued_on > today:
        yield PlanFinding(FindingKind.ISSUED_AHEAD, "", {"issued": campaign.issued_on.isoformat()})


def _missing(campaign: Campaign) -> Iterator[PlanFinding]:
    for remark in campaign.remarks:
        if remark.kind is RemarkKind.MISSING:
            yield PlanFinding(FindingKind.SECTION_MISSING, "", {"place": remark.where, "words": remark.words})


_FIGURE = r"([0-9]+(?:[.,][0-9]+)?)"
_PERCENTAGES = re.compile(rf"(?:{_FIGURE} ?%? ?(?:-|–|den) ?)?{_FIGURE} ?(?:%|phan tram)")


def percentages(text: str) -> list[Decimal]:
    """The percentages a sentence names: «từ 30 - 50%» names both."""
    found = _PERCENTAGES.finditer(fold(text))
    return [Decimal(one.replace(",", ".")) for match in found for one in match.groups() if one]


def _targets(campaign: Campaign) -> Iterator[PlanFinding]:
    """A percentage to be reached, where the clause names percentages and none of them is this."""
    for criterion in campaign.criteria():
        quoted = percentages(criterion.quote)
        for measure in criterion.measures:
            if not (quoted and isinstance(measure, NumberMeasure) and measure.percent):
                continue
            asked = [one for one in (measure.target, measure.upper, measure.aim) if one is not None]
            if asked and not set(asked) & set(quoted):
                facts = {"target": str(asked[0]), "quoted": " ".join(map(str, dict.fromkeys(quoted)))}
                yield PlanFinding(FindingKind.TARGET_UNQUOTED, criterion.code, facts)


def _quotas(campaign: Campaign) -> Iterator[PlanFinding]:
    """Two clauses that say how many, of the same kind and in the same round, and say it differently."""
    said = campaign.commendation
    if not isinstance(said, Commendation) or isinstance(said.quotas, Unsaid):
        return
    first: dict[tuple[str, str], Quota] = {}
    for quota in said.quotas:
        other = first.setdefault((quota.round, quota.subject), quota)
        if (other.count, other.at_most) != (quota.count, quota.at_most):
            facts = {
                "other": other.clause.code,
                "round": quota.round.value,
                "subject": quota.subject.value,
                "count": _amount(quota),
                "other_count": _amount(other),
            }
            yield PlanFinding(FindingKind.QUOTA_DIFFERS, quota.clause.code, facts)


def _amount(quota: Quota) -> str:
    """«<=5» or «=5»."""
    return f"{'<=' if quota.at_most else '='}{quota.count}"


def _deadlines(campaign: Campaign) -> Iterator[PlanFinding]:
    """Each deadline without a day, and dossiers and reports that nobody said a word about."""
    for deadline in campaign.deadlines:
        if isinstance(deadline.day, Unsaid):
            facts = {"what": deadline.kind.value, "words": deadline.words}
            yield PlanFinding(FindingKind.DATE_UNSAID, deadline.code, facts)
    if campaign.kind is CampaignKind.UMBRELLA:
        return
    kinds = {deadline.kind for deadline in campaign.deadlines}
    for kind in (DeadlineKind.DOSSIER, DeadlineKind.REPORT):
        if kind not in kinds:
            yield PlanFinding(FindingKind.DATE_UNSAID, "", {"what": kind.value, "words": ""})


def _rounds(campaign: Campaign) -> Iterator[PlanFinding]:
    open_ended = [one.label for one in campaign.rounds if isinstance(one.closes_at, Unsaid)]
    if open_ended:
        yield PlanFinding(FindingKind.ROUND_UNSAID, "", {"rounds": ", ".join(open_ended)})


def _dossier(campaign: Campaign) -> Iterator[PlanFinding]:
    if campaign.kind is CampaignKind.UMBRELLA:
        return
    said = campaign.dossier
    if not isinstance(said, Dossier):
        yield PlanFinding(FindingKind.DOSSIER_UNSAID, "")
        yield PlanFinding(FindingKind.APPRAISER_UNSAID, "")
        return
    if isinstance(said.parts, Unsaid):
        yield PlanFinding(FindingKind.DOSSIER_UNSAID, said.clause, {"words": said.parts.words})
    if not said.appraised_by:
        yield PlanFinding(FindingKind.APPRAISER_UNSAID, said.clause)


# ------------------------------------------------------------------------------------------------- time


def _short_time(campaign: Campaign) -> Iterator[PlanFinding]:
    """The first deadline comes soon after the plan, or before it."""
    issued = campaign.issued_on
    if isinstance(issued, Unsaid):
        return
    due = [(day, one.code) for one in campaign.deadlines if (day := _first_day(one, issued)) is not None]
    if not due:
        return
    day, code = min(due)
    if (day - issued).days < SHORT_NOTICE:
        facts = {"issued": issued.isoformat(), "last": day.isoformat(), "days": str((day - issued).days)}
        yield PlanFinding(FindingKind.TIME_SHORT, code, facts)


def _first_day(deadline: Deadline, issued: date) -> date | None:
    """The last day that counts; of what recurs, the first that is not over when the plan is issued."""
    day = deadline.last_day(issued.year)
    if isinstance(deadline.day, YearDay) and isinstance(day, date) and day < issued:
        day = deadline.last_day(issued.year + 1)
    return None if isinstance(day, Unsaid) else day
