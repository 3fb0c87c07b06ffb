"""Loopback stand-ins of Telegram, Blink and Twilio: the demo's clouds and the tests' bench."""
