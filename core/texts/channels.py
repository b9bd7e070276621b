"""Sentences about the channels a person uses: one more, where notices go, one no longer, and detours."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from core.joining import CODE, CODE_IN_LINK, Entrance
from core.messages import Choice, Door, Message, Row
from core.vietnamese import moment, shortened

LABEL = "Kênh nhận tin"
WORD = "KENH"
HELP = (
    "Mỗi thông báo, lời nhắc chỉ gửi tới một kênh: kênh anh/chị chọn, hoặc kênh khác khi kênh đó không nhận "
    "được tin. Cuộc trò chuyện ở mỗi kênh riêng; câu trả lời và minh chứng thì chung."
)
HELP_CODE = (
    "Mở bot ở kênh kia rồi gõ mã. Mã chỉ dùng một lần, trong 15 phút, và chỉ để nối tài khoản của chính "
    "anh/chị; không gửi mã cho người khác."
)
TYPE_IT_THERE = "Mã này gõ ở kênh kia, không gõ ở đây."
_NAMES = {"telegram": "Telegram", "zalo": "Zalo"}
_UNLINK = "NGUNG"


def name(channel: str) -> str:
    """What people call a channel."""
    return _NAMES.get(channel) or shortened(channel, 12)


def screen(
    lines: Sequence[str], preferable: Mapping[int, str], droppable: Mapping[int, str], *, more: bool
) -> Message:
    """The channels of a person, and what they may do about them."""
    rows: list[Row] = [
        (Choice(f"prefer.{account}", f"Nhận thông báo ở {name(channel)}"),)
        for account, channel in preferable.items()
    ]
    rows += [(Choice("add", "Dùng thêm kênh khác"),)] if more else []
    rows += [
        (Choice(f"drop.{account}", f"Tôi không dùng {name(channel)} nữa"),)
        for account, channel in droppable.items()
    ]
    return Message(title=LABEL, body="\n".join(lines), rows=tuple(rows))


def line(
    channel: str,
    since: datetime,
    *,
    first: bool,
    here: bool,
    served: bool,
    blocked: datetime | None,
    down: datetime | None,
) -> str:
    """One channel: since when, and how it stands."""
    state = "đang nhận thông báo" if first else ""
    if not served:
        state = "hệ thống hiện không phục vụ kênh này"
    elif blocked is not None:
        state = f"không gửi được tin từ {moment(blocked)}: anh/chị nhắn cho bot ở đó một tin để nhận lại"
    elif down is not None:
        state = f"đang gián đoạn từ {moment(down)}"
    place = " (đang mở)" if here else ""
    told = f"• {name(channel)}{place}, nối từ {moment(since)}"
    return f"{told}: {state}." if state else f"{told}."


def way_in(entrances: Mapping[str, Entrance], expires_at: datetime, way: str) -> Message:
    """The code for one more channel, and where to type it."""
    places = [_place(channel, entrance) for channel, entrance in entrances.items()]
    return Message(
        title="Dùng thêm kênh khác",
        body="\n\n".join(
            (
                f"Mã của anh/chị: {CODE}",
                *places,
                "Ở kênh kia, gõ mã này (hoặc «lienket» và mã), chọn «Đúng là tôi», đọc thông báo dữ liệu.",
            )
        ),
        hint=f"Mã dùng một lần, đến {expires_at:%H:%M}. Không gửi mã cho người khác.",
        way_in=way,
    )


#: Instead, once somebody has come in by that code, or has not in time.
WAY_IN_OVER = Message(
    title="Dùng thêm kênh khác",
    body="Mã ở đây đã dùng xong hoặc đã hết hạn. Các kênh đang nối, và mã mới nếu cần, ở bước trước.",
)


def _place(channel: str, entrance: Entrance) -> str:
    if CODE_IN_LINK in entrance.address:
        return f"{name(channel)}: mở {entrance.address}"
    if entrance.address:
        or_by_name = f" (hoặc tìm «{entrance.name}»)" if entrance.name else ""
        return f"{name(channel)}: mở {entrance.address}{or_by_name}, rồi gõ mã"
    if entrance.name:
        return f"{name(channel)}: tìm «{entrance.name}», rồi gõ mã"
    return f"{name(channel)}: mở bot của đơn vị (địa chỉ do đầu mối cung cấp), rồi gõ mã"


def ask_drop(channel: str, other: str) -> Message:
    """Before a channel is given up for another."""
    return Message(
        title=f"Không dùng {name(channel)} nữa?",
        body=(
            f"Từ nay thông báo và lời nhắc đến ở {name(other)}, kể cả những tin đang chờ ở {name(channel)}. "
            f"Cuộc trò chuyện ở {name(channel)} không còn mở được dữ liệu của anh/chị. "
            "Câu trả lời và minh chứng vẫn còn nguyên."
        ),
        rows=((Choice("yes", f"Không dùng {name(channel)} nữa"),),),
    )


def ask_drop_last(channel: str) -> Message:
    """Before the last channel is given up."""
    return Message(
        title=f"Ngừng dùng {name(channel)}?",
        body=(
            f"{name(channel)} là kênh duy nhất của anh/chị. Ngừng dùng thì anh/chị không nhận được thông "
            "báo, lời nhắc nào nữa và không mở được dữ liệu của mình, cho đến khi nhập mã tham gia mới do "
            "đầu mối cấp. Câu trả lời và minh chứng vẫn còn nguyên."
        ),
        rows=((Choice("yes", "Ngừng dùng kênh duy nhất", grave=True, word=_UNLINK),),),
    )


def preferred(channel: str) -> str:
    """It was chosen."""
    return f"Đã ghi: thông báo và lời nhắc sẽ đến ở {name(channel)}."


def dropped_here(channel: str) -> str:
    """To whoever has just given a channel up."""
    return f"Đã ngừng dùng {name(channel)}."


def added(channel: str) -> Message:
    """On the channels somebody has: one more was added."""
    return Message(
        body=(
            f"Tài khoản của anh/chị vừa được nối thêm {name(channel)}. Nếu không phải anh/chị thực hiện: mở "
            f"mục «{LABEL}», chọn «Tôi không dùng {name(channel)} nữa», và báo ngay cho đầu mối của đơn vị."
        ),
        doors=(_DOOR,),
    )


def also_here(others: Sequence[str]) -> Message:
    """On the channel that was added."""
    names = ", ".join(name(one) for one in others)
    return Message(
        body=(
            f"Anh/chị vẫn đang nối với {names}; thông báo chỉ gửi tới một kênh. Muốn nhận ở đây, hoặc không "
            f"còn dùng được {names}: mở mục «{LABEL}»."
        ),
        doors=(_DOOR,),
    )


def dropped(channel: str) -> Message:
    """On the channels that are left: one was given up."""
    return Message(
        body=(
            f"Tài khoản của anh/chị đã ngừng dùng {name(channel)}. Nếu không phải anh/chị thực hiện, báo "
            "ngay cho đầu mối của đơn vị."
        )
    )


def moved(channel: str) -> str:
    """Heads a message that was to go elsewhere."""
    return f"Gửi ở đây vì {name(channel)} của anh/chị hiện không nhận được tin."


def answers_wait(channel: str) -> Message:
    """To somebody who waits for an answer on a channel that carries nothing."""
    return Message(
        body=(
            f"{name(channel)} đang gián đoạn nên câu trả lời cho anh/chị ở đó chưa gửi được. Những gì "
            "anh/chị đã gửi vẫn còn nguyên. Anh/chị gõ «menu» để làm tiếp ở đây."
        )
    )


_DOOR = Door("channels", "", f"Mở «{LABEL}»", WORD)
