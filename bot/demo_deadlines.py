"""The second part of the demonstration: one unit meets a day, another misses it until the office is told."""

from bot.demo_assessment import a_pdf
from bot.demo_stage import BrokenPlayError, Telephone
from core.texts import demo as texts

_WHOLE = 12
#: Reminders of its head before a day is over: 14, 7, 3 and 1 working days before it, and on it.
_REMINDED = 5


async def one_hands_in(cuc: Telephone) -> None:
    """The first reminder comes; Cúc hands in her unit's report and gets her receipt."""
    stage = cuc.stage
    for one in stage.telephones:
        one.lines = _WHOLE
    stage.scene(texts.DUE)
    await stage.reminds()
    while texts.REMINDED not in cuc.told:
        if not await stage.goes_on():
            raise BrokenPlayError("nobody is reminded of the report")
    stage.scene(texts.HANDING_IN)
    await cuc.says(texts.HAND_IN_COMMAND)
    await cuc.taps(texts.REPORT)
    await cuc.taps(texts.HAND_IN)
    await cuc.says(texts.REPORT_NUMBER)
    await cuc.says(texts.REPORT_DATED)
    await cuc.says(texts.REPORT_WORDS)
    await cuc.sends(texts.REPORT_FILE, a_pdf())
    await cuc.taps(texts.SEND)


async def another_does_not(hung: Telephone, thao: Telephone, mai: Telephone, cuc: Telephone) -> None:
    """Hùng is reminded to the end, then his deputy and the office are told; Cúc hears no more."""
    stage, heard = hung.stage, len(cuc.told)
    stage.scene(texts.MISSING_IT)
    while not _escalated(mai):
        if not await stage.goes_on():
            raise BrokenPlayError("the office is not told")
    if (
        not _escalated(thao)
        or hung.told.count(texts.REMINDED) < _REMINDED
        or texts.LAST_WORD not in hung.told
    ):
        raise BrokenPlayError("the ladder is not climbed step by step")
    if cuc.told[heard:]:
        raise BrokenPlayError(f"who handed in is reminded: {cuc.told[heard:]}")
    stage.scene(texts.OFFICE)
    await mai.says(texts.MENU)
    await mai.taps(texts.BOARD)
    await mai.taps(texts.REPORT)
    await mai.taps(texts.MISSED)


def _escalated(one: Telephone) -> bool:
    """Whether they were told of something overdue; a reminder of what they owe themselves is none."""
    return any(texts.OVERDUE in title.casefold() for title in one.told)
