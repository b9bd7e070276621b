"""Sentences about what units owe by a deadline."""

from core.campaign_terms import DeadlineKind

MISSING = {
    DeadlineKind.PLAN: ("số, ngày và tệp kế hoạch của đơn vị",),
    DeadlineKind.REPORT: ("báo cáo của đơn vị",),
    DeadlineKind.YEARLY_REVIEW: ("báo cáo sơ kết",),
    DeadlineKind.FINAL_REVIEW: ("báo cáo tổng kết",),
    DeadlineKind.DOSSIER: ("hồ sơ đề nghị khen thưởng",),
}
MISSING_CONFIRMATION = "xác nhận của thủ trưởng đơn vị"
