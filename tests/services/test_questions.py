"""Questions to the office at their borders: who asks, who answers, how much, and who hears of it."""

import pytest
from sqlmodel import col, select

from core.questions import LONGEST_ANSWER, LONGEST_QUESTION, MOST_OPEN
from core.refusals import Code, Refusal
from core.roles import TABLE, Permission, Role
from db.models import Account, OutboxRow, Question
from services import journal, questions
from tests.chat import Chat, Town

ANSWERERS = {role for role in Role if Permission.ANSWER_QUESTIONS in TABLE[role]}


@pytest.fixture
async def lan(numbers_town: Town) -> Chat:
    return await numbers_town.joined("Trần Thị Lan")


@pytest.fixture
async def van(numbers_town: Town) -> Chat:
    return await numbers_town.joined("Phạm Thị Vân", "VP001", (Role.OFFICE,))


async def asks(chat: Chat, words: str = "Bao giờ có hướng dẫn bình xét?", clause: str = "") -> int:
    town = chat.town
    async with town.office() as session:
        actor = await town.actor(session, chat)
        return await questions.ask(session, actor, "004", clause, words, town.clock.now())


async def answers(chat: Chat, question: int, words: str = "Hướng dẫn ra trong tháng 12.") -> bool:
    town = chat.town
    async with town.office() as session:
        actor = await town.actor(session, chat)
        return await questions.answer(session, actor, question, words, town.clock.now())


async def refused(code: Code, chat: Chat, words: str) -> None:
    with pytest.raises(Refusal) as refusal:
        await asks(chat, words)
    assert refusal.value.code is code


async def test_so_many_questions_wait_and_no_more(numbers_town: Town, lan: Chat, van: Chat) -> None:
    for number in range(MOST_OPEN):
        await asks(lan, f"Câu hỏi thứ {number} là gì?")
    await refused(Code.QUESTIONS_OPEN, lan, "Còn một câu nữa thì sao?")
    await answers(van, 1)
    await asks(lan, "Còn một câu nữa thì sao?")
    assert len(await numbers_town.rows(Question)) == MOST_OPEN + 1


async def test_the_same_question_again_is_the_same_one(numbers_town: Town, lan: Chat, van: Chat) -> None:
    first = await asks(lan, "Bao giờ có hướng dẫn?")
    assert await asks(lan, "  bao giờ CÓ huong dan? ") == first
    assert len(await numbers_town.rows(Question)) == 1
    await answers(van, first)
    assert await asks(lan, "Bao giờ có hướng dẫn?") != first


@pytest.mark.parametrize("words", ["", "  ", "?", "abc", "\u200b\u200b\u200b\u200b\u200b\u200b"])
async def test_a_question_needs_some_words(lan: Chat, words: str) -> None:
    await refused(Code.QUESTION_TOO_SHORT, lan, words)


async def test_texts_end_somewhere(numbers_town: Town, lan: Chat, van: Chat) -> None:
    question = await asks(lan, "h" * LONGEST_QUESTION)
    await refused(Code.TEXT_TOO_LONG, lan, "k" * (LONGEST_QUESTION + 1))
    with pytest.raises(Refusal) as refusal:
        await answers(van, question, "h" * (LONGEST_ANSWER + 1))
    assert refusal.value.code is Code.TEXT_TOO_LONG
    await answers(van, question, "h" * LONGEST_ANSWER)
    (row,) = await numbers_town.rows(Question)
    assert (len(row.question), len(row.answer)) == (LONGEST_QUESTION, LONGEST_ANSWER)


async def test_what_deceives_the_eye_is_taken_out(numbers_town: Town, lan: Chat) -> None:
    await asks(lan, "Hạn nộp\u202e là\x00 ngày\u200b nào?\n\n<b>Gấp</b>")
    (row,) = await numbers_town.rows(Question)
    assert row.question == "Hạn nộp là ngày nào?\n<b>Gấp</b>"


async def test_every_officer_gets_one_notice(numbers_town: Town, lan: Chat, van: Chat) -> None:
    tam = await numbers_town.joined("Đỗ Minh Tâm", "VP002", (Role.OFFICE, Role.STAFF))
    await asks(lan)
    await asks(lan)
    waiting = [row.chat for row in await numbers_town.rows(OutboxRow) if "Trả lời câu hỏi này" in row.payload]
    assert sorted(waiting) == sorted([str(van.id), str(tam.id)])


async def test_administrators_hear_of_a_question_that_nobody_answers(numbers_town: Town, lan: Chat) -> None:
    minh = await numbers_town.joined("Lê Văn Minh", "QT001", (Role.ADMINISTRATOR,))
    await asks(lan)
    await numbers_town.settle()
    assert "chưa có ai giữ vai trò văn phòng".casefold() in minh.screen.casefold()


async def test_only_the_first_answer_counts(numbers_town: Town, lan: Chat, van: Chat) -> None:
    tam = await numbers_town.joined("Đỗ Minh Tâm", "VP002", (Role.OFFICE,))
    question = await asks(lan)
    assert await answers(van, question)
    with pytest.raises(Refusal) as refusal:
        await answers(tam, question, "Một câu trả lời khác.")
    assert (refusal.value.code, refusal.value.facts["name"]) == (Code.QUESTION_ANSWERED, "Phạm Thị Vân")
    (row,) = await numbers_town.rows(Question)
    assert row.answer == "Hướng dẫn ra trong tháng 12."
    told = [one for one in await numbers_town.rows(OutboxRow) if "Trả lời câu hỏi của anh/chị" in one.payload]
    assert len(told) == 1


async def test_who_left_is_answered_all_the_same(numbers_town: Town, lan: Chat, van: Chat) -> None:
    question = await asks(lan)
    async with numbers_town.office() as session:
        for account in await session.exec(select(Account).where(col(Account.chat) == str(lan.id))):
            account.state = "frozen"
    assert not await answers(van, question)
    assert [row.answer for row in await numbers_town.rows(Question)] == ["Hướng dẫn ra trong tháng 12."]


@pytest.mark.parametrize("role", sorted(set(Role) - ANSWERERS))
async def test_others_see_and_answer_nothing(numbers_town: Town, lan: Chat, role: Role) -> None:
    question = await asks(lan)
    hoa = await numbers_town.joined("Lê Thị Hoa", "NV009", (role,))
    now = numbers_town.clock.now()
    async with numbers_town.office() as session:
        actor = await numbers_town.actor(session, hoa)
        for attempt in (
            questions.answer(session, actor, question, "Tôi trả lời thay.", now),
            questions.waiting(session, actor),
            questions.count_waiting(session, actor),
            questions.one(session, actor, question),
            questions.own(session, actor, question),
        ):
            with pytest.raises(Refusal) as refusal:
                await attempt
            assert refusal.value.code is Code.NOT_FOUND
        assert await questions.mine(session, actor) == []


@pytest.mark.parametrize("question", [0, -1, 99, 10**14])
async def test_a_question_that_is_not_there(van: Chat, question: int) -> None:
    with pytest.raises(Refusal) as refusal:
        await answers(van, question)
    assert refusal.value.code is Code.NOT_FOUND


async def test_both_acts_are_in_the_journal_without_their_words(
    numbers_town: Town, lan: Chat, van: Chat
) -> None:
    await answers(van, await asks(lan, clause="004-c3"))
    async with numbers_town.office() as session:
        entries = {entry.verb: entry for entry in await journal.latest(session, 10)}
        assert (await journal.verify(session)).broken_at is None
    assert entries["asked"].facts == {"campaign": "004", "clause": "004-c3"}
    assert entries["answered_question"].subject == entries["asked"].subject == "question:1"
