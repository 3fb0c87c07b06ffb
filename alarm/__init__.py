"""The alarm itself: pure decisions in `core`, the clouds at its edge (`blink`, `phone`)."""
