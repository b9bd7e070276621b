"""What a meeting of a unit's council lacks, and how its votes are shared out."""

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from core.ballots import Count, PollRules
from core.unit_reviews import (
    AgendaItem,
    ConflictFacts,
    Gap,
    MeetingFacts,
    MeetingState,
    MemberFacts,
    UnitRound,
    own_conflicts,
)

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
OF = UnitRound(1, 1, "Khoa", "Thi đua", "Năm 2026")


def a_meeting(members: int, away: int = 0, *, on_paper: bool = False) -> MeetingFacts:
    """A meeting about person 1, who is a member, and about a unit."""
    people = tuple(
        MemberFacts(one, f"Người {one}", "", "Ốm" if one > members - away else "")
        for one in range(1, members + 1)
    )
    agenda = (AgendaItem(7, "Người 1", "Khoa", 1), AgendaItem(8, "Khoa", "Khoa", None))
    barred = tuple(
        ConflictFacts(person, "", nomination, "", "") for person, nomination in own_conflicts(people, agenda)
    )
    return MeetingFacts(
        id=1,
        dossier_id=1,
        of=OF,
        version=1,
        state=MeetingState.PREPARING,
        on_paper=on_paper,
        rules=PollRules(),
        held_at=NOW,
        place="Phòng họp",
        chair_id=1,
        secretary_id=2,
        members=people,
        agenda=agenda,
        conflicts=barred,
    )


def test_nobody_votes_about_themselves() -> None:
    facts = a_meeting(5, away=1)
    assert (facts.entitled(7), facts.voting(7)) == (4, 3)
    assert (facts.entitled(8), facts.voting(8)) == (5, 4)


def test_what_is_missing_is_named() -> None:
    assert a_meeting(5).gaps == ()
    assert a_meeting(2).gaps == (Gap.MEMBERS,)
    assert a_meeting(6, away=3).gaps == (Gap.QUORUM,)
    bare = replace(a_meeting(5), chair_id=9, secretary_id=None, place="", held_at=None)
    assert bare.gaps == (Gap.CHAIR, Gap.SECRETARY, Gap.PLACE, Gap.TIME)
    assert a_meeting(5, on_paper=True).gaps == (Gap.VOTES, Gap.PROOF)


def test_of_who_is_proposed_no_more_no_votes_are_missing() -> None:
    facts = a_meeting(5, on_paper=True)
    voted = replace(facts.agenda[0], count=Count(4, 4))
    gone = replace(facts.agenda[1], withdrawn=True)
    assert replace(facts, agenda=(voted, gone)).gaps == (Gap.PROOF,)


@given(members=st.integers(1, 30), away=st.integers(0, 30))
def test_who_votes_is_entitled_and_there(members: int, away: int) -> None:
    facts = a_meeting(members, min(away, members))
    for item in facts.agenda:
        assert 0 <= facts.voting(item.nomination_id) <= facts.entitled(item.nomination_id) <= members
        assert facts.voting(item.nomination_id) <= len(facts.present)
    assert facts.quorate is (len(facts.present) * 3 >= members * 2)
