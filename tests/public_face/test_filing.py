import io
import re
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from engine import attachments, process_instances, public_face
from engine.file_kinds import UnknownKind
from engine.identity.rights import Forbidden
from engine.packs.public import NotPublic
from engine.public_face import Draft, TooOften
from engine.public_face.filing import TooManyFiles
from tests.public_face.town import FILES

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20


def add(work, kept, field="photos", content=PNG):
    start, _, form = public_face.start_form(work, "town", "report")
    return public_face.attach(work, start, form, kept, field, io.BytesIO(content), "坑.png")


def test_whoever_files_goes_home_with_a_number_and_a_code_that_nobody_misreads(file):
    receipt = file().receipt

    assert receipt.number == "BX-20220718-0001"
    assert re.fullmatch("[2-9A-HJ-NP-Z]{8}", receipt.code)


def test_what_was_filed_belongs_to_nobody_of_the_house(town, file):
    receipt = file().receipt

    with town.work() as work:
        instance = process_instances.get(work, receipt.instance_id)
    assert (instance.started_by, instance.started_by_name) == ("@public", "市民（网上报修）")
    assert (instance.variables["channel"], instance.variables["received_at"][:10]) == ("网站", "2022-07-18")


def test_a_form_with_faults_begins_nothing_and_says_what_is_wrong(town, file):
    filed = file(place=[], phone=["123"])

    assert filed.receipt is None
    assert sorted(filed.bound.errors) == ["phone", "place"]


def test_fields_that_the_public_form_does_not_have_begin_nothing(file):
    assert "query_code" in file(query_code=["AAAAAAAA"]).bound.errors


def test_only_what_the_process_itself_gives_to_the_public_can_be_begun(tmp_path, file):
    from tests.public_face.conftest import TYPED, open_town

    closed = FILES | {"report.bpmn": FILES["report.bpmn"].replace(b"public,clerk", b"clerk")}
    engine = open_town(tmp_path / "closed", closed)
    with pytest.raises(NotPublic), engine.work() as work:
        public_face.file(work, "town", "report", Draft(dict(TYPED)), "10.0.0.1")
    engine.close()


def test_somebody_of_the_house_without_the_post_does_not_come_in_by_the_public_door(town, eve):
    with pytest.raises((Forbidden, NotPublic)), town.work(eve) as work:
        process_instances.start(work, "report", {})


def test_the_sixth_report_of_a_day_from_one_telephone_is_refused(file):
    for _ in range(5):
        assert file().receipt

    with pytest.raises(TooOften):
        file()
    assert file(phone=["13804120002"]).receipt


def test_the_limit_of_a_telephone_is_not_lifted_by_writing_it_in_another_way(file):
    for number in ("13804120001", "138 0412 0001", "１３８０４１２０００１", "13804120001", "13804120001"):
        file(phone=[number])

    with pytest.raises(TooOften):
        file()


def test_files_are_taken_by_what_is_in_them_and_belong_to_the_matter_afterwards(town, citizen):
    kept = Draft({"damage": ["road"], "place": ["铁西"]})

    def add_and_file(work):
        record = add(work, kept)
        return record, public_face.file(work, "town", "report", kept, "10.0.0.1").receipt

    record, receipt = town.run(add_and_file, citizen)
    with town.work() as work:
        assert [found.id for found in attachments.of_instance(work, receipt.instance_id)] == [record.id]


@pytest.mark.parametrize(("field", "content", "refusal"), [
    ("photos", b"MZ this is a program", UnknownKind), ("photos", b"%PDF-1.7 not a photo", attachments.KindNotTaken),
    ("place", PNG, NotPublic), ("photos", PNG + b"0" * (20 * 1024 * 1024), attachments.TooLarge),
])  # fmt: skip
def test_other_files_are_refused(town, citizen, field, content, refusal):
    with town.work(citizen) as work, pytest.raises(refusal):
        add(work, Draft(), field, content)


def test_a_sixth_file_is_refused(town, citizen):
    kept = Draft(files={str(number): {} for number in range(5)})

    with town.work(citizen) as work, pytest.raises(TooManyFiles):
        add(work, kept)


def test_files_of_somebody_else_cannot_be_named(town, citizen):
    with town.work(citizen) as work:
        other = add(work, Draft())

    with town.work(citizen) as work:
        raw = {"damage": ["road"], "place": ["铁西"], "photos": [str(other.id)]}
        assert "photos" in public_face.file(work, "town", "report", Draft(raw), "10.0.0.1").bound.errors


def test_a_hundred_who_file_at_once_all_get_a_number_of_their_own_without_a_gap(town, citizen):
    ready = threading.Barrier(20)

    def one(number):
        if number < 20:
            ready.wait()
        raw = {"damage": ["lamp"], "place": [f"{number} 号"], "phone": [f"1380412{number:04}"]}
        return town.run(lambda work: public_face.file(work, "town", "report", Draft(raw), f"10.0.0.{number}"), citizen).receipt

    with ThreadPoolExecutor(20) as people:
        receipts = list(people.map(one, range(100)))

    assert sorted(receipt.number for receipt in receipts) == [f"BX-20220718-{number:04}" for number in range(1, 101)]
    assert len({receipt.code for receipt in receipts}) == 100


def test_nobody_behind_the_public_face_sees_what_the_house_sees(town, citizen, file):
    receipt = file().receipt

    with town.work(replace(citizen, login="@another")) as work:
        assert process_instances.search(work, process_instances.InstanceFilters()).rows == []
        with pytest.raises(process_instances.InstanceNotFound):
            process_instances.visible(work, receipt.instance_id)
