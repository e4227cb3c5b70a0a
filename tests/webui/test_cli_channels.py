"""The command line for the systems that file: a channel's whole life, with keys that are printed once."""

import pytest
from typer.testing import CliRunner

from engine import bootstrap, intake
from engine.settings import Settings
from tests.intake.conftest import SENT
from tests.public_face.conftest import open_town
from webui.cli_channels import commands


@pytest.fixture
def channels(tmp_path):
    """Run a command on the town's data folder and give its lines."""
    town = open_town(tmp_path)
    town.close()

    def channels(*words):
        done = CliRunner().invoke(commands(lambda: bootstrap.build(Settings(data=tmp_path), town.clock)), words)
        assert done.exit_code == 0, done.output
        return done.output.splitlines()

    return channels


def files(tmp_path, key, clock=None):
    """Say whether somebody with this key may file."""
    engine = bootstrap.build(Settings(data=tmp_path))
    channel = engine.run(lambda work: intake.authenticate(work, key, "10.0.0.1"))
    received = channel and engine.run(lambda work: intake.receive(work, channel, "report", SENT))
    engine.close()
    return received is not None


def test_a_channel_is_opened_files_gets_another_key_and_is_closed(channels, tmp_path):
    key, secret = channels("open", "热线", "--pack", "town", "--callback", "https://hot.example/answers")
    assert (key.startswith("zgk_"), secret != key, files(tmp_path, key)) == (True, True, True)
    [line] = channels("list")
    assert (line.split()[0], key[-4:] in line, key in line, line.endswith("https://hot.example/answers")) == (
        "热线",
        True,
        False,
        True,
    )

    [other] = channels("renew", "热线")
    assert (files(tmp_path, key), files(tmp_path, other)) == (False, True)
    assert (channels("callback", "热线"), channels("close", "热线")) == ([], [])
    [line] = channels("list")
    assert ("closed" in line, "https://" in line, files(tmp_path, other)) == (True, False, False)
