"""What is wrong with a campaign file and how to put it right, for the office that writes it."""

from collections.abc import Mapping

from core.campaign_files import FileProblem, Finding

_SENTENCES = {
    FileProblem.UNREADABLE: "không mở được tệp; anh/chị kiểm tra tên tệp và quyền đọc",
    FileProblem.TOO_BIG: "tệp lớn hơn {limit} KB, không giống một tệp kế hoạch",
    FileProblem.TOO_DEEP: "tệp có con số quá dài hoặc quá nhiều lớp ngoặc lồng nhau, không đọc được",
    FileProblem.NOT_UTF8: "tệp không phải văn bản UTF-8; anh/chị lưu lại với mã UTF-8",
    FileProblem.SYNTAX: "dòng này viết chưa đúng; mỗi dòng có dạng: khóa = giá trị, hoặc [tên], [[tên]]",
    FileProblem.DUPLICATE_KEY: "khóa hoặc nhóm này đã có ở trên; mỗi khóa chỉ viết một lần trong một nhóm",
    FileProblem.UNCLOSED: "thiếu dấu nháy hoặc dấu ngoặc đóng, ở dòng này hoặc ngay phía trên",
    FileProblem.BAD_VALUE: "giá trị chưa đúng; chữ đặt trong dấu nháy kép, ngày viết như 2026-12-15, số viết như 90 hoặc 99.5",  # noqa: E501 - one sentence
    FileProblem.UNKNOWN_KEY: "không có khóa này{suggestion}",
    FileProblem.WRONG_KIND: 'khóa này không dùng với kind = "{kind}"',
    FileProblem.MISSING_KEY: "thiếu khóa này",
    FileProblem.NOT_TEXT: "cần chữ đặt trong dấu nháy kép",
    FileProblem.NOT_NUMBER: "cần một số không đặt trong dấu nháy, như 90 hoặc 99.5, nhiều nhất 6 chữ số lẻ",
    FileProblem.NOT_INTEGER: "cần một số nguyên không đặt trong dấu nháy",
    FileProblem.NOT_DATE: "cần một ngày không đặt trong dấu nháy, như 2026-12-15",
    FileProblem.NOT_MOMENT: "cần ngày và giờ không đặt trong dấu nháy, như 2026-12-04T17:00:00",
    FileProblem.NOT_BOOLEAN: "cần true hoặc false, không đặt trong dấu nháy",
    FileProblem.NOT_LIST: "cần một danh sách trong ngoặc vuông, hoặc các nhóm [[…]]",
    FileProblem.NOT_TABLE: "cần một nhóm khóa",
    FileProblem.NOT_IN_LIST: "«{value}» không dùng được; chỉ nhận: {allowed}",
    FileProblem.EMPTY: "đang để trống; nếu kế hoạch không nói thì bỏ hẳn khóa này",
    FileProblem.TOO_LONG: "dài {length} ký tự, nhiều nhất {limit}",
    FileProblem.BAD_CODE: "mã «{value}» chưa đúng dạng, ví dụ đúng: {example}",
    FileProblem.BAD_LETTER: "«{value}» không phải chữ đánh mục tiếng Việt (a, b, c, d, đ, e, g, h, i, k …)",
    FileProblem.LETTER_ORDER: "«{value}» đứng sau «{before}», trái thứ tự chữ cái tiếng Việt",
    FileProblem.LETTER_MISMATCH: "mã «{value}» không khớp với chữ đánh mục «{letter}»",
    FileProblem.CODE_UNLIKE_CLAUSES: "mã kế hoạch là «{value}» nhưng mã các điều khoản như «{example}»; hai phần phải khớp nhau",  # noqa: E501 - one sentence
    FileProblem.NOT_OF_CAMPAIGN: "mã «{value}» phải bắt đầu bằng «{prefix}»",
    FileProblem.NOT_OF_GROUP: "mã «{value}» phải là «{prefix}» và một số thứ tự",
    FileProblem.DUPLICATE_CODE: "mã «{value}» đã dùng ở {place}",
    FileProblem.UNKNOWN_REFERENCE: "«{value}» không có trong tệp; hiện có: {allowed}",
    FileProblem.OPERATOR_ALONE: "có phép so sánh (operator) nhưng thiếu mức cần đạt (target)",
    FileProblem.TARGET_ALONE: "có mức cần đạt (target) nhưng thiếu phép so sánh (operator)",
    FileProblem.AIM_MISPLACED: 'mức phấn đấu (aim) chỉ đi với operator = ">=" và phải lớn hơn target',
    FileProblem.UPPER_MISPLACED: 'mức trên (upper) chỉ đi với operator = "within" và phải lớn hơn target',
    FileProblem.OUT_OF_BOUNDS: "{value} nằm ngoài mức có thể có, từ {low} đến {high}",
    FileProblem.MEASURE_UNNAMED: "một mục có nhiều câu hỏi thì mỗi câu phải có code và label",
    FileProblem.WAY_PARTS: "mỗi cách (ways) cần đúng một trong hai: any_of (chỉ cần một phần) hoặc all_of (cần đủ các phần)",  # noqa: E501 - one sentence
    FileProblem.WAY_CIRCULAR: "các cách gọi vòng quanh nhau: {value}; một cách không thể chứa chính nó, anh/chị bỏ một mã trong vòng này",  # noqa: E501 - one sentence
    FileProblem.WAY_UNUSED: "«{value}» không được dùng trong cách đầu tiên «{root}»; anh/chị thêm mã này vào any_of, all_of hoặc bỏ đi",  # noqa: E501 - one sentence
    FileProblem.TRACK_WITHOUT_SUBJECT: 'nhóm này hỏi «{value}» nhưng đối tượng (subjects) không có kind = "{kind}"; không ai trả lời được',  # noqa: E501 - one sentence
    FileProblem.UMBRELLA_ASKS: 'kế hoạch chung (kind = "umbrella") không tự đánh giá riêng, nên không có kỳ (rounds), câu hỏi (measures) hay tiêu chuẩn; bỏ phần này, hoặc đổi thành kind = "competition"',  # noqa: E501 - one sentence
    FileProblem.PARENT_ITSELF: "mã kế hoạch cấp trên «{value}» là mã của chính kế hoạch này",
    FileProblem.YEARS_REVERSED: "năm cuối (last_year) sớm hơn năm đầu (first_year)",
    FileProblem.DAYS_REVERSED: "ngày cuối (ends_on) sớm hơn ngày đầu (starts_on)",
    FileProblem.START_TWICE: "đã ghi from_issue = true (tính từ ngày ban hành) thì không ghi ngày đầu (starts_on)",  # noqa: E501 - one sentence
    FileProblem.YEAR_MISSING: "kỳ hằng năm cần có năm (year)",
    FileProblem.YEAR_UNWANTED: "chỉ kỳ hằng năm mới có năm (year)",
    FileProblem.YEAR_OUTSIDE: "năm {value} nằm ngoài giai đoạn {first} - {last} của kế hoạch",
    FileProblem.ROUND_REVERSED: "lúc khóa (closes_at) phải sau lúc mở (opens_at)",
    FileProblem.BEFORE_NOTHING: "before = true chỉ có nghĩa khi có ngày (day hoặc every_year)",
    FileProblem.TIME_WITHOUT_DAY: (
        "giờ (at) chỉ ghi cùng một ngày (day hoặc every_year), và không cùng before = true"
    ),
    FileProblem.DAY_TWICE: "chỉ ghi một trong hai: ngày cụ thể (day) hoặc ngày của mọi năm (every_year)",
    FileProblem.NO_SUCH_DAY: "không phải năm nào cũng có ngày {value}",
    FileProblem.UNUSABLE: "giá trị này không dùng được",
}


def sentence(problem: FileProblem, facts: Mapping[str, str]) -> str:
    """What is wrong, without its place."""
    suggestion = facts.get("suggestion", "")
    hint = f"; có phải anh/chị muốn viết «{suggestion}»" if suggestion else ""
    return _SENTENCES[problem].format_map({**facts, "suggestion": hint})


def line_place(line: int) -> str:
    """«dòng 12»."""
    return f"dòng {line}"


def file_place(file: str) -> str:
    """«tệp hoai-nhon.toml»."""
    return f"tệp {file}"


def finding(one: Finding) -> str:
    """One line of the list: where, which key, what is wrong."""
    place = one.file if one.line is None else f"{one.file}, {line_place(one.line)}"
    key = f"{one.key} ({one.near})" if one.key and one.near else one.key
    return ": ".join(part for part in (place, key, one.sentence) if part) + "."
