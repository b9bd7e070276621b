"""A secret vote on several nominees: who may vote, whether enough did, who passed, and who is chosen.

A member in conflict about a nominee is left out of that nominee's vote and of its count. What passes has at
least the threshold of the votes it is counted against; where more pass than there are places, those with more
votes for them are chosen, and ties are settled in the order that was announced before the vote. What that
order leaves open is the chair's to settle, in the open.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Vote(StrEnum):
    """What stands on a ballot about one nominee."""

    FOR = "for"
    AGAINST = "against"
    BLANK = "blank"


#: What a share of one half stands for: more than half, since half of them is a tie and no majority.
HALF = Fraction(1, 2)
#: What may be set; the first of each that is two thirds is what holds where nothing was.
QUORUMS = (HALF, Fraction(2, 3), Fraction(3, 4), Fraction(1))
THRESHOLDS = (HALF, Fraction(2, 3), Fraction(3, 4), Fraction(4, 5), Fraction(9, 10))


#: With fewer, sums would tell who voted how.
FEWEST_MEMBERS = 3


class Base(StrEnum):
    """What the threshold is a share of: of everybody who may vote, or of the votes that were cast."""

    MEMBERS = "members"
    CAST = "cast"


@dataclass(frozen=True, slots=True)
class PollRules:
    """When a vote counts and who passes; announced before it is opened.

    No law names a threshold for a giấy khen (council practice: two thirds), so it is a setting: the council's
    own regulation says. A share of one half means more than half.
    """

    quorum: Fraction = Fraction(2, 3)
    threshold: Fraction = Fraction(2, 3)
    base: Base = Base.MEMBERS

    def __post_init__(self) -> None:
        if not (0 < self.quorum <= 1 and 0 < self.threshold <= 1):
            raise ValueError(self)

    @property
    def offered(self) -> bool:
        """Whether this is among what may be set."""
        return self.quorum in QUORUMS and self.threshold in THRESHOLDS


@dataclass(frozen=True, slots=True)
class Count:
    """The votes about one nominee; `entitled` are the members without a conflict about them."""

    entitled: int
    votes_for: int = 0
    against: int = 0
    blank: int = 0

    def __post_init__(self) -> None:
        if min(self.entitled, self.votes_for, self.against, self.blank) < 0 or self.cast > self.entitled:
            raise ValueError(self)

    @property
    def cast(self) -> int:
        """Everybody who voted about this nominee."""
        return self.votes_for + self.against + self.blank

    def __add__(self, other: "Count") -> "Count":
        """Both together, of the same people entitled: what was cast here and what was cast on paper."""
        return Count(
            self.entitled,
            self.votes_for + other.votes_for,
            self.against + other.against,
            self.blank + other.blank,
        )


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a vote came to for one nominee. `tied` is left for the chair to settle."""

    nominee: int
    count: Count
    quorate: bool
    passed: bool
    chosen: bool
    tied: bool

    @property
    def ratio(self) -> Fraction:
        """The share of those entitled who voted for it."""
        return Fraction(self.count.votes_for, self.count.entitled) if self.count.entitled else Fraction(0)


def reaches(part: int, whole: int, share: Fraction) -> bool:
    """Whether so many of so many are that share of them; of one half, more than that."""
    if whole <= 0:
        return False
    found = Fraction(part, whole)
    return found > share if share == HALF else found >= share


def quorate(count: Count, rules: PollRules) -> bool:
    """Whether enough of those entitled voted for the vote to count."""
    return reaches(count.cast, count.entitled, rules.quorum)


def passed(count: Count, rules: PollRules) -> bool:
    """Whether enough voted at all, and enough of them for it."""
    base = count.entitled if rules.base is Base.MEMBERS else count.cast
    return quorate(count, rules) and reaches(count.votes_for, base, rules.threshold)


def settles(counts: Iterable[Count], rules: PollRules) -> bool:
    """Whether a vote decides anything: everybody's ballots were counted, and about somebody enough voted."""
    found = list(counts)
    return all(one.cast for one in found) and any(quorate(one, rules) for one in found)


def tells(on_paper: int, here: int) -> bool:
    """Whether the sums of the paper ballots, or what is left of all without them, would tell who voted how.

    So few on paper would be read off the sheet; so few here are what remains when it is taken from the total.
    """
    return 0 < on_paper < FEWEST_MEMBERS or (on_paper > 0 and 0 < here < FEWEST_MEMBERS)


def verdicts(
    counts: Mapping[int, Count],
    rules: PollRules,
    places: int | None = None,
    announced: Mapping[int, tuple[int, ...]] | None = None,
) -> list[Verdict]:
    """What the vote came to, those with the most votes first.

    `places` is how many can be chosen (None: everybody who passes); `announced` gives each nominee's rank by
    each rule of the announced order, the lower the better.
    """
    order = announced or {}

    def key(nominee: int) -> tuple[Fraction, tuple[int, ...]]:
        count = counts[nominee]
        share = Fraction(count.votes_for, count.entitled) if count.entitled else Fraction(0)
        return -share, order.get(nominee, ())

    through = sorted((one for one in counts if passed(counts[one], rules)), key=lambda one: (key(one), one))
    chosen, tied = _chosen(through, [key(one) for one in through], places)
    rest = sorted((one for one in counts if one not in through), key=lambda one: (key(one), one))
    return [
        Verdict(
            nominee=one,
            count=counts[one],
            quorate=quorate(counts[one], rules),
            passed=one in through,
            chosen=one in chosen,
            tied=one in tied,
        )
        for one in (*through, *rest)
    ]


def _chosen(
    ranked: Sequence[int], keys: Sequence[tuple[Fraction, tuple[int, ...]]], places: int | None
) -> tuple[set[int], set[int]]:
    """Who is chosen of those ranked, and who is equal at the last place."""
    if places is None or len(ranked) <= places:
        return set(ranked), set()
    if places == 0:
        return set(), set()
    last = keys[places - 1]
    if keys[places] != last:
        return set(ranked[:places]), set()
    tied = {one for one, key in zip(ranked, keys, strict=True) if key == last}
    return {one for one, key in zip(ranked, keys, strict=True) if key < last}, tied
