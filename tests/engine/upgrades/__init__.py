"""Databases as each version wrote them, with work under way: every migration must carry all of them on.

A new migration needs the database it leads to beside the others: `python -m tests.engine.upgrades` writes it.
"""
