"""Updates of every kind the Bot API knows, whole and then damaged: what no platform should ever send."""

import copy
import json
import random
from collections.abc import Iterator, Mapping, Sequence

Json = dict[str, object]

DEEP = 300
TEXTS = (
    "/start",
    "/start abcdefghijk",
    "/tudanhgia",
    "/minhchung@emulated_bot",
    "/khong_co",
    "/",
    "1",
    "2",
    "A",
    "0",
    "12,5",
    "1.000.000",
    "9" * 400,
    "MC 1",
    "MC 99999999999999999999999999",
    "MC ²",
    "tiếp theo",
    "Không áp dụng với tôi",
    "quay lại",
    "trợ giúp",
    "huỷ",
    "menu",
    "Có",
    "bỏ qua",
    "KY",
    "",
    " \n\t\u200b",
    "\ud800 nửa chữ \udfff",
    "a\u0300" * 2000,
    "👩‍⚕️" * 900,
    "\u202eđảo\u202c \0 <b>&amp;</b> {{x}} %s",
)
_DATA = (
    "1:go",
    "2:go",
    "3:yes",
    "4:next",
    "5:.menu",
    "6:.back",
    "7:.help",
    "door:evidence:1",
    "door:evidence:99999999999999999999999",
    "door:evidence:²",
    "door:assessment:1",
    "door:assessment:x",
    "door:joining:abc",
    "door:menu:",
    "door::",
    "door:",
    ":",
    "",
    "1",
    "999999999999:go",
    "-1:yes",
    "²:yes",
    "1:" + "x" * 200,
)
_ODD: tuple[object, ...] = (
    None,
    True,
    False,
    0,
    -1,
    2**31,
    2**63,
    -(2**63) - 1,
    10**40,
    1e308,
    -0.5,
    "",
    "0",
    "\ud83d",
    "x" * 5000,
    "private",
    [],
    [[]],
    {},
    {"id": 1},
    [None, 1, "a", {}],
)


def updates(rng: random.Random, chats: Sequence[int], first: int, count: int) -> Iterator[Json]:
    """So many updates with numbers in a row, most of them damaged in one to four places."""
    for number in range(first, first + count):
        kind = rng.choice(_KINDS)
        update: Json = {"update_id": number, **kind(rng, rng.choice(chats))}
        for _ in range(rng.choice((0, 1, 1, 2, 4))):
            damage(update, rng)
        yield update


def damage(update: Json, rng: random.Random) -> None:
    """Take something away, add something, or put something else in its place, anywhere but the number."""
    places = [place for place in _places(update) if place[1] != "update_id"]
    if not places:
        return
    inside, key = rng.choice(places)
    match rng.randrange(4):
        case 0:
            inside.pop(key)
        case 1:
            inside[rng.choice(("text", "chat", "from", "date", "photo", "document", "lạ"))] = _odd(rng)
        case _:
            inside[key] = _odd(rng)


def _places(value: object) -> Iterator[tuple[Json, str]]:
    """Every field of every object in this one."""
    if isinstance(value, dict):
        yield from ((value, key) for key in value)
        for inner in value.values():
            yield from _places(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _places(inner)


def _odd(rng: random.Random) -> object:
    if rng.random() < 0.03:
        deep: object = "đáy"
        for _ in range(DEEP):
            deep = [deep] if rng.random() < 0.5 else {"text": deep}
        return deep
    return copy.deepcopy(rng.choice(_ODD))


def body(batch: Sequence[Mapping[str, object]]) -> bytes:
    """What the server of Telegram would answer to `getUpdates`."""
    return json.dumps({"ok": True, "result": batch}).encode()


def _person(chat: int) -> Json:
    return {"id": chat, "is_bot": False, "first_name": "Lan", "username": "lan", "language_code": "vi"}


def _chat(rng: random.Random, chat: int) -> Json:
    if rng.random() < 0.1:
        kind = rng.choice(("group", "supergroup", "channel"))
        return {"id": -chat if kind == "group" else -1_000_000_000_000 - chat, "type": kind, "title": "Tổ"}
    return {"id": chat, "type": "private", "first_name": "Lan"}


def _message(rng: random.Random, chat: int, **content: object) -> Json:
    return {
        "message_id": rng.randrange(1, 10_000),
        "from": _person(chat),
        "chat": _chat(rng, chat),
        "date": 1_795_400_000 + rng.randrange(10_000),
        **content,
    }


def _file(rng: random.Random, **more: object) -> Json:
    name = f"F{rng.randrange(10_000)}"
    return {"file_id": name, "file_unique_id": f"u{name}", "file_size": rng.randrange(1, 9_000_000), **more}


def _text(rng: random.Random, chat: int) -> Json:
    text = rng.choice(TEXTS)
    entities = [{"type": "bot_command", "offset": 0, "length": 5}] if text.startswith("/") else []
    return {"message": _message(rng, chat, text=text, entities=entities)}


def _edited(rng: random.Random, chat: int) -> Json:
    return {"edited_message": _message(rng, chat, text=rng.choice(TEXTS), edit_date=1_795_400_100)}


def _photo(rng: random.Random, chat: int) -> Json:
    sizes = [_file(rng, width=90 * side, height=60 * side) for side in (1, 4)]
    album = {"media_group_id": "13000000000000001"} if rng.random() < 0.3 else {}
    return {"message": _message(rng, chat, photo=sizes, caption=rng.choice(TEXTS), **album)}


def _document(rng: random.Random, chat: int) -> Json:
    name = rng.choice(("bang-diem.xlsx", "../../etc/passwd", "a" * 300, "\u202egpj.exe", "x.pdf"))
    return {"message": _message(rng, chat, document=_file(rng, file_name=name, mime_type="application/pdf"))}


def _pressed(rng: random.Random, chat: int) -> Json:
    return {
        "callback_query": {
            "id": str(4_000_000_000_000_000 + rng.randrange(10**9)),
            "from": _person(chat if rng.random() < 0.9 else chat + 1),
            "chat_instance": "7000000000000001",
            "message": _message(rng, chat, text="?", reply_markup={"inline_keyboard": [[]]}),
            "data": rng.choice(_DATA),
        }
    }


def _membership(rng: random.Random, chat: int) -> Json:
    robot = {"id": 7_000_000_001, "is_bot": True, "first_name": "B", "username": "emulated_bot"}
    old, new = rng.choice(
        (("member", "kicked"), ("kicked", "member"), ("left", "member"), ("member", "left"))
    )
    change = {
        "chat": _chat(rng, chat),
        "from": _person(chat),
        "date": 1_795_400_000,
        "old_chat_member": {"user": robot, "status": old, "until_date": 0},
        "new_chat_member": {"user": robot, "status": new, "until_date": 0},
    }
    return {rng.choice(("my_chat_member", "chat_member")): change}


#: Messages that carry neither text nor a file we take.
_CONTENTS: dict[str, object] = {
    "sticker": {"file_id": "s", "file_unique_id": "us", "type": "regular", "width": 5, "height": 5}
    | {"is_animated": False, "is_video": False},
    "voice": {"file_id": "v", "file_unique_id": "uv", "duration": 3},
    "audio": {"file_id": "a", "file_unique_id": "ua", "duration": 3},
    "video": {"file_id": "d", "file_unique_id": "ud", "duration": 3, "width": 1, "height": 1},
    "video_note": {"file_id": "n", "file_unique_id": "un", "length": 3, "duration": 3},
    "animation": {"file_id": "g", "file_unique_id": "ug", "duration": 3, "width": 1, "height": 1},
    "contact": {"phone_number": "84900000000", "first_name": "Lan", "user_id": 1001},
    "location": {"latitude": 13.7, "longitude": 109.2},
    "venue": {"location": {"latitude": 1, "longitude": 1}, "title": "a", "address": "b"},
    "dice": {"emoji": "🎲", "value": 6},
    "poll": {"id": "1", "question": "?", "options": [], "total_voter_count": 0, "is_closed": False}
    | {"is_anonymous": True, "type": "regular", "allows_multiple_answers": False},
    "new_chat_members": [{"id": 5, "is_bot": False, "first_name": "x"}],
    "left_chat_member": {"id": 5, "is_bot": False, "first_name": "x"},
    "new_chat_title": "Tổ 2",
    "delete_chat_photo": True,
    "group_chat_created": True,
    "migrate_to_chat_id": -1001234567890,
    "migrate_from_chat_id": -1001,
    "message_auto_delete_timer_changed": {"message_auto_delete_time": 60},
    "users_shared": {"request_id": 1, "users": [{"user_id": 5}]},
    "chat_shared": {"request_id": 1, "chat_id": 5},
    "write_access_allowed": {},
    "forum_topic_created": {"name": "t", "icon_color": 1},
    "video_chat_started": {},
    "web_app_data": {"data": "x", "button_text": "y"},
    "game": {"title": "a", "description": "b", "photo": []},
    "story": {"chat": {"id": 5, "type": "private"}, "id": 1},
    "quote": {"text": "x", "position": 0},
    "reply_to_message": {"message_id": 1, "date": 1, "chat": {"id": 5, "type": "private"}, "text": "x"},
    "pinned_message": {"message_id": 1, "date": 0, "chat": {"id": 5, "type": "private"}},
    "forward_origin": {"type": "hidden_user", "sender_user_name": "x", "date": 1},
}


def _other_message(rng: random.Random, chat: int) -> Json:
    name = rng.choice(list(_CONTENTS))
    return {"message": _message(rng, chat, **{name: copy.deepcopy(_CONTENTS[name])})}


#: Updates that are no message, and that nobody has asked for.
_OTHERS: dict[str, Json] = {
    "inline_query": {"id": "1", "query": "x", "offset": ""},
    "chosen_inline_result": {"result_id": "1", "query": "x"},
    "shipping_query": {"id": "1", "invoice_payload": "x", "shipping_address": {}},
    "pre_checkout_query": {"id": "1", "currency": "VND", "total_amount": 1, "invoice_payload": "x"},
    "poll_answer": {"poll_id": "1", "option_ids": [0]},
    "message_reaction": {"message_id": 1, "date": 1, "old_reaction": [], "new_reaction": []},
    "message_reaction_count": {"message_id": 1, "date": 1, "reactions": []},
    "chat_join_request": {"user_chat_id": 1, "date": 1},
    "chat_boost": {"boost": {"boost_id": "b", "add_date": 1, "expiration_date": 2}},
    "removed_chat_boost": {"boost_id": "b", "remove_date": 1},
    "business_connection": {"id": "b", "user_chat_id": 1, "date": 1, "is_enabled": True},
    "deleted_business_messages": {"business_connection_id": "b", "message_ids": [1]},
    "purchased_paid_media": {"paid_media_payload": "x"},
}


def _other_update(rng: random.Random, chat: int) -> Json:
    name = rng.choice((*_OTHERS, "channel_post", "edited_channel_post", "business_message", "tương_lai"))
    if name not in _OTHERS:
        return {name: _message(rng, chat, text=rng.choice(TEXTS))}
    who = {"from": _person(chat), "user": _person(chat), "chat": _chat(rng, chat)}
    return {name: {**copy.deepcopy(_OTHERS[name]), **who}}


_KINDS = (
    _text,
    _text,
    _text,
    _edited,
    _photo,
    _document,
    _pressed,
    _pressed,
    _membership,
    _other_message,
    _other_update,
)
