"""What everybody concerned is told of each step: the unit of all it proposes, a nominee of theirs.

Nobody is told privately what became of somebody else: what is told by name goes to whoever looks after the
dossier, and words about the whole list go to nobody.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from core.appraisal import ItemFacts, Mark
from core.campaign_terms import SubjectKind
from core.dossiers import DossierAct, DossierFacts, NomineeFacts
from core.messages import Door, Message
from core.results import Taken, Told
from core.texts import appraisal, appraisal_supplement, awards, dossiers
from core.texts.results import HEAD_MAY_ASK, MAY_ASK, decision, why
from core.vietnamese import at_the_start, inside_a_sentence, long_date, moment, shortened

SUBMITTED = "Đã nộp hồ sơ khen thưởng"
SUPPLEMENTED = "Đã nộp lại hồ sơ đã bổ sung"
_TITLES = {
    DossierAct.SUBMIT: SUBMITTED,
    DossierAct.WITHDRAW: "Đơn vị rút hồ sơ khen thưởng",
    DossierAct.RETURN: "Hồ sơ được trả lại để bổ sung",
    DossierAct.FINISH: "Hồ sơ đã thẩm định xong",
    DossierAct.REOPEN: "Hồ sơ được thẩm định lại",
    DossierAct.PUT: "Hồ sơ đã đưa ra Hội đồng",
    DossierAct.TAKE_OFF: "Hội đồng chưa xét hồ sơ",
    DossierAct.CONCLUDE: "Hội đồng đã kết luận",
    DossierAct.REFER: "Hội đồng xem xét lại",
    DossierAct.DECIDE: "Kết quả xét khen thưởng",
}
_NO_DECISION_YET = "Đây chưa phải là quyết định; khi có Quyết định, anh/chị được báo."
_ANEW = "Kết luận trước không còn dùng; khi có kết luận mới, anh/chị được báo."
_OFF = "Phiên họp đã hủy. Hồ sơ giữ nguyên, chờ phiên khác; anh/chị không phải làm gì thêm."
_AGAIN = "Kết quả thẩm định đã báo trước đây có thể thay đổi; khi xong, anh/chị được báo lại."
_NOBODY = "Hội đồng không chọn đề nghị nào, nên không có Quyết định"
_NOT_LOST = "Thành tích chưa được khen vẫn nêu được ở đợt sau."
_TO_COUNCIL = "Hồ sơ chờ đưa ra Hội đồng."
_NEXT_APPRAISAL = "Bước sau: thẩm định."
_GIVE = "Anh/chị gửi nội dung hoặc tệp cho người lập hồ sơ của đơn vị."
_MINE = Door("awards", "", "Xem đề nghị của tôi", awards.DOOR_WORD)
_REASON, _NAME = 300, 60


def to_unit(taken: Taken, told: Told) -> Message:
    """To whoever looks after the dossier."""
    match taken.act:
        case DossierAct.TAKE_UP:
            return appraisal.taken_up_notice(taken.after)
        case DossierAct.RETURN:
            names = {one.nomination_id: one.name for one in told.people}
            return appraisal_supplement.returned_notice(taken.after, told.items, names)
    return Message(
        title=_title(taken),
        body="\n".join([f"{at_the_start(_of(taken.after))}.", *_whole(taken, told)]),
        doors=(dossiers.door(taken.after.id),),
    )


def to_nominee(taken: Taken, lines: Sequence[str]) -> Message:
    """To somebody who is proposed, about themselves (or the collective they lead)."""
    where = f"{taken.after.campaign_label}, {inside_a_sentence(taken.after.round_label)}."
    return Message(title=_title(taken), body="\n".join([where, *lines]), doors=(_MINE,))


def line(taken: Taken, told: Told, who: NomineeFacts) -> str:
    """What a step is to one nominee; nothing where it does not concern them."""
    match taken.act:
        case DossierAct.SUBMIT | DossierAct.WITHDRAW | DossierAct.RETURN:
            return _on_the_way(taken, told, who)
        case DossierAct.FINISH:
            return f"Kết quả thẩm định {_you(who)}: {_verdict(who.nomination_id, told)}. {_TO_COUNCIL}"
        case DossierAct.REOPEN:
            return f"Hồ sơ của {_you(who)} được thẩm định lại. {_AGAIN}"
        case DossierAct.PUT:
            return f"Đề nghị khen {_you(who)} đã đưa ra Hội đồng{_held(told)}."
        case DossierAct.TAKE_OFF:
            return f"Hội đồng chưa xét đề nghị khen {_you(who)}. {_OFF}"
        case DossierAct.CONCLUDE:
            return f"{_concluded(who, told)} {_NO_DECISION_YET}"
        case DossierAct.REFER:
            return f"Đề nghị khen {_you(who)} được trả lại để Hội đồng xem xét lại. {_ANEW}"
        case DossierAct.DECIDE:
            return _decided(who, told)
    return ""


def also(message: Message, lines: Sequence[str]) -> Message:
    """A message to somebody who is told of themselves as well."""
    return replace(message, body="\n\n".join([message.body, *lines]))


def _title(taken: Taken) -> str:
    return SUPPLEMENTED if taken.supplements else _TITLES[taken.act]


def _of(facts: DossierFacts) -> str:
    return f"hồ sơ {facts.unit}, {facts.campaign_label}, {inside_a_sentence(facts.round_label)}"


def _you(who: NomineeFacts) -> str:
    return "anh/chị" if who.subject is SubjectKind.INDIVIDUAL else f"tập thể {shortened(who.name, _NAME)}"


def _whole(taken: Taken, told: Told) -> list[str]:
    """What the unit is told."""
    facts = taken.after
    match taken.act:
        case DossierAct.SUBMIT if taken.supplements:
            return [f"{taken.by} đã nộp lại, đủ {len(told.items)} mục được yêu cầu.", _NEXT_APPRAISAL]
        case DossierAct.SUBMIT:
            late = ", nộp muộn" if facts.late else ""
            return [
                f"{taken.by} đã nộp {len(told.people)} đề nghị. Biên nhận {facts.receipt}{late}.",
                _NEXT_APPRAISAL,
            ]
        case DossierAct.WITHDRAW:
            return [
                f"{taken.by} đã rút để chuẩn bị lại. Lý do: {shortened(taken.reason, _REASON)}",
                "Bản đã nộp vẫn được lưu; đơn vị còn phải nộp bản khác.",
            ]
        case DossierAct.FINISH:
            return [*_each(told, _verdict), _TO_COUNCIL]
        case DossierAct.REOPEN:
            return [f"Lý do: {shortened(taken.reason, _REASON)}", _AGAIN]
        case DossierAct.PUT:
            return [f"{len(told.people)} đề nghị đã vào chương trình{_held(told)}."]
        case DossierAct.TAKE_OFF:
            return [_OFF]
        case DossierAct.CONCLUDE:
            return [*_each(told, _chosen), "", _NO_DECISION_YET]
        case DossierAct.REFER:
            return [f"Danh sách được trả lại để Hội đồng xem xét lại. {_ANEW}"]
        case DossierAct.DECIDE:
            lines = [f"{_decision(told) if told.number else _NOBODY}:", *_each(told, _commended)]
            some = any(not told.outcomes.get(one.nomination_id, (None, ""))[0] for one in told.people)
            return [*lines, *(["", _NOT_LOST, HEAD_MAY_ASK] if some else [])]
    return []


def _each(told: Told, say: Callable[[int, Told], str]) -> list[str]:
    return [f"• {shortened(one.name, _NAME)}: {say(one.nomination_id, told)}" for one in told.people]


def _on_the_way(taken: Taken, told: Told, who: NomineeFacts) -> str:
    facts, own = taken.after, told.items_of(who.nomination_id)
    if taken.act is DossierAct.WITHDRAW:
        return (
            f"Đơn vị đã rút hồ sơ đề nghị khen {_you(who)} để chuẩn bị lại. Đề nghị vẫn còn; khi nộp lại, "
            "anh/chị được báo."
        )
    if taken.act is DossierAct.RETURN:
        due = f" Hạn bổ sung: hết {long_date(facts.supplement_due)}." if facts.supplement_due else ""
        asked = "\n".join(f"• {_about(one)}{one.missing}" for one in own)
        return f"Hồ sơ của {_you(who)} cần bổ sung:\n{asked}\n{_GIVE}{due}" if own else ""
    if taken.supplements:
        return f"Đơn vị đã nộp lại phần bổ sung về {_you(who)}. {_NEXT_APPRAISAL}" if own else ""
    return (
        f"Đơn vị đã nộp hồ sơ đề nghị khen {_you(who)}. Biên nhận {facts.receipt}. {_NEXT_APPRAISAL} "
        "Khi có kết quả, anh/chị được báo."
    )


def _about(item: ItemFacts) -> str:
    return f"{item.criterion}: " if item.criterion else ""


def _verdict(nomination_id: int, told: Told) -> str:
    found = told.verdicts.get(nomination_id)
    mark = found.mark if found is not None else None
    if mark is None:
        return "chưa ghi đủ kết quả"
    where = told.wanting.get(nomination_id, ())
    because = f" ở {'; '.join(where)}" if where and mark is not Mark.MET else ""
    return f"{inside_a_sentence(appraisal.MARKS[mark])}{because}"


def _held(told: Told) -> str:
    return f", phiên họp {moment(told.held_at)}" if told.held_at is not None else ""


def _chosen(nomination_id: int, told: Told) -> str:
    chosen, reason = told.outcomes.get(nomination_id, (None, ""))
    return "được chọn đề nghị khen" if chosen else f"không được chọn. Lý do: {why(reason)}"


def _commended(nomination_id: int, told: Told) -> str:
    chosen, reason = told.outcomes.get(nomination_id, (None, ""))
    return "được khen thưởng" if chosen else f"không được chọn. Lý do: {why(reason)}"


def _concluded(who: NomineeFacts, told: Told) -> str:
    chosen, reason = told.outcomes.get(who.nomination_id, (None, ""))
    if chosen:
        return f"Hội đồng đã chọn đề nghị khen {_you(who)}."
    return f"Lần này Hội đồng không chọn đề nghị khen {_you(who)}. Lý do: {why(reason)}."


def _decided(who: NomineeFacts, told: Told) -> str:
    chosen, reason = told.outcomes.get(who.nomination_id, (None, ""))
    if chosen:
        by = f"theo {_decision(told)}. Thành tích: {who.achievement}"
        return f"{at_the_start(_you(who))} được khen thưởng {by}"
    how = f"{_decision(told)} đã ký; lần này" if told.number else "Lần này"
    return (
        f"{how} {_you(who)} không có trong danh sách khen thưởng. "
        f"Lý do: {why(reason)}. Cảm ơn anh/chị đã tham gia. {_NOT_LOST} {MAY_ASK}"
    )


def _decision(told: Told) -> str:
    return decision(told.number, told.dated)
