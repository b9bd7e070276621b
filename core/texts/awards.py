"""Sentences about awards: one's own, those of a unit, and what a decision said."""

from collections.abc import Sequence

from core.awards import AnnulmentState, AwardFacts, Decision
from core.campaign_terms import Clause, Commendation
from core.campaigns import Campaign
from core.messages import LABEL_LENGTH, Choice, Message, Row
from core.vietnamese import fold, inside_a_sentence, shortened

LABEL = "Khen thưởng của tôi"
DOOR_WORD = "KT"
UNITS_TITLE = "Khen thưởng của đơn vị"
HELP = (
    "Các hình thức khen thưởng đã được ghi, kèm số và ngày quyết định. Khen thưởng bị hủy vẫn hiện và nói "
    "rõ. Thiếu hoặc sai mục nào thì anh/chị báo văn phòng; mục đã ghi không ai tự sửa được."
)
UNDER_WAY = "Đang xét và mới có kết quả"
RECORDED = "Đã được khen thưởng"
NOTHING = "Chưa ghi nhận khen thưởng nào."
NOTHING_MINE = (
    "Chưa ghi nhận khen thưởng nào của anh/chị. Có khen thưởng từ trước thì anh/chị báo văn phòng ghi thêm."
)
THEMATIC = "khen thưởng theo chuyên đề, không tính làm căn cứ khen thưởng theo công trạng"
BY_MERIT = "không phải khen thưởng theo chuyên đề"
#: What a plan of this kind gives, the usual one first.
FORMS = ("Giấy khen", "Bằng khen", "Kỷ niệm chương")
_OF = " của "
_NOBODY = "cap co tham quyen"
_SHOWN = 8


def given(plan: Campaign | None) -> tuple[str, str]:
    """Title and authority of what a campaign gives, in its plan's own words; a giấy khen where it is silent.

    «Cấp có thẩm quyền» is nobody who signs.
    """
    said = plan.commendation if plan is not None else None
    if not isinstance(said, Commendation):
        return FORMS[0], ""
    form = fold(said.form.quote) if isinstance(said.form, Clause) else ""
    title = next((one for one in FORMS if fold(one) in form), FORMS[0])
    return title, "" if fold(said.decided_by).startswith(_NOBODY) else said.decided_by


def titled(said: Decision) -> str:
    """«Giấy khen của Giám đốc Sở Y tế»."""
    return form(said.title, said.authority)


def form(title: str, authority: str) -> str:
    """The same, of a decision that is not entered yet."""
    return f"{title}{_OF}{authority}" if authority else title


def form_parts(words: str) -> tuple[str, str]:
    """Title and authority as somebody typed them: «Giấy khen của Giám đốc Sở Y tế»."""
    title, _of, authority = words.partition(_OF)
    return title.strip(" ."), authority.strip(" .")


def cited(said: Decision) -> str:
    """«Giấy khen của Giám đốc Sở Y tế, Quyết định số 12/QĐ-SYT ngày 15/12/2025»."""
    return f"{titled(said)}, Quyết định số {said.number} ngày {said.dated:%d/%m/%Y}"


def years(said: Decision) -> str:
    """«năm 2025», «các năm 2021–2025»."""
    if said.first_year == said.last_year:
        return f"năm {said.first_year}"
    return f"các năm {said.first_year}–{said.last_year}"


def in_the_way(one: AwardFacts) -> str:
    """As an obstacle: the achievement was commended, by which decision."""
    return (
        f"Thành tích «{one.decision.achievement}» đã được khen: {cited(one.decision)} "
        f"(thành tích {years(one.decision)}); một thành tích chỉ khen một lần."
    )


def state(one: AwardFacts) -> str:
    """What has become of it, in a few words; nothing where it stands."""
    asked = one.annulment
    if one.annulled:
        return "đã gỡ vì ghi nhầm" if asked is not None and asked.slip else "đã hủy"
    return "đang có đề nghị hủy" if asked is not None and asked.state is AnnulmentState.ASKED else ""


def line(one: AwardFacts, *, named: bool = False) -> str:
    """One line of a list; with whose it is where several people's stand together."""
    said = one.decision
    who = f"{one.subject}: " if named else ""
    kind = "theo chuyên đề" if said.thematic else ""
    extra = "; ".join(part for part in (years(said), kind, state(one)) if part)
    sign = "✖️" if one.annulled else "🏅"
    return f"{sign} {who}{cited(said)} ({extra})"


def mine(found: Sequence[AwardFacts], under_way: Sequence[str], *, looks_after: bool) -> Message:
    """Where one's cases stand now, a paragraph each, and one's own awards."""
    body = "\n".join(line(one) for one in found[:_SHOWN]) or NOTHING_MINE
    if len(found) > _SHOWN:
        body += f"\n… và {len(found) - _SHOWN} khen thưởng cũ hơn"
    rows = buttons(found[:_SHOWN])
    if looks_after:
        rows.append((Choice("units", UNITS_TITLE),))
    return Message(title=LABEL, body=_after(under_way, body), rows=tuple(rows))


def _after(under_way: Sequence[str], recorded: str) -> str:
    if not under_way:
        return recorded
    return "\n\n".join((f"{UNDER_WAY}:", *under_way, f"{RECORDED}:\n{recorded}"))


def buttons(found: Sequence[AwardFacts], *, named: bool = False) -> list[Row]:
    """A choice for each."""
    return [(Choice(f"one.{one.id}", shortened(_label(one, named=named), LABEL_LENGTH)),) for one in found]


def _label(one: AwardFacts, *, named: bool) -> str:
    said = one.decision
    return (
        f"{one.subject} · {said.title} {said.dated:%Y}" if named else f"{said.title} · {said.dated:%d/%m/%Y}"
    )


def of_units(found: Sequence[AwardFacts], under_way: Sequence[str], turns: Sequence[Row]) -> Message:
    """The dossiers that are under way, and what one's units and their people were awarded."""
    body = "\n".join(line(one, named=True) for one in found) or NOTHING
    body = _after(under_way, body)
    return Message(title=UNITS_TITLE, body=body, rows=(*buttons(found, named=True), *turns))


def lines(one: AwardFacts) -> list[str]:
    """Everything on record of an award."""
    said = one.decision
    found = [
        one.subject if one.subject == one.unit else f"{one.subject} · {one.unit}",
        f"Hình thức: {titled(said)}",
        f"Quyết định số {said.number} ngày {said.dated:%d/%m/%Y}",
        f"Thành tích ({years(said)}): {said.achievement}",
        f"Loại: {THEMATIC if said.thematic else BY_MERIT}",
    ]
    if one.campaign:
        round_label = f", {inside_a_sentence(one.round_label)}" if one.round_label else ""
        found.append(f"Phong trào: {one.campaign}{round_label}")
    return [*found, *annulment(one)]


def annulment(one: AwardFacts) -> list[str]:
    """What was proposed about it and what was decided; a denied proposal says no more."""
    asked = one.annulment
    if asked is None or asked.state is AnnulmentState.DENIED:
        return []
    done = asked.state is AnnulmentState.GRANTED
    what = (
        ("Đã gỡ khỏi hồ sơ vì ghi nhầm" if done else "Đề nghị gỡ vì ghi nhầm")
        if asked.slip
        else ("Đã hủy, không còn được tính" if done else "Đề nghị hủy")
    )
    found = ["", f"{what}.", f"Lý do: {asked.reason}"]
    if asked.document:
        found.append(f"Căn cứ: {asked.document}")
    who = f"Người đề nghị: {asked.asked_by}"
    return [*found, f"{who}; người quyết định: {asked.decided_by}" if done else who]


def one(value: AwardFacts) -> Message:
    """An award, to read."""
    return Message(title=shortened(value.decision.title, 80), body="\n".join(lines(value)))


def in_report(found: Sequence[AwardFacts]) -> str:
    """As a report lists what somebody was given, the newest first; nothing where there is nothing."""
    return "; ".join(cited(one.decision) for one in found)


def history(found: Sequence[AwardFacts]) -> list[str]:
    """For a card of somebody who is considered: a heading and a line each; nothing where there is none."""
    if not found:
        return []
    more = [f"• … và {len(found) - _SHOWN} khen thưởng cũ hơn"] if len(found) > _SHOWN else []
    return ["", "Đã được khen thưởng:", *(line(one) for one in found[:_SHOWN]), *more]
