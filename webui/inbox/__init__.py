"""The inbox: what waits for a person, what they have done, and what they can begin."""
