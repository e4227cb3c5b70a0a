import pytest

from engine import public_face
from engine.packs import PackRefused, parse
from engine.packs.public import NotPublic
from engine.public_face import TooOften
from tests.public_face.town import FILES


def test_a_reference_table_is_published_column_by_column(town, citizen):
    with town.work(citizen) as work:
        _, page = public_face.entries(work, "town", "phones")

    assert [(entry.title, entry.facts) for entry in page.rows] == [("建设科", [("电话", "0412-5550001")])]


def test_of_a_ledger_only_rows_that_fit_are_published(town, citizen, file):
    file()
    with town.work(citizen) as work:
        work.ledger_rows.project("reports", file().receipt.number, {}, "已修好", None, work.now, "x")
    with town.work(citizen) as work:
        _, page = public_face.entries(work, "town", "done")

    assert [(entry.title, entry.facts) for entry in page.rows] == [("lamp", [("所在地点", "铁东路 1 号")])]


def test_a_look_up_gives_one_row_by_its_exact_key_and_only_so_often(town, citizen, file):
    number = file().receipt.number

    def ask(key):
        return town.run(lambda work: public_face.look_up(work, "town", "number", key, "10.0.0.1")[1], citizen)

    assert (ask(number).facts, ask("BX-20220718")) == ([("坏了什么", "lamp")], None)
    ask(number)
    with pytest.raises(TooOften):
        ask(number)


@pytest.mark.parametrize(("pack", "code"), [("town", "nothing"), ("demo-leave", "phones")])
def test_what_no_pack_declares_is_not_there(town, citizen, pack, code):
    with pytest.raises(NotPublic), town.work(citizen) as work:
        public_face.entries(work, pack, code)


@pytest.mark.parametrize(("before", "after", "place"), [
    ('record = "report"', 'record = "other"', "portal.starts[report].record"),
    ('clocks = ["REPAIR"]', 'clocks = ["OTHER"]', "portal.records[report].clocks"),
    ('table = "phones"\ncolumns', 'table = "none"\ncolumns', "portal.lists[phones].table"),
    ('ledger = "reports"\nnumber', 'ledger = "none"\nnumber', "portal.records[report].ledger"),
    ('scope = "forms/messages/scope.txt"', 'scope = "forms/messages/none.txt"', "portal.starts[report].scope"),
    ('starter = "市民（网上报修）"', 'startr = "x"', "portal.starter"),
])  # fmt: skip
def test_a_pack_whose_public_pages_name_what_it_does_not_have_is_refused(before, after, place):
    toml = FILES["pack.toml"].decode().replace(before, after, 1)

    with pytest.raises(PackRefused) as refused:
        parse(FILES | {"pack.toml": toml.encode()})
    assert place in [problem.place for problem in refused.value.problems]
