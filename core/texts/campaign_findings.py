"""What is odd about a plan, in words: the clause, what was found, and what the office can do."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import assert_never

from core.campaign_findings import FindingKind, PlanFinding
from core.campaign_terms import DeadlineKind, RoundKind, SubjectKind
from core.numbers import format_percent
from core.vietnamese import inside_a_sentence, long_date

HEAD = "LƯU Ý VỀ VĂN BẢN"
NOTHING = "Không có điều gì cần lưu ý về văn bản."
MARK = "lưu ý"

_DUE = {
    DeadlineKind.PLAN: "gửi kế hoạch của đơn vị",
    DeadlineKind.DOSSIER: "gửi hồ sơ đề nghị khen thưởng",
    DeadlineKind.REPORT: "báo cáo",
    DeadlineKind.YEARLY_REVIEW: "sơ kết",
    DeadlineKind.FINAL_REVIEW: "tổng kết",
}
_ROUNDS = {RoundKind.YEARLY: "hằng năm", RoundKind.PERIOD: "cả giai đoạn"}
_SUBJECTS = {SubjectKind.COLLECTIVE: "tập thể", SubjectKind.INDIVIDUAL: "cá nhân"}


def sentence(finding: PlanFinding) -> str:
    """One finding, with its clause in front where it has one."""
    words = _words(finding)
    return f"[{finding.where}] {words}" if finding.where else words


def listed(findings: Iterable[PlanFinding]) -> str:
    """All of them under one head, numbered; a sentence where there are none."""
    lines = [f"{number}. {sentence(one)}" for number, one in enumerate(findings, 1)]
    return "\n".join([f"{HEAD} ({len(lines)})", *lines]) if lines else NOTHING


def _words(finding: PlanFinding) -> str:
    facts = finding.facts
    match finding.kind:
        case FindingKind.WRONG_YEAR:
            return (
                f"Câu này nói năm {facts['named']}, kế hoạch là của năm {facts['year']}. "
                "Có thể là lỗi soạn thảo; đơn vị hỏi nơi ban hành. Phần mềm giữ nguyên văn."
            )
        case FindingKind.STALE_CITATION:
            return (
                f"Viện dẫn văn bản {facts['number']}, không còn hiệu lực khi kế hoạch ban hành: "
                f"đã {_replaced(finding)}. Đơn vị áp dụng văn bản đang có hiệu lực và báo nơi ban hành."
            )
        case FindingKind.SINCE_REPLACED:
            return (
                f"Viện dẫn văn bản {facts['number']}, nay đã {_replaced(finding)}. "
                "Đơn vị áp dụng văn bản đang có hiệu lực."
            )
        case FindingKind.ISSUE_DATE_MISSING:
            stays = (
                " Thời gian phong trào tính từ ngày này nên kế hoạch còn là bản nháp cho đến khi có ngày."
                if facts["waits"]
                else ""
            )
            return f"Văn bản chưa ghi ngày ban hành.{stays} Đơn vị nhập ngày kèm văn bản làm căn cứ."
        case FindingKind.ISSUED_AHEAD:
            return (
                f"Ngày ban hành {long_date(date.fromisoformat(facts['issued']))} chưa đến. "
                "Đơn vị xem lại ngày trên văn bản."
            )
        case FindingKind.TARGET_UNQUOTED:
            quoted = ", ".join(format_percent(Decimal(one)) for one in facts["quoted"].split())
            return (
                f"Câu hỏi đặt mức {format_percent(Decimal(facts['target']))}, còn nguyên văn nêu {quoted}. "
                "Đơn vị xem lại mức trong tệp; phần mềm tính theo mức trong tệp."
            )
        case FindingKind.SECTION_MISSING:
            return (
                f"Thiếu trong văn bản, «{facts['place']}»: {_clipped(facts['words'])}. "
                "Đơn vị hỏi nơi ban hành."
            )
        case FindingKind.QUOTA_DIFFERS:
            return (
                f"Số lượng khen {_SUBJECTS[SubjectKind(facts['subject'])]} "
                f"{_ROUNDS[RoundKind(facts['round'])]} ở đây là {_amount(facts['count'])}, "
                f"còn ở [{facts['other']}] là {_amount(facts['other_count'])}. "
                "Đơn vị hỏi nơi ban hành; phần mềm hiện cả hai."
            )
        case FindingKind.DATE_UNSAID:
            said = f" («{facts['words']}»)" if facts["words"] else ""
            return (
                f"Chưa có ngày {_DUE[DeadlineKind(facts['what'])]}{said}. "
                "Khi có văn bản quy định, đơn vị nhập ngày kèm văn bản đó."
            )
        case FindingKind.ROUND_UNSAID:
            labels = ", ".join(map(inside_a_sentence, facts["rounds"].split(", ")))
            return (
                f"Chưa có lúc khóa: {labels}. "
                "Kỳ chưa có lúc khóa thì mở mãi; đơn vị nhập lúc khóa kèm văn bản làm căn cứ."
            )
        case FindingKind.DOSSIER_UNSAID:
            said = f" («{facts['words']}»)" if facts.get("words") else ""
            return (
                f"Kế hoạch không nêu hồ sơ đề nghị khen thưởng gồm những gì{said}. Đơn vị hỏi nơi nhận hồ sơ."
            )
        case FindingKind.APPRAISER_UNSAID:
            return "Kế hoạch không nêu ai thẩm định hồ sơ đề nghị khen thưởng. Đơn vị hỏi nơi nhận hồ sơ."
        case FindingKind.TIME_SHORT:
            return _short(date.fromisoformat(facts["issued"]), date.fromisoformat(facts["last"]))
        case _:
            assert_never(finding.kind)


def _replaced(finding: PlanFinding) -> str:
    on = date.fromisoformat(finding.facts["on"])
    return f"được thay bằng {finding.facts['by']} từ ngày {on:%d/%m/%Y}"


def _short(issued: date, last: date) -> str:
    days = (last - issued).days
    if days < 0:
        return (
            f"Ngày cuối của thời hạn này ({long_date(last)}) đứng trước ngày ban hành kế hoạch "
            f"({issued:%d/%m/%Y}). Đơn vị hỏi nơi ban hành."
        )
    return (
        f"Từ ngày ban hành ({issued:%d/%m/%Y}) đến ngày cuối của thời hạn này ({long_date(last)}) "
        f"chỉ có {days} ngày. Nên báo sớm cho các đơn vị."
    )


def _amount(told: str) -> str:
    """«<=5» is «không quá 05», «=5» is «đúng 05»."""
    count = int(told.lstrip("<="))
    return f"{'không quá' if told.startswith('<') else 'đúng'} {count:02d}"


def _clipped(words: str) -> str:
    return words.rstrip(" .")
