"""Why somebody cannot vote, or a vote cannot be opened or counted."""

from collections.abc import Mapping

from core.refusals import Code, Refusal

PLAIN: Mapping[Code, str] = {
    Code.VOTE_OPEN: "Phiên này đang có một lượt bỏ phiếu chưa kết thúc nên chưa mở lượt mới. "
    "Các phiếu đã bỏ vẫn còn; anh/chị kết thúc lượt đang mở trước.",
    Code.VOTE_ON_PAPER: "Anh/chị được ghi là bỏ phiếu giấy ở lượt này nên không bỏ qua tin nhắn; "
    "phiếu giấy được kiểm cùng các phiếu khác. Nếu không đúng, anh/chị báo thư ký phiên họp.",
    Code.VOTE_EMPTY: "Lượt bỏ phiếu kín cần người được đề nghị, ít nhất ba thành viên bỏ phiếu "
    "và giờ kết thúc sau lúc này, nên chưa mở. Không có gì bị mất; anh/chị bổ sung rồi mở lại.",
    Code.VOTE_TOO_FEW: "Nếu anh/chị không bỏ phiếu về người này thì còn chưa đủ ba người bỏ phiếu và kết quả "
    "sẽ lộ phiếu của từng người, nên chưa ghi. Phiếu đã bỏ vẫn còn; anh/chị báo người chủ trì phiên.",
    Code.VOTE_PAPER_TELLS: "Chưa đủ ba người bỏ phiếu giấy về một người, hoặc chưa đủ ba người còn lại bỏ "
    "qua tin nhắn: con số sẽ cho biết họ bỏ thế nào, nên chưa ghi. Anh/chị ghi thêm người bỏ phiếu giấy "
    "(cả Hội đồng cũng được), hoặc để người đã ghi bỏ lại qua tin nhắn.",
    Code.VOTE_PAPER_MISSING: "Có thành viên bỏ phiếu giấy mà chưa nhập số phiếu giấy nên chưa kết thúc. "
    "Các phiếu đã bỏ vẫn còn; thư ký nhập số phiếu giấy, hoặc ghi những người đó bỏ qua tin nhắn.",
    Code.VOTE_NOT_VALID: "Có đề nghị chưa đủ ba phiếu để kiểm, hoặc không đề nghị nào đủ số người bỏ phiếu, "
    "nên chưa kết luận được. Kết quả kiểm phiếu vẫn còn; cần bỏ phiếu lại (ở đơn vị: hủy cuộc họp rồi "
    "họp lại).",
    Code.VOTE_REASON: "Lý do quá ngắn nên chưa ghi gì. Anh/chị nêu lý do bằng một câu, "
    "ví dụ «Là vợ của người được đề nghị».",
    Code.VOTE_RESTARTED: "Hệ thống vừa khởi động lại nên phiếu bỏ trước đó không còn; lượt bỏ phiếu chưa kết "
    "thúc. Những người đã bỏ được mời bỏ lại; anh/chị xem ai đã bỏ phiếu rồi kết thúc sau.",
    Code.VOTE_OVER: "Lượt bỏ phiếu này đã kết thúc nên không nhận thêm phiếu. "
    "Các phiếu bỏ trước đó đã được kiểm.",
}


def sums(refusal: Refusal) -> str:
    """More paper ballots than there are members who vote on paper."""
    return (
        f"Số phiếu giấy vừa nhập nhiều hơn {refusal.facts['limit']} thành viên bỏ phiếu giấy nên chưa ghi; "
        "số đã nhập trước vẫn còn. Anh/chị kiểm lại rồi nhập lại."
    )
