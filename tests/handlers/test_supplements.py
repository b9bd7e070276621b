"""A unit answers with files what it was asked for; what is no file to be used answers nothing."""

import hashlib
import io
import json
import zipfile

from core.refusals import Code
from core.vietnamese import moment
from db.models import DossierArchive, DossierSubmission, SupplementFile, SupplementItem
from services import appraisal, appraisal_supplement, evidence
from tests.chat import Town
from tests.services.appraising import HandedIn, handed_in
from tests.services.office import MONDAY
from tests.services.test_assessment import refusal_of

MISSING = "Thiếu phiếu xếp loại có dấu."


async def asked(town: Town) -> HandedIn:
    """A dossier that came back to its unit for one paper; its head is at it."""
    story = await handed_in(town)
    async with town.office() as session:
        now, judge = town.clock.now(), await town.actor(session, story.judge)
        await appraisal.take_up(session, judge, story.dossier, now)
        await appraisal_supplement.note(session, judge, story.dossier, MISSING, now)
        await appraisal_supplement.send_back(session, judge, story.dossier, None, now)
    await story.head.says("/bosung")
    await story.head.taps("Khoa Mẫu 1")
    await story.head.taps("Mục 1")
    return story


async def test_files_answer_an_item_and_stay_until_the_end(telegram_town: Town) -> None:
    town = telegram_town
    story = await asked(town)
    head = story.head
    await head.sends_document("phieu.pdf", b"not a paper at all")
    await head.taps("Quay lại")
    assert "Còn 1 mục chưa bổ sung." in head.sees
    await head.taps("Mục 1")
    assert "phieu.pdf (không dùng được)" in head.sees
    await head.sends_photo()
    assert "mục này có 1 tệp" in head.sees
    await head.taps("Quay lại")
    await head.taps("Nộp lại hồ sơ")
    await head.taps("Quay lại")
    assert "Nộp lại hồ sơ" in head.sees
    await head.taps("Nộp lại hồ sơ")
    town.clock.move(minutes=4)
    await head.says("Báo cáo đã gửi bản giấy, đơn vị nộp sau.")
    await head.taps("Nộp lại hồ sơ")
    assert len(await town.rows(SupplementFile)) == 2
    (submission,) = await town.rows(DossierSubmission)
    (part,) = await town.rows(DossierArchive)
    async with town.house() as house:
        packed = await house.store.read_served(part.sha256)
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        (path,) = [one for one in archive.namelist() if one.startswith("08-bo-sung/")]
        (file,) = [one for one in json.loads(archive.read("manifest.json"))["files"] if one["path"] == path]
        assert (file["path"], file["sha256"]) == (path, hashlib.sha256(archive.read(path)).hexdigest())
        assert MISSING in archive.read("danh-muc.txt").decode()
    assert submission.overridden_for

    judge_chat = story.judge
    await judge_chat.says("/thamdinh")
    await judge_chat.taps("Khoa Mẫu 1")
    came = moment(submission.made_at.astimezone(MONDAY.tzinfo))
    assert f"Nộp lúc {came}, lần 2 · biên nhận {submission.receipt}" in judge_chat.sees
    await judge_chat.taps("Xem phần đã bổ sung")
    assert "→ 1 tệp" in judge_chat.sees
    await judge_chat.taps("Mục 1")
    assert len(judge_chat.files) == 1
    async with town.office() as session:
        chief = await town.actor(session, head)
        assert [one.name for one in await evidence.unused(session, chief)] == []
        kept = (await evidence.mine(session, chief))[-1]
        removed = evidence.remove(session, chief, kept.id, town.clock.now())
        assert await refusal_of(removed) is Code.ALREADY_SIGNED


async def test_a_good_answer_is_replaced_only_when_asked(telegram_town: Town) -> None:
    town = telegram_town
    story = await asked(town)
    head, good = story.head, "Đã đóng dấu, bản quét gửi kèm."
    await head.says(good)
    await head.taps("Mục 1")
    await head.says("Nộp lại hồ sơ")
    assert "Chưa ghi gì vào mục vừa rồi" in head.sees
    await head.taps("Mục 1")
    await head.says("Phiếu do Phòng Tổ chức đóng dấu.")
    await head.taps("Quay lại")
    assert [one.answer for one in await town.rows(SupplementItem)] == [good]
    await head.says("Phiếu do Phòng Tổ chức đóng dấu.")
    await head.taps("Ghi thêm vào sau")
    assert [one.answer for one in await town.rows(SupplementItem)] == [
        f"{good}\nPhiếu do Phòng Tổ chức đóng dấu."
    ]
