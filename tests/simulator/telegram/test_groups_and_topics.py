"""The bot in groups and topics: added, removed, and where its words land."""

from __future__ import annotations

import pytest
from telegram import Bot
from telegram.error import BadRequest, Forbidden

from simulator.telegram import TelegramStandIn
from tests.simulator.telegram.bench import ANN, GROUP, refusal

SUPERGROUP = -1_001_234_567_890


async def test_the_bot_hears_that_it_was_added_and_removed(
    telegram: TelegramStandIn, bot: Bot
) -> None:
    ann = telegram.person(ANN, "Ann")
    group = telegram.group(GROUP, "Family", [ann])
    ann.remove_bot(group)
    ann.add_bot(group)
    updates = await bot.get_updates(allowed_updates=["my_chat_member"])
    changes = [update.my_chat_member for update in updates]
    assert [c.new_chat_member.status for c in changes if c] == ["kicked", "member"]
    assert all(c.from_user.id == ANN and c.chat.id == GROUP for c in changes if c)


async def test_a_removed_bot_writes_no_more(telegram: TelegramStandIn, bot: Bot) -> None:
    ann = telegram.person(ANN, "Ann")
    group = telegram.group(GROUP, "Family", [ann])
    ann.remove_bot(group)
    said = await refusal(lambda: bot.send_message(GROUP, "hello"), Forbidden)
    assert "bot was kicked from the group chat" in said


async def test_words_land_in_the_topic_they_name(telegram: TelegramStandIn, bot: Bot) -> None:
    ann = telegram.person(ANN, "Ann")
    group = telegram.group(SUPERGROUP, "Street", [ann])
    topic = telegram.topic(group, "Alarm")
    sent = await bot.send_message(SUPERGROUP, "in", message_thread_id=topic)
    assert (sent.message_thread_id, sent.is_topic_message) == (topic, True)
    assert not (await bot.send_message(SUPERGROUP, "out")).is_topic_message
    ann.write("/arm", chat=group, topic=topic)
    updates = await bot.get_updates()
    written = updates[-1].message
    assert written is not None
    assert (written.message_thread_id, written.is_topic_message) == (topic, True)
    assert written.chat.is_forum


@pytest.mark.parametrize(
    ("closed", "said"), [(True, "Topic_closed"), (False, "Message thread not found")]
)
async def test_a_topic_that_is_closed_or_gone_is_refused(
    telegram: TelegramStandIn, bot: Bot, closed: bool, said: str
) -> None:
    group = telegram.group(SUPERGROUP, "Street", [telegram.person(ANN, "Ann")])
    topic = telegram.topic(group, "Alarm")
    if closed:
        group.closed_topics.add(topic)
    else:
        del group.topics[topic]
    refused = await refusal(
        lambda: bot.send_message(SUPERGROUP, "in", message_thread_id=topic), BadRequest
    )
    assert refused == said
