"""The middle of the demonstration: the office announces to the heads, one confirms, the other is reminded."""

from datetime import timedelta

from bot.demo_stage import BrokenPlayError, Telephone
from core.texts import demo as texts

#: After it, nothing can be called back any more.
_HELD = timedelta(seconds=61)
_FEW, _MORE = 3, 6


async def announces(mai: Telephone) -> None:
    """Mai writes it, says whom it is for, and sends it; it goes once its minute is over."""
    mai.lines = _FEW
    mai.stage.scene(texts.ANNOUNCING)
    await mai.says(texts.ANNOUNCE_COMMAND)
    await mai.taps(texts.ANNOUNCE)
    await mai.says(texts.MEETING)
    await mai.says(texts.MEETING_WORDS)
    await mai.taps(texts.ASK_READING)
    await mai.taps(texts.WANT_READING)
    await mai.taps(texts.BACK, silent=True)
    await mai.taps(texts.AUDIENCE)
    await mai.taps(texts.BY_ROLE)
    await mai.taps(texts.HEADS)
    await mai.taps(texts.BACK, silent=True)
    await mai.taps(texts.BACK, silent=True)
    await _sends(mai)


async def only_who_has_not_read_is_reminded(mai: Telephone, cuc: Telephone, hung: Telephone) -> None:
    """Cúc confirms and Hùng does not; the reminder goes to him alone."""
    mai.stage.scene(texts.READING)
    if texts.MEETING not in cuc.told or texts.MEETING not in hung.told:
        raise BrokenPlayError("the announcement did not arrive")
    await cuc.taps(texts.HAVE_READ)
    heard = len(cuc.told)
    mai.lines = _MORE
    await mai.taps(texts.RESULTS_SCREEN)
    await mai.taps(texts.CALLS)
    await mai.taps(texts.BACK, silent=True)
    mai.lines = _FEW
    await mai.taps(texts.REMIND)
    await _sends(mai, again=True)
    if cuc.told[heard:] or texts.MEETING_AGAIN not in hung.told:
        raise BrokenPlayError("not the one who has not read is reminded")


async def _sends(mai: Telephone, *, again: bool = False) -> None:
    await mai.taps(texts.SENDING, silent=again)
    await mai.taps(texts.SEND_TO)
    mai.stage.clock.move(_HELD)
    await mai.stage.settle()
