"""What a plan asks, read back whole: whom, in which ways, and what keeps somebody out."""

from dataclasses import replace
from decimal import Decimal

from core.calendar import WorkCalendar
from core.campaigns import Campaign, Track
from core.criteria import ClauseKind, Criterion, Way
from core.measures import (
    DeclarationMeasure,
    DeltaMeasure,
    DocumentMeasure,
    Gain,
    Measure,
    NumberMeasure,
    Operator,
    OrdinalMeasure,
    Slot,
    SlotsMeasure,
)
from core.texts.campaign_contents import met_by
from core.texts.campaigns import read_back
from services.papers.campaign_toml import read
from tests.services.short_plan import SHORT

PLAN = read(SHORT, "ngan.toml")
RESULT = DocumentMeasure("bao-cao", "Báo cáo?", "Kết quả tiêu biểu")
NEW = DeclarationMeasure("moi", "Mới?", "Cách làm mới")
LEARNT = DocumentMeasure("hoc-tap", "Ai học tập?", "Được đơn vị khác học tập")


def asking(
    *measures: Measure, kind: ClauseKind = ClauseKind.STANDARD, ways: tuple[Way, ...] = ()
) -> Criterion:
    return Criterion("009-c1", "c1", "Nhãn", "Nguyên văn.", measures, kind, ways=ways)


def with_criterion(criterion: Criterion, *tracks: Track) -> Campaign:
    group = replace(PLAN.groups[0], criteria=(criterion,), tracks=tracks)
    return replace(PLAN, groups=(group,))


def test_a_or_b_and_c() -> None:
    ways = (
        Way("goc", "Cách đạt", any_of=True, parts=("bao-cao", "sang-kien")),
        Way("sang-kien", "Cách làm mới", any_of=False, parts=("moi", "hoc-tap")),
    )
    criterion = asking(RESULT, NEW, LEARNT, ways=ways)
    assert met_by(criterion) == "kết quả tiêu biểu, hoặc (cách làm mới và được đơn vị khác học tập)"
    assert "Đạt khi có: kết quả tiêu biểu, hoặc (cách làm mới" in read_back(
        with_criterion(criterion), WorkCalendar()
    )


def test_labels_with_commas_or_joints_of_their_own_are_kept_apart() -> None:
    early = replace(RESULT, label="Đúng hạn và trước hạn")
    kept = replace(LEARNT, label="Duy trì, mở rộng")
    criterion = asking(early, NEW, kept)
    assert met_by(criterion) == "đúng hạn và trước hạn; cách làm mới; và duy trì, mở rộng"


def test_several_answers_are_all_needed_and_one_is_enough_to_exclude() -> None:
    assert met_by(asking(RESULT, NEW)) == "kết quả tiêu biểu và cách làm mới"
    excluding = asking(RESULT, NEW, kind=ClauseKind.DISQUALIFIER)
    assert met_by(excluding) == "kết quả tiêu biểu, hoặc cách làm mới"
    assert met_by(asking(RESULT)) == ""


def test_gates_are_called_what_they_are() -> None:
    late = NumberMeasure("1", "Bao nhiêu?", "%", Operator.ABOVE, Decimal(10), fraction="vi phạm / biên chế")
    said = read_back(
        with_criterion(asking(late, kind=ClauseKind.DISQUALIFIER), Track.COLLECTIVE), WorkCalendar()
    )
    assert "trường hợp không xét, hỏi tập thể" in said
    assert "Trả lời: con số (%), hoặc dạng 12/98 (vi phạm / biên chế); không xét nếu trên 10 %" in said
    assert "điều kiện tiên quyết" in read_back(
        with_criterion(asking(NEW, kind=ClauseKind.PREREQUISITE)), WorkCalendar()
    )


def test_ranges_gains_slots_and_waiting() -> None:
    scale = PLAN.scales[0]
    minimum = scale.levels[-1]
    within = NumberMeasure("1", "?", "%", Operator.WITHIN, Decimal(30), upper=Decimal(50))
    for measure, words in (
        (within, "con số (%); phải từ 30 đến 50 %, kể cả hai mức này"),
        (
            DeltaMeasure("1", "?", Gain.RANK, "bậc"),
            "hai con số (bậc), năm trước và năm nay; phải tăng bậc so với",
        ),
        (SlotsMeasure("1", "?", (Slot("a", "Rõ người"), Slot("b", "Rõ việc"))), "nêu đủ: Rõ người, Rõ việc"),
        (
            OrdinalMeasure("1", "?", scale, minimum.key, awaited="Đang chờ xếp loại"),
            f"phải là {minimum.label}; chưa có thì chọn «Đang chờ xếp loại»",
        ),
    ):
        assert words in read_back(with_criterion(asking(measure)), WorkCalendar())


def test_how_much_each_track_is_asked() -> None:
    said = read_back(PLAN, WorkCalendar())
    for track, words in ((Track.INDIVIDUAL, "cá nhân"), (Track.COLLECTIVE, "tập thể")):
        count = len(list(PLAN.criteria(track)))
        assert (f"Diện {words}: {count} mục" in said) == (track in PLAN.tracks())
