"""The rules of a vote and its sums as rows keep them: shares as whole numbers, part of whole."""

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from typing import Protocol, TypedDict

from core.ballots import FEWEST_MEMBERS, Base, PollRules, Vote
from core.refusals import Code, Refusal
from db.models import PollItem, PollVoter


class Columns(TypedDict):
    """What a row keeps of them."""

    quorum_part: int
    quorum_whole: int
    threshold_part: int
    threshold_whole: int
    base: str


class RulesRow(Protocol):
    """Such a row."""

    quorum_part: int
    quorum_whole: int
    threshold_part: int
    threshold_whole: int
    base: str


def columns_of(rules: PollRules) -> Columns:
    """Rules as a row keeps them."""
    return {
        "quorum_part": rules.quorum.numerator,
        "quorum_whole": rules.quorum.denominator,
        "threshold_part": rules.threshold.numerator,
        "threshold_whole": rules.threshold.denominator,
        "base": rules.base.value,
    }


def rules_of(row: RulesRow) -> PollRules:
    """The rules that a row keeps."""
    return PollRules(
        Fraction(row.quorum_part, row.quorum_whole),
        Fraction(row.threshold_part, row.threshold_whole),
        Base(row.base),
    )


def count_into(
    items: Sequence[PollItem], voters: Collection[PollVoter], here: Mapping[int, Sequence[Vote]]
) -> None:
    """Write the sums of the slips of this process to the nominees of a vote that ends.

    So few slips about somebody that their sums told who voted how are not counted. Raises `Refusal` where
    paper ballots stand beside so few (`VOTE_PAPER_TELLS`): those alone would mislead; and where somebody
    votes on paper and no paper was entered (`VOTE_PAPER_MISSING`).
    """
    entered = {one.nomination_id: one.paper_for + one.paper_against + one.paper_blank for one in items}
    if not any(entered.values()) and any(one.on_paper for one in voters):
        raise Refusal(Code.VOTE_PAPER_MISSING)
    for item in items:
        slips = here[item.nomination_id]
        if 0 < len(slips) < FEWEST_MEMBERS:
            if entered[item.nomination_id]:
                raise Refusal(Code.VOTE_PAPER_TELLS)
            slips = ()
        item.votes_for, item.against, item.blank = (slips.count(one) for one in Vote)
