"""An office writes a matter down for somebody: the receipt is theirs, and nobody of the house reads its code again."""

import pytest

from engine import ledgers, process_instances, public_face


@pytest.fixture
def take_down(town, clerk):
    def take_down(phone="13804120001"):
        values, raw = {"damage": "lamp", "place": "铁东路 1 号", "phone": phone}, {"phone": [phone]}
        return town.run(lambda work: public_face.take_down(work, "report", values, raw), clerk)

    return take_down


def test_the_code_is_in_the_receipt_and_nowhere_else(town, clerk, take_down):
    instance, slip = take_down()

    with town.work(clerk) as work:
        kept = [process_instances.get(work, instance.id).variables, ledgers.get(work, "reports", slip.number).values]
    on_disk = b"".join(path.read_bytes() for path in town.settings.data.glob("zhenggai.db*"))
    assert len(slip.code) == 8
    assert (slip.code in repr(kept), slip.code.encode() in on_disk) == (False, False)


def test_whoever_it_was_written_down_for_opens_it_with_the_end_of_their_number(take_down, open_):
    _, slip = take_down()

    assert open_(slip.number, slip.code) == slip.number
    assert open_(slip.number, slip.code, tail="9999") == "NotOpened"


def test_two_matters_have_two_codes(take_down):
    assert take_down()[1].code != take_down()[1].code
