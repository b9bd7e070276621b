"""What we answer when a person speaks."""

from handlers import (
    account,
    assessment,
    board,
    calendar,
    campaigns,
    collective,
    deputies,
    eligibility,
    eligibility_office,
    evidence,
    extensions,
    hindrances,
    joining,
    menu,
    nominations,
    nudging,
    plan,
    proxy,
    questions,
    quotas,
    reminders,
    submissions,
)
from handlers.dialogue import Dialogue

_WITH_LABELS: tuple[Dialogue, ...] = (
    assessment.DIALOGUE,
    evidence.DIALOGUE,
    eligibility.DIALOGUE,
    eligibility.STANDING,
    collective.DIALOGUE,
    proxy.DIALOGUE,
    submissions.DIALOGUE,
    deputies.DIALOGUE,
    nominations.DIALOGUE,
    eligibility_office.DIALOGUE,
    hindrances.DIALOGUE,
    quotas.DIALOGUE,
    board.DIALOGUE,
    extensions.DIALOGUE,
    questions.QUEUE,
    campaigns.DIALOGUE,
    plan.DIALOGUE,
    questions.DIALOGUE,
    calendar.DIALOGUE,
    nudging.DIALOGUE,
    reminders.DIALOGUE,
    reminders.IS_DONE,
    reminders.LATER,
    account.DIALOGUE,
)

#: Every dialogue there is; nothing registers itself. The menu is derived from them.
DIALOGUES: tuple[Dialogue, ...] = (menu.dialogue(lambda: _WITH_LABELS), joining.DIALOGUE, *_WITH_LABELS)
