"""What the first page in the archive of a round says: awards, the council, who took part, the plan."""

from collections.abc import Iterator, Sequence
from datetime import date, tzinfo
from fractions import Fraction

from core.council import SittingState
from core.round_archive import FACTS, INDEX, MANIFEST
from core.round_kept import ItemKept, PlanKept, RoundKept, SittingKept, VoteKept
from core.round_pages import Cell, Link, Page, Pairs, Said, Section, Table, Words
from core.texts import awards, council, council_votes, round_unit_pages
from core.texts import round_words as said
from core.vietnamese import inside_a_sentence, moment

BY_CHAT = "Họp qua tin nhắn"
_ON_PAPER = "Bỏ phiếu giấy"
ABOUT = "Bản lưu trữ tự đọc được: không cần phần mềm, không cần mạng. Mọi tệp nằm trong cùng thư mục này."
PRIVACY = (
    "Bản lưu không có ngày sinh, địa chỉ, số điện thoại của ai. Báo cáo thành tích và danh sách trích ngang "
    "có những thông tin đó nên chỉ ghi tên và mã băm. Bỏ phiếu kín chỉ có tổng số phiếu; không nơi nào lưu "
    "ai bỏ phiếu thế nào."
)
CHECKING = (
    "Kiểm tra bản lưu: lệnh «campaign archive --verify» của phần mềm, hoặc giải nén mọi phần vào cùng một "
    "thư mục, mở cửa sổ lệnh ở đó và chạy «cat SHA256SUMS-* | sha256sum -c»."
)


def pages(held: RoundKept, zone: tzinfo) -> Iterator[Page]:
    """Every page; times are told in `zone`."""
    yield _index(held, zone)
    for unit in held.units:
        yield round_unit_pages.page(held, unit, zone)


def _index(held: RoundKept, zone: tzinfo) -> Page:
    return Page(
        INDEX,
        f"{held.title}: {inside_a_sentence(held.round_label)}",
        ABOUT,
        (
            Section("Được khen", [_awards(held)]),
            Section("Tóm tắt", [_summary(held, zone)]),
            *_sittings(held, zone),
            *_told(held, zone),
            Section("Đơn vị tham gia", [_units(held)]),
            Section("Kế hoạch", [_plans(held.plans, zone)]),
            Section("Về bản lưu này", [Said([PRIVACY, CHECKING, *_machine()])]),
        ),
    )


def _machine() -> tuple[Words, ...]:
    return Link("Dữ liệu cho máy đọc", FACTS), Link("Danh mục mọi tệp kèm mã băm", MANIFEST)


def _awards(held: RoundKept) -> Table | Said:
    rows = [
        (
            said.KINDS.get(one.subject, one.subject),
            said.who(one.name, one.post),
            one.unit,
            one.achievement,
            awards.form(one.title, one.authority),
            _decision(one.number, one.dated),
            f"Đã hủy: {one.annulled_for}" if one.annulled_at is not None else "",
        )
        for one in held.awards
    ]
    heads = ("Loại", "Tập thể, cá nhân", "Đơn vị", "Thành tích", "Hình thức", "Quyết định", "Ghi chú")
    return Table(heads, rows) if rows else Said([said.NOBODY])


def _summary(held: RoundKept, zone: tzinfo) -> Pairs:
    signed = sum(one.standing is not None for one in held.assessments)
    return Pairs(
        [
            ("Phong trào", held.campaign_label),
            ("Đợt", held.round_label),
            ("Kết thúc", moment(held.over_at.astimezone(zone))),
            ("Đơn vị tham gia", str(len(held.units))),
            ("Bản tự đánh giá", f"{len(held.assessments)}, trong đó {signed} bản đã ký"),
            ("Được đề nghị", str(sum(one.state != "withdrawn" for one in held.nominees))),
            ("Hồ sơ", str(len(held.dossiers))),
            ("Được khen", str(sum(one.annulled_at is None for one in held.awards))),
            ("Tệp kèm theo", str(len(held.files()))),
        ]
    )


def _units(held: RoundKept) -> Table | Said:
    rows: list[Sequence[Cell]] = []
    for unit in held.units:
        own = [one for one in held.assessments if one.unit_id == unit.id]
        proposed = [one for one in held.nominees if one.unit_id == unit.id and one.state != "withdrawn"]
        rows.append(
            (
                Link(unit.name or unit.code, said.page_of(unit.id)),
                str(len(own)),
                str(sum(one.standing is not None for one in own)),
                str(len(proposed)),
                str(sum(one.state == "commended" for one in proposed)),
            )
        )
    heads = ("Đơn vị", "Bản tự đánh giá", "Đã ký", "Được đề nghị", "Được khen")
    return Table(heads, rows) if rows else Said([said.NOBODY])


def _plans(found: Sequence[PlanKept], zone: tzinfo) -> Table:
    rows: list[Sequence[Cell]] = [
        (
            Link("Bản để đọc", one.readable),
            Link("Nguyên văn (TOML)", one.path),
            said.at(one.published_at, zone),
            "đang áp dụng" if one.in_force else "đã thay",
            one.digest,
        )
        for one in found
    ]
    return Table(("Kế hoạch", "Tệp gốc", "Ban hành trong hệ thống", "Tình trạng", "Mã băm nội dung"), rows)


def _sittings(held: RoundKept, zone: tzinfo) -> Iterator[Section]:
    if not held.sittings:
        yield Section("Hội đồng", [Said([said.NOBODY])])
    for one in held.sittings:
        state = council.STATES[SittingState(one.state)]
        yield Section(f"Phiên họp Hội đồng {one.id}: {state}", [_sitting(one, zone), _items(one.items)])
        if one.questions:
            asked = [
                (question.nominee, question.by, question.words, question.answered_by, question.answer)
                for question in one.questions
            ]
            heads = ("Về", "Người hỏi", "Câu hỏi", "Người trả lời", "Trả lời")
            yield Section("Hỏi và trả lời", [Table(heads, asked)], deep=True)


def _sitting(one: SittingKept, zone: tzinfo) -> Pairs:
    quorum, threshold = (_share(*share) for share in (one.quorum, one.threshold))
    aside: list[tuple[str, Cell]] = [
        (f"Lượt bỏ phiếu {place}, không lấy làm kết quả", _vote(vote, zone))
        for place, vote in enumerate(one.votes, 1)
        if vote.words
    ]
    rows: list[tuple[str, Cell]] = [
        ("Thời gian", moment(one.held_at.astimezone(zone))),
        ("Địa điểm", one.place or BY_CHAT),
        ("Chủ trì", one.chair),
        ("Thư ký", one.secretary or said.NEVER),
        ("Thành viên", one.members),
        ("Quy tắc", f"Họp khi có {quorum} thành viên trở lên; chọn khi đạt {threshold} trở lên."),
        (
            "Không bỏ phiếu vì có liên quan",
            tuple(f"{who} về {whom}: {why}" for who, whom, why in one.conflicts) or said.NOBODY,
        ),
        *aside,
        *(
            (_ON_PAPER, (_on_paper(vote), *_sheet(vote)))
            for vote in one.votes
            if vote.on_paper and not vote.words
        ),
        ("Kết luận", one.conclusions or said.NEVER),
    ]
    if one.approved_at is not None:
        rows.append(("Phê duyệt danh sách", f"{one.approved_by}, {said.at(one.approved_at, zone)}"))
    rows.append(("Quyết định", _decision(one.number, one.dated)))
    if one.decided_at is not None:
        rows.append(("Người nhập Quyết định", f"{one.decided_by}, {said.at(one.decided_at, zone)}"))
    if one.scan is not None:
        rows.append(("Bản chụp Quyết định", said.file(one.scan)))
    rows.append(("Biên bản, dự thảo", tuple(said.file(file) for file in one.papers) or said.NEVER))
    return Pairs(rows)


def _vote(one: VoteKept, zone: tzinfo) -> tuple[Words, ...]:
    """A vote that was set aside: what it came to, what was concluded, who set it aside and why."""
    why = "Trả lại Hội đồng" if one.referred else "Bỏ phiếu lại"
    return (
        f"Kiểm phiếu {said.at(one.ended_at, zone)}",
        *(council_votes.sums(name, count) for name, count in one.sums),
        *([_on_paper(one)] if one.on_paper else []),
        *_sheet(one),
        *([f"Kết luận khi đó: {one.conclusions}"] if one.conclusions else []),
        f"{why}, {one.by}: {one.words}",
    )


def _on_paper(one: VoteKept) -> str:
    return council_votes.on_paper(one.on_paper, [council_votes.sums(*item) for item in one.paper])


def _sheet(one: VoteKept) -> tuple[Words, ...]:
    return (said.file(one.sheet),) if one.sheet is not None else ()


def _told(held: RoundKept, zone: tzinfo) -> Iterator[Section]:
    for one in held.told:
        about: list[tuple[str, Cell]] = [
            ("Người soạn", one.by),
            ("Gửi lúc", said.at(one.at, zone)),
            ("Nội dung", one.body),
            ("Tệp kèm theo", tuple(said.file(file) for file in one.files) or said.NOBODY),
        ]
        state = " (đã thu hồi)" if one.taken_back else ""
        yield Section(f"Thông báo kết quả: {one.title}{state}", [Pairs(about)])


def _items(found: Sequence[ItemKept]) -> Table | Said:
    rows: list[Sequence[Cell]] = [
        (
            one.name if one.name == one.unit else (one.name, one.unit),
            one.achievement,
            *said.sums(one.sums),
            _chosen(one.chosen),
            tuple(words for words in (one.reason, one.settled) if words) or "",
        )
        for one in found
    ]
    heads = ("Tập thể, cá nhân", "Thành tích", "Được bỏ phiếu", "Đồng ý", "Không đồng ý", "Phiếu trắng")
    return Table((*heads, "Kết quả", "Lý do"), rows) if rows else Said([said.NOBODY])


def _chosen(value: bool | None) -> str:  # noqa: FBT001 - one of three: chosen, not chosen, not settled
    return {True: "Chọn", False: "Không chọn", None: said.NEVER}[value]


def _share(part: int, whole: int) -> str:
    share = Fraction(part, whole)
    return "tất cả" if share == 1 else f"{share.numerator}/{share.denominator}"


def _decision(number: str, dated: date | None) -> str:
    if not number:
        return said.NEVER
    return f"Số {number}" + (f" ngày {dated:%d/%m/%Y}" if dated is not None else "")
