from datetime import date

import pytest

from engine.forms.errors import FormError
from engine.forms.validators import VALIDATORS

TODAY = date(2022, 8, 10)

GOOD = [
    ("id_card", "210302198001010011", "210302198001010011"),
    ("id_card", "210381199003070026", "210381199003070026"),
    ("id_card", " 21030319751231123x ", "21030319751231123X"),
    ("credit_code", "91350100M000100Y43", "91350100M000100Y43"),
    ("credit_code", "91210300ma0teka009", "91210300MA0TEKA009"),
    ("credit_code", "11210300001234567L", "11210300001234567L"),
    ("mobile", "13804120001", "13804120001"),
    ("mobile", "138 0412 0001", "13804120001"),
    ("phone", "0412-5555555", "0412-5555555"),
    ("phone", "0412—5555555", "0412-5555555"),
    ("phone", "12345", "12345"),
    ("postcode", "114000", "114000"),
    ("doc_number", "鞍执法监督函〔2022〕1号", "鞍执法监督函〔2022〕1号"),
    ("person_name", "阿卜杜·热合曼", "阿卜杜·热合曼"),
    ("person_name", "阿卜杜•热合曼", "阿卜杜·热合曼"),
    ("amount", "1,234.50", "1234.50"),
    ("free_text", "2021年以来2件线索超过90日未作处理。", "2021年以来2件线索超过90日未作处理。"),
]
BAD = [
    ("id_card", "210302198001010012"),
    ("id_card", "990302198001010011"),
    ("id_card", "210302209901010011"),
    ("id_card", "210302198002300011"),
    ("credit_code", "91350100M000100Y4Z"),
    ("credit_code", "91350100M000100Y44"),
    ("mobile", "12804120001"),
    ("mobile", "1380412000"),
    ("phone", "412-5555555"),
    ("postcode", "11400"),
    ("doc_number", "鞍执法监督函[2022]01号"),
    ("doc_number", "鞍执法监督函〔2022〕01号"),
    ("person_name", "张"),
    ("person_name", "Zhang San"),
    ("amount", "-1"),
    ("amount", "1.234"),
    ("amount", "Infinity"),
    ("free_text", "无"),
    ("free_text", "同上"),
    ("free_text", "。。。。。。。。。。。。"),
    ("free_text", "太短了"),
]


@pytest.mark.parametrize(("name", "typed", "stored"), GOOD)
def test_what_people_mean_is_accepted_and_stored_in_one_way(name, typed, stored):
    assert VALIDATORS[name](typed, TODAY) == stored


@pytest.mark.parametrize(("name", "typed"), BAD)
def test_what_cannot_be_right_is_refused(name, typed):
    with pytest.raises(FormError):
        VALIDATORS[name](typed, TODAY)


def test_a_full_width_number_is_understood():
    assert VALIDATORS["mobile"]("13804120001", TODAY) == "13804120001"
