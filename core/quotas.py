"""How many may be commended in a round, and how much of that is used: a ledger for each round of its own."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.campaign_terms import Clause, Commendation, Quota, Round, SubjectKind, Unsaid
from core.campaigns import Campaign


@dataclass(frozen=True, slots=True)
class Used:
    """How many are proposed, how many commended already, and how many a decision left out."""

    proposed: int = 0
    commended: int = 0
    not_chosen: int = 0

    @property
    def total(self) -> int:
        """Everybody who counts against the quota: not whom a decision left out."""
        return self.proposed + self.commended


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One subject of one round: what the plan allows, and what is used. Without a quota nothing is said."""

    subject: SubjectKind
    used: Used
    quota: Quota | None = None

    @property
    def limit(self) -> int | None:
        """How many the plan allows, if it says."""
        return None if self.quota is None else self.quota.count

    @property
    def clause(self) -> Clause | None:
        """The clause that says so."""
        return None if self.quota is None else self.quota.clause

    @property
    def over(self) -> int:
        """By how many too many are proposed or commended."""
        return 0 if self.limit is None else max(0, self.used.total - self.limit)

    @property
    def short(self) -> int:
        """How many are still needed where the plan names an exact number."""
        if self.quota is None or self.quota.at_most:
            return 0
        return max(0, self.quota.count - self.used.total)

    @property
    def full(self) -> bool:
        """Whether as many are commended as may be."""
        return self.limit is not None and self.used.commended >= self.limit


@dataclass(frozen=True, slots=True)
class Ledger:
    """The quotas of one round, live. `round_id` is the stored round."""

    campaign: str
    round_label: str
    rows: tuple[LedgerRow, ...]
    round_id: int = 0

    def of(self, subject: SubjectKind) -> tuple[LedgerRow, ...]:
        """The rows of a subject: more than one where the plan sets several quotas for it."""
        return tuple(row for row in self.rows if row.subject is subject)

    def full(self, subject: SubjectKind) -> bool:
        """Whether nobody more of this subject may be commended."""
        return any(row.full for row in self.of(subject))

    def over(self, subject: SubjectKind) -> int:
        """By how many too many are proposed or commended."""
        return max((row.over for row in self.of(subject)), default=0)


def ledger(
    campaign: Campaign, of_round: Round, used: Mapping[SubjectKind, Used], round_id: int = 0
) -> Ledger:
    """The quotas of a round beside what is used in it.

    A yearly round knows only yearly quotas and the period round only the period's; who may enter the campaign
    has a row even where the plan is silent.
    """
    quotas = [one for one in _quotas(campaign) if one.round is of_round.kind]
    subjects = {one.kind for one in campaign.subjects} | {one.subject for one in quotas} | set(used)
    rows: list[LedgerRow] = []
    for subject in SubjectKind:
        if subject in subjects:
            so_far = used.get(subject, Used())
            said = [LedgerRow(subject, so_far, one) for one in quotas if one.subject is subject]
            rows += said or [LedgerRow(subject, so_far)]
    return Ledger(campaign.label, of_round.label, tuple(rows), round_id)


def _quotas(campaign: Campaign) -> tuple[Quota, ...]:
    if not isinstance(campaign.commendation, Commendation):
        return ()
    return () if isinstance(campaign.commendation.quotas, Unsaid) else campaign.commendation.quotas
