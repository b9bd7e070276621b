"""The menu of commands, by scope and language."""

from __future__ import annotations

import re

from bot.emulators.telegram.errors import ApiError
from bot.emulators.telegram.json_types import JsonObject, JsonValue
from bot.emulators.telegram.server import Call, Change, Server
from bot.emulators.telegram.state import Chat, World
from bot.emulators.telegram.wire import Params

_NAME = re.compile(r"[a-z0-9_]{1,32}")
_MAX_COMMANDS = 100
_MAX_DESCRIPTION = 256
_PLAIN_SCOPES = frozenset({"default", "all_private_chats", "all_group_chats", "all_chat_administrators"})


def set_my_commands(server: Server, call: Call) -> bool:
    """The setMyCommands method."""
    scope, language = _address(server, call.params)
    given = call.params.json("commands", "commands")
    if not isinstance(given, list):
        raise ApiError.bad_request("expected an Array of BotCommand")
    if len(given) > _MAX_COMMANDS:
        raise ApiError.bad_request("BOT_COMMANDS_TOO_MUCH")
    server.world.commands[scope, language] = [_command(item) for item in given]
    server.notify(Change("commands", 0))
    return True


def get_my_commands(server: Server, call: Call) -> list[JsonObject]:
    """The getMyCommands method: exactly this scope and language, no inheritance."""
    return server.world.commands.get(_address(server, call.params), [])


def delete_my_commands(server: Server, call: Call) -> bool:
    """The deleteMyCommands method."""
    server.world.commands.pop(_address(server, call.params), None)
    server.notify(Change("commands", 0))
    return True


def menu_of(world: World, chat: Chat, person_id: int, language: str) -> list[JsonObject]:
    """The menu a person sees: the narrowest scope first, within it their language first."""
    own = [f"chat_member:{chat.id}:{person_id}"] if chat.kind != "private" else []
    general = "all_private_chats" if chat.kind == "private" else "all_group_chats"
    for scope in [*own, f"chat:{chat.id}", general, "default"]:
        for wanted in (language, ""):
            found = world.commands.get((scope, wanted))
            if found:
                return found
    return []


def _address(server: Server, params: Params) -> tuple[str, str]:
    language = params.text("language_code")
    if language and not (len(language) == 2 and language.isalpha() and language.islower()):
        raise ApiError.bad_request("invalid language code specified")
    return _scope(server, params.json("scope", "scope")), language


def _scope(server: Server, scope: JsonValue) -> str:
    if scope is None:
        return "default"
    if not isinstance(scope, dict):
        raise ApiError.bad_request("can't parse BotCommandScope: expected an Object")
    kind = str(scope.get("type", ""))
    if kind in _PLAIN_SCOPES:
        return kind
    if kind not in {"chat", "chat_administrators", "chat_member"}:
        raise ApiError.bad_request("can't parse BotCommandScope: unsupported type specified")
    chat = server.chat_of(Params(scope))
    if kind == "chat_member":
        return f"chat_member:{chat.id}:{Params(scope).integer('user_id')}"
    return f"{kind}:{chat.id}"


def _command(item: JsonValue) -> JsonObject:
    if not isinstance(item, dict):
        raise ApiError.bad_request("expected an Object as BotCommand")
    name, description = str(item.get("command", "")).removeprefix("/"), str(item.get("description", ""))
    if not _NAME.fullmatch(name):
        raise ApiError.bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= _MAX_DESCRIPTION:
        raise ApiError.bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": description}
