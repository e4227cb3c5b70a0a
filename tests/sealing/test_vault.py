"""The keys: where they lie, what they open, and how everything comes under a new one."""

import json
import stat
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import sealing, unmasking, user_tasks, vault
from engine.persistence.counting import counting
from tests.sealing.conftest import NAME, PHONE, correct, person, the_task
from webui import cli_keys


@pytest.mark.parametrize("cipher", ["aes-256-gcm", "sm4-gcm"])
def test_what_either_cipher_seals_it_opens_again(tmp_path, cipher):
    key = vault.Vault(tmp_path, cipher).current

    assert key.open(key.seal(NAME, "here"), "here") == NAME
    assert (key.algorithm, len(key.secret)) == (cipher, {"aes-256-gcm": 32, "sm4-gcm": 16}[cipher])


@given(clear=st.text(), bound=st.text(), other=st.text(), cipher=st.sampled_from(["aes-256-gcm", "sm4-gcm"]))
def test_a_value_opens_only_where_it_belongs(clear, bound, other, cipher):
    key = vault.Key("k", cipher, b"0" * vault.BYTES[cipher], b"1" * 32, "")
    box = key.seal(clear, bound)

    assert key.open(box, bound) == clear
    if other.encode() != bound.encode():
        with pytest.raises(vault.NotGenuine):
            key.open(box, other)


def test_nobody_but_the_owner_may_read_the_key_file(tmp_path):
    found = vault.Vault(tmp_path / "data")
    found.current  # noqa: B018 makes the first key

    assert stat.S_IMODE(found.file.stat().st_mode) == 0o600


def test_a_second_process_uses_the_key_the_first_one_made(tmp_path):
    assert vault.Vault(tmp_path).current.id == vault.Vault(tmp_path).current.id


def test_a_running_process_notices_a_new_key(tmp_path):
    running = vault.Vault(tmp_path)
    old = running.token(NAME, "here")

    new = vault.Vault(tmp_path).renew()

    assert (running.current.id, running.read(old, "here")) == (new.id, NAME)


def test_an_unknown_cipher_is_refused_by_name(tmp_path):
    with pytest.raises(vault.NoSuchCipher, match="aes-256-gcm, sm4-gcm"):
        vault.Vault(tmp_path, "rot13")


def test_a_lost_key_is_named(tmp_path):
    token = vault.Vault(tmp_path / "a").token(NAME, "here")

    with pytest.raises(vault.KeyLost):
        vault.Vault(tmp_path / "b").read(token, "here")


def test_equal_texts_have_equal_marks_however_they_are_written(tmp_path):
    key = vault.Vault(tmp_path).current

    assert key.mark("138 0412-1234") == key.mark("13804121234") != key.mark("13804121235")


def opened(office, actor, instance):
    with office.work(actor) as work:
        return unmasking.open_of_instance(work, instance.id, "phone", "check").clear


def test_everything_comes_under_the_new_key_and_opens_as_before(complain, office, ann, ann_opens):
    instance = complain()
    task_id = the_task(office, ann).id
    office.run(lambda work: user_tasks.save_draft(work, task_id, {"_raw": person()}), ann)
    with office.work() as work:
        old = sealing.vault(work).current.id

    steps = list(sealing.rotate(office))

    with office.work(ann) as work:
        new = sealing.vault(work).current.id
        assert set(work.sealed.tally()) == {new} != {old}
        assert user_tasks.draft(work, task_id) == {"_raw": person()}
    assert (steps[-1], opened(office, ann_opens, instance)) == (6, PHONE)


def test_a_rotation_that_was_interrupted_goes_on_with_the_same_key(complain, office, ann_opens, monkeypatch):
    monkeypatch.setattr("engine.sealing.rotating.BATCH", 2)
    instance = complain()

    list(islice(sealing.rotate(office), 1))
    with office.work() as work:
        begun, half = sealing.vault(work).current.id, work.sealed.tally()
    assert len(half) == 2 and opened(office, ann_opens, instance) == PHONE
    list(sealing.rotate(office))

    with office.work() as work:
        assert work.sealed.tally() == {begun: 5}
    assert opened(office, ann_opens, instance) == PHONE


def test_a_box_moved_to_another_field_does_not_open(complain, office, ann_opens):
    instance = complain()
    name, phone = [row for row in sealed(office, instance) if row.field in ("name", "phone")]
    with office.work() as work:
        moved = {"b_id": name.id, "b_key": name.key_id, "key_id": name.key_id, "box": phone.box, "mark": None}
        work.sealed.seal_again([moved])

    with office.work(ann_opens) as work, pytest.raises(vault.NotGenuine):
        unmasking.open_of_instance(work, instance.id, name.field, "check")


def sealed(office, instance):
    with office.work() as work:
        return sorted(work.sealed.of([instance.id], None), key=lambda row: row.field)


def test_the_key_file_is_no_part_of_the_database(complain, office, tmp_path):
    complain()
    secret = json.loads((tmp_path / "keys.json").read_text())["keys"][0]["secret"]

    written = b"".join(path.read_bytes() for path in tmp_path.glob("zhenggai.db*"))
    assert secret.encode() not in written


@pytest.mark.parametrize(("phone", "statements"), [("138****1234", 0), ("13700001111", 1)])
def test_what_was_typed_costs_one_statement_and_what_was_not_none(complain, office, ann, phone, statements):
    complain()

    with counting() as count:
        correct(office, ann, {"name": ["欧**"], "phone": [phone], "address": ["辽河市城东区****"]})

    assert len([text for text in count.texts if "sealed_value" in text]) == statements


def test_a_server_without_the_keys_of_its_data_does_not_start(complain, office, tmp_path):
    complain()
    (tmp_path / "keys.json").unlink()

    with pytest.raises(vault.KeyLost, match="Put the key file of this database back"):
        office.run(sealing.check_keys)
    assert not (tmp_path / "keys.json").exists()


def test_the_command_line_changes_the_key(complain, office, capsys):
    complain()
    commands = cli_keys.commands(lambda: office)

    commands(["rotate"], standalone_mode=False)
    commands(["list"], standalone_mode=False)

    said, *lines = capsys.readouterr().out.rsplit("\r", 1)[1].splitlines()
    assert said.startswith("5 values are sealed with the new key")
    assert [line.split()[3:] for line in lines] == [["0"], ["5", "current"]]
