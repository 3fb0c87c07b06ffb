"""The login at Blink: once, for an owner, and never again by itself where that could do harm."""

from __future__ import annotations

from simulator.blink import TwoFactor
from simulator.faults import Fault, FaultKind
from simulator.telegram import SentMessage
from tests.e2e.town import POLL, Town

TOKEN = "/oauth/token"
CODE_SENT, LOGGED_IN = "sent you a code", "Logged in"


def offers(button: str, message: SentMessage) -> bool:
    return any(one.text == button for row in message.buttons for one in row)


async def claimed(town: Town, two_factor: TwoFactor) -> None:
    """Let Ann claim the bot; Blink wants a code then, and nothing of it before."""
    town.blink.two_factor = two_factor
    await town.start()
    code = await town.claim_code()
    await town.until(lambda: town.telegram.being_polled)
    assert town.blink.count() == 0
    town.ann.start(code)
    await town.said(CODE_SENT)
    assert (town.blink.signins, town.blink.codes_sent) == (1, 1)


async def restarted(town: Town) -> None:
    assert await town.stop() == 0
    asked = town.telegram.count("getUpdates")
    await town.start()
    await town.until(lambda: town.telegram.count("getUpdates") > asked)


async def watching(town: Town) -> None:
    """Wait until Blink is looked at again, which takes a login."""
    await town.polled(2)
    assert "answered" in (await town.status()).text


async def test_a_code_logs_in_and_the_login_lasts(town: Town) -> None:
    await claimed(town, "202")
    assert "code" in (await town.status()).text
    assert "/code 123456" in (await town.ask("/code soon")).text
    wrong = await town.ask("654321")
    assert offers("Send a new code", wrong)
    town.ann.write("123 456")
    await town.said(LOGGED_IN)
    await watching(town)
    assert "logged in" in (await town.ask("/code 123456")).text
    assert "logged in" in (await town.ask("123456")).text
    await restarted(town)
    await watching(town)
    assert (town.blink.signins, town.blink.codes_sent) == (1, 1)

    # Blink forgets the access token while the program is down, and has trouble of its own.
    assert await town.stop() == 0
    town.blink.revoke_access_tokens()
    town.blink.faults.add(TOKEN, Fault(FaultKind.STATUS, 503, "{}", times=3))
    await town.start()
    await town.until(lambda: town.blink.count(TOKEN) >= 5)
    await watching(town)

    # The refresh token is refused for good: only a person begins another login.
    town.blink.revoke_refresh_tokens()
    town.blink.revoke_access_tokens()
    needed = await town.said(lambda message: offers("Log in again", message))
    await restarted(town)
    assert offers("Log in again", await town.status())
    assert (town.blink.signins, town.blink.codes_sent) == (1, 1)
    await town.press("Log in again", CODE_SENT, message=needed)
    await town.ask("/code 123456", LOGGED_IN)
    await watching(town)
    assert (town.blink.signins, town.blink.codes_sent) == (2, 2)


async def test_a_restart_sends_no_second_code_by_itself(town: Town) -> None:
    await claimed(town, "412")
    await restarted(town)
    lost = await town.said(lambda message: offers("Send a new code", message))
    await town.ask("/code 123456", lambda message: offers("Send a new code", message))
    assert (town.blink.signins, town.blink.codes_sent) == (1, 1)
    await town.press("Send a new code", CODE_SENT, message=lost)
    await town.press("Send a new code", CODE_SENT, message=lost)
    assert (town.blink.signins, town.blink.codes_sent) == (2, 2)
    await town.ask("/code 123-456", LOGGED_IN)
    await town.until(lambda: town.blink.count(POLL) > 0)
    await town.press("Send a new code", LOGGED_IN, message=lost)
    assert (town.blink.signins, town.blink.codes_sent) == (2, 2)


async def test_a_refused_password_is_not_tried_again_until_it_is_another(town: Town) -> None:
    town.env["BLINK_PASSWORD"] = "incorrect horse"
    await town.start()
    town.ann.start(await town.claim_code())
    refused = await town.said("BLINK_PASSWORD")
    assert offers("Log in again", refused)
    await restarted(town)
    answer = await town.status()
    assert "BLINK_PASSWORD" in answer.text
    assert offers("Log in again", answer)
    await town.ask("/code 123456")
    assert town.blink.signins == 1
    assert "incorrect horse" not in str(town)
    town.env["BLINK_PASSWORD"] = town.blink.password
    await restarted(town)
    await town.said(LOGGED_IN)
    assert town.blink.signins == 2


async def test_another_account_is_logged_in_and_another_password_alone_is_not(town: Town) -> None:
    await town.start()
    town.ann.start(await town.claim_code())
    await town.said(LOGGED_IN)
    await watching(town)
    town.blink.password = town.env["BLINK_PASSWORD"] = "a newer horse"
    await restarted(town)
    await watching(town)
    assert town.blink.signins == 1
    town.blink.email = town.env["BLINK_EMAIL"] = "another@example.org"
    last = await town.status()
    await restarted(town)
    await town.said(LOGGED_IN, after=last.id)
    assert town.blink.signins == 2
    await restarted(town)
    await watching(town)
    assert town.blink.signins == 2


async def test_a_person_may_have_a_refused_password_tried_again(town: Town) -> None:
    # Blink refuses in the same way while an account is locked for a while.
    town.blink.faults.add("signin", Fault(FaultKind.STATUS, 401, "{}", times=1), method="POST")
    await town.start()
    town.ann.start(await town.claim_code())
    refused = await town.said("BLINK_PASSWORD")
    await town.status()
    assert town.blink.signins == 0
    await town.press("Log in again", LOGGED_IN, message=refused)
    assert town.blink.signins == 1


async def test_a_login_that_broke_off_is_left_to_a_person(town: Town) -> None:
    # The password went out, so Blink may have sent a code: another try could send a second one.
    town.blink.faults.add("signin", Fault(FaultKind.LATE), method="POST")
    await town.start()
    town.ann.start(await town.claim_code())
    failed = await town.said(lambda message: offers("Log in again", message))
    await restarted(town)
    await town.status()
    assert town.blink.signins == 1
    town.blink.faults.clear()
    await town.press("Log in again", LOGGED_IN, message=failed)
    assert town.blink.signins == 2
