"""A plan as facts, its digest, and the words it is read back in."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from core.calendar import WorkCalendar
from core.campaign_terms import (
    Clause,
    Commendation,
    Deadline,
    DeadlineKind,
    Dossier,
    Quota,
    Round,
    RoundKind,
    SubjectKind,
    Unsaid,
    Window,
)
from core.campaigns import (
    LETTERS,
    Campaign,
    CampaignKind,
    Group,
    Signatory,
    Subject,
    canonical,
    criterion_key,
    digest,
)
from core.criteria import Criterion
from core.measures import NarrativeMeasure, NumberMeasure, Operator
from core.texts import campaigns as texts

SATISFACTION = Criterion(
    code="009-c1",
    key="c1",
    label="Hài lòng",
    quote="Nâng cao mức độ hài lòng đạt trên 90%.",
    measures=(NumberMeasure("1", "Bao nhiêu phần trăm?", "%", Operator.ABOVE, Decimal(90)),),
)
TEACHING = Criterion(
    code="009-đ1",
    key="dd1",
    label="Học tập",
    quote="Đẩy mạnh đào tạo.",
    measures=(NarrativeMeasure("1", "Anh/chị đã học gì?"),),
)


def a_plan() -> Campaign:
    """A short plan that leaves as much unsaid as a plan can."""
    return Campaign(
        code="009",
        label="Thi đua CCHC 2025",
        kind=CampaignKind.COMPETITION,
        title="Phát động phong trào thi đua",
        issuer="Trung tâm Y tế",
        signatory=Unsaid(),
        number=Unsaid(),
        issued_on=Unsaid(),
        legal_bases=(),
        parent="",
        parent_code="",
        theme="",
        window=Window("năm 2025", 2025, 2025),
        purposes=(Clause("009-M1", "Nâng cao ý thức trách nhiệm."),),
        requirements=(),
        subjects=(Subject(SubjectKind.INDIVIDUAL, "009-S1", "Viên chức, người lao động."),),
        scales=(),
        groups=(
            Group("009-c", "c", "Thủ tục", "Cải cách thủ tục", (SATISFACTION,)),
            Group("009-đ", "đ", "Công vụ", "Cải cách công vụ", (TEACHING,)),
        ),
        bodies=(),
        duties=(),
        commendation=Unsaid(),
        dossier=Unsaid(),
        deadlines=(),
        feedback=Unsaid(),
        rounds=(Round("2025", "Năm 2025", RoundKind.YEARLY, 2025),),
        recipients=(),
        units=(),
        remarks=(),
        left_out=(),
    )


def a_dossier_deadline(day: date, *, before: bool = True) -> Deadline:
    return Deadline("009-D1", DeadlineKind.DOSSIER, "009-M1", "trước ngày 15/12 hằng năm", day, before)


def test_things_are_found_by_their_codes() -> None:
    plan = a_plan()
    assert [one.code for one in plan.criteria()] == ["009-c1", "009-đ1"]
    assert plan.criterion("009-đ1") is TEACHING
    assert plan.groups[1].key == "dd"
    for find in (plan.criterion, plan.body):
        with pytest.raises(KeyError):
            find("009-x9")


def test_keys_are_ascii_and_tell_d_from_its_crossed_sister() -> None:
    assert [criterion_key(code) for code in ("004-c3", "004-d1", "004-đ1")] == ["c3", "d1", "dd1"]
    assert len(LETTERS) == 23
    assert LETTERS.startswith("abcdđeghik")


def test_the_same_facts_have_the_same_digest() -> None:
    assert digest(a_plan()) == digest(a_plan())
    assert len(digest(a_plan())) == 64


def test_how_a_figure_is_written_does_not_change_the_digest() -> None:
    other = replace(SATISFACTION, measures=(replace_target(Decimal("90.00")),))
    assert canonical(with_criterion(other)) == canonical(a_plan())


@pytest.mark.parametrize(
    "changed",
    [
        replace(a_plan(), label="Thi đua CCHC 2026"),
        replace(a_plan(), number=Unsaid("theo quy định")),
        replace(a_plan(), number=""),
        replace(a_plan(), issued_on=date(2025, 1, 2)),
        replace(a_plan(), rounds=(replace(a_plan().rounds[0], closes_at=datetime(2025, 12, 1, tzinfo=UTC)),)),
    ],
)
def test_any_other_fact_has_another_digest(changed: Campaign) -> None:
    assert digest(changed) != digest(a_plan())


def test_an_operator_changes_the_digest() -> None:
    softer = NumberMeasure("1", "Bao nhiêu phần trăm?", "%", Operator.AT_LEAST, Decimal(90))
    assert digest(with_criterion(replace(SATISFACTION, measures=(softer,)))) != digest(a_plan())


@pytest.mark.parametrize(
    ("named", "last"),
    [
        (date(2022, 12, 15), "thứ Tư 14/12/2022"),
        (date(2023, 12, 15), "thứ Năm 14/12/2023"),
        (date(2024, 12, 15), "thứ Bảy 14/12/2024"),
        (date(2025, 12, 15), "Chủ nhật 14/12/2025"),
        (date(2022, 3, 31), "thứ Tư 30/03/2022"),
    ],
)
def test_before_a_day_means_the_day_before(named: date, last: str) -> None:
    said = texts.last_day(a_dossier_deadline(named))
    assert said == f"«trước ngày 15/12 hằng năm», tức chậm nhất {last}; {named:%d/%m/%Y} là đã trễ"


def test_up_to_a_day_includes_it() -> None:
    deadline = Deadline("009-D1", DeadlineKind.REPORT, "009-M1", "đến ngày 31/12/2023", date(2023, 12, 31))
    assert texts.last_day(deadline) == "«đến ngày 31/12/2023», tức chậm nhất Chủ nhật 31/12/2023"


def test_an_unsaid_day_keeps_the_words_of_the_plan() -> None:
    deadline = Deadline("009-D1", DeadlineKind.DOSSIER, "009-M1", "theo quy định", Unsaid("theo quy định"))
    assert texts.last_day(deadline) == "chưa quy định trong kế hoạch (nguyên văn: «theo quy định»)"
    assert deadline.last_day(2025) == Unsaid("theo quy định")


def test_silence_is_read_back_as_unsaid() -> None:
    said = texts.read_back(a_plan(), WorkCalendar()).splitlines()
    unsaid = "chưa quy định trong kế hoạch"
    for line in (
        f"Số: {unsaid}",
        f"Ngày ban hành: {unsaid}",
        f"Người ký: {unsaid}",
        f"Nơi nhận khó khăn, vướng mắc: {unsaid}",
        f"BIỂU DƯƠNG, KHEN THƯỞNG: {unsaid}",
        f"HỒ SƠ ĐỀ NGHỊ KHEN THƯỞNG: {unsaid}",
        f"  Năm 2025 [2025], kỳ hằng năm 2025; mở: {unsaid}; khóa: {unsaid}",
    ):
        assert line in said


def test_what_is_said_is_read_back() -> None:
    plan = replace(
        a_plan(),
        number="41/KH-SYT",
        issued_on=date(2022, 3, 21),
        signatory=Signatory("Lê Quang Hùng", Unsaid()),
        commendation=Commendation(
            "009-III",
            "Tặng Giấy khen.",
            "Giám đốc Sở Y tế",
            form=Clause("009-A1", "Giấy khen"),
            quotas=(
                Quota(
                    RoundKind.YEARLY,
                    SubjectKind.COLLECTIVE,
                    5,
                    at_most=True,
                    clause=Clause("009-A2", "05 tập thể"),
                ),
                Quota(
                    RoundKind.PERIOD,
                    SubjectKind.INDIVIDUAL,
                    20,
                    at_most=False,
                    clause=Clause("009-A3", "20 cá nhân"),
                ),
            ),
        ),
        dossier=Dossier("009-III", (Clause("009-H1", "Tờ trình"), Clause("009-H2", "Biên bản họp")), 1),
        deadlines=(replace(a_dossier_deadline(date(2025, 12, 15)), round="2025"),),
        rounds=(
            Round(
                "2025",
                "Năm 2025",
                RoundKind.YEARLY,
                2025,
                closes_at=datetime(2025, 12, 5, 17, 0, tzinfo=timezone(timedelta(hours=7))),
            ),
        ),
    )
    said = texts.read_back(plan, WorkCalendar())
    for piece in (
        "Số: 41/KH-SYT",
        "Ngày ban hành: thứ Hai 21/03/2022",
        "Người ký: Lê Quang Hùng, chức vụ: chưa quy định",
        "Hình thức: [009-A1] «Giấy khen»",
        "Số lượng: hằng năm không quá 05 tập thể [009-A2]; cả giai đoạn đúng 20 cá nhân [009-A3]",
        "Gồm: [009-H1] «Tờ trình»; [009-H2] «Biên bản họp»",
        "Số bộ: 01 bộ",
        "Gửi hồ sơ đề nghị khen thưởng, năm 2025 [009-M1]. Tôi hiểu: «trước ngày 15/12 hằng năm», tức",
        "chậm nhất Chủ nhật 14/12/2025; 15/12/2025 là đã trễ; ngày làm việc cuối: thứ Sáu 12/12/2025",
        "khóa: 17:00 thứ Sáu 05/12/2025",
        "Trả lời: con số (%); phải lớn hơn 90 %, bằng 90 % chưa đủ",
    ):
        assert piece in said


def test_cards_have_a_head_and_a_quoted_clause() -> None:
    plan = a_plan()
    assert texts.group_title(plan.groups[1]) == "đ) Công vụ"
    assert texts.group_title(replace(plan.groups[1], letter="")) == "Công vụ"
    assert (
        texts.quoted(SATISFACTION.code, SATISFACTION.quote)
        == "[009-c1] «Nâng cao mức độ hài lòng đạt trên 90%.»"
    )


def replace_target(target: Decimal) -> NumberMeasure:
    return NumberMeasure("1", "Bao nhiêu phần trăm?", "%", Operator.ABOVE, target)


def with_criterion(criterion: Criterion) -> Campaign:
    plan = a_plan()
    return replace(plan, groups=(replace(plan.groups[0], criteria=(criterion,)), plan.groups[1]))
