"""Identity: units in official order, people and the posts they hold, roles and rights, sessions and passwords.

A person acts in one post at a time; the post says for which unit, how far one sees and which work is offered.
"""
