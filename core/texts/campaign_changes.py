"""What a new version of a plan changes, in words: one line a change, with its clause."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import assert_never

from core.campaign_changes import ORDER, Change, Head, Place
from core.campaign_terms import Deadline, Quota, Round, Unsaid
from core.campaigns import Signatory
from core.criteria import Criterion
from core.measures import Measure
from core.texts.campaign_contents import CLAUSES, TRACKS, met_by
from core.texts.campaign_dates import DEADLINES
from core.texts.campaigns import last_day, quota, round_line, unsaid
from core.texts.criteria import what_is_met
from core.vietnamese import long_date

HEAD = "KHÁC VỚI BẢN ĐANG ÁP DỤNG"
SAME = "Hai bản giống nhau."
_SHOWN = 160

_FIELDS = {
    "code": "mã kế hoạch",
    "label": "tên gọi ngắn",
    "kind": "loại kế hoạch",
    "title": "tên kế hoạch",
    "issuer": "cơ quan ban hành",
    "signatory": "người ký",
    "number": "số, ký hiệu",
    "issued_on": "ngày ban hành",
    "legal_bases": "căn cứ",
    "parent": "kế hoạch cấp trên",
    "parent_code": "mã kế hoạch cấp trên",
    "theme": "chủ đề",
    "window": "thời gian của phong trào",
    "scales": "thang mức",
    "bodies": "cơ quan, bộ phận và vai trò",
    "duties": "bộ phận thực hiện",
    "commendation": "người quyết định khen thưởng hoặc điều còn để trống về khen thưởng",
    "dossier": "hồ sơ, nơi nhận hoặc nơi thẩm định",
    "feedback": "nơi nhận khó khăn, vướng mắc",
    "recipients": "nơi nhận",
    "units": "đơn vị được tham gia",
    "remarks": "ghi nhận về chính văn bản",
    "left_out": "điều khoản để ngoài",
    ORDER: "thứ tự các phần",
}


def lines(changes: Iterable[Change]) -> tuple[str, ...]:
    """Every change as a line."""
    return tuple(line for one in changes for line in _lines(one))


def listed(several: Iterable[str]) -> str:
    """The lines of a comparison, numbered; a sentence where there are none."""
    return "\n".join(f"{number}. {line}" for number, line in enumerate(several, 1)) or SAME


def _lines(change: Change) -> Iterator[str]:
    match change.place:
        case Place.FIELD:
            yield _field(change)
        case Place.CLAUSE:
            yield _turned(change, f"điều khoản [{change.code}]", _quote(change.before), _quote(change.after))
        case Place.GROUP:
            yield _turned(change, f"mục [{change.code}]", _head(change.before), _head(change.after))
        case Place.ASKED:
            yield from _asked(change)
        case Place.QUOTA:
            yield _turned(change, "số lượng khen", _quota(change.before), _quota(change.after))
        case Place.DEADLINE:
            yield _turned(change, f"thời hạn [{change.code}]", _due(change.before), _due(change.after))
        case Place.ROUND:
            yield _turned(change, "kỳ tự đánh giá", _round(change.before), _round(change.after))
        case _:
            assert_never(change.place)


def _turned(change: Change, what: str, before: str, after: str) -> str:
    if change.before is None:
        return f"Thêm {what}: {after}."
    if change.after is None:
        return f"Bỏ {what}: {before}."
    return f"Đổi {what}: {before} → {after}."


def _field(change: Change) -> str:
    name = _FIELDS[change.code]
    before, after = _plain(change.before), _plain(change.after)
    return f"Đổi {name}: {before} → {after}." if before and after and before != after else f"Đổi {name}."


def _plain(value: object) -> str:
    """A value that fits a line; empty for what has to be read in the plan itself."""
    match value:
        case Unsaid():
            return unsaid(value)
        case Signatory():
            return value.name
        case str() if value:
            return _quote(value)
        case date():
            return long_date(value)
        case _:
            return ""


def _quote(value: object) -> str:
    if not isinstance(value, str):
        return ""
    return f"«{value}»" if len(value) <= _SHOWN else f"«{value[:_SHOWN].rsplit(' ', 1)[0]} …»"


def _head(value: object) -> str:
    if not isinstance(value, Head):
        return ""
    whom = ", ".join(TRACKS[track] for track in value.tracks) or "mọi người"
    return f"{value.label}, {CLAUSES[value.kind]}, hỏi {whom}"


def _asked(change: Change) -> Iterator[str]:
    """Of a clause that stays: what is asked anew, no longer, or otherwise, and what is enough."""
    before, after = change.before, change.after
    assert isinstance(before, Criterion)
    assert isinstance(after, Criterion)
    found = list(_measures(change.code, before, after))
    if met_by(before) != met_by(after) and (met_by(before) or met_by(after)):
        was, now = met_by(before) or "mọi câu trả lời", met_by(after) or "mọi câu trả lời"
        found.append(f"Đổi cách đạt [{change.code}]: {was} → {now}.")
    yield from found or [f"Đổi tên ngắn, gợi ý hoặc cách hiểu của [{change.code}] {after.label}."]


def _measures(code: str, before: Criterion, after: Criterion) -> Iterator[str]:
    old = {one.code: one for one in before.measures}
    new = {one.code: one for one in after.measures}
    for key, now in new.items():
        was = old.get(key)
        if was is None:
            yield f"Thêm câu hỏi ở [{code}]: {_question(now)}."
        elif was != now:
            yield _otherwise(code, was, now)
    for key, was in old.items():
        if key not in new:
            yield f"Bỏ câu hỏi ở [{code}]: {_question(was)}."


def _otherwise(code: str, was: Measure, now: Measure) -> str:
    named = f" ({now.label})" if now.label else ""
    needed, needs = what_is_met(was) or "không đặt mức", what_is_met(now) or "không đặt mức"
    if needed != needs:
        return f"Đổi mức cần đạt của [{code}]{named}: {needed} → {needs}."
    if was.question != now.question:
        return f"Đổi câu hỏi ở [{code}]{named}: {_quote(was.question)} → {_quote(now.question)}."
    return f"Đổi cách trả lời ở [{code}]{named}."


def _question(measure: Measure) -> str:
    needs = what_is_met(measure)
    return _quote(measure.question) + (f", cần {needs}" if needs else "")


def _quota(value: object) -> str:
    return quota(value) if isinstance(value, Quota) else ""


def _due(value: object) -> str:
    return f"{DEADLINES[value.kind].lower()}, {last_day(value)}" if isinstance(value, Deadline) else ""


def _round(value: object) -> str:
    return round_line(value) if isinstance(value, Round) else ""
