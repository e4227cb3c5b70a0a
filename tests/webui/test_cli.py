"""The command line, on a data folder of its own."""

import json
import shutil
import sqlite3
from pathlib import Path

import pytest
from typer.testing import CliRunner

from engine.persistence.migrations import DatabaseUnreachable
from engine.settings import SettingWrong
from webui.cli import app
from webui.entry import main


@pytest.fixture
def zhenggai(tmp_path, monkeypatch):
    monkeypatch.setenv("ZHENGGAI_DATA", str(tmp_path))

    def zhenggai(*words: str):
        return CliRunner().invoke(app, words)

    return zhenggai


def test_a_pack_is_deployed_and_its_history_is_sound(zhenggai):
    deployed = zhenggai("deploy", "demo-leave")

    assert (deployed.exit_code, zhenggai("doctor").exit_code) == (0, 0)


def test_deploying_speaks_the_terminal_s_language(zhenggai, monkeypatch):
    done = {}
    for language in ("en_US.UTF-8", "zh_CN.UTF-8"):
        monkeypatch.setenv("LC_ALL", language)
        done[language] = zhenggai("deploy", "demo-leave").stdout

    assert done == {"en_US.UTF-8": "demo-leave: version 1 is deployed.\n", "zh_CN.UTF-8": "demo-leave：第 1 版已部署。\n"}


def test_a_fault_in_a_pack_is_said_in_the_terminal_s_language(zhenggai, monkeypatch, tmp_path):
    for folder in ("processes", "forms"):
        shutil.copytree(Path(folder) / "demo-leave", tmp_path / folder / "demo-leave")
    diagram = tmp_path / "processes" / "demo-leave" / "leave.bpmn"
    diagram.write_text(diagram.read_text().replace('">=decision = ', '">=decision = = ', 1))
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")

    result = zhenggai("deploy", str(diagram.parent))

    assert (result.exit_code, "leave.bpmn:61" in result.stderr, "不是 =" in result.stderr) == (1, True, True)


def test_a_pack_with_errors_is_not_deployed_and_all_of_them_are_listed(zhenggai, tmp_path):
    pack = tmp_path / "processes" / "broken"
    pack.mkdir(parents=True)
    (pack / "pack.toml").write_text('[pack]\nkey = "broken"\nname = ""\nversion = 1\n')

    result = zhenggai("deploy", str(pack))

    assert result.exit_code == 1
    assert "pack.name" in result.stderr
    assert "pack.version" in result.stderr


def test_a_password_is_reset_and_an_account_locked_and_unlocked(zhenggai):
    zhenggai("deploy", "demo-leave")

    password = zhenggai("users", "reset-password", "ann").stdout.strip()
    zhenggai("users", "lock", "ann")
    locked = zhenggai("users", "list", "ann").stdout
    zhenggai("users", "unlock", "ann")

    assert len(password) >= 10
    assert "locked" in locked
    assert "locked" not in zhenggai("users", "list", "ann").stdout


def test_a_rehearsal_ends_with_one_object(zhenggai):
    result = zhenggai("rehearse", "demo-leave", "--json")

    found = json.loads(result.stdout.splitlines()[-1])
    assert (result.exit_code, found["incidents"], found["open_at_end"]) == (0, 0, 0)


def test_every_command_explains_itself(zhenggai):
    assert all(zhenggai(command, "--help").exit_code == 0 for command in ("serve", "deploy", "rehearse", "users", "doctor"))


@pytest.mark.parametrize(
    ("setting", "value", "words"),
    [
        ("ZHENGGAI_PORT", "abc", ["serve"]),
        ("ZHENGGAI_PORT", "70000", ["serve"]),
        ("ZHENGGAI_CLOCK", "yesterday", ["doctor"]),
        ("ZHENGGAI_DATABASE", "nonsense", ["doctor"]),
        ("--until", "yesterday", ["rehearse", "demo-leave", "--until", "yesterday"]),
    ],
)
def test_a_setting_that_does_not_read_is_named_with_the_way_it_is_written(zhenggai, monkeypatch, setting, value, words):
    monkeypatch.setenv(setting, value)

    error = zhenggai(*words).exception

    assert isinstance(error, SettingWrong) and str(error).startswith(f"{setting} cannot be “{value}”. It is written like ")


def test_a_server_that_is_not_there_is_no_file_to_be_replaced(zhenggai, monkeypatch):
    monkeypatch.setenv("ZHENGGAI_DATABASE", "postgresql://nobody@127.0.0.1:1/nothing")

    assert isinstance(zhenggai("doctor").exception, DatabaseUnreachable)


def test_the_doctor_finds_a_record_that_was_changed_by_hand(zhenggai, tmp_path):
    zhenggai("deploy", "demo-leave")
    with sqlite3.connect(tmp_path / "zhenggai.db") as database:
        database.execute("UPDATE audit SET actor = 'somebody' WHERE action = 'pack.deployed'")
    database.close()

    found = zhenggai("doctor")

    assert (found.exit_code, "the record was changed" in found.stderr) == (1, True)


@pytest.mark.parametrize(("language", "said"), [("en_US.UTF-8", "There is no pack called"), ("zh_CN.UTF-8", "没有")])
def test_what_was_declined_is_said_in_the_terminal_s_language(monkeypatch, tmp_path, capsys, language, said):
    monkeypatch.setenv("ZHENGGAI_DATA", str(tmp_path))
    monkeypatch.setenv("LC_ALL", language)
    monkeypatch.setattr("sys.argv", ["zhenggai", "deploy", "nowhere"])

    with pytest.raises(SystemExit):
        main()

    assert said in capsys.readouterr().err


def test_a_backup_is_restored_elsewhere_with_the_same_check_sum(zhenggai, monkeypatch, tmp_path):
    zhenggai("deploy", "demo-leave")
    written = zhenggai("backup", str(tmp_path / "all.zip")).stdout.splitlines()
    monkeypatch.setenv("ZHENGGAI_DATA", str(tmp_path / "elsewhere"))

    read = zhenggai("restore", str(tmp_path / "all.zip")).stdout.splitlines()

    assert (read[:2], len(written), zhenggai("doctor").exit_code) == (written[:2], 3, 0)
    assert "keys.json" in written[2]
