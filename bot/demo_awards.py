"""What becomes of a dossier in the demonstration: appraised, sent back once, voted on, decided, told."""

from datetime import time, timedelta

from bot.demo_assessment import a_pdf
from bot.demo_stage import Stage, Telephone
from core.texts import demo_awards as texts

_SITS, _SIGNS = time(14, 5), time(8, 10)
_WHOLE = 14


async def appraises(khanh: Telephone) -> None:
    """The appraiser takes it up, marks what is proved, and sends it back for what is not."""
    khanh.stage.scene(texts.APPRAISING)
    await khanh.taps_all(texts.OPEN, texts.TAKE_UP, texts.THAO, texts.CRITERION, texts.UNCLEAR)
    await khanh.says(texts.UNCLEAR_WHY)
    await khanh.taps(texts.ASK_MORE)
    await khanh.says(texts.MORE)
    await _back(khanh, 2)
    await khanh.taps_all(texts.LAN, texts.THE_REST)
    with khanh.stage.unseen():
        await khanh.taps_all(texts.BACK, texts.TAM, texts.THE_REST, texts.BACK)
    await khanh.taps_all(texts.ITEMS, texts.SEND_BACK)


async def supplements(hung: Telephone, khanh: Telephone) -> None:
    """The head sends what was asked for; then everything is reached."""
    hung.stage.scene(texts.SUPPLEMENTING)
    await hung.taps_all(texts.SUPPLEMENT, texts.FIRST_ITEM)
    await hung.sends(texts.RANKING_FILE, a_pdf())
    await hung.says(texts.RANKING_WORDS)
    await hung.taps_all(texts.SUBMIT_AGAIN, texts.SUBMIT_AGAIN)
    await khanh.taps_all(texts.OPEN, texts.SUPPLEMENTED)
    with khanh.stage.unseen():
        await khanh.taps_all(texts.BACK, texts.THAO, texts.CRITERION)
    await khanh.taps(texts.MET)
    await _back(khanh)
    await khanh.taps_all(texts.FINISH, texts.FINISH, texts.REPORT)


async def calls(mai: Telephone) -> None:
    """The office calls the council for tomorrow; who calls it keeps the minutes."""
    mai.stage.scene(texts.CALLING)
    with mai.stage.unseen():
        await mai.says(texts.COUNCIL_COMMAND)
        await mai.taps(texts.CALL)
    await mai.taps(texts.ROUND)
    await mai.says(texts.SITS_AT.format(day=_tomorrow(mai.stage)))
    await mai.says(texts.SITS_WHERE)
    await mai.taps_all(texts.CHOOSE_CHAIR, texts.CHAIR, texts.CALL_SURE)


async def votes(phong: Telephone, yen: Telephone, sang: Telephone) -> None:
    """Three members vote in secret: all for Lan and Thảo, too few for Tâm."""
    stage = phong.stage
    stage.goes_to_tomorrow(_SITS)
    stage.scene(texts.VOTING)
    await phong.taps_all(texts.OPEN_SITTING, texts.OPEN_VOTE)
    await phong.says(texts.VOTE_UNTIL.format(day=_today(stage)))
    await _votes(yen, texts.AGAINST)
    with stage.unseen():
        await _votes(sang, texts.BLANK)
        await _votes(phong, texts.AGAINST)


async def concludes(phong: Telephone) -> None:
    """The chair counts and concludes; the minutes and the draft of the decision come as Word files."""
    phong.stage.scene(texts.CONCLUDING)
    with phong.stage.unseen():
        await phong.says(texts.COUNCIL_COMMAND)
    await phong.taps_all(texts.SITTING, texts.COUNT, texts.CONCLUDE_SITTING)
    await phong.says(texts.COUNCIL_CONCLUDES)


async def decides(duc: Telephone, mai: Telephone) -> None:
    """The director approves by reading back; the office enters what was signed outside."""
    stage = duc.stage
    stage.goes_to_tomorrow(_SIGNS)
    stage.scene(texts.APPROVING)
    await duc.taps_all(texts.OPEN_SITTING, texts.APPROVE)
    await duc.says(texts.CHOSEN)
    stage.scene(texts.DECIDED)
    with stage.unseen():
        await mai.taps(texts.OPEN_SITTING)
    await mai.taps(texts.ENTER_DECISION)
    await mai.says(texts.DECISION_NUMBER)
    await mai.says(_today(stage))
    await mai.sends(texts.DECISION_FILE, a_pdf())
    await mai.taps(texts.RECORD)


async def looks_back(lan: Telephone, tam: Telephone, mai: Telephone) -> None:
    """Who was commended and who was not see it on their own page; the office has the announcement drafted."""
    lan.stage.scene(texts.ON_RECORD)
    for one in (lan, tam, mai):
        one.lines = _WHOLE
    for one in (lan, tam):
        await one.says(texts.AWARDS_COMMAND)
    await mai.taps(texts.DRAFT_ANNOUNCEMENT)


async def fetches_the_files(hung: Telephone) -> None:
    """The papers of the dossier, and the archive of it as it went to the council."""
    with hung.stage.unseen():
        for path in texts.FETCHED:
            await hung.says(texts.DOSSIER_COMMAND)
            await hung.taps_all(texts.ROUND, *path)


async def _votes(member: Telephone, of_tam: str) -> None:
    await member.taps_all(texts.VOTE, texts.BEGIN_VOTE)
    for _nominee in texts.ACHIEVEMENTS:
        about_tam = f"\n{texts.TAM} · " in member.stage.api.view(member.chat).last.text
        await member.taps(of_tam if about_tam else texts.FOR)


async def _back(one: Telephone, times: int = 1) -> None:
    for _ in range(times):
        await one.taps(texts.BACK, silent=True)


def _today(stage: Stage) -> str:
    return f"{stage.now():%d/%m/%Y}"


def _tomorrow(stage: Stage) -> str:
    return f"{stage.now() + timedelta(days=1):%d/%m/%Y}"
