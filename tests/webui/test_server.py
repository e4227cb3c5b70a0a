"""What keeps a server from starting is one sentence that says what to do."""

import socket

import pytest

from engine import bootstrap
from engine.clock import ShiftedClock, SimulatedClock
from engine.settings import Settings
from tests.conftest import MORNING
from webui import packs, server


def test_a_busy_port_is_named_with_the_way_out():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        with pytest.raises(server.PortBusy, match=f"ZHENGGAI_PORT={port + 1}"):
            server.check_port("127.0.0.1", port)


def test_a_folder_that_cannot_be_written_is_named_with_the_way_out(tmp_path):
    (tmp_path / "var").write_text("a file where the folder should be")

    with pytest.raises(server.FolderClosed, match="ZHENGGAI_DATA"):
        server.check_folder(tmp_path / "var")


def test_the_greeting_names_the_address_and_who_can_sign_in(tmp_path):
    engine = bootstrap.build(Settings(data=tmp_path), SimulatedClock(MORNING))

    words = server.greeting(engine, "127.0.0.1", 8000)
    engine.close()

    assert "http://127.0.0.1:8000/" in words
    assert "wangfang" in words
    assert "2022-07-18" in words


def test_the_demonstrations_time_goes_on_where_it_was_stopped(tmp_path):
    settings = packs.with_demo_clock(Settings(data=tmp_path))
    later = settings.clock_start.replace(day=12)
    engine = bootstrap.build(settings, ShiftedClock(later))

    packs.remember_clock(engine)
    engine.close()

    assert packs.with_demo_clock(Settings(data=tmp_path)).clock_start >= later
