"""The home's group: told what the household is told, commanded by those who are known."""

from __future__ import annotations

from simulator.telegram import SentMessage
from simulator.telegram.chats import Chat
from tests.e2e.test_buttons import names
from tests.e2e.test_commands import panel
from tests.e2e.test_people import invited
from tests.e2e.town import Town, in_words

GROUP, SUPERGROUP = -4001, -1_001_234_567_890


async def said(town: Town, group: Chat, wanted: str, after: int = 0) -> SentMessage:
    return await town.telegram.wait_for(wanted, chat=group, timeout=25.0, after=after)


async def asked(town: Town, group: Chat, text: str, wanted: str, by: str = "ann") -> SentMessage:
    after = group.everything[-1].id if group.everything else 0
    getattr(town, by).write(text, chat=group)
    return await said(town, group, wanted, after)


async def at_home(town: Town) -> Chat:
    """Pair, let Bob in, and let Ann add the bot to the family's group."""
    await town.paired()
    await invited(town, "member", town.bob)
    group = town.telegram.group(GROUP, "Family", [town.ann, town.bob, town.stranger])
    town.ann.add_bot(group)
    offer = await said(town, group, "Shall Family be the home's group?")
    # Others see the button too.
    town.bob.press("Yes", chat=group, message=offer)
    town.stranger.press("Yes", chat=group, message=offer)
    town.ann.press("Yes", chat=group, message=offer)
    set_ = await said(town, group, "is the home's group now")
    assert "Ann, Bob" in set_.text
    return group


async def test_two_people_and_a_stranger_in_the_homes_group(town: Town) -> None:
    town.env["ALARM_CALL_DELAY_SECONDS"] = "300"
    group = await at_home(town)
    assert panel(await asked(town, group, "/arm@home_alarm_bot", "armed", "bob")) == "armed"
    await town.said("by Bob")
    await town.until(town.blink.armed)
    town.burst()
    alert = await said(town, group, "ALARM")
    await town.said("ALARM")
    await town.said("ALARM", town.bob)
    last = town.telegram.transcript(town.stranger.chat)
    for text in ("/disarm", "/status@home_alarm_bot", "/start x", "hello @home_alarm_bot"):
        town.stranger.write(text, chat=group)
    town.stranger.press("Disarm", chat=group, message=alert)
    town.ann.write("/disarm@other_bot", chat=group)
    town.bob.press("Acknowledge", chat=group, message=alert)
    await town.until(lambda: "Acknowledged by Bob" in alert.text)
    assert panel(await asked(town, group, "/status", "triggered")) == "triggered"
    assert town.telegram.transcript(town.stranger.chat) == last
    # What is private is answered in private.
    words = [m.text for m in group.messages]
    await town.ask("/help")
    town.ann.write("/invite viewer", chat=group)
    await town.said("Pass this on", after=town.ann.chat.last.id)
    refused = await asked(town, group, "/home off", "Only an owner", "bob")
    assert in_words(refused)
    assert panel(await asked(town, group, "/disarm", "disarmed", "bob")) == "disarmed"
    await town.until(lambda: names(alert) == [])
    assert not any("?start=" in m.text for m in group.messages)
    assert len(words) < 10
    menu = [entry["command"] for entry in town.telegram.menu(f"chat:{GROUP}")]
    assert "disarm" in menu
    assert not {"users", "invite", "journal", "code"} & set(menu)
    await asked(town, group, "/home off", "not the home's group any more")
    assert town.stranger.chat.messages == []


async def test_the_group_becomes_a_supergroup_in_the_night(town: Town) -> None:
    group = await at_home(town)
    await asked(town, group, "/arm", "armed")
    await town.until(town.blink.armed)
    new = town.telegram.migrate_group(group)
    town.burst()
    await said(town, new, "ALARM")
    assert panel(await asked(town, new, "/disarm", "disarmed", "bob")) == "disarmed"
    assert "ALARM" not in "".join(m.text for m in group.messages)


async def test_a_send_alone_shows_that_the_group_has_another_id(town: Town) -> None:
    group = await at_home(town)
    await asked(town, group, "/arm", "armed")
    await town.until(town.blink.armed)
    new = town.telegram.migrate_group(group)
    # As if the messages of Telegram itself had come in another life.
    town.telegram.pending_updates.clear()
    town.burst()
    await said(town, new, "ALARM")
    await asked(town, new, "/disarm", "disarmed")


async def test_a_group_that_is_lost_is_told_in_private(town: Town) -> None:
    group = await at_home(town)
    town.stranger.remove_bot(group)
    lost = await town.said("I cannot write in Family any more")
    await town.press("Forget it", "not the home's group any more", message=lost)
    town.ann.add_bot(group)
    await said(town, group, "Shall Family", after=group.last.id)


async def test_a_topic_of_the_group_is_the_homes(town: Town) -> None:
    await town.paired()
    group = town.telegram.group(SUPERGROUP, "Street", [town.ann, town.stranger])
    topic = town.telegram.topic(group, "Alarm")
    elsewhere = await town_asks_elsewhere(town, group)
    assert "Write /home there" in elsewhere.text
    town.ann.write("/home", chat=group, topic=topic)
    await said(town, group, "is the home's group now")
    await asked(town, group, "/arm", "armed")
    for message in group.messages:
        assert message.extra["message_thread_id"] == topic
    await town.until(town.blink.armed)
    # Somebody deletes the topic: the alarm comes all the same.
    del group.topics[topic]
    town.burst()
    alert = await said(town, group, "ALARM")
    assert "message_thread_id" not in alert.extra
    await asked(town, group, "/disarm", "disarmed")


async def town_asks_elsewhere(town: Town, group: Chat) -> SentMessage:
    after = town.ann.chat.everything[-1].id
    town.ann.write("/status", chat=group)
    return await town.said("I do not answer in Street", after=after)
