"""Sentences for the office about the record of awards: looked up, entered from before, annulled by two."""

from collections.abc import Mapping, Sequence

from core.awards import AnnulmentState, Asked, AwardFacts, Decision
from core.messages import LABEL_LENGTH, Choice, Door, Message, Numbering, Row
from core.texts import awards
from core.vietnamese import shortened

LABEL = "Sổ khen thưởng"
DOOR_WORD = "SKT"
HELP = (
    "Sổ ghi mọi khen thưởng của người và đơn vị, kể cả khen thưởng từ trước. Nhắn họ tên, mã nhân viên "
    "hoặc tên đơn vị để xem và ghi thêm. Mục đã ghi không sửa được: ghi nhầm hoặc bị hủy thì đề nghị, và một "
    "người khác của văn phòng quyết định. Thành tích đã khen ở đây sẽ được báo khi xét khen lần sau."
)
ASK_WHOM = (
    "Anh/chị nhắn họ tên, mã nhân viên hoặc tên đơn vị để xem hồ sơ khen thưởng, hoặc chọn việc bên dưới."
)
NOT_FOUND = "Không tìm thấy ai hay đơn vị nào như vậy. Anh/chị thử vài chữ khác, hoặc mã nhân viên."
SHEET = "Ghi nhiều khen thưởng bằng bảng Excel"
NEW = "Ghi khen thưởng từ trước"
QUESTIONS: Mapping[Asked, str] = {
    Asked.TITLE: "Hình thức khen thưởng, ví dụ «Giấy khen», «Bằng khen», «Chiến sĩ thi đua cơ sở».",
    Asked.AUTHORITY: "Cấp khen thưởng, ví dụ «Giám đốc Sở Y tế», «Chủ tịch UBND tỉnh».",
    Asked.NUMBER: "Số, ký hiệu của quyết định, ví dụ 125/QĐ-SYT.",
    Asked.DATED: "Ngày ký quyết định, có đủ năm, ví dụ 15/12/2024.",
    Asked.YEARS: "Thành tích của năm nào? Nhắn một năm hoặc một khoảng, ví dụ 2024 hoặc 2021-2025.",
    Asked.ACHIEVEMENT: "Thành tích được khen, như trong quyết định hoặc báo cáo. Lần sau có đề nghị khen "
    "cùng thành tích này thì hệ thống báo; vì vậy anh/chị ghi cụ thể việc đã làm.",
}
ASK_KIND = (
    "Khen thưởng theo phong trào, theo chuyên đề không được tính làm căn cứ khen thưởng theo công trạng. "
    "Khen thưởng này thuộc loại nào?"
)
ENTERED = "Đã ghi vào hồ sơ khen thưởng."
ASK_GROUND = (
    "Hủy khi cấp có thẩm quyền đã có quyết định hủy bỏ (ví dụ vì báo cáo sai thành tích). Ghi nhầm "
    "người, nhầm số thì chọn gỡ vì ghi nhầm. Cả hai đều do một người khác của văn phòng quyết định."
)
ASK_REASON = "Anh/chị nêu lý do."
ASK_DOCUMENT = "Quyết định hủy bỏ khen thưởng: cơ quan ban hành, số, ký hiệu, ngày."
PROPOSED = (
    "Đã ghi đề nghị và báo cho người khác của văn phòng. Khen thưởng này vẫn được tính đến khi có quyết định."
)
GRANTED = "Đã đồng ý. Khen thưởng này không còn được tính; mọi việc vẫn nằm trong hồ sơ."
DENIED = "Đã ghi quyết định không đồng ý. Khen thưởng này giữ nguyên."
GRANT_WORD = "DONG Y HUY"
KEEP_WORD = "GHI"


def book(waiting: Sequence[AwardFacts]) -> Message:
    """Where the office begins: somebody is looked for, and what waits to be decided."""
    rows: list[Row] = [(Choice("sheet", SHEET),), (Choice("all", "Xem tất cả, mới nhất trước"),)]
    rows += [
        (Choice(f"one.{one.id}", shortened(f"Đề nghị hủy: {one.subject}", LABEL_LENGTH)),) for one in waiting
    ]
    return Message(title=LABEL, body=ASK_WHOM, rows=tuple(rows), numbering=Numbering.LETTERS)


def found(choices: Sequence[Choice]) -> Message:
    """Whom the words may mean."""
    rows = tuple((Choice(one.key, shortened(one.label, LABEL_LENGTH)),) for one in choices)
    body = "Anh/chị chọn, hoặc nhắn lại." if choices else NOT_FOUND
    return Message(title=LABEL, body=body, rows=rows, numbering=Numbering.LETTERS)


def everything(values: Sequence[AwardFacts], turns: Sequence[Row]) -> Message:
    """The whole record, a page at a time."""
    body = "\n".join(awards.line(one, named=True) for one in values) or awards.NOTHING
    return Message(title=LABEL, body=body, rows=(*awards.buttons(values, named=True), *turns))


def history(who: str, unit: str, values: Sequence[AwardFacts], turns: Sequence[Row], count: int) -> Message:
    """What somebody was awarded."""
    lines = [who if who == unit else f"{who} · {unit}", f"Đã ghi {count} khen thưởng.", ""]
    lines += [awards.line(one) for one in values] or [awards.NOTHING]
    rows = ((Choice("new", NEW),), *awards.buttons(values), *turns)
    return Message(title=shortened(who, 80), body="\n".join(lines), rows=rows)


def ask(who: str, asked: Asked) -> Message:
    """One thing about an award that is being entered."""
    return Message(title=shortened(f"{NEW}: {who}", 80), body=QUESTIONS[asked])


def ask_kind(who: str) -> Message:
    """Thematic or not."""
    rows = (
        (Choice("thematic", "Theo phong trào, chuyên đề"),),
        (Choice("other", "Theo công trạng hoặc loại khác"),),
    )
    return Message(title=shortened(f"{NEW}: {who}", 80), body=ASK_KIND, rows=rows)


def confirm(who: str, unit: str, said: Decision) -> Message:
    """Everything once more: it is not changed after that."""
    lines = [
        who if who == unit else f"{who} · {unit}",
        f"Hình thức: {awards.titled(said)}",
        f"Quyết định số {said.number} ngày {said.dated:%d/%m/%Y}",
        f"Thành tích ({awards.years(said)}): {said.achievement}",
        f"Loại: {awards.THEMATIC if said.thematic else awards.BY_MERIT}",
        "",
        "Anh/chị đối chiếu với quyết định; ghi rồi thì không sửa được.",
    ]
    rows = ((Choice("keep", "Ghi vào hồ sơ", grave=True, word=KEEP_WORD),),)
    return Message(title=NEW, body="\n".join(lines), rows=rows)


def one(value: AwardFacts, viewer: int) -> Message:
    """An award for the office: to annul, or with the proposal that waits to be decided."""
    asked = value.annulment
    rows: list[Row] = []
    if asked is not None and asked.state is AnnulmentState.ASKED:
        if viewer != asked.asker_id:
            label = "Đồng ý gỡ" if asked.slip else "Đồng ý hủy"
            rows.append((Choice(f"grant.{asked.id}", label, grave=True, word=GRANT_WORD),))
            rows.append((Choice(f"deny.{asked.id}", "Không đồng ý"),))
    elif not value.annulled:
        rows.append((Choice("annul", "Đề nghị hủy hoặc gỡ"),))
    title = shortened(value.decision.title, 80)
    return Message(title=title, body="\n".join(awards.lines(value)), rows=tuple(rows))


def ask_ground(value: AwardFacts) -> Message:
    """Annulled by a decision, or entered by mistake."""
    rows = (
        (Choice("decision", "Hủy theo quyết định"),),
        (Choice("slip", "Gỡ vì ghi nhầm"),),
    )
    return Message(title="Đề nghị hủy", body=f"{_about(value)}\n\n{ASK_GROUND}", rows=rows)


def ask_about(value: AwardFacts, words: str) -> Message:
    """The reason, or the decision that annuls."""
    return Message(title="Đề nghị hủy", body=f"{_about(value)}\n\n{words}")


def annulment_asked_notice(value: AwardFacts) -> Message:
    """To everybody else who may decide."""
    return Message(
        title=f"Có đề nghị {_act(value)} khen thưởng",
        body="\n".join((_about(value), *awards.annulment(value))),
        doors=(Door("award_office", str(value.id), "Xem và quyết định", DOOR_WORD),),
    )


def annulment_decided_notice(value: AwardFacts, decided_by: str, *, granted: bool) -> Message:
    """To whoever proposed it."""
    word = "được đồng ý" if granted else "không được đồng ý"
    return Message(
        title=f"Đề nghị {_act(value)} khen thưởng {word}",
        body=f"{_about(value)}\nNgười quyết định: {decided_by}",
    )


def annulled_notice(value: AwardFacts) -> Message:
    """To the person whose award it was."""
    asked = value.annulment
    lines = [f"Khen thưởng của anh/chị ({awards.cited(value.decision)}) đã bị hủy nên không còn được tính."]
    if asked is not None:
        lines += [f"Lý do: {asked.reason}", f"Căn cứ: {asked.document}"]
    lines.append("Có ý kiến thì anh/chị trao đổi với văn phòng; hồ sơ vẫn giữ đầy đủ.")
    return Message(
        title="Khen thưởng bị hủy",
        body="\n".join(lines),
        doors=(Door("awards", str(value.id), "Xem khen thưởng", awards.DOOR_WORD),),
    )


def annulled_head_notice(value: AwardFacts) -> Message:
    """To whoever looks after the unit."""
    asked = value.annulment
    lines = [f"{_about(value)}", "Khen thưởng này đã bị hủy nên không còn được tính."]
    if asked is not None:
        lines += [f"Lý do: {asked.reason}", f"Căn cứ: {asked.document}"]
    return Message(
        title="Khen thưởng bị hủy",
        body="\n".join(lines),
        doors=(Door("awards", str(value.id), "Xem khen thưởng", awards.DOOR_WORD),),
    )


def _act(value: AwardFacts) -> str:
    """What is proposed: a decision annuls, a slip is taken off."""
    return "gỡ" if value.annulment is not None and value.annulment.slip else "hủy"


def _about(value: AwardFacts) -> str:
    who = value.subject if value.subject == value.unit else f"{value.subject} · {value.unit}"
    return f"{who}\n{awards.cited(value.decision)}"
