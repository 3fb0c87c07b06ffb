"""Command menus, chats, chat actions and pins."""

from __future__ import annotations

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeChat,
    Chat,
)
from telegram.error import (
    BadRequest,
)

from simulator.telegram import Person, TelegramStandIn
from tests.simulator.telegram.bench import (
    ANN,
    GROUP,
    refusal,
)


async def test_menus_are_kept_per_scope(telegram: TelegramStandIn, bot: Bot, ann: Person) -> None:
    scope = BotCommandScopeChat(ANN)
    await bot.set_my_commands([("arm", "Arm"), ("disarm", "Disarm")], scope=scope)
    assert await bot.get_my_commands(scope=scope) == (
        BotCommand("arm", "Arm"),
        BotCommand("disarm", "Disarm"),
    )
    assert await bot.get_my_commands() == ()
    assert [entry["command"] for entry in telegram.menu(f"chat:{ANN}")] == ["arm", "disarm"]
    await bot.delete_my_commands(scope=scope)
    assert await bot.get_my_commands(scope=scope) == ()
    answer = await refusal(
        lambda: bot.set_my_commands([("a", "A")], scope=BotCommandScopeChat(77)), BadRequest
    )
    assert answer == "Chat not found"


@pytest.mark.parametrize(
    ("commands", "answer"),
    [
        ([(f"c{n}", "d") for n in range(100)], None),
        ([(f"c{n}", "d") for n in range(101)], "Bot_commands_too_much"),
        ([("c" * 32, "d")], None),
        ([("c" * 33, "d")], "Bot_command_invalid"),
        ([("Arm", "d")], "Bot_command_invalid"),
        ([("arm-all", "d")], "Bot_command_invalid"),
        ([("arm", "d" * 256)], None),
        ([("arm", "d" * 257)], "Bot_command_description_invalid"),
    ],
)
async def test_menus_have_limits(
    bot: Bot, commands: list[tuple[str, str]], answer: str | None
) -> None:
    if answer is None:
        assert await bot.set_my_commands(commands)
    else:
        assert await refusal(lambda: bot.set_my_commands(commands), BadRequest) == answer


async def test_chats_actions_and_pins(telegram: TelegramStandIn, bot: Bot, ann: Person) -> None:
    telegram.group(GROUP, "Home", [ann])
    sent = await bot.send_message(GROUP, "status")
    await bot.pin_chat_message(GROUP, sent.id)
    chat = await bot.get_chat(GROUP)
    assert (chat.title, chat.type) == ("Home", Chat.GROUP)
    assert chat.pinned_message is not None
    assert chat.pinned_message.text == "status"
    await bot.unpin_chat_message(GROUP)
    assert (await bot.get_chat(GROUP)).pinned_message is None
    answer = await refusal(lambda: bot.unpin_chat_message(GROUP), BadRequest)
    assert answer == "Message to unpin not found"
    answer = await refusal(lambda: bot.pin_chat_message(GROUP, 99), BadRequest)
    assert answer == "Message to pin not found"
    assert await bot.send_chat_action(ANN, "upload_video")
    answer = await refusal(lambda: bot.send_chat_action(ANN, "dance"), BadRequest)
    assert answer == "Wrong parameter action in request"
