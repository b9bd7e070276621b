"""Sentences of joining: the code, «Đúng là tôi», the notice on personal data, accounts that move."""

from core.messages import Choice, Message
from core.texts.desk import BACK, HELP

#: Another text is another version; a test keeps the two together.
NOTICE_VERSION = "2"
NOTICE = (
    "Hệ thống lưu: họ tên, đơn vị, chức vụ, số điện thoại do đơn vị cung cấp; mã cuộc trò chuyện; "
    "câu trả lời, ghi chú và tệp minh chứng anh/chị gửi; thời điểm thao tác.\n\n"
    "Để làm gì: phục vụ tự đánh giá, bình xét, khen thưởng trong phong trào thi đua cải cách hành chính; "
    "nhắc hạn và gửi thông báo của đơn vị.\n\n"
    "Ai xem được: anh/chị; đầu mối, thủ trưởng đơn vị, văn phòng, bộ phận thẩm định và Hội đồng "
    "thi đua, khen thưởng, mỗi vai trò xem phần cần cho nhiệm vụ được giao; người quản trị máy chủ.\n\n"
    "Lưu bao lâu: trong thời gian của phong trào và thời hạn lưu trữ hồ sơ thi đua, "
    "khen thưởng theo quy định; nguyên văn tin nhắn gửi đến, gửi đi chỉ giữ 7 ngày để tìm lỗi; "
    "mã tham gia bị xóa ngay sau khi đọc.\n\n"
    "Quyền của anh/chị: xem dữ liệu của mình (mục «Tài khoản và dữ liệu»); yêu cầu sửa, hạn chế, xóa dữ liệu "
    "hoặc rút lại sự đồng ý (nói với đầu mối của đơn vị hoặc bộ phận phụ trách). "
    "Tin nhắn đi qua nền tảng trò chuyện anh/chị đang dùng; không gửi ảnh có thông tin người bệnh."
)

ACCOUNT_HINT = "Mã dùng một lần, do đầu mối của đơn vị cấp."


def ask_code(organisation: str) -> Message:
    """The first thing a stranger sees."""
    return Message(
        title="Kết nối tài khoản",
        body=(
            "Chào anh/chị. Đây là hệ thống tự đánh giá phong trào thi đua cải cách hành chính "
            f"của {organisation or 'đơn vị'}.\n\n"
            "Anh/chị nhập mã tham gia (ví dụ K7QM4-T2X9B), hoặc mở đường dẫn, quét mã QR được cấp."
        ),
        hint=ACCOUNT_HINT,
        nav=(HELP,),
    )


def ask_identity(name: str, post: str, unit: str) -> Message:
    """«Đúng là tôi»."""
    who = "\n".join(line for line in (name, post, unit) if line)
    return Message(
        title="Có phải anh/chị là",
        body=who,
        hint="Nếu không phải, chọn «Không phải tôi»: mã này bị khóa ngay và không ai dùng được nữa.",
        rows=((Choice("yes", "Đúng là tôi"),), (Choice("no", "Không phải tôi"),)),
        nav=(BACK, HELP),
    )


def ask_consent() -> Message:
    """The notice, and an explicit choice."""
    return Message(
        title="Thông báo về dữ liệu cá nhân",
        body=NOTICE,
        hint="Chưa đồng ý thì chưa có gì về anh/chị được lưu thêm.",
        rows=((Choice("agree", "Tôi đồng ý"),), (Choice("decline", "Không đồng ý"),)),
        nav=(BACK, HELP),
    )


WRONG_CODE = (
    "Mã này không dùng được: có thể gõ sai, đã dùng hoặc đã hết hạn. "
    "Anh/chị kiểm tra lại, hoặc xin đầu mối của đơn vị cấp mã mới."
)
NOT_A_CODE = "Để bắt đầu, anh/chị nhập mã tham gia gồm 10 chữ và số. Chưa có mã: gõ «trợ giúp»."
ALREADY_JOINED = (
    "Cuộc trò chuyện này đã kết nối với tài khoản của anh/chị. Mã hoặc đường dẫn vừa mở không dùng được nữa "
    "(đã dùng hoặc đã hết hạn); anh/chị làm tiếp ở đây."
)
NOTICE_CHANGED = (
    "Thông báo vừa được cập nhật nên lựa chọn trước chưa được ghi. Anh/chị đọc bản mới và chọn lại."
)
DISOWNED = "Đã khóa mã này và báo cho người quản trị. Anh/chị xin đầu mối của đơn vị cấp đúng mã của mình."
DECLINED = (
    "Anh/chị chưa đồng ý nên tài khoản chưa được kết nối. Mã vẫn còn hạn; "
    "khi cần, anh/chị mở lại đường dẫn hoặc nhập lại mã."
)
HELP_CODE = (
    "Mã tham gia gồm 10 chữ và số, mỗi người một mã, dùng trong 72 giờ. "
    "Không có mã: hỏi đầu mối thi đua của khoa, phòng."
)
HELP_IDENTITY = (
    "Đúng họ tên và đơn vị của mình thì chọn «Đúng là tôi». Đúng người nhưng sai đơn vị, chức vụ: vẫn chọn "
    "«Đúng là tôi», rồi báo đầu mối của đơn vị để sửa."
)
HELP_CONSENT = "Đọc thông báo rồi chọn «Tôi đồng ý» để bắt đầu, hoặc «Không đồng ý» để dừng."


def welcome(name: str) -> str:
    """Right after joining."""
    return f"Đã kết nối. Chào anh/chị {name}."


def moved_away() -> Message:
    """To the old chat, when the person joined from another."""
    return Message(
        body=(
            "Tài khoản của anh/chị vừa được kết nối ở một cuộc trò chuyện khác, nên nơi này đã bị khóa. "
            "Nếu không phải anh/chị thực hiện, báo ngay cho đầu mối của đơn vị."
        )
    )


def unlinked() -> Message:
    """To a chat that its person uses no longer."""
    return Message(
        body=(
            "Tài khoản đã ngừng dùng ở cuộc trò chuyện này; nơi này không còn mở được dữ liệu. "
            "Nếu không phải anh/chị thực hiện, báo ngay cho đầu mối của đơn vị."
        )
    )


def moved_here() -> Message:
    """To the new chat, when an older one was closed."""
    return Message(
        body=(
            "Cuộc trò chuyện cũ của anh/chị đã được khóa. Câu trả lời và minh chứng trước đây vẫn còn nguyên."
        )
    )


def chat_taken() -> Message:
    """To somebody whose chat was joined to another person, wherever else they can be reached."""
    return Message(
        body=(
            "Một cuộc trò chuyện trước đây nối với tài khoản của anh/chị vừa được người khác kết nối bằng mã "
            "của họ, nên nơi đó không còn mở được dữ liệu của anh/chị. Câu trả lời và minh chứng vẫn "
            "còn nguyên. Nếu không rõ vì sao, báo ngay cho đầu mối của đơn vị."
        )
    )


def lost_chat(loser: str, winner: str) -> Message:
    """To administrators: a chat changed hands, and whoever lost it cannot be told."""
    return Message(
        body=(
            f"Cuộc trò chuyện đang nối với {loser} vừa được kết nối cho {winner} bằng mã của {winner}. "
            f"Tài khoản của {loser} ở đó đã bị khóa và chưa báo được cho {loser}. "
            "Cần hỏi lại hai người và cấp mã mới nếu cần."
        )
    )


def code_disowned(name: str) -> Message:
    """To administrators: somebody said a code is not theirs."""
    return Message(
        body=f"Có người mở mã tham gia của {name} và báo không phải mình. Mã đã bị khóa; cần cấp mã mới."
    )


def account_disowned(name: str) -> Message:
    """To administrators: somebody said their account is not theirs."""
    return Message(
        body=f"Tài khoản đang nối với {name} vừa được báo là nhầm người và đã bị khóa. Cần cấp mã mới."
    )
