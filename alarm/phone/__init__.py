"""Ring phones through Twilio: numbers, what is said, the call, what can go wrong."""
