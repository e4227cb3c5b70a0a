"""Cases that nobody in this project wrote, run as a check; see ``python -m tests.conformance``."""
