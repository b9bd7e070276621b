"""Who passes and who is chosen in a vote, at its borders."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.ballots import HALF, Base, Count, PollRules, passed, quorate, settles, tells, verdicts

NINE = 9
TWO_THIRDS = PollRules()


def count(votes_for: int, against: int = 0, blank: int = 0, entitled: int = NINE) -> Count:
    return Count(entitled, votes_for, against, blank)


@pytest.mark.parametrize(
    ("one", "enough", "through"),
    [
        (count(6), True, True),
        (count(5, 1), True, False),
        (count(5), False, False),
        (count(6, 3), True, True),
        (count(5, 4), True, False),
        (count(0, entitled=0), False, False),
        (count(2, entitled=3), True, True),
    ],
)
def test_two_thirds_of_nine_are_six(one: Count, *, enough: bool, through: bool) -> None:
    assert (quorate(one, TWO_THIRDS), passed(one, TWO_THIRDS)) == (enough, through)


def test_a_share_of_the_votes_cast_counts_only_them() -> None:
    rules = PollRules(base=Base.CAST)
    assert passed(count(4, 2), rules)
    assert not passed(count(4, 2), TWO_THIRDS)
    assert not passed(count(4, 3), rules)


def test_a_share_of_one_half_is_more_than_half() -> None:
    rules = PollRules(HALF, HALF)
    assert quorate(count(5), rules)
    assert not quorate(count(5, entitled=10), rules)
    assert passed(count(6, 4, entitled=10), rules)
    assert not passed(count(5, 5, entitled=10), rules)
    assert PollRules().offered
    assert not PollRules(quorum=Fraction(1, 9)).offered


@pytest.mark.parametrize(
    ("on_paper", "here", "told"),
    [(0, 1, False), (1, 4, True), (2, 3, True), (3, 0, False), (3, 2, True), (3, 3, False)],
)
def test_few_on_paper_or_few_besides_would_be_read_off(on_paper: int, here: int, *, told: bool) -> None:
    assert tells(on_paper, here) is told


def test_where_more_pass_than_there_are_places_those_with_more_votes_are_chosen() -> None:
    found = verdicts({1: count(7), 2: count(9), 3: count(8)}, TWO_THIRDS, places=2)
    assert [(one.nominee, one.chosen, one.tied) for one in found] == [
        (2, True, False),
        (3, True, False),
        (1, False, False),
    ]


def test_ties_are_settled_in_the_announced_order_and_else_left_to_the_chair() -> None:
    counts = {1: count(7), 2: count(7), 3: count(8)}
    settled = verdicts(counts, TWO_THIRDS, places=2, announced={1: (1, 2), 2: (1, 1), 3: (0, 0)})
    assert {one.nominee for one in settled if one.chosen} == {2, 3}
    assert not any(one.tied for one in settled)
    left = verdicts(counts, TWO_THIRDS, places=2)
    assert {one.nominee for one in left if one.chosen} == {3}
    assert {one.nominee for one in left if one.tied} == {1, 2}


counts = st.integers(1, 30).flatmap(
    lambda entitled: st.tuples(st.integers(0, entitled), st.integers(0, entitled)).map(
        lambda two: Count(entitled, min(two), max(two) - min(two), 0)
    )
)
shares = st.fractions(Fraction(1, 10), 1)


@given(
    st.dictionaries(st.integers(1, 20), counts, max_size=8),
    st.builds(PollRules, shares, shares, st.sampled_from(Base)),
    st.none() | st.integers(0, 8),
)
def test_nobody_is_chosen_who_did_not_pass_nor_more_than_there_are_places(
    cast: dict[int, Count], rules: PollRules, places: int | None
) -> None:
    found = verdicts(cast, rules, places)
    assert {one.nominee for one in found} == set(cast)
    chosen = [one for one in found if one.chosen]
    assert all(one.passed and one.quorate and not one.tied for one in chosen)
    through = [one for one in found if one.passed]
    if places is None:
        assert chosen == through
        return
    assert len(chosen) <= places
    assert len(chosen) + sum(one.tied for one in found) >= min(places, len(through))
    left_out = [one for one in through if not one.chosen and not one.tied]
    assert all(one.ratio >= other.ratio for one in chosen for other in left_out)


def test_votes_cast_here_and_on_paper_are_counted_together() -> None:
    assert count(3, 1) + count(2, 0, 1) == count(5, 1, 1)
    with pytest.raises(ValueError, match="votes_for=10"):
        count(6) + count(4)


def test_a_vote_settles_nothing_where_somebodys_ballots_were_not_counted() -> None:
    whole, none, few = Count(3, votes_for=3), Count(3), Count(9, votes_for=3)
    assert settles([whole, whole], PollRules())
    assert settles([whole, few], PollRules())
    assert not settles([whole, none], PollRules())
    assert not settles([few], PollRules())
    assert not settles([], PollRules())
