"""What a response cost, said in a ``Server-Timing`` header when ``ZHENGGAI_TIMING=1``."""

import os
import time
from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask

from engine.persistence.counting import counting

StartResponse = Callable[..., Any]


def init_app(app: Flask) -> None:
    """Measure requests where the environment asks for it."""
    if os.environ.get("ZHENGGAI_TIMING") == "1":
        app.wsgi_app = Timed(app.wsgi_app)  # type: ignore[method-assign]


class Timed:
    """Counts the thread's CPU time and its SQL around one request."""

    def __init__(self, inner: Callable[..., Iterable[bytes]]) -> None:
        self._inner = inner

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        """Answer as the application does, with one header more."""
        began = time.thread_time()
        with counting() as count:

            def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
                cpu = (time.thread_time() - began) * 1000
                sql = f'sql;dur={count.seconds * 1000:.2f};desc="{count.statements} statements"'
                value = f'cpu;dur={cpu:.2f}, {sql}, commits;desc="{count.commits}"'
                return start_response(status, [*headers, ("Server-Timing", value)], *rest)

            return self._inner(environ, start)
