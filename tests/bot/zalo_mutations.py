"""Events of every kind Zalo tells, whole and then damaged: what no platform should ever send."""

import random
from collections.abc import Iterator, Sequence

from tests.bot import mutations
from tests.bot.mutations import Json


def events(rng: random.Random, chats: Sequence[str], count: int, first: int = 1) -> Iterator[Json]:
    """So many events numbered in a row, most of them damaged in one to four places."""
    for number in range(first, first + count):
        event = _event(rng, rng.choice(chats), f"{number:020x}")
        for _ in range(rng.choice((0, 1, 1, 2, 4))):
            mutations.damage(event, rng)
        yield event if rng.random() < 0.7 else {"ok": True, "result": event}


def _event(rng: random.Random, chat: str, number: str) -> Json:
    link = rng.choice(
        ("https://photo-stal-11.zdn.vn/media/1.jpg", "http://10.0.0.1/", "file:///etc/passwd", "//")
    )
    kind, fields = rng.choice(
        (
            ("text", {"text": rng.choice(mutations.TEXTS)}),
            ("text", {"text": rng.choice(mutations.TEXTS)}),
            ("image", {"photo_url": link, "caption": rng.choice(mutations.TEXTS)}),
            ("image", {"photo": link}),
            ("sticker", {"sticker": "1", "url": link}),
            ("voice", {"voice_url": link, "message_type": "CHAT_VOICE"}),
            ("unsupported", {}),
            (rng.choice(("text", "video", "tương lai")), {"text": rng.choice(mutations.TEXTS)}),
        )
    )
    group = rng.random() < 0.1
    message: Json = {
        "from": {"id": chat, "display_name": "Lan", "is_bot": False},
        "chat": {"id": f"zgr-{chat}" if group else chat, "chat_type": "GROUP" if group else "PRIVATE"},
        "message_id": number,
        "date": 1_795_400_000_000 + rng.randrange(10_000_000),
        **fields,
    }
    return {"event_name": f"message.{kind}.received", "message": message}
