"""Sentences about writing an announcement: its words, its files, what it asks of the reader, its looks."""

from collections.abc import Sequence

from core.announcement_content import ANSWER_LIMIT, MOST_ANSWERS, MOST_FILES, Content
from core.campaigns import Campaign
from core.messages import LABEL_LENGTH, Capabilities, Choice, Door, Message, Numbering, Row
from core.texts import channels, plain, uploads
from core.texts.announcements import WORD
from core.texts.evidence_refusals import KEPT as KEPT_BY_EVIDENCE
from core.vietnamese import shortened

HELP = "Mỗi bước được lưu vào bản nháp ngay; rời đi không mất gì. Người nhận chỉ thấy khi anh/chị gửi."
_SEND_HERE = "Gửi ảnh, album ảnh, tệp PDF, Word hoặc Excel vào đây."
_CHECKED = "Mỗi tệp được kiểm tra như minh chứng; người nhận thấy bản đã kiểm tra."
KEPT = "Đã lưu vào bản nháp."
BEGUN = "Đã tạo bản nháp từ tin vừa gửi; chưa gửi cho ai."
BEGUN_UNTITLED = "Đã tạo bản nháp từ tin vừa gửi; chưa gửi cho ai. Còn thiếu tiêu đề."
MAYBE_MORE = "Đã lưu. Tin dài có thể bị ứng dụng cắt thành nhiều tin; phần gửi tiếp được nối vào cuối."
JOINED = "Đã nối vào cuối nội dung."
FILE_OUT = "Đã bỏ tệp khỏi thông báo."
READING_ON = "Người nhận sẽ được mời bấm «Đã đọc»."
READING_OFF = "Người nhận không phải xác nhận."
QUESTION_KEPT = "Đã lưu câu hỏi. Trả lời xong là đã xác nhận đọc."
QUESTION_OUT = "Đã bỏ câu hỏi."
BELONGS = "Đã ghi phong trào của thông báo. Người nhận không đổi."
_EMPTY = "(chưa có nội dung)"
_GLIMPSE = 700
_CAPTION_UNUSED = "Thông báo đã có nội dung nên chú thích của ảnh chưa được dùng; cần thì sửa ở «Nội dung»."


def rows() -> list[Row]:
    """What may be changed about a draft, as rows of its card."""
    return [
        (Choice("title", "Tiêu đề"), Choice("body", "Nội dung")),
        (Choice("files", "Tệp kèm"), Choice("asks", "Xác nhận, câu hỏi")),
        (Choice("belongs", "Phong trào"), Choice("preview", "Xem trước")),
    ]


def described(content: Content, checking: int) -> list[str]:
    """What comes with the words, for the card of a draft."""
    lines = []
    if content.files or checking:
        being_checked = f", {checking} tệp đang kiểm tra (chưa gửi được)" if checking else ""
        lines.append(f"Tệp kèm: {len(content.files)} tệp{being_checked}.")
    if content.question is not None:
        lines.append(f"Câu hỏi cho người đọc: {content.question.words}")
    elif content.wants_reading:
        lines.append("Cần người đọc xác nhận bằng «Đã đọc».")
    return lines


def quoted(body: str) -> str:
    """The beginning of the words, told apart from what a card says itself."""
    if not body:
        return _EMPTY
    more = f"\n(còn {len(body) - _GLIMPSE} ký tự; chọn «Xem trước» để đọc đủ)" if len(body) > _GLIMPSE else ""
    return "\n".join(f"│ {line}".rstrip() for line in body[:_GLIMPSE].splitlines()) + more


def received(count: int, *, caption_unused: bool = False) -> str:
    """After files came, `count` are with the draft now; it may have words already."""
    unused = f" {_CAPTION_UNUSED}" if caption_unused else ""
    return f"Đã nhận {count} tệp; đang kiểm tra. Tệp nào không dùng được, anh/chị sẽ được báo.{unused}"


def ask_more(content: Content) -> Message:
    """Whether more of the words are coming."""
    return Message(
        title="Nội dung thông báo",
        body=f"Đã có {len(content.body)} ký tự, kết thúc bằng:\n«…{content.body[-120:]}»\n\n"
        "Anh/chị gửi tiếp phần sau; hết thì chọn «Xong».",
        rows=((Choice("done", "Xong"),),),
    )


def files(content: Content, checking: Sequence[tuple[int, str]], can: Capabilities) -> Message:
    """The files that go with it, each to be taken out again; `checking` are a number and a name."""
    lines = [f"📎 {one.name}" for one in content.files]
    lines += [f"⏳ {name}: đang kiểm tra, chưa gửi được" for _number, name in checking]
    how = "Anh/chị gửi ảnh hoặc tệp vào đây để kèm thêm." if can.files_in else uploads.elsewhere(can)
    rows: list[Row] = [
        (Choice(f"out.{one.sha256[:12]}", shortened(f"Bỏ {one.name}", LABEL_LENGTH)),)
        for one in content.files
    ]
    rows += [(Choice(f"stop.{number}", shortened(f"Bỏ {name}", LABEL_LENGTH)),) for number, name in checking]
    if checking:
        rows.insert(0, (Choice("again", "Cập nhật"),))
    none = "" if lines else "Chưa có tệp nào.\n"
    return Message(
        title="Tệp kèm thông báo",
        body="\n".join(lines) + none + f"\n\n{how} Tối đa {MOST_FILES} tệp.",
        rows=tuple(rows),
    )


def help_files(can: Capabilities) -> str:
    """How to send files that go with it."""
    return f"{_SEND_HERE if can.files_in else uploads.elsewhere(can)} {_CHECKED}"


def refused_notice(number: int, name: str, sentence: str) -> Message:
    """A file of a draft failed its checks."""
    why = sentence.replace(f"{KEPT_BY_EVIDENCE} ", "").replace("dùng làm minh chứng", "kèm thông báo")
    return Message(
        title="Tệp không dùng được",
        body=f"📎 {name}\n{why} Bản nháp thông báo vẫn còn nguyên, không có tệp này.",
        doors=(_door(number),),
    )


def lost_notice(number: int, name: str) -> Message:
    """The bytes could not be fetched any more."""
    return Message(
        title="Cần gửi lại một tệp",
        body=f"📎 {name}\nHệ thống chưa tải được tệp này từ ứng dụng trò chuyện. "
        "Bản nháp thông báo vẫn còn; anh/chị gửi lại tệp giúp.",
        doors=(_door(number),),
    )


def same_notice(number: int, name: str) -> Message:
    """A file of a draft is one that it has already."""
    return Message(
        title="Tệp đã có trong thông báo",
        body=f"📎 {name}\nTệp này giống hệt một tệp đã kèm nên bản nháp chỉ giữ một bản.",
        doors=(_door(number),),
    )


def asks(content: Content) -> Message:
    """What is asked of the reader."""
    asked = content.question
    lines = ["Xác nhận đã đọc: " + ("có." if content.asks else "không.")]
    if asked is not None:
        lines += ["", f"Câu hỏi: {asked.words}"]
        lines += [
            f"{'✅' if place == asked.right else '▫️'} {answer}" for place, answer in enumerate(asked.answers)
        ]
        lines += ["", "Người đọc trả lời là đã xác nhận; câu trả lời đầu tiên được tính."]
        rows: list[Row] = [(Choice("ask", "Đổi câu hỏi"), Choice("unask", "Bỏ câu hỏi"))]
    else:
        toggle = "Không cần xác nhận" if content.wants_reading else "Cần xác nhận đã đọc"
        rows = [(Choice("reading", toggle),), (Choice("ask", "Đặt câu hỏi"),)]
    if content.unfinished is not None:
        lines += ["", f"Câu hỏi đang soạn dở: {content.unfinished.words}", "Chưa soạn xong thì chưa ai thấy."]
        rows = [*rows[:-1], (Choice("ask", "Soạn tiếp câu hỏi"), Choice("unask", "Bỏ câu hỏi"))]
    return Message(title="Yêu cầu người đọc", body="\n".join(lines), rows=tuple(rows))


def ask_question() -> Message:
    """The words of the question."""
    return Message(
        title="Câu hỏi cho người đọc",
        body="Anh/chị gõ câu hỏi, ví dụ: Hạn gửi kế hoạch là ngày nào?\n\n"
        "Có thể gõ luôn các phương án ở những dòng dưới, mỗi dòng một phương án.",
    )


def ask_answers(words: str) -> Message:
    """The answers to choose from."""
    return Message(
        title="Các phương án",
        body=f"Câu hỏi: {words}\n\n"
        f"Anh/chị gõ từ 2 đến {MOST_ANSWERS} phương án trong một tin, mỗi dòng một phương án.",
    )


def ask_right(words: str, answers: Sequence[str]) -> Message:
    """Which answer is right."""
    return Message(
        title="Phương án đúng",
        body=f"Câu hỏi: {words}\n\nPhương án nào đúng?",
        rows=tuple(
            (Choice(f"right.{place}", shortened(answer, ANSWER_LIMIT)),)
            for place, answer in enumerate(answers)
        ),
        numbering=Numbering.LETTERS,
    )


def belongs(now: str, campaigns: Sequence[Campaign]) -> Message:
    """Which campaign it is about."""
    label = next((one.label for one in campaigns if one.code == now), "chưa ghi")
    rows: list[Row] = [(Choice(f"of.{one.code}", shortened(one.label, LABEL_LENGTH)),) for one in campaigns]
    if now:
        rows.append((Choice("of.", "Không thuộc phong trào nào"),))
    return Message(
        title="Thông báo thuộc phong trào",
        body=f"Hiện tại: {label}.\n\nPhong trào được ghi để tra cứu sau này; người nhận chọn riêng.",
        rows=tuple(rows),
    )


def preview(parts: Sequence[Message], can: Capabilities, channel: str, others: Sequence[str]) -> Message:
    """What people get on one channel, part by part."""
    name, lines = channels.name(channel), []
    for place, part in enumerate(parts, start=1):
        if len(parts) > 1:
            lines.append(f"— Tin {place}/{len(parts)} —")
        lines.append(_drawn(part, can) or _EMPTY)
    how_many = "một tin" if len(parts) == 1 else f"{len(parts)} tin liên tiếp"
    rows: list[Row] = [(Choice("try", "Gửi thử cho mình"),)]
    rows += [(Choice(f"on.{place}", f"Xem trên {channels.name(one)}"),) for place, one in enumerate(others)]
    return Message(
        title=f"Xem trước trên {name}",
        body="\n\n".join((f"Mỗi người nhận {how_many}:", *lines)),
        hint="Gửi thử để thấy đúng như người nhận trên máy của mình.",
        rows=tuple(rows),
    )


def _drawn(part: Message, can: Capabilities) -> str:
    by_link = " (địa chỉ tải về)" if can.files_by_link else ""
    attached = "\n".join(f"🖼 {one.name}" if one.photo else f"📎 {one.name}{by_link}" for one in part.files)
    if not can.buttons:
        return "\n\n".join(text for text in (plain.screen(part), attached) if text)
    buttons = "\n".join(f"[{door.label}]" for door in part.doors)
    texts = [part.title, part.body, part.hint, buttons, attached]
    return "\n\n".join(text for text in texts if text)


def _door(number: int) -> Door:
    return Door("announcements", str(number), "Mở bản nháp", WORD)
