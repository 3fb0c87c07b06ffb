"""Decide what is a break-in and what to do about it; no cloud, no clock, no file."""
