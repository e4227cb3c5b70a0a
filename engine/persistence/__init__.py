"""Where rows live: tables, the questions asked of them, and the unit of work that saves a step or nothing.

The only package that imports SQLAlchemy. SQLite (one process) and PostgreSQL run the same statements.
"""
