"""What a program is told so that it talks to the stand-ins instead of the clouds."""

from __future__ import annotations

from simulator.blink import BlinkStandIn
from simulator.telegram import TelegramStandIn
from simulator.twilio import TwilioStandIn


def variables(
    blink: BlinkStandIn, telegram: TelegramStandIn, twilio: TwilioStandIn, to_number: str
) -> dict[str, str]:
    """Return the accounts of the three clouds and where they are; all must have started."""
    return {
        "TELEGRAM_BOT_TOKEN": telegram.token,
        "BLINK_EMAIL": blink.email,
        "BLINK_PASSWORD": blink.password,
        "TWILIO_ACCOUNT_SID": twilio.account_sid,
        "TWILIO_AUTH_TOKEN": twilio.auth_token,
        "TWILIO_FROM_NUMBER": next(iter(twilio.owned)),
        "TWILIO_TO_NUMBER": to_number,
        "TELEGRAM_API_URL": telegram.url,
        "BLINK_API_URL": blink.url,
        "TWILIO_API_URL": twilio.url,
    }
