"""The Bot API by method name."""

from __future__ import annotations

from typing import Any

from simulator.telegram import messages
from simulator.telegram.files import MAX_DOWNLOAD_BYTES, MediaKind
from simulator.telegram.limits import MAX_CALLBACK_ANSWER, read_commands
from simulator.telegram.parameters import Parameters
from simulator.telegram.refusal import Json, bad_request, not_found, webhook_is_set
from simulator.telegram.world import CallbackAnswer, Deed, Happening, World

_ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)
_CHAT_SCOPES = frozenset({"chat", "chat_administrators", "chat_member"})
_WIDE_SCOPES = frozenset(
    {"default", "all_private_chats", "all_group_chats", "all_chat_administrators"}
)


async def call(world: World, method: str, parameters: Parameters) -> Any:
    """Carry out one method, named in any case, and return its result."""
    match method.lower():
        case "getme":
            return world.bot
        case "getupdates":
            return await _get_updates(world, parameters)
        case "deletewebhook":
            return _delete_webhook(world, parameters)
        case "sendmessage":
            return messages.send_text(world, parameters)
        case "sendphoto":
            return messages.send_media(world, parameters, MediaKind.PHOTO)
        case "sendvideo":
            return messages.send_media(world, parameters, MediaKind.VIDEO)
        case "senddocument":
            return messages.send_media(world, parameters, MediaKind.DOCUMENT)
        case "editmessagetext":
            return messages.edit_text(world, parameters)
        case "editmessagecaption":
            return messages.edit_caption(world, parameters)
        case "editmessagereplymarkup":
            return messages.edit_markup(world, parameters)
        case "deletemessage":
            return messages.delete_message(world, parameters)
        case "pinchatmessage":
            return messages.pin_message(world, parameters)
        case "unpinchatmessage":
            return messages.unpin_message(world, parameters)
        case "answercallbackquery":
            return _answer_callback_query(world, parameters)
        case "sendchataction":
            return _send_chat_action(world, parameters)
        case "getchat":
            return _get_chat(world, parameters)
        case "getfile":
            return _get_file(world, parameters)
        case "setmycommands":
            world.menus[_menu(world, parameters)] = read_commands(parameters)
            return True
        case "getmycommands":
            return world.menus.get(_menu(world, parameters), [])
        case "deletemycommands":
            world.menus.pop(_menu(world, parameters), None)
            return True
        case _:
            raise not_found("method not found")


async def _get_updates(world: World, parameters: Parameters) -> list[Json]:
    if world.webhook:
        raise webhook_is_set()
    allowed = parameters.parsed("allowed_updates", "can't parse allowed_updates JSON object")
    if allowed is not None:
        world.updates.allow(allowed)
    return await world.updates.take(
        parameters.number("offset"),
        parameters.number("limit"),
        parameters.number("timeout"),
    )


def _delete_webhook(world: World, parameters: Parameters) -> bool:
    world.webhook = ""
    if parameters.flag("drop_pending_updates"):
        world.updates.pending.clear()
    return True


def _answer_callback_query(world: World, parameters: Parameters) -> bool:
    query_id = parameters.text("callback_query_id")
    query = world.queries.get(query_id)
    now = world.monotonic()
    if query is None or now - query.at > world.callback_seconds:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    text = parameters.text("text")
    if len(text) > MAX_CALLBACK_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    del world.queries[query_id]
    answer = CallbackAnswer(query_id, query.person, text, parameters.flag("show_alert"), now)
    world.callback_answers.append(answer)
    world.tell(Happening(Deed.ANSWERED, query.chat, world.bot["first_name"], text))
    return True


def _send_chat_action(world: World, parameters: Parameters) -> bool:
    world.open_chat(parameters.text("chat_id"))
    if parameters.text("action") not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    return True


def _get_chat(world: World, parameters: Parameters) -> Json:
    chat = world.known_chat(parameters.text("chat_id"))
    gifts = ("unlimited", "limited", "unique")
    full = chat.describe() | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": {f"{gift}_gifts": False for gift in gifts}
        | {"premium_subscription": False, "gifts_from_channels": False},
    }
    pinned = chat.find(chat.pinned[-1]) if chat.pinned else None
    return full if pinned is None else full | {"pinned_message": chat.render(pinned)}


def _get_file(world: World, parameters: Parameters) -> Json:
    file = world.files.find(parameters.text("file_id"))
    if file is None:
        raise bad_request("invalid file_id")
    if file.size > MAX_DOWNLOAD_BYTES:
        raise bad_request("file is too big")
    return file.identity() | {"file_path": file.path}


def _menu(world: World, parameters: Parameters) -> tuple[str, str]:
    """Name the menu that a request is about: its scope and its language."""
    scope = parameters.parsed("scope", "can't parse BotCommandScope JSON object")
    kind = (scope or {"type": "default"}).get("type", "")
    if kind in _CHAT_SCOPES:
        chat = world.known_chat(str(scope.get("chat_id", "")))
        kind = ":".join(
            [kind, str(chat.id), *([str(scope["user_id"])] if "user_id" in scope else [])]
        )
    elif kind not in _WIDE_SCOPES:
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    return kind, parameters.text("language_code")
