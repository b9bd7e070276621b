"""What can be done on the sandbox's page, through the same requests its script makes."""

import itertools
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.sandbox.cast import CAST
from bot.sandbox.guard import KEY_HEADER
from bot.sandbox.travel import on_the_way
from bot.sandbox.world import PAGES
from core.texts import sandbox as texts
from scheduler.timetable import Entry
from tests.bot.benign_files import bilevel
from tests.bot.sandbox_page import ADDRESS, Page, a_client, a_picture, playing

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


async def joined_lan(page: Page) -> None:
    await page.post("join", key="lan", skin="telegram")
    await page.taps("lan", "Đúng là tôi")
    await page.taps("lan", "Tôi đồng ý")
    await page.sees("lan", "Đã kết nối. Chào anh/chị Nguyễn Mẫu Lan.")


async def joined_on_zalo(page: Page, key: str) -> None:
    await page.post("join", key=key, skin="zalo")
    await page.sees(key, "1. Đúng là tôi", "zalo")
    await page.says(key, "1", "zalo")
    await page.sees(key, "1. Tôi đồng ý", "zalo")
    await page.says(key, "toi dong y", "zalo")
    await page.sees(key, "VIỆC CỦA TÔI", "zalo")


async def test_lan_joins_answers_and_sends_pictures(tmp_path: Path) -> None:
    async with playing(tmp_path) as page:
        assert page.text_of("lan") == ""
        await joined_lan(page)
        await page.taps("lan", "Bắt đầu tự đánh giá")
        await page.taps("lan", " c) 0/4")
        await page.taps("lan", "Hài lòng của người dân")
        await page.sees("lan", "cần lớn hơn 90 %, bằng 90 % chưa đủ")
        await page.says("lan", "90,0")
        await page.sees("lan", "90,0 % không đạt «trên 90 %»")
        pictures = [("a.png", "image/png", a_picture()), ("b.jpg", "image/jpeg", a_picture("JPEG", "navy"))]
        assert (await page.sends("lan", *pictures, text="Bảng niêm yết")).status_code == 200
        await page.sees("lan", "Minh chứng (2):")
        photos = [one for one in page.messages("lan") if one["file"]]
        assert {photo["album"] for photo in photos} == {photos[0]["album"]} != {""}
        assert [photo["text"] for photo in photos] == ["Bảng niêm yết", ""]
        content = await page.client.get(f"/api/file/{photos[0]['file']['at']}")
        assert content.content.startswith(b"\xff\xd8"), "a telephone sends pictures as JPEG"
        assert content.headers["content-type"] == "application/octet-stream"
        written = (await page.client.get("/api/transcript/telegram/lan")).text
    assert written.startswith("Hội thoại của Lan trên Telegram (dữ liệu mẫu)\n\n— thứ Hai 14/12/2026 —")
    assert "[08:05] Lan: (mở đường dẫn tham gia)" in written
    assert "[08:05] Lan bấm [Đúng là tôi]" in written
    assert "[08:05] Bot (màn hình đổi thành): Thông báo về dữ liệu cá nhân" in written


def code_of(page: Page, key: str) -> str:
    """The code on a telephone's card."""
    return str(next(one["code"] for one in page.rows("people") if one["key"] == key))


async def test_the_code_that_is_shown_is_the_one_that_works(tmp_path: Path) -> None:
    async with playing(tmp_path) as page:
        shown = code_of(page, "lan")
        await page.post("join", key="lan", skin="telegram")
        await page.taps("lan", "Đúng là tôi")
        await page.taps("lan", "Không đồng ý")
        await page.sees("lan", "Mã vẫn còn hạn")
        assert code_of(page, "lan") == shown
        await page.says("lan", shown)
        await page.taps("lan", "Không phải tôi")
        await page.sees("lan", "Đã khóa mã này")
        await page.until(lambda: code_of(page, "lan") != shown)
        await page.says("lan", code_of(page, "lan"))
        await page.taps("lan", "Đúng là tôi")
        await page.taps("lan", "Tôi đồng ý")
        await page.sees("lan", "Đã kết nối. Chào anh/chị Nguyễn Mẫu Lan.")


async def test_the_others_are_there_already(tmp_path: Path) -> None:
    async with playing(tmp_path) as page:
        await page.sees("binh", "7/32")
        await page.sees("hung", "Đã kết nối. Chào anh/chị Trần Mẫu Hùng.")
        await page.sees("mai", "Việc của tôi")
        await page.until(lambda: "Phạm Mẫu Bình" in [row["who"] for row in page.rows("journal")])
        await page.until(lambda: page.rows("people")[-1]["joined"] == ["telegram"])
        names = {one.staff_code: one.key for one in CAST}
        assert len(names) == len({one.chat for one in CAST}) == len(CAST)
        people = page.rows("people")
        await page.until(
            lambda: {row["to"] for row in page.rows("outbox")} == {one["given"] for one in people[1:]}
        )
    assert [one["joined"] for one in people] == [[], *[["telegram"]] * (len(CAST) - 1)]
    by_group = itertools.groupby(people, lambda one: str(one["group"]))
    shown = {group: [one["given"] for one in several] for group, several in by_group}
    assert shown == {
        "Khoa": ["Lan", "Hùng", "Bình", "Thảo"],
        "Văn phòng, thẩm định": ["Mai", "Thu", "Khánh"],
        "Hội đồng": ["Phong", "Yến", "Sang", "Đức"],
    }


async def test_text_only_is_answered_by_numbers(tmp_path: Path) -> None:
    async with playing(tmp_path) as page:
        await joined_on_zalo(page, "lan")
        assert page.text_of("lan") == "", "her Telegram knows nothing of it"
        report = ("a.pdf", "application/pdf", b"%PDF-1.4")
        await page.sends("lan", ("b.png", "image/png", a_picture()), report, skin="zalo", text="Chữ ký")
        await page.sees("lan", "Đã nhận 1 tệp", "zalo")
        await page.sees("lan", "Ứng dụng này không chuyển được loại tin vừa gửi", "zalo")
        photo, document = [one for one in page.messages("lan", "zalo") if one["file"]]
        assert (photo["text"], document["file"]["name"]) == ("Chữ ký", "a.pdf")
        content = await page.client.get(f"/api/file/{photo['file']['at']}")
        assert content.content.startswith(b"\xff\xd8")
        await page.post("block", key="lan", skin="zalo", blocked=True)
        answer = await page.says("lan", "menu", "zalo")
    assert (answer.status_code, answer.json()) == (409, {"message": texts.IS_BLOCKED})


async def test_what_zalo_does_not_carry_comes_by_a_page_of_the_house(tmp_path: Path) -> None:
    async with playing(tmp_path) as page:
        await joined_on_zalo(page, "lan")
        for said, seen in (("1", "0/32"), ("004-c3", "TIÊU CHÍ 9/32")):
            await page.says("lan", said, "zalo")
            await page.sees("lan", seen, "zalo")
        await page.says("lan", "GUITEP", "zalo")
        await page.sees("lan", f"{ADDRESS}{PAGES}/u/", "zalo")
        (shown,) = [one for one in page.messages("lan", "zalo") if one["entities"]]
        ((kind, start, length, _),) = shown["entities"]
        link = shown["text"][start : start + length]
        assert (kind, link.startswith(f"{ADDRESS}{PAGES}/u/")) == ("page", True)
        async with a_client(page.game) as browser:
            del browser.headers[KEY_HEADER]
            opened = await browser.get(link)
            assert "TIÊU CHÍ 9/32" in opened.text.upper()
            assert (await browser.get(str(opened.url.join("../page.js")))).status_code == 200
            told = await browser.post(f"{link}/file?name=bang-diem.pdf", content=bilevel())
            assert told.json()["name"] == "bang-diem.pdf"
            assert (await browser.post(f"{link}/finish", json={})).json() == {}
            assert (await browser.get(link, headers={"host": "evil.example"})).status_code == 403
        await page.sees("lan", "Đã nhận 1 tệp", "zalo")
        await page.sees("lan", "bang-diem.pdf", "zalo")


async def test_where_zalo_allows_no_more_this_month_everything_waits_for_the_next(tmp_path: Path) -> None:
    async with playing(tmp_path) as page:
        await joined_on_zalo(page, "lan")
        await page.post("fault", kind="spent")
        await page.until(lambda: page.shown("clock")["spent"] is True)
        await page.says("lan", "/taikhoan", "zalo")
        await page.until(lambda: "exhausted" in [row["error"] for row in page.rows("outbox")])
        assert "MAU-12" not in page.text_of("lan", "zalo")
        await page.sees("mai", "Zalo")
        await page.post("time", to="4/1")
        await page.until(lambda: page.shown("clock")["spent"] is False)
        await page.says("lan", "/taikhoan", "zalo")
        await page.sees("lan", "Mã nhân viên: MAU-12", "zalo")


async def test_a_tap_that_comes_twice_counts_once(tmp_path: Path) -> None:
    async with playing(tmp_path) as page:
        await page.post("join", key="lan", skin="telegram")
        await page.taps("lan", "Đúng là tôi")
        await page.post("fault", kind="twice")
        await page.until(lambda: page.shown("clock")["twice"] is True)
        await page.taps("lan", "Tôi đồng ý")
        await page.sees("lan", "Đã kết nối")
        await page.until(lambda: page.shown("clock")["twice"] is False)
        assert "Nút vừa bấm đã cũ" not in page.text_of("lan")


async def test_what_is_throttled_comes_all_the_same(tmp_path: Path) -> None:
    async with playing(tmp_path) as page:
        await page.post("fault", kind="throttle")
        await page.until(lambda: page.shown("clock")["throttle"] is True)
        await page.says("mai", "/taikhoan")
        await page.until(lambda: "throttled" in [row["error"] for row in page.rows("outbox")])
        await page.until(lambda: page.shown("clock")["throttle"] is False)
        await page.sees("mai", "Mã nhân viên: MAU-01")


async def test_who_blocks_the_bot_hears_nothing(tmp_path: Path) -> None:
    async with playing(tmp_path) as page:
        await page.post("block", key="mai", skin="telegram", blocked=True)
        await page.until(lambda: page.shown("chat:mai:telegram")["blocked"] is True)
        assert (await page.says("mai", "menu")).json() == {"message": texts.IS_BLOCKED}
        await page.post("block", key="mai", skin="telegram", blocked=False)
        assert (await page.says("mai", "menu")).status_code == 200
        await page.post("fault", kind="outage")
        await page.until(lambda: page.shown("clock")["outage"] is True)


async def test_time_goes_forward_only_and_not_too_far(tmp_path: Path) -> None:
    async with playing(tmp_path) as page:
        await page.post("time", by="hour")
        await page.until(lambda: page.shown("clock")["time"] == "09:05")
        await page.post("time", by="day")
        await page.until(lambda: page.shown("clock")["date"] == "thứ Ba 15/12/2026")
        await page.post("time", to="20/1")
        await page.until(
            lambda: (
                (page.shown("clock")["date"], page.shown("clock")["time"]) == ("thứ Tư 20/01/2027", "07:30")
            )
        )
        for to in ("19/01/2027", "1/6/2028"):
            answer = await page.post("time", to=to)
            assert (answer.status_code, answer.json()) == (409, {"message": texts.TOO_FAR})
        for to in ("32/1", "mai", "", "1", "1/1/0", "1/1/99999"):
            assert (await page.post("time", to=to)).json() == {"message": texts.NO_SUCH_DAY}
        assert (await page.post("time", by="year")).json() == {"message": texts.BAD_REQUEST}
        await page.says("mai", "menu")
        await page.sees("mai", "thứ Tư 20/01/2027")


async def test_to_whatever_is_owed_next(tmp_path: Path) -> None:
    async with playing(tmp_path) as page:
        for told in ("Hùng: các việc trong tuần", "Hùng: ", "Hùng: "):
            before = page.shown("clock")["arrived"]
            assert (await page.post("time", by="next")).status_code == 200
            await page.until(lambda before=before: page.shown("clock")["arrived"] not in {before, ""})  # type: ignore[misc]  # mypy knows no defaults of lambdas
            assert told in str(page.shown("clock")["arrived"])
        await page.sees("hung", "Anh/chị còn 1 việc đang mở")
        await page.post("time", to="14/1/2027")
        await page.until(lambda: page.shown("clock")["arrived"] == "")
        await page.sees("hung", "Nhắc việc: báo cáo")
        while "Mai: báo cáo của" not in page.game.world.arrived:
            assert (await page.post("time", by="next")).status_code == 200
        await page.sees("mai", "Khoa Nội (mẫu)")
        await page.sees("mai", "Đã quá hạn 2 ngày làm việc")
        while (answer := await page.post("time", by="next")).status_code == 200:
            pass
    assert (answer.status_code, answer.json()) == (409, {"message": texts.NOTHING_OWED})


async def test_who_handed_in_is_not_reminded_again(tmp_path: Path) -> None:
    async with playing(tmp_path) as page:
        await page.says("hung", "/nop")
        await page.taps("hung", "Báo cáo · Thi đua")
        await page.taps("hung", "Nộp báo cáo")
        await page.sees("hung", "Nhắn số, ký hiệu")
        await page.says("hung", "12/BC-NOI")
        await page.sees("hung", "Văn bản số 12/BC-NOI.")
        await page.says("hung", "14/12/2026")
        await page.until(lambda: "Văn bản số 12/BC-NOI." not in page.messages("hung")[-1]["text"])
        await page.says("hung", "Khoa đã hoàn thành các chỉ tiêu cải cách hành chính năm 2026.")
        await page.taps("hung", "Nộp không kèm tệp")
        await page.sees("hung", "Không kèm tệp.")
        await page.taps("hung", "Nộp")
        await page.sees("hung", "Biên nhận: BC-")
        while "Mai: báo cáo của" not in page.game.world.arrived:
            assert (await page.post("time", by="next")).status_code == 200
        await page.sees("mai", "Trạm Y tế Phường Mẫu 1")
        assert "Khoa Nội" not in page.text_of("mai")
        assert "Nhắc việc: báo cáo" not in page.text_of("hung")


async def test_what_mai_announces_to_everybody_is_approved_by_thu(tmp_path: Path) -> None:
    async with playing(tmp_path) as page:
        await page.says("mai", "/thongbao")
        await page.taps("mai", "Soạn thông báo")
        await page.sees("mai", "Tiêu đề thông báo")
        await page.says("mai", "Họp giao ban")
        await page.sees("mai", "Nội dung thông báo")
        await page.says("mai", "Đúng 07:30 thứ Ba tại hội trường.")
        await page.taps("mai", "Xác nhận, câu hỏi")
        await page.taps("mai", "Cần xác nhận đã đọc")
        await page.sees("mai", "Người nhận sẽ được mời bấm")
        await page.taps("mai", "Quay lại")
        await page.taps("mai", "Gửi…")
        await page.taps("mai", "Xin duyệt")
        await page.taps("thu", "Xem và duyệt")
        await page.sees("thu", "Tình trạng: chờ người thứ hai duyệt")
        await page.taps("thu", "Xem và duyệt")
        await page.taps("thu", "Duyệt và gửi")
        await page.sees("thu", "Đã duyệt.")
        await page.post("time", by="hour")
        await page.taps("binh", "Đã đọc")
        await page.says("mai", "TB 1")
        await page.sees("mai", "Đã xác nhận đọc: 1 người")
        await page.taps("mai", "Danh sách cần gọi")
        await page.sees("mai", "Đặng Mẫu Sơn")
        await page.sees("mai", "0900000031")
        told = {"duyệt thông báo", "xác nhận đã đọc thông báo"}
        await page.until(lambda: told <= {row["did"] for row in page.rows("journal")}, "the journal")


async def test_a_reset_begins_anew(tmp_path: Path) -> None:
    async with playing(tmp_path) as page:
        await joined_lan(page)
        await page.post("time", by="day")
        await page.post("reset")
        await page.until(lambda: page.text_of("lan") == "")
        await page.until(lambda: page.shown("clock")["date"] == "thứ Hai 14/12/2026")
        await page.until(lambda: "7/32" in page.text_of("binh") and page.shown("clock")["time"] == "08:05")
        await joined_lan(page)


async def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    async with playing(tmp_path) as page:
        answers = [
            await page.post("tap", key="lan", message=1, data="1:yes"),
            await page.post("tap", key="nobody", message=1, data="1:yes"),
            await page.post("join", key="nobody", skin="telegram"),
            await page.post("block", key="nobody", skin="telegram"),
            await page.client.get("/api/file/telegram/x"),
            await page.client.get("/api/file/zalo/7001-1"),
            await page.client.get("/api/transcript/telegram/nobody"),
            await page.client.get("/api/transcript/carrier-pigeon/lan"),
        ]
        # What is no picture, whatever it calls itself, is sent as a file.
        files = ("anh.png", "image/png", b"not a picture"), ("x.pdf", "application/pdf", b"%PDF-")
        await page.sends("mai", *files)
        await page.until(lambda: str(page.messages("mai")).count("'kind': 'document'") == 2)
    told = {(one.status_code, str(one.json()["message"])) for one in answers}
    assert told == {(409, texts.NOT_THERE)}


def entry(name: str, at: time) -> Entry:
    async def ring() -> None:
        """Nothing."""

    return Entry(name, at, ring)


def test_everything_rings_on_the_way_in_its_order() -> None:
    entries = [entry("evening", time(17, 0)), entry("morning", time(7, 30))]
    since = datetime(2026, 12, 14, 7, 30, tzinfo=HANOI)
    until = (since + timedelta(days=2)).astimezone(UTC)
    rung = [(f"{at:%d %H:%M}", one.name) for at, one in on_the_way(entries, since, until, HANOI)]
    assert rung == [
        ("14 17:00", "evening"),
        ("15 07:30", "morning"),
        ("15 17:00", "evening"),
        ("16 07:30", "morning"),
    ]
    assert list(on_the_way(entries, since, since, HANOI)) == []


def test_what_rings_all_day_rings_in_the_morning_at_noon_and_on_arrival() -> None:
    async def ring() -> None: ...

    entry = Entry("reminders", time(7), ring, every=5, until=time(19))
    since = datetime(2026, 12, 14, 8, 5, tzinfo=HANOI)
    until = datetime(2026, 12, 15, 9, 5, tzinfo=HANOI)
    rung = [f"{at:%d %H:%M}" for at, _one in on_the_way([entry], since, until, HANOI)]
    assert rung == ["14 12:00", "14 16:00", "15 08:00", "15 09:05"]
    assert [at for at, _one in on_the_way([entry], since, since.replace(hour=22), HANOI)][-1].hour == 16
