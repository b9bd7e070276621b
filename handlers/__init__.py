"""What we answer when a person speaks."""

from handlers import account, assessment, evidence, joining, menu
from handlers.dialogue import Dialogue

_WITH_LABELS: tuple[Dialogue, ...] = (assessment.DIALOGUE, evidence.DIALOGUE, account.DIALOGUE)

#: Every dialogue there is; nothing registers itself. The menu is derived from them.
DIALOGUES: tuple[Dialogue, ...] = (menu.dialogue(lambda: _WITH_LABELS), joining.DIALOGUE, *_WITH_LABELS)
