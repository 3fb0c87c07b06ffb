"""People come by a link, act by their role, and go: the real program, from the first tap on."""

from __future__ import annotations

import re

from simulator.telegram import Person, SentMessage
from tests.e2e.test_buttons import names
from tests.e2e.test_commands import panel
from tests.e2e.town import Town


def code_in(message: SentMessage) -> str:
    found = re.search(r"\?start=(\S+)", message.text)
    assert found is not None, message.text
    return found[1]


async def invited(town: Town, wish: str, person: Person) -> SentMessage:
    """Let Ann invite, and the person open the link; return the welcome."""
    link = await town.ask(f"/invite {wish}", "Pass this on")
    after = town.ann.chat.last.id
    person.start(code_in(link))
    hello = await town.said("Hello", person)
    await town.said(f"{person.name} is", after=after)
    return hello


async def test_a_member_comes_by_a_link_arms_and_is_sent_away(town: Town) -> None:
    await town.paired()
    hello = await invited(town, "member", town.bob)
    assert "You are a member here" in hello.text
    # The link is spent.
    link = next(m for m in town.ann.chat.messages if "?start=" in m.text)
    town.stranger.start(code_in(link))
    assert panel(await town.ask("/arm", "armed", town.bob)) == "armed"
    await town.said("by Bob")
    refused = await town.ask("/users", "Only an owner", town.bob)
    assert refused.text.endswith("Only an owner can do that.")
    await town.until(town.blink.armed)
    town.burst()
    alert = await town.said("ALARM", town.bob)
    # What Telegram is just taking cannot be called back.
    await town.until(lambda: len(town.files(town.bob)) == 4)
    people = await town.ask("/users", "People")
    assert "Bob: member" in people.text
    town.ann.press("Bob", message=people)
    await town.until(lambda: "Send away" in names(people))
    town.ann.press("Send away", message=people)
    await town.until(lambda: "Yes, send away" in names(people))
    assert "Bob" in people.text
    await town.press("Yes, send away", "was sent away", message=people)
    last = town.bob.chat.everything[-1].id
    town.bob.write("/disarm")
    town.bob.press("Disarm", message=alert)
    town.bob.write("/status")
    assert panel(await town.status()) == "triggered"
    await town.ask("/disarm", "disarmed")
    assert [m for m in town.bob.chat.messages if m.id > last] == []
    assert town.stranger.chat.messages == []
    journal = await town.ask("/journal", "Journal")
    for words in ("Bob armed", "Bob joined as member", "Ann sent Bob away", "Ann disarmed"):
        assert words in journal.text


async def test_a_viewer_looks_and_no_more(town: Town) -> None:
    await town.paired()
    await invited(town, "member", town.bob)
    as_member = await town.status(town.bob)
    assert {"Arm", "Refresh"} <= set(names(as_member))
    people = await town.ask("/users", "People")
    town.ann.press("Bob", message=people)
    await town.until(lambda: "Make viewer" in names(people))
    town.ann.press("Make viewer", message=people)
    await town.until(lambda: "Yes, a viewer" in names(people))
    await town.press("Yes, a viewer", "Bob is a viewer now", message=people)
    status = await town.status(town.bob)
    assert panel(status) == "disarmed"
    assert names(status) == ["Refresh"]
    assert "/arm" not in (await town.ask("/help", person=town.bob)).text
    refused = await town.ask("/arm", person=town.bob)
    assert refused.text.endswith("Only an owner or a member can do that.")
    # A button that was shown before is refused all the same.
    town.bob.press("Arm", message=as_member)
    await town.until(lambda: any(a.text for a in town.telegram.callback_answers))
    assert town.telegram.callback_answers[-1].text.startswith("Only an owner or a member")
    assert panel(await town.status()) == "disarmed"
    menu = [entry["command"] for entry in town.telegram.menu(f"chat:{town.bob.id}")]
    assert "status" in menu
    assert "arm" not in menu


async def test_bad_invitations_change_nothing(town: Town) -> None:
    await town.paired()
    for text, answer in (
        ("/invite boss", "/invite member for 3d"),
        ("/invite member for ever", "for 3d"),
        ("/invite member for 5m", "1 hour to 366 days"),
        ("/invite guest", "For how long?"),
    ):
        assert answer in (await town.ask(text)).text
    people = await town.ask("/users", "People")
    assert "invitation" not in people.text.lower()
    guest = await town.press("Invite somebody", "Whom do you want", message=people)
    link = await town.press("Guest, 3 days", "Pass this on", message=guest)
    assert "a guest until" in link.text
    await town.ask("/users", "Open invitations")
    town.ann.press("Withdraw", message=link)
    await town.until(lambda: "People" in link.text)
    town.bob.start(link.edits[0].text.partition("?start=")[2].split()[0])
    assert panel(await town.status()) == "disarmed"
    assert town.bob.chat.messages == []
