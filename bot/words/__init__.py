"""Every text that people see or hear: pure functions from what is known to a page."""
