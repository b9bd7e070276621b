"""Made-up people on the real plan, entered the way an office enters them."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from importlib import resources
from pathlib import Path

from bot.app import House
from bot.emulators.telegram import BotApi
from bot.sandbox.cast import BINH, CAST, Figure, Persona
from core.campaign_dates import deadline_subject
from core.campaign_terms import Unsaid
from core.campaigns import Campaign
from core.criteria import Given, TextGiven
from core.criteria_typed import take_number
from core.measures import Measure, NarrativeMeasure, NumberMeasure
from core.messages import Address, Message
from core.people_sheet import Column, Sheet
from core.submissions import HANDED_IN_HERE, OF_OFFICE
from core.texts import joining
from core.texts import sandbox as texts
from db.transaction import Session
from services import assessment, campaigns, organisation, people
from services.actor import Actor, console
from services.papers import people_sheet

PLAN = Path("campaigns/hoai-nhon-2026-2030.toml")
#: By when units hand in what the plan asks of them without naming a day.
DUE = date(2027, 1, 15)
_PATIENCE = 10.0


@dataclass(frozen=True, slots=True)
class Entered:
    """Who was entered: the personas, and the names of all people by their id."""

    figures: list[Figure]
    names: dict[int, str]


async def enter(
    session: Session, now: datetime, plan: Path = PLAN, cast: Sequence[Persona] = CAST
) -> Entered:
    """The plan in force with its days, the people on the list, the house live, a way in for every persona.

    `now` carries the office's zone.
    """
    office = console(now.date())
    loaded = await campaigns.load(session, office, _text_of(plan), plan.name, now)
    await _enter_days(session, office, loaded.campaign, now)
    sheet = _people()
    done = await organisation.import_people(session, office, sheet, now)
    await people.go_live(session, office, now)
    figures: list[Figure] = []
    names: dict[int, str] = {}
    for line in sheet.lines:
        if line.row not in done.added:
            continue
        names[done.added[line.row]] = sheet.text(line, Column.NAME) or ""
        for persona in cast:
            if sheet.text(line, Column.STAFF_CODE) == persona.staff_code:
                post = sheet.text(line, Column.POST) or ""
                issued = await people.issue_code(session, office, done.added[line.row], now)
                figures.append(Figure(persona, post, issued))
    return Entered(sorted(figures, key=lambda one: cast.index(one.persona)), names)


async def _enter_days(session: Session, office: Actor, campaign: Campaign, now: datetime) -> None:
    """A day for whatever units hand in and the plan leaves open."""
    for deadline in campaign.deadlines:
        if deadline.kind in HANDED_IN_HERE - OF_OFFICE and isinstance(deadline.day, Unsaid):
            subject = deadline_subject(deadline.code)
            await campaigns.enter_date(session, office, campaign.code, subject, DUE, texts.RESTS_ON, now)


async def join(api: BotApi, figure: Figure) -> None:
    """Join by the link, as people do: «Đúng là tôi», the notice, «Tôi đồng ý»."""
    chat = figure.persona.chat
    api.user_starts(chat, figure.issued.token)
    await _press(api, chat, _first_label(joining.ask_identity("", "", "")))
    await _press(api, chat, _first_label(joining.ask_consent()))
    await _until(api, lambda: joining.welcome(figure.name) in api.view(chat).last.text)


async def answer_some(house: House, api: BotApi, now: datetime) -> None:
    """Bình has answered some of this year's criteria, and looks at how far he is."""
    channel = next(one for one in house.channels.values() if one.capabilities.buttons)
    address = Address(channel.name, channel.bot, str(BINH.chat))
    async with house.transactions() as session:
        actor = (await people.identify(session, [address], now))[address]
        first = (await assessment.rounds(session, actor, now))[0]
        number = await assessment.begin(session, actor, first.round_id, now)
        for entry in (await assessment.sheet(session, actor, number)).entries:
            given = _given(entry.next_measure(), texts.ANSWERED.get(entry.criterion.code, ""))
            if given is not None:
                code, said = given
                await assessment.answer(session, actor, number, entry.criterion.key, code, said, now)
    api.user_says(BINH.chat, "/tudanhgia")
    await _until(api, lambda: bool(api.view(BINH.chat).last.buttons))


def _given(measure: Measure | None, said: str) -> tuple[str, Given] | None:
    match measure:
        case NumberMeasure() if said:
            return measure.code, take_number(measure, said)
        case NarrativeMeasure() if said:
            return measure.code, TextGiven(said)
        case _:
            return None


def _first_label(message: Message) -> str:
    return message.choices[0].label


async def _press(api: BotApi, chat: int, label: str) -> None:
    await _until(api, lambda: label in [one for shown in api.view(chat).messages for one in shown.labels()])
    api.user_taps_label(chat, label)


async def _until(api: BotApi, holds: Callable[[], bool]) -> None:
    """Watch the telephones until something is so."""
    with api.subscribe() as changes:
        async with asyncio.timeout(_PATIENCE):
            while not holds():
                await anext(changes)


def _text_of(plan: Path) -> str:
    return plan.read_text(encoding="utf-8")


def _people() -> Sheet:
    return people_sheet.read((resources.files("bot.sandbox") / "people.csv").read_bytes())
