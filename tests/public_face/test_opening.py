import pytest


@pytest.fixture
def receipt(file):
    return file().receipt


def test_number_code_and_the_end_of_the_telephone_number_open_a_record(open_, receipt):
    assert open_(receipt.number, receipt.code) == receipt.number


def test_they_may_be_typed_as_people_type(open_, receipt):
    assert open_(f" {receipt.number.lower()} ", f"{receipt.code[:4]} {receipt.code[4:].lower()}", "０００１") == receipt.number


@pytest.mark.parametrize(
    "wrong", [{"number": "BX-20220718-0002"}, {"code": "AAAAAAAA"}, {"tail": "0002"}, {"tail": ""}, {"code": ""}, {"number": ""}]
)
def test_one_of_them_wrong_opens_nothing_and_does_not_say_which(open_, receipt, wrong):
    given = {"number": receipt.number, "code": receipt.code, "tail": "0001"} | wrong

    assert open_(**given) == "NotOpened"


def test_without_a_telephone_number_the_code_is_enough(open_, file):
    receipt = file(phone=[]).receipt

    assert open_(receipt.number, receipt.code, "") == receipt.number


def test_five_wrong_attempts_close_a_number_even_for_the_right_code(open_, receipt):
    for place in range(5):
        open_(receipt.number, "AAAAAAAA", address=f"10.0.1.{place}")

    assert open_(receipt.number, receipt.code) == "TooOften"


def test_a_number_that_does_not_exist_closes_just_the_same(open_):
    attempts = [open_("BX-20220718-0009", "AAAAAAAA", address=f"10.0.1.{place}") for place in range(6)]

    assert attempts == ["NotOpened"] * 5 + ["TooOften"]


def test_who_tries_one_number_after_the_other_is_stopped_after_twenty(open_):
    attempts = [open_(f"BX-20220718-{number:04}", "AAAAAAAA") for number in range(25)]

    assert attempts == ["NotOpened"] * 20 + ["TooOften"] * 5


def test_the_right_code_forgives_earlier_mistakes(open_, receipt):
    for _ in range(3):
        open_(receipt.number, "AAAAAAAA")
        open_(receipt.number, receipt.code)

    assert open_(receipt.number, receipt.code) == receipt.number
