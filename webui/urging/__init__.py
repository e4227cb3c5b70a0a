"""Pressing for what waits: the list of it, and the words that go to whoever has it."""
