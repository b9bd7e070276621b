"""What a unit does for an award in the demonstration: it proposes three, meets about them, hands them in."""

from bot.demo_assessment import a_pdf
from bot.demo_stage import BrokenPlayError, Telephone
from core.texts import demo
from core.texts import demo_awards as texts


async def signs_unseen(one: Telephone) -> None:
    """Answer one criterion, leave the rest out and sign, as Lan did on the stage."""
    with one.stage.unseen():
        await one.taps_all(demo.START, demo.GROUP_H, demo.INDEXES, demo.LEVEL_GOOD, demo.LEVEL_BEST)
        await one.taps_all(demo.BACK, demo.MISSING, demo.REST, demo.REST_SURE)
        await one.taps_all(demo.REVIEW, demo.SIGN, demo.SIGN)


async def nominates(hung: Telephone) -> None:
    """The head proposes three of his people, each for something."""
    hung.stage.scene(texts.NOMINATING)
    await hung.says(texts.NOMINATE_COMMAND)
    await hung.taps(texts.ROUND)
    await _nominates(hung, texts.LAN)
    with hung.stage.unseen():
        for name in (texts.THAO, texts.TAM):
            await hung.taps(texts.BACK)
            await _nominates(hung, name)
    await hung.taps(texts.BACK, silent=True)


async def meets(hung: Telephone) -> None:
    """The unit met on paper; he enters who was there, the votes and the signed minutes."""
    hung.stage.scene(texts.MEETING)
    await hung.says(texts.REVIEW_COMMAND)
    await hung.taps_all(texts.ROUND, texts.MEET)
    with hung.stage.unseen():
        await hung.taps_all(texts.ON_PAPER, *texts.MEMBERS, texts.BACK, *texts.POSTS, texts.PLACE)
        await hung.says(texts.WARD_ROOM)
        await hung.taps(texts.TIME)
        await hung.says(texts.MET_AT)
    await hung.taps_all(texts.COUNTS, texts.LAN)
    for votes in (texts.OF_LAN, texts.OF_THAO, texts.OF_TAM):
        await hung.says(votes)
    await hung.taps(texts.SIGNED_MINUTES)
    await hung.sends(texts.MINUTES_FILE, a_pdf())
    await hung.taps(texts.BACK, silent=True)
    await hung.taps(texts.CONCLUDE)
    await hung.says(texts.WARD_CONCLUDES)


async def prepares(hung: Telephone, lan: Telephone) -> None:
    """What the doctor finds is mended: the house makes the papers, Lan tells what her report needs."""
    hung.stage.scene(texts.DOSSIER)
    await _at_the_dossier(hung)
    await hung.taps(texts.EXAMINE)
    await _at_the_dossier(hung)
    await hung.taps_all(texts.PAPERS, texts.MAKE)
    with lan.stage.unseen():
        await lan.taps(texts.PARTICULARS)
    await lan.taps(texts.ONE_BY_ONE)
    await lan.says(texts.BORN)
    await lan.taps(texts.WOMAN)
    await hung.taps_all(texts.OPEN, texts.EXAMINE)
    await _at_the_dossier(hung)
    await hung.taps_all(texts.PAPERS, texts.MAKE)


async def submits(hung: Telephone) -> None:
    """No error is left; he hands it in and gets a receipt."""
    hung.stage.scene(texts.SUBMITTING)
    await hung.taps_all(texts.OPEN, texts.SUBMIT, texts.SUBMIT)
    if not any(line.startswith(texts.RECEIVED) for line in hung.told):
        raise BrokenPlayError("the dossier got no receipt")


async def _nominates(hung: Telephone, name: str) -> None:
    await hung.taps_all(name, texts.NOMINATE)
    await hung.says(texts.ACHIEVEMENTS[name])


async def _at_the_dossier(hung: Telephone) -> None:
    with hung.stage.unseen():
        await hung.says(texts.DOSSIER_COMMAND)
        await hung.taps(texts.ROUND)
