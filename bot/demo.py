"""The demonstration: a self-assessment, an announcement, a day met or missed, an award, played in seconds.

The real channel, desk, courier, inspection and papers; only Telegram and the clock are made up. It fails
when anything on the way is missing, so it also serves as the smoke test of an installation.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.app import OFFICE_ZONE, Plan, open_house
from bot.channels.telegram import TelegramChannel
from bot.clock import MovableClock
from bot.demo_announcement import announces, only_who_has_not_read_is_reminded
from bot.demo_assessment import answering, joining, sends_evidence, signing
from bot.demo_awards import (
    appraises,
    calls,
    concludes,
    decides,
    fetches_the_files,
    looks_back,
    supplements,
    votes,
)
from bot.demo_deadlines import another_does_not, one_hands_in
from bot.demo_dossier import meets, nominates, prepares, signs_unseen, submits
from bot.demo_stage import BrokenPlayError, Stage, Still, Telephone
from bot.emulators.telegram import BotApi
from bot.emulators.telegram_request import EmulatorRequest
from bot.logs import configure
from bot.pace import PaceLimits
from bot.sandbox import seeding
from bot.sandbox.cast import CUC, DUC, HUNG, KHANH, LAN, MAI, PHONG, SANG, TAM, THAO, YEN
from bot.sandbox.ground import Ground
from bot.trouble import Outcome, TroubleError
from core.texts import demo as texts
from core.texts import sandbox as sandbox_texts
from core.vietnamese import file_size
from services import evidence, journal, people

FOLDER = Path("data") / "demo"
_ZONE = ZoneInfo(OFFICE_ZONE)
_OPENING = datetime(2026, 12, 14, 8, 5, tzinfo=_ZONE)
_JOINED_BEFORE = timedelta(minutes=25)
_AT_ONCE = PaceLimits(per_second=1e6, burst=1000, per_chat=1e6, chat_burst=1000, bulk=1e6)
#: Three signed copies, the report of an appraisal, two papers of the council, seven of a dossier, an archive.
_PAPERS = 14
_LINES_LEFT = 5
_CAST = (LAN, CUC, HUNG, THAO, MAI, TAM, KHANH, PHONG, YEN, SANG, DUC)


def play(tell: Callable[[str], None], folder: Path = FOLDER, plan: Path = seeding.PLAN) -> None:
    """Play it all, telling every line. Raises `BrokenPlayError` when it does not go as it should."""
    if not plan.is_file():
        raise TroubleError(sandbox_texts.no_plan(str(plan)), Outcome.ATTENTION)
    ground = Ground(folder)
    ground.take()
    try:
        configure(file=ground.log)
        asyncio.run(_play(tell, ground, plan))
    finally:
        ground.let_go()


async def _play(tell: Callable[[str], None], ground: Ground, plan: Path) -> None:
    zone = _ZONE
    clock = MovableClock(Still(_OPENING - _JOINED_BEFORE))
    api = BotApi(clock.now)
    request = EmulatorRequest(api)
    channel = TelegramChannel(api.token, request=request, poll_request=request, poll_timeout=0)
    data = ground.fresh()
    house = await open_house(
        Plan(
            database_url=f"sqlite+aiosqlite:///{(data / 'bot.db').as_posix()}",
            data_dir=data,
            channels=(channel,),
            clock=clock,
            limits=_AT_ONCE,
            free_bytes=0,
            free_share=0.0,
        )
    )
    try:
        async with house.transactions() as session:
            entered = await seeding.enter(session, clock.now().astimezone(zone), plan, _CAST)
        stage = Stage(house, channel, api, clock, zone, tell)
        lan, cuc, hung, thao, mai, tam, khanh, phong, yen, sang, duc = (
            stage.telephone(one) for one in entered.figures
        )
        for one in stage.telephones[1:]:
            await one.joins()
        clock.move(_OPENING - clock.now())
        tell(texts.TITLE)
        await joining(lan)
        await answering(lan)
        await sends_evidence(lan)
        await signing(lan)
        await announces(mai)
        await only_who_has_not_read_is_reminded(mai, cuc, hung)
        await one_hands_in(cuc)
        await another_does_not(hung, thao, mai, cuc)
        for one in stage.telephones:
            one.lines = _LINES_LEFT
        sang.lines = 1
        for one in (thao, tam):
            await signs_unseen(one)
        await nominates(hung)
        await meets(hung)
        await prepares(hung, lan)
        await submits(hung)
        await appraises(khanh)
        await supplements(hung, khanh)
        await calls(mai)
        await votes(phong, yen, sang)
        await concludes(phong)
        await decides(duc, mai)
        await looks_back(lan, tam, mai)
        await fetches_the_files(hung)
        await _count_up(stage, lan, ground.fresh(texts.RESULTS))
    finally:
        await house.close()


async def _count_up(stage: Stage, lan: Telephone, folder: Path) -> None:
    """Hand out the files the house made, and prove that the journal is whole."""
    tell = stage.tell
    async with stage.house.transactions() as session:
        actor = (await people.identify(session, [lan.address], stage.clock.now()))[lan.address]
        kept = await evidence.mine(session, actor)
        checked = await journal.verify(session)
    if checked.broken_at is not None:
        raise BrokenPlayError("the journal does not hold")
    made = {
        f"{one.code}-{one.served_name}": await stage.house.store.read_served(one.served_sha256)
        for one in kept
        if one.served_sha256
    }
    papers = {
        shown.file.name: stage.api.file_bytes(shown.file.id)
        for one in stage.telephones
        for shown in stage.api.view(one.chat).messages
        if shown.by_bot and shown.file
    }
    if not made or len(papers) < _PAPERS:
        raise BrokenPlayError(f"papers or evidence are missing: {sorted(made | papers)}")
    made |= papers
    tell("")
    tell(f"──── {texts.FILES_MADE} ────")
    for path, size in _write(folder, made):
        tell(f"  {path} · {file_size(size)}")
    tell("")
    tell(texts.lasted(checked.entries))


def _write(folder: Path, made: dict[str, bytes]) -> list[tuple[Path, int]]:
    for name, content in made.items():
        (folder / name).write_bytes(content)
    return [(folder / name, len(content)) for name, content in made.items()]
