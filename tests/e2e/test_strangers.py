"""Who is not of the household gets no answer at all, and changes nothing."""

from __future__ import annotations

from itertools import count
from typing import Any

from simulator.telegram import Person, SentMessage
from tests.e2e.test_commands import panel
from tests.e2e.town import Town

COMMANDS = (
    "/start",
    "/start 0123456789ab",
    "/help",
    "/status",
    "/arm",
    "/disarm",
    "/threshold 1",
    "/cameras",
    "/clip",
    "/ack",
    "/code 123456",
    "/test call",
    "/nonsense",
    "hello",
    "123456",
)
GROUP, SUPERGROUP, CHANNEL = -4001, -1001234567890, -1009876543210
ANONYMOUS_ADMIN = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
_queries = count(1)


def press(user: Person, message: SentMessage | None, data: str, chat: Any) -> dict[str, Any]:
    """Forge a press as the Bot API would tell it."""
    shown = {"message_id": 1 if message is None else message.id, "date": 0, "chat": chat}
    return {
        "callback_query": {
            "id": f"forged-{next(_queries)}",
            "from": user.user,
            "message": shown,
            "chat_instance": "1",
            "data": data,
        }
    }


async def test_strangers_get_no_answer_and_change_nothing(town: Town) -> None:
    town.env["ALARM_CALL_DELAY_SECONDS"] = "300"
    await town.armed()
    town.burst()
    alert = await town.said("ALARM")
    data = [button.data for row in alert.buttons for button in row]
    assert len(data) == 3
    for text in COMMANDS:
        town.stranger.write(text)
    home = town.ann.chat.describe()
    for one in [*data, "arm:", "cancel:", "code:", "more:i1", "extend:"]:
        town.telegram.raw_update(press(town.stranger, alert, one, home))
        town.telegram.raw_update(press(town.stranger, None, one, town.stranger.chat.describe()))
    last = town.telegram.raw_update(press(town.stranger, alert, "disarm:", {"id": 0}))
    await town.handled(last)
    assert panel(await town.status()) == "triggered"
    assert "Acknowledge" in [button.text for row in alert.buttons for button in row]
    assert "2 events" in (await town.ask("/threshold")).text
    assert town.stranger.chat.messages == []
    assert town.telegram.callback_answers == []
    assert town.twilio.calls == []
    assert str(town.stranger.id) not in "\n".join(town.console)


async def test_no_word_counts_but_the_own_fresh_one_in_private(town: Town) -> None:
    await town.armed()
    group = town.telegram.group(GROUP, "Family", [town.ann, town.stranger])
    large = town.telegram.group(SUPERGROUP, "Street", [town.ann, town.stranger])
    town.telegram.person(CHANNEL, "News")
    for place in (group, large):
        for person in (town.ann, town.stranger):
            for text in ("/disarm", "/status", "/disarm@home_alarm_bot", "123456"):
                person.write(text, chat=place)
    town.ann.write("/help")
    town.ann.write("/disarm", edited=True)
    town.ann.write("/disarm", forwarded=True)
    written = town.ann.chat.everything[-1]
    bare = {k: v for k, v in town.ann.chat.render(written).items() if k != "forward_origin"}
    for update in (
        {"edited_message": bare},
        {"channel_post": bare | {"chat": {"id": CHANNEL, "type": "channel", "title": "News"}}},
        {"edited_channel_post": bare},
        {"business_message": bare},
        {"message": bare | {"from": ANONYMOUS_ADMIN, "chat": large.describe()}},
        {"message": bare | {"from": ANONYMOUS_ADMIN, "sender_chat": large.describe()}},
        {"message": bare | {"chat": large.describe(), "sender_chat": large.describe()}},
        {"message": bare | {"via_bot": ANONYMOUS_ADMIN, "forward_origin": {"type": "x"}}},
        {"message": {k: v for k, v in bare.items() if k != "from"}},
        press(town.ann, None, "disarm:", large.describe()),
        {"inline_query": {"id": "1", "from": town.ann.user, "query": "/disarm", "offset": ""}},
        {"message": bare, "edited_message": bare},
    ):
        last = town.telegram.raw_update(update)
    await town.handled(last)
    assert panel(await town.status()) == "armed"
    assert town.blink.armed()
    assert group.messages == []
    assert large.messages == []
    # The same words, fresh, her own, in private: now they count.
    town.telegram.raw_update({"message": bare})
    await town.said("disarmed", after=town.ann.chat.last.id)
