"""Where a chat stands is read back as it was kept, and what was said is not kept there."""

from core.messages import Choice, Message, Numbering
from core.texts.desk import NAV
from db.models import Conversation
from services import conversations
from services.conversations import Frame, Standing
from tests.chat import Town

PLACE = Frame("assessment", "card", {"sheet": 1, "key": "dd3"})
OFFERED = Message(
    title="Tiêu chí 16/32",
    body="«Kỷ luật, kỷ cương» và câu trả lời của chị Lan",
    note="Đã lưu.",
    rows=((Choice("yes", "Có"), Choice("sign", "Ký", grave=True, word="KY")),),
    nav=NAV,
    numbering=Numbering.LETTERS,
)


async def test_a_standing_is_read_back_without_what_was_said(numbers_town: Town) -> None:
    lan = numbers_town.stranger("Lan")
    stack = (Frame("menu", "tasks"), PLACE)
    async with numbers_town.office() as session:
        standing = Standing(stack, OFFERED, 7, "6:next", "")
        conversations.keep(session, lan.address, standing, numbers_town.clock.now())
    async with numbers_town.office() as session:
        kept = await conversations.resume(session, lan.address)
    assert (kept.stack, kept.turn, kept.last_tap) == (stack, 7, "6:next")
    assert (kept.offered.rows, kept.offered.nav) == (OFFERED.rows, OFFERED.nav)
    assert kept.offered.numbering is Numbering.LETTERS
    (row,) = await numbers_town.rows(Conversation)
    assert "chị Lan" not in row.model_dump_json()


async def test_a_new_chat_stands_nowhere(numbers_town: Town) -> None:
    lan = numbers_town.stranger("Lan")
    async with numbers_town.office() as session:
        assert await conversations.resume(session, lan.address) == Standing()


async def test_keeping_leaves_the_screen_to_the_courier(telegram_town: Town) -> None:
    lan = await telegram_town.joined("Trần Thị Lan")
    await lan.says("menu")
    async with telegram_town.office() as session:
        shown = await conversations.resume(session, lan.address)
        again = Standing(shown.stack, shown.offered, shown.turn + 1, "", "another")
        conversations.keep(session, lan.address, again, telegram_town.clock.now())
    async with telegram_town.office() as session:
        kept = await conversations.resume(session, lan.address)
    assert shown.screen
    assert kept.screen == shown.screen
