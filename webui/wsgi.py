"""The door for other servers: ``gunicorn "webui.wsgi:application()"`` in front of a PostgreSQL database, in any number."""

import os

from flask import Flask

from engine.settings import Settings
from webui import create_app, packs, server


def application() -> Flask:
    """Give the application on the deployment that the environment names, its database brought up to date."""
    chosen = packs.with_demo_clock(Settings.from_environment(os.environ))
    server.check_folder(chosen.data)
    return create_app(server.ready(chosen))
