"""The dossier's doctor: names, counts, votes, papers, files and days, at their borders."""

import dataclasses
import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.assessment import Entry, EvidenceFacts, Sheet, SignedCopy
from core.ballots import Base, Count, PollRules, passed
from core.campaign_terms import Clause, Dossier, SubjectKind
from core.criteria import Criterion, Outcome
from core.dossier_doctor import examine, same_but_for_spelling, spelt_alike
from core.dossier_findings import Finding, FindingKind, Grounds, Mend, NomineeGrounds, Severity, errors
from core.dossier_papers import DossierContent, NomineeContent
from core.dossier_parts import kind_of, parts_of
from core.dossiers import DossierFacts, DossierState, NomineeFacts, PaperFacts, PaperKind
from core.texts import dossier_findings as texts
from core.unit_reviews import MeetingRecord, NomineeVote
from tests.core.samples import plan

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
EARLIER, LONG_AGO = NOW - timedelta(days=3), NOW - timedelta(days=9)
CLAUSES = (
    Clause("000-H1", "Tờ trình đề nghị khen thưởng của đơn vị."),
    Clause("000-H2", "Biên bản họp Hội đồng Thi đua - Khen thưởng của đơn vị."),
    Clause("000-H3", "Báo cáo thành tích của tập thể, cá nhân đề nghị khen thưởng."),
)
PLAN = dataclasses.replace(plan(), dossier=Dossier("000-III.4", parts=CLAUSES))
CRITERION = Criterion("000-c1", "c1", "Hẹn đúng giờ", "Không trễ hẹn.", (), evidence="Sổ hẹn")
NAMES = ("Trần Thị Lan", "Nguyễn Văn Bình")


def a_file(state: str = "clean", number: int = 1) -> EvidenceFacts:
    return EvidenceFacts(
        number, f"MC-{number}", "so-hen.pdf", 9, state, "", "a" * 64, "b" * 64, "application/pdf", EARLIER
    )


def a_nominee(number: int, name: str, *files: EvidenceFacts, signed_as: str = "") -> NomineeContent:
    entry = Entry(CRITERION, "{}", Outcome.MET, "", files or (a_file(number=number),))
    sheet = Sheet(number, PLAN, "Năm 2026", None, signed=True, entries=(entry,))
    copy = SignedCopy(f"TDG-{number}", "c" * 64, EARLIER, signed_as or name, "", "", "Khoa Nội", sheet)
    facts = NomineeFacts(number, number, SubjectKind.INDIVIDUAL, name, "", "Khoa Nội", 1, number, "", number)
    return NomineeContent(facts, copy, {"born_on": "1990"})


def a_paper(number: int, kind: PaperKind, of: int | None = None, *, made: bool = True) -> PaperFacts:
    return PaperFacts(number, kind, of, "d" * 64, f"{kind.value}-{number}.docx", 9, "", made, NOW)


def a_meeting(*votes: NomineeVote, members: int = 5, absent: int = 0) -> MeetingRecord:
    people = tuple(f"Thành viên {one}" for one in range(members))
    return MeetingRecord(
        held_at=EARLIER + timedelta(hours=1),
        ended_at=EARLIER + timedelta(hours=2),
        place="Phòng họp",
        chair=people[0],
        secretary=people[-1],
        members=members,
        present=people[absent:],
        absent=people[:absent],
        rules=PollRules(),
        votes=votes,
        conclusions="Nhất trí đề nghị.",
    )


def a_vote(number: int, votes_for: int = 5, entitled: int = 5, *, endorsed: bool = True) -> NomineeVote:
    return NomineeVote(number, Count(entitled, votes_for, entitled - votes_for), endorsed)


FACTS = DossierFacts(1, 1, 1, "Khoa Nội", "000", "CCHC", "Năm 2026", DossierState.DRAFTING, 1)
SOUND = DossierContent(
    FACTS,
    PLAN,
    tuple(a_nominee(place, name) for place, name in enumerate(NAMES, 1)),
    a_meeting(a_vote(1), a_vote(2)),
)
PAPERS = (
    a_paper(1, PaperKind.REQUEST),
    a_paper(2, PaperKind.MINUTES),
    a_paper(3, PaperKind.REPORT, 1),
    a_paper(4, PaperKind.REPORT, 2),
)
STANDS = NomineeGrounds(EARLIER, intact=True, proposed_at=EARLIER, within_unit=True)
GROUNDS = Grounds(NOW, PAPERS, nominees={1: STANDS, 2: STANDS}, changed_at=NOW)


def kinds(content: DossierContent = SOUND, **grounds: object) -> list[FindingKind]:
    found = examine(content, dataclasses.replace(GROUNDS, **grounds))  # type: ignore[arg-type]  # named below
    assert all(texts.sentence(one) and texts.mend_label(one) for one in found)
    return [one.kind for one in found]


def with_nominees(*nominees: NomineeContent) -> DossierContent:
    return dataclasses.replace(SOUND, nominees=nominees)


def with_meeting(record: MeetingRecord | None, **values: object) -> DossierContent:
    meeting = dataclasses.replace(record, **values) if record is not None else None  # type: ignore[arg-type]  # named in each call
    return dataclasses.replace(SOUND, meeting=meeting)


def test_a_sound_dossier_has_nothing_to_mend() -> None:
    assert kinds() == []


@pytest.mark.parametrize(
    ("signed_as", "difference"),
    [
        ("Trần Thị LAN", "khác chữ hoa, chữ thường"),
        ("Trần Thi Lan", "khác dấu"),
        ("Trần Thị Lài", "khác tên"),
    ],
)
def test_a_name_has_to_be_written_the_same(signed_as: str, difference: str) -> None:
    content = with_nominees(a_nominee(1, NAMES[0], signed_as=signed_as), SOUND.nominees[1])
    (found,) = examine(content, GROUNDS)
    assert (found.kind, found.where, found.severity) == (FindingKind.NAME_DIFFERS, "1", Severity.ERROR)
    assert difference in texts.sentence(found)
    assert signed_as in texts.sentence(found)


def test_names_decomposed_or_spaced_are_the_same() -> None:
    decomposed = unicodedata.normalize("NFD", "Trần  Thị Lan ")
    assert spelt_alike(decomposed, NAMES[0])
    assert kinds(with_nominees(a_nominee(1, NAMES[0], signed_as=decomposed), SOUND.nominees[1])) == []


def test_a_name_in_the_minutes_is_held_against_the_list() -> None:
    record = with_meeting(SOUND.meeting, conclusions="Nhất trí đề nghị đồng chí Trần Thi Lan, Khoa Nội.")
    (found,) = examine(record, GROUNDS)
    assert (found.kind, found.other) == (FindingKind.NAME_ELSEWHERE, "Trần Thi Lan")
    right = with_meeting(SOUND.meeting, conclusions="Nhất trí đề nghị đồng chí Trần Thị Lan, Khoa Nội.")
    assert kinds(right) == []


@given(st.text(alphabet="aàáăâeéioôơuưyđ lnNLT", min_size=1, max_size=12))
def test_spelling_is_fair_to_both(name: str) -> None:
    assert not same_but_for_spelling(name, name)
    assert same_but_for_spelling(name, NAMES[0]) == same_but_for_spelling(NAMES[0], name)


def test_nearly_the_same_name_twice_is_only_odd() -> None:
    content = with_nominees(a_nominee(1, "Trần Thị Lan"), a_nominee(2, "Trần Thi Lan"))
    (found,) = examine(content, GROUNDS)
    assert (found.kind, found.severity) == (FindingKind.NAMES_ALIKE, Severity.WARNING)


def test_the_same_achievement_twice_is_only_odd() -> None:
    one, other = SOUND.nominees
    said = (
        dataclasses.replace(one, facts=dataclasses.replace(one.facts, achievement="Rút ngắn giờ chờ khám.")),
        dataclasses.replace(
            other, facts=dataclasses.replace(other.facts, achievement="rút ngắn giờ chờ khám")
        ),
    )
    (found,) = examine(with_nominees(*said), GROUNDS)
    assert (found.kind, found.severity) == (FindingKind.SAME_ACHIEVEMENT, Severity.WARNING)
    assert "giống hệt nhau" in texts.sentence(found)


def test_everybody_has_a_report_and_nobody_else() -> None:
    assert kinds(papers=PAPERS[:3]) == [FindingKind.REPORT_MISSING]
    more = (*PAPERS, a_paper(9, PaperKind.REPORT, 7))
    assert kinds(papers=more) == [FindingKind.REPORT_OF_NOBODY]
    assert kinds(with_nominees()) == [
        FindingKind.NO_NOMINEE,
        FindingKind.VOTE_OF_NOBODY,
        FindingKind.VOTE_OF_NOBODY,
        FindingKind.REPORT_OF_NOBODY,
        FindingKind.REPORT_OF_NOBODY,
    ]


def test_what_the_plan_asks_for_has_to_be_there() -> None:
    assert kinds(papers=PAPERS[1:]) == [FindingKind.PART_MISSING]
    sent = (*PAPERS[1:], a_paper(9, PaperKind.REQUEST, made=False))
    assert kinds(papers=sent, sent={9: a_file()}) == []
    assert kinds(papers=sent, sent={9: a_file("waiting")}) == [FindingKind.PAPER_CHECKING]
    assert kinds(papers=sent, sent={9: a_file("lost")}) == [
        FindingKind.PAPER_UNUSABLE,
        FindingKind.PART_MISSING,
    ]


def test_a_paper_of_before_the_last_change_is_made_again() -> None:
    later = NOW + timedelta(seconds=1)
    (found,) = examine(SOUND, dataclasses.replace(GROUNDS, changed_at=later))
    assert (found.kind, found.mend, found.count) == (FindingKind.PAPER_OUTDATED, Mend.PAPERS, len(PAPERS))
    assert "4 giấy tờ" in texts.sentence(found)
    sent = (*PAPERS[1:], a_paper(9, PaperKind.REQUEST, made=False))
    assert kinds(papers=sent, sent={9: a_file()}, changed_at=later)[-1] is FindingKind.SENT_EARLIER


def test_particulars_told_since_concern_the_papers_that_say_them() -> None:
    told = dataclasses.replace(GROUNDS, told_at={1: NOW + timedelta(seconds=1)})
    (found,) = examine(SOUND, told)
    assert (found.said, found.count) == ("report-3.docx", 1)
    assert texts.sentence(found) == "report-3.docx được lập trước lần sửa gần nhất; cần lập lại."


@pytest.mark.parametrize(
    ("state", "found"),
    [
        ("waiting", [FindingKind.FILE_CHECKING]),
        ("refused", [FindingKind.FILE_UNUSABLE, FindingKind.MET_WITHOUT_FILE]),
        ("lost", [FindingKind.FILE_UNUSABLE, FindingKind.MET_WITHOUT_FILE]),
    ],
)
def test_evidence_has_to_be_usable(state: str, found: list[FindingKind]) -> None:
    assert kinds(with_nominees(a_nominee(1, NAMES[0], a_file(state)), SOUND.nominees[1])) == found


def test_a_file_that_is_of_no_use_does_not_matter_beside_one_that_is() -> None:
    one = a_nominee(1, NAMES[0], a_file("refused"), a_file(number=2))
    assert kinds(with_nominees(one, SOUND.nominees[1])) == []


def test_signatures_have_to_stand_as_they_were_signed() -> None:
    def stands(**values: object) -> list[FindingKind]:
        known = dataclasses.replace(STANDS, **values)  # type: ignore[arg-type]  # named in each call
        return kinds(nominees={1: known, 2: STANDS})

    assert stands(signed_at=None) == [FindingKind.NOT_SIGNED]
    assert stands(intact=False) == [FindingKind.SIGNATURE_BROKEN]
    assert stands(proposed_at=LONG_AGO) == [FindingKind.SIGNED_LATER]
    assert stands(barring=("Đang bị kỷ luật.",)) == [FindingKind.NOT_ELIGIBLE]
    assert stands(within_unit=False) == [FindingKind.OUTSIDE_UNIT]
    meeting_first = EARLIER + timedelta(hours=1, seconds=1)
    assert FindingKind.MEETING_BEFORE_SIGNING in stands(signed_at=meeting_first, proposed_at=NOW)


def test_without_a_meeting_the_unit_sends_its_minutes() -> None:
    assert kinds(with_meeting(None)) == [FindingKind.NO_MEETING]
    minutes = (*PAPERS, a_paper(9, PaperKind.MINUTES, made=False))
    assert kinds(with_meeting(None), papers=minutes, sent={9: a_file()}) == []
    silent = dataclasses.replace(with_meeting(None), campaign=plan())
    assert kinds(silent) == [FindingKind.MINUTES_BLANK]


def test_a_meeting_lies_between_the_round_and_today() -> None:
    held = EARLIER + timedelta(hours=1)
    assert kinds(begins_on=held.date()) == []
    assert kinds(begins_on=held.date() + timedelta(days=1)) == [FindingKind.MEETING_EARLY]
    assert kinds(with_meeting(SOUND.meeting, held_at=NOW, ended_at=NOW)) == []
    late = NOW + timedelta(minutes=1)
    assert kinds(with_meeting(SOUND.meeting, held_at=late, ended_at=late)) == [FindingKind.MEETING_LATE]
    assert kinds(with_meeting(SOUND.meeting, ended_at=LONG_AGO)) == [FindingKind.MEETING_LATE]


def test_the_paper_of_a_meeting_has_to_be_usable() -> None:
    on_paper = with_meeting(SOUND.meeting, on_paper=True, proof=a_file())
    assert kinds(on_paper, papers=(PAPERS[0], *PAPERS[2:])) == []
    assert kinds(with_meeting(SOUND.meeting, proof=a_file("waiting"))) == [FindingKind.PAPER_CHECKING]
    assert kinds(with_meeting(SOUND.meeting, proof=a_file("lost"))) == [FindingKind.PAPER_UNUSABLE]


def test_everybody_is_voted_on_and_nobody_else() -> None:
    def of(*votes: NomineeVote) -> list[FindingKind]:
        return kinds(with_meeting(a_meeting(*votes)))

    assert of(a_vote(1)) == [FindingKind.VOTE_MISSING]
    assert of(a_vote(1), a_vote(2), a_vote(7)) == [FindingKind.VOTE_OF_NOBODY]
    assert of(a_vote(1), a_vote(2, 1, endorsed=False)) == [FindingKind.NOT_ENDORSED]
    assert of(a_vote(1), a_vote(2, 3)) == [FindingKind.ENDORSED_BELOW]
    assert of(a_vote(1), a_vote(2, 6, 6)) == [FindingKind.VOTES_TOO_MANY]


def test_members_present_and_absent_are_all_members() -> None:
    record = a_meeting(a_vote(1), a_vote(2))
    assert kinds(with_meeting(record, absent=("Một người nữa",))) == [FindingKind.MEMBERS_DIFFER]
    few = dataclasses.replace(a_meeting(members=6, absent=3), votes=(a_vote(1, 3, 3), a_vote(2, 3, 3)))
    assert kinds(with_meeting(few)) == [FindingKind.NOT_QUORATE]


@given(
    members=st.integers(1, 9),
    data=st.data(),
    threshold=st.sampled_from([Fraction(1, 2), Fraction(2, 3), Fraction(1)]),
    base=st.sampled_from(Base),
)
def test_votes_are_wrong_exactly_where_they_do_not_add_up(
    members: int, data: st.DataObject, threshold: Fraction, base: Base
) -> None:
    entitled = data.draw(st.integers(0, members + 2))
    votes_for = data.draw(st.integers(0, entitled))
    rules = PollRules(threshold=threshold, base=base)
    vote = NomineeVote(1, Count(entitled, votes_for, entitled - votes_for), endorsed=True)
    record = dataclasses.replace(a_meeting(vote, members=members), rules=rules)
    content = dataclasses.replace(with_nominees(SOUND.nominees[0]), meeting=record)
    found = set(kinds(content, papers=PAPERS[:3]))
    assert (FindingKind.VOTES_TOO_MANY in found) == (entitled > members)
    assert (FindingKind.ENDORSED_BELOW in found) == (not passed(vote.count, rules))


def test_what_is_only_odd_stands_in_nobodys_way() -> None:
    odd = examine(
        SOUND,
        dataclasses.replace(
            GROUNDS,
            over={SubjectKind.INDIVIDUAL: 2, SubjectKind.COLLECTIVE: 0},
            objections={2: 3, 7: 1},
            shown_until=NOW.date(),
            ungathered=1,
            due=NOW.date() - timedelta(days=1),
        ),
    )
    assert [one.kind for one in odd] == [
        FindingKind.OBJECTION_OPEN,
        FindingKind.WINDOW_OPEN,
        FindingKind.OVER_QUOTA,
        FindingKind.NOT_GATHERED,
        FindingKind.LATE,
    ]
    assert (odd[0].who, odd[0].count) == (NAMES[1], 3)
    assert errors(odd) == ()
    assert kinds(due=NOW.date()) == []


def test_errors_come_first_and_everything_has_its_sentence() -> None:
    broken = dataclasses.replace(with_nominees(a_nominee(1, "", a_file("lost"))), meeting=None)
    found = examine(broken, Grounds(NOW, ungathered=3))
    severities = [one.severity for one in found]
    assert severities == sorted(severities, key=lambda one: one is not Severity.ERROR)
    for kind in FindingKind:
        day = "2026-11-23" if kind not in _PLAIN_WORDS else "individual"
        assert texts.line(Finding(kind, found[0].mend, "1", "Lan", day, "2026-11-20", 1, 2))


_PLAIN_WORDS: Sequence[FindingKind] = (FindingKind.OVER_QUOTA,)


def test_the_parts_of_a_plan_are_known_by_their_words() -> None:
    assert [one.kind for one in parts_of(PLAN) if one.demanded] == [
        PaperKind.REQUEST,
        PaperKind.MINUTES,
        PaperKind.REPORT,
    ]
    assert kind_of("Văn bản đề nghị khen thưởng của đơn vị.") is PaperKind.REQUEST
    assert kind_of("Bản xác nhận của cơ quan thuế.") is PaperKind.OTHER
    assert [one.key for one in parts_of(plan()) if one.demanded] == []
    assert PaperKind.LIST in {one.kind for one in parts_of(plan())}
