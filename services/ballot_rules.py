"""The rules of a vote as rows keep them: shares as whole numbers, part of whole."""

from fractions import Fraction
from typing import Protocol, TypedDict

from core.ballots import Base, PollRules


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
