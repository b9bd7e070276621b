"""What the page of a unit says in the archive of a round: its people, its dossier, what was signed."""

from collections.abc import Iterator, Sequence
from datetime import tzinfo

from core.appraisal import Mark
from core.dossiers import DossierAct, DossierState
from core.round_archive import INDEX
from core.round_kept import (
    AskedKept,
    AssessmentKept,
    DossierKept,
    MeetingKept,
    NomineeKept,
    RoundKept,
    SignedKept,
    UnitKept,
)
from core.round_pages import Cell, Link, Page, Pairs, Said, Section, Table, Words
from core.texts import appraisal, dossiers
from core.texts import round_words as said
from core.vietnamese import inside_a_sentence

TRACKS = {"individual": "Cá nhân", "head": "Người đứng đầu", "collective": "Tập thể"}
STATES = {
    "proposed": "đề nghị",
    "commended": "được khen",
    "not_chosen": "không được chọn",
    "withdrawn": "đã rút đề nghị",
}


def page(held: RoundKept, unit: UnitKept, zone: tzinfo) -> Page:
    """All of a unit."""
    own = [one for one in held.assessments if one.unit_id == unit.id]
    proposed = [one for one in held.nominees if one.unit_id == unit.id]
    names = {one.nomination_id: one.name for one in held.nominees}
    sections = [
        Section("Người tham gia", [_people(own, proposed)]),
        *(Section(f"Đề nghị: {one.name}", [_nominee(one, zone), *_marks(one, zone)]) for one in proposed),
    ]
    for dossier in held.dossiers:
        if dossier.unit_id == unit.id:
            sections += _dossier(dossier, names, zone)
    for one in own:
        if one.signed:
            sections += _assessment(one, zone)
    return Page(
        said.page_of(unit.id),
        unit.name or unit.code,
        f"{held.campaign_label}, {inside_a_sentence(held.round_label)}",
        sections,
        Link("Về trang đầu", INDEX),
    )


def _people(own: Sequence[AssessmentKept], proposed: Sequence[NomineeKept]) -> Table | Said:
    state = {one.assessment_id: STATES.get(one.state, one.state) for one in proposed}
    rows: list[Sequence[Cell]] = [
        (
            said.who(one.name, one.post),
            TRACKS.get(one.track, one.track),
            one.standing.receipt if one.standing is not None else "chưa ký",
            state.get(one.id, ""),
        )
        for one in own
    ]
    return Table(("Tên", "Loại", "Bản tự đánh giá", "Kết quả"), rows) if rows else Said([said.NOBODY])


def _nominee(one: NomineeKept, zone: tzinfo) -> Pairs:
    rows: list[tuple[str, Cell]] = [
        ("Loại", said.KINDS.get(one.subject, one.subject)),
        ("Thành tích", one.achievement),
        ("Người đề nghị", f"{one.by}, {said.at(one.at, zone)}"),
        ("Kết quả", STATES.get(one.state, one.state)),
        ("Thẩm định", appraisal.MARKS[Mark(one.verdict)] if one.verdict else "chưa có kết quả chung"),
    ]
    if one.removed_for:
        rows.append(("Đưa ra khỏi hồ sơ", one.removed_for))
    for change in one.shortlist:
        head = f"Xếp tay thứ {change.place}" if change.place is not None else "Nhận xét"
        rows.append((head, f"{change.words} ({change.by}, {said.at(change.at, zone)})"))
    return Pairs(rows)


def _marks(one: NomineeKept, zone: tzinfo) -> Iterator[Table]:
    rows = [
        (
            mark.criterion,
            appraisal.MARKS[Mark(mark.mark)] + (" (đã thay)" if mark.replaced_at is not None else ""),
            mark.reason,
            mark.by,
            said.at(mark.at, zone),
        )
        for mark in one.marks
    ]
    if rows:
        yield Table(("Tiêu chuẩn", "Thẩm định", "Lý do", "Người thẩm định", "Lúc"), rows)


def _dossier(one: DossierKept, names: dict[int, str], zone: tzinfo) -> Iterator[Section]:
    late = ", nộp muộn" if one.late else ""
    about: list[tuple[str, Cell]] = [
        ("Tình trạng", dossiers.STATES[DossierState(one.state)] + late),
        ("Người thẩm định", one.appraiser or said.NEVER),
    ]
    steps = [
        (
            dossiers.ACTS[DossierAct(step.act)],
            str(step.version),
            step.by,
            said.at(step.at, zone),
            step.reason,
        )
        for step in one.steps
    ]
    heads = ("Việc", "Bản", "Người làm", "Lúc", "Lý do")
    yield Section("Hồ sơ đề nghị khen thưởng", [Pairs(about), Table(heads, steps)])
    if one.meeting is not None:
        yield Section("Cuộc họp bình xét của đơn vị", [*_meeting(one.meeting, names, zone)], deep=True)
    for version in one.versions:
        rows: list[tuple[str, Cell]] = [
            ("Nộp", f"{version.by}, {said.at(version.at, zone)}{', nộp muộn' if version.late else ''}"),
            ("Nội dung đã nộp", Link(version.path, version.path)),
            ("Mã băm nội dung", version.digest),
            ("Tệp", tuple(said.file(file) for file in version.files) or said.NOBODY),
        ]
        if version.overridden_for:
            rows.append(("Nộp khi còn lỗi, lý do", version.overridden_for))
        yield Section(f"Bản {version.version}, biên nhận {version.receipt}", [Pairs(rows)], deep=True)
    if one.asked:
        told: list[Sequence[Cell]] = [
            (
                asked.nominee or "Cả hồ sơ",
                asked.criterion,
                f"{asked.missing} ({asked.by}, {said.at(asked.at, zone)})",
                _answer(asked),
                tuple(said.file(file) for file in asked.files) or "",
            )
            for asked in one.asked
        ]
        table = Table(("Về", "Tiêu chuẩn", "Yêu cầu bổ sung", "Trả lời", "Tệp"), told)
        yield Section("Đã yêu cầu bổ sung", [table], deep=True)


def _lasted(one: MeetingKept, zone: tzinfo) -> str:
    """From when to when; of one that was held on paper only its beginning is entered."""
    began = said.at(one.held_at, zone)
    return f"{began}, đến {said.at(one.ended_at, zone)}" if one.ended_at > one.held_at else began


def _answer(one: AskedKept) -> str:
    words = one.answer or ("gửi tệp" if one.files else "")
    return f"{words} ({one.answered_by})" if words else said.NEVER


def _meeting(one: MeetingKept, names: dict[int, str], zone: tzinfo) -> Iterator[Pairs | Table]:
    yield Pairs(
        [
            ("Thời gian", _lasted(one, zone)),
            ("Địa điểm", one.place or said.NEVER),
            ("Chủ trì", one.chair),
            ("Thư ký", one.secretary),
            ("Có mặt", one.present or said.NOBODY),
            ("Vắng mặt", one.absent or said.NOBODY),
            ("Kết luận", one.conclusions),
            ("Biên bản giấy", said.file(one.proof) if one.proof is not None else said.NEVER),
        ]
    )
    rows = [
        (names.get(number, ""), *said.sums(sums), "đề nghị" if endorsed else "không đề nghị")
        for number, sums, endorsed in one.votes
    ]
    heads = ("Tập thể, cá nhân", "Được bỏ phiếu", "Đồng ý", "Không đồng ý", "Phiếu trắng", "Kết quả")
    yield Table(heads, rows)


def _assessment(one: AssessmentKept, zone: tzinfo) -> Iterator[Section]:
    rows: list[tuple[str, Cell]] = [
        (
            _receipt(signed),
            (
                _signing(signed, zone),
                Link(signed.path, signed.path),
                f"Mã băm nội dung: {signed.digest}",
                *_proof(signed),
            ),
        )
        for signed in one.signed
    ]
    heading = f"Tự đánh giá: {said.who(one.name, one.post)}"
    answers: list[Sequence[Cell]] = [
        (
            f"{answer.criterion} {answer.label}",
            (*answer.said, *([answer.note] if answer.note else [])),
            answer.result,
            ", ".join(answer.files),
        )
        for answer in one.answers
    ]
    table = Table(("Tiêu chí", "Trả lời", "Kết quả", "Minh chứng"), answers)
    yield Section(heading, [Pairs(rows), *([table] if answers else [])])
    if one.files:
        yield Section("Minh chứng", [Said([said.file(file) for file in one.files])], deep=True)


def _receipt(one: SignedKept) -> str:
    return f"Biên nhận {one.receipt}" + (" (đã rút lại)" if one.withdrawn_at is not None else "")


def _signing(one: SignedKept, zone: tzinfo) -> str:
    taken_back = f"; rút lại {said.at(one.withdrawn_at, zone)}" if one.withdrawn_at is not None else ""
    return f"{one.by} ký {said.at(one.at, zone)}{taken_back}"


def _proof(one: SignedKept) -> tuple[Words, ...]:
    return (said.file(one.proof),) if one.proof is not None else ()
