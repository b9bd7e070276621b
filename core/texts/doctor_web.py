"""What the operator reads of the public address and of webhooks when the installation is examined."""

WEB_OFF = "không có địa chỉ công khai: không có trang gửi, tải tệp; bot tự hỏi tin mới"
START_WEB = "chạy bot, rồi mở địa chỉ đó kèm /health từ ngoài mạng của đơn vị; xem docs/guide/cong-web.md"
HOOK_MISSING = "đặt nhận tin qua webhook nhưng kênh này chưa được báo địa chỉ"
START_BOT = "chạy bot: bot tự báo địa chỉ khi khởi động"
ONE_PLACE = "nếu chương trình khác đang dùng bot này: tắt ở đó, hoặc xin mã truy cập của một bot riêng"
SEE_PROXY = "kiểm tra chứng thư, tường lửa và máy chủ web; xem docs/guide/cong-web.md"


def found(host: str) -> str:
    """The public address leads to the bot that runs."""
    return f"{host} trả lời"


def not_ours(host: str, status: int) -> str:
    """Something answers at the public address that is not a bot that is well."""
    return f"{host} trả lời mã {status}, không phải từ bot đang chạy tốt"


def hook_here(host: str) -> str:
    """Messages are posted to this installation."""
    return f"tin mới được gửi tới {host}, đúng địa chỉ của máy này"


def hook_elsewhere(host: str) -> str:
    """Messages are posted to another address; when the bot starts here that ends."""
    return f"bot đang gửi tin tới {host}; khi bot ở đây chạy, nơi kia sẽ thôi nhận tin"


def hook_troubled(host: str, why: str) -> str:
    """The platform could not post the last time."""
    return f"tin mới được gửi tới {host} nhưng lần gần nhất không tới: {why}"
