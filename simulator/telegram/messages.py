"""The Bot API methods that send, change and remove messages."""

from __future__ import annotations

from simulator.telegram.chats import Chat, SentMessage
from simulator.telegram.files import MediaFile, MediaKind
from simulator.telegram.limits import (
    MAX_TEXT,
    Formatted,
    read_caption,
    read_inline_markup,
    read_markup,
    read_text,
)
from simulator.telegram.parameters import Parameters
from simulator.telegram.refusal import Json, bad_request
from simulator.telegram.world import Deed, Happening, World

_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly "
    "the same as a current content and reply markup of the message"
)


def send_text(world: World, parameters: Parameters) -> Json:
    content = read_text(parameters)
    if len(content.text) > MAX_TEXT:
        raise bad_request("message is too long")
    chat = world.open_chat(parameters.text("chat_id"))
    return _send(world, chat, parameters, content)


def send_media(world: World, parameters: Parameters, kind: MediaKind) -> Json:
    content = read_caption(parameters)
    media = world.files.receive(kind, parameters)
    chat = world.open_chat(parameters.text("chat_id"))
    return _send(world, chat, parameters, content, media)


def _send(
    world: World,
    chat: Chat,
    parameters: Parameters,
    content: Formatted,
    media: MediaFile | None = None,
) -> Json:
    message = world.add_message(
        chat,
        world.bot,
        content,
        extra=_topic(chat, parameters.number("message_thread_id")),
        markup=read_markup(parameters),
        media=media,
        reply_to=_replied(chat, parameters),
        silent=parameters.flag("disable_notification"),
    )
    _tell(world, Deed.SENT, chat, message)
    return chat.render(message)


def _topic(chat: Chat, thread: int) -> Json:
    """Return how a message of that topic is marked; 0 is the group at large."""
    if not thread:
        return {}
    if thread not in chat.topics:
        raise bad_request("message thread not found")
    if thread in chat.closed_topics:
        raise bad_request("TOPIC_CLOSED")
    return {"message_thread_id": thread, "is_topic_message": True}


def _replied(chat: Chat, parameters: Parameters) -> int | None:
    given = parameters.parsed("reply_parameters", "can't parse reply parameters JSON object")
    reply = given or {
        "message_id": parameters.number("reply_to_message_id"),
        "allow_sending_without_reply": parameters.flag("allow_sending_without_reply"),
    }
    wanted = int(reply.get("message_id", 0))
    if not wanted:
        return None
    if chat.find(wanted) is not None:
        return wanted
    if reply.get("allow_sending_without_reply"):
        return None
    raise bad_request("message to be replied not found")


def edit_text(world: World, parameters: Parameters) -> Json:
    content = read_text(parameters)
    chat, message = _editable(world, parameters)
    if len(content.text) > MAX_TEXT:
        # Said by another layer than the refusal of a new message, hence the other words.
        raise bad_request("MESSAGE_TOO_LONG")
    if message.media is not None:
        raise bad_request("there is no text in the message to edit")
    return _change(world, chat, message, content, read_inline_markup(parameters))


def edit_caption(world: World, parameters: Parameters) -> Json:
    content = read_caption(parameters)
    chat, message = _editable(world, parameters)
    if message.media is None:
        raise bad_request("there is no caption in the message to edit")
    return _change(world, chat, message, content, read_inline_markup(parameters))


def edit_markup(world: World, parameters: Parameters) -> Json:
    chat, message = _editable(world, parameters)
    return _change(world, chat, message, message.content, read_inline_markup(parameters))


def _editable(world: World, parameters: Parameters) -> tuple[Chat, SentMessage]:
    chat = world.open_chat(parameters.text("chat_id"))
    message = _existing(chat, parameters, "message to edit not found")
    if not message.from_bot:
        raise bad_request("message can't be edited")
    return chat, message


def _change(
    world: World,
    chat: Chat,
    message: SentMessage,
    content: Formatted,
    markup: Json | None,
) -> Json:
    same_words = (content.text, content.entities) == (message.text, message.content.entities)
    if same_words and markup == message.markup:
        raise bad_request(_NOT_MODIFIED)
    message.change(content, markup, world.now(), world.monotonic())
    _tell(world, Deed.EDITED, chat, message)
    return chat.render(message)


def delete_message(world: World, parameters: Parameters) -> bool:
    chat = world.open_chat(parameters.text("chat_id"))
    message = _existing(chat, parameters, "message to delete not found")
    if not message.from_bot and chat.kind != "private":
        raise bad_request("message can't be deleted")
    message.deleted = True
    if message.id in chat.pinned:
        chat.pinned.remove(message.id)
    _tell(world, Deed.DELETED, chat, message)
    return True


def pin_message(world: World, parameters: Parameters) -> bool:
    chat = world.open_chat(parameters.text("chat_id"))
    message = _existing(chat, parameters, "message to pin not found")
    if message.id in chat.pinned:
        chat.pinned.remove(message.id)
    chat.pinned.append(message.id)
    return True


def unpin_message(world: World, parameters: Parameters) -> bool:
    """Unpin the named message, or the one that was pinned last."""
    chat = world.open_chat(parameters.text("chat_id"))
    message_id = parameters.number("message_id", chat.pinned[-1] if chat.pinned else 0)
    if message_id not in chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned.remove(message_id)
    return True


def _existing(chat: Chat, parameters: Parameters, complaint: str) -> SentMessage:
    if not parameters.number("message_id"):
        raise bad_request("message identifier is not specified")
    message = chat.find(parameters.number("message_id"))
    if message is None:
        raise bad_request(complaint)
    return message


def _tell(world: World, deed: Deed, chat: Chat, message: SentMessage) -> None:
    world.tell(Happening(deed, chat, world.bot["first_name"], message.text, message))
