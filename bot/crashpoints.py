"""Named places where a test may end the process, to see what survives."""

import os

#: Every crash point there is; a test reaches each.
NAMES = (
    "intake.before_store",
    "intake.after_store",
    "intake.confirmed",
    "intake.before_claim_commit",
    "intake.claimed",
    "desk.before_commit",
    "desk.after_commit",
    "courier.before_claim_commit",
    "courier.claimed",
    "courier.before_send",
    "courier.after_send",
    "courier.before_sent_commit",
    "courier.after_sent_commit",
    "keeper.received",
    "keeper.examined",
    "keeper.stored",
    "keeper.shelved",
    "keeper.archived",
)
VARIABLE = "BOT_CRASHPOINT"


def crashpoint(name: str) -> None:
    """Nothing, unless the environment names this point: then the process ends at once."""
    if os.environ.get(VARIABLE) == name:
        os._exit(86)
