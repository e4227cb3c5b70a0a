"""Live instances: kept within a budget, and only under the very state they are in."""

from engine.kernel import live
from engine.kernel.instance import Instance
from engine.kernel.net import Net
from tests.kernel.models import process

NET = Net(process("start > end"))


def test_an_instance_is_taken_out_once_and_only_under_its_own_state():
    kept, instance = live.Kept(), Instance(NET)
    kept.keep("d", b"now", instance)

    assert kept.take("d", b"before") is None
    assert kept.take("other", b"now") is None
    assert kept.take("d", b"now") is instance
    assert kept.take("d", b"now") is None


def test_the_oldest_go_when_there_are_too_many():
    kept = live.Kept()
    for number in range(live.MOST_INSTANCES + 1):
        kept.keep("d", str(number).encode(), Instance(NET))

    assert kept.take("d", b"0") is None
    assert kept.take("d", b"1") is not None


def test_the_oldest_go_when_they_are_too_large():
    kept = live.Kept()
    half = live.MOST_BYTES // 2
    for letter in (b"a", b"b", b"c"):
        kept.keep("d", letter * half, Instance(NET))

    assert kept.take("d", b"a" * half) is None
    assert kept.take("d", b"b" * half) is not None
    assert kept.take("d", b"c" * half) is not None


def test_an_instance_that_has_ended_is_not_kept():
    kept, instance = live.Kept(), Instance(NET)
    instance.has_ended = True

    kept.keep("d", b"over", instance)

    assert kept.take("d", b"over") is None
