import base64
from concurrent.futures import ThreadPoolExecutor

import pytest

from engine import attachments, intake, process_instances
from engine.identity.rights import Forbidden
from engine.intake import Faults
from engine.intake.channels import CallbackMalformed, ChannelExists
from engine.intake.receiving import NotTheSame
from engine.packs.public import NotPublic

PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n" + b"0" * 20).decode()


def rows(town):
    with town.work() as work:
        return work.ledger_rows.page("reports", None, (), ())[0]


def test_what_a_channel_files_bears_its_name_and_its_number(town, receive):
    received = receive()

    [row] = rows(town)
    assert (row.business_key, row.values["channel"], row.values["external_no"]) == (received.number, "热线", "W-1")
    with town.work() as work:
        assert process_instances.get(work, row.instance_id).started_by == "@热线"


def test_the_same_number_again_gives_the_same_answer_and_begins_nothing(town, receive):
    first, second = receive(), receive()

    assert (first.number, first.code, first.again) == (second.number, second.code, False)
    assert (second.again, len(rows(town))) == (True, 1)


def test_the_same_number_sent_ten_times_at_once_begins_once(town, receive):
    with ThreadPoolExecutor(10) as lines:
        received = list(lines.map(lambda _: receive(), range(10)))

    assert len({found.number for found in received}) == 1
    assert len(rows(town)) == 1


def test_something_else_under_the_same_number_is_refused(receive):
    receive()

    with pytest.raises(NotTheSame):
        receive(place="别处")


@pytest.mark.parametrize(("changes", "fields"), [
    ({"place": None}, ["place"]),
    ({"phone": "12", "damage": "moon"}, ["damage", "phone"]), ({"external_no": " "}, ["external_no"]),
    ({"unknown": "x"}, ["unknown"]), ({"query_code": "AAAAAAAA"}, ["query_code"]),
])  # fmt: skip
def test_faults_are_named_at_their_fields_and_begin_nothing(town, receive, changes, fields):
    with pytest.raises(Faults) as refused:
        receive(**changes)

    assert sorted(refused.value.found) == fields
    assert rows(town) == []


def test_whoever_was_told_the_code_by_the_channel_opens_the_record(receive, open_):
    received = receive()

    assert open_(received.number, received.code) == received.number


def test_nobody_of_the_house_reads_the_code_in_the_matter(town, receive):
    received = receive()

    with town.work() as work:
        instance = process_instances.get(work, rows(town)[0].instance_id)
    assert received.code not in str(instance.variables) + str(rows(town)[0].values)


def test_files_come_by_their_content(town, receive):
    receive(photos=[{"name": "坑.png", "content": PNG}])

    with town.work() as work:
        assert [file.name for file in attachments.of_instance(work, rows(town)[0].instance_id)] == ["坑.png"]


@pytest.mark.parametrize("content", ["not base64", base64.b64encode(b"MZ program").decode()])
def test_files_that_are_none_are_a_fault_of_their_field(receive, content):
    with pytest.raises(Faults) as refused:
        receive(photos=[{"name": "坑.png", "content": content}])

    assert list(refused.value.found) == ["photos"]


def test_a_process_that_is_not_public_takes_nothing(town, hotline):
    with pytest.raises((NotPublic, Forbidden)), town.work() as work:
        intake.start_of(work, "town", "repair")


def test_a_key_is_kept_as_a_digest_and_works_until_it_is_renewed_or_withdrawn(town, ann, hotline):
    def known(key):
        return town.run(lambda work: intake.authenticate(work, key, "10.0.0.1"))

    assert hotline.key not in str(hotline.row)
    assert known(hotline.key).name == "热线"
    newer = town.run(lambda work: intake.renew(work, "热线"), ann)
    assert (known(hotline.key), known(newer.key).name) == (None, "热线")
    town.run(lambda work: intake.close(work, "热线"), ann)
    assert (known(newer.key), known("")) == (None, None)


def test_only_administrators_look_after_channels(town, hotline, clerk):
    for action in (
        lambda work: intake.open_channel(work, "town", "别的"),
        intake.channels,
        lambda work: intake.renew(work, "热线"),
    ):
        with pytest.raises(Forbidden):
            town.run(action, clerk)


@pytest.mark.parametrize("address", ["ftp://x", "https://", "javascript:alert(1)", "https://user@host/x"])
def test_an_address_that_is_none_is_refused(town, ann, hotline, address):
    with pytest.raises(CallbackMalformed):
        town.run(lambda work: intake.set_callback(work, "热线", address), ann)


def test_two_channels_of_one_name_are_refused(town, ann, hotline):
    with pytest.raises(ChannelExists):
        town.run(lambda work: intake.open_channel(work, "town", "热线"), ann)


def test_the_schema_is_the_start_forms(town):
    with town.work() as work:
        found = intake.schema(work, "town", "report")

    assert found["required"] == ["external_no", "damage", "place"]
    assert found["properties"]["damage"]["oneOf"][0] == {"const": "lamp", "title": "路灯不亮"}
    assert found["properties"]["photos"]["maxItems"] == 5
    assert set(found["properties"]) == {"external_no", "damage", "place", "facts", "photos", "phone"}
