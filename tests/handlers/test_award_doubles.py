"""Every press comes twice, every message again, and old cards are pressed later: an award is done once."""

from collections import Counter
from collections.abc import Awaitable, Callable

import pytest

from bot.emulators.telegram import BotApi
from db.models import JournalRow
from tests.chat import Town
from tests.journeys import test_appraisal, test_council, test_dossiers, test_unit_reviews
from tests.surfaces import TelegramSurface

#: What each journey does that weighs, and how often its story does it.
STORIES: dict[str, tuple[Callable[[Town], Awaitable[None]], dict[str, int]]] = {
    "council": (
        test_council.test_the_council_decides,
        {
            "called_council": 1,
            "asked_unit": 1,
            "answered_council": 1,
            "opened_vote": 1,
            "voted": 8,
            "closed_vote": 1,
            "concluded_council": 1,
            "approved_council": 1,
            "entered_decision": 1,
            "commended": 1,
        },
    ),
    "dossier": (
        test_dossiers.test_a_dossier_handed_in_with_a_reason_and_taken_back,
        {"dossier_submit": 2, "dossier_withdraw": 1},
    ),
    "appraisal": (
        test_appraisal.test_standard_beside_achievement,
        {"dossier_take_up": 1, "dossier_return": 1, "dossier_submit": 2, "dossier_finish": 1},
    ),
    "review": (test_unit_reviews.test_the_units_council_meets, {"called_meeting": 1, "held_meeting": 1}),
}


class Insistent(BotApi):
    """Somebody presses everything twice, and everything is delivered once more."""

    def user_taps(
        self, chat: int, message_id: int, data: str, *, by: int | None = None, forged: bool = False
    ) -> int:
        number = super().user_taps(chat, message_id, data, by=by, forged=forged)
        super().user_taps(chat, message_id, data, by=by, forged=True)
        vars(self).setdefault("pressed", []).append((chat, message_id, data))
        self.redeliver(self.pending)
        return number

    def user_says(self, chat: int, text: str, *, by: int | None = None, reply_to: int | None = None) -> int:
        number = super().user_says(chat, text, by=by, reply_to=reply_to)
        self.redeliver(self.pending)
        return number

    def presses_old_cards(self) -> None:
        """Whatever anybody pressed, once more."""
        for chat, message_id, data in list(vars(self)["pressed"]):
            super().user_taps(chat, message_id, data, forged=True)


@pytest.mark.parametrize(
    "story", ["council", "dossier", "appraisal", pytest.param("review", marks=pytest.mark.gate)]
)
async def test_whatever_comes_again_is_done_once(story: str, telegram_town: Town) -> None:
    town, (tell, weighs) = telegram_town, STORIES[story]
    assert isinstance(town.surface, TelegramSurface)
    api = town.surface.api = Insistent(town.clock.now)
    town.flood = None
    await tell(town)
    api.presses_old_cards()
    await town.settle()
    done = Counter(row.verb for row in await town.rows(JournalRow))
    assert {verb: done[verb] for verb in weighs} == weighs
