"""附件3: one catalogue of figures, sums checked while typing, relations between groups checked when handed in."""

import pytest

from engine import forms, ledgers
from engine.feel import Environment
from tests.packs.final import FIGURES
from tests.packs.stage import KEY, day, decide, files, functions, of_kind, pack

UNIT = {"unit": "SCJG", "unit_name": "市市场监督管理局", "stat_year": 2022}
FILLED = FIGURES | {"period_end": "2022-11-30", "filler": "李敏", "filler_phone": "0412-5513001"}
SUMS = {
    "powers_exercised": 12, "powers_unused": 18, "penalties_simple": 0, "inspections_random": 60, "inspections_plain": 30,
    "not_penalised": 3,
}  # fmt: skip


def faults(**changed):
    """Fill the form in and give the message at each field."""
    form = forms.read(of_kind(".form")).forms["annual_stat"]
    typed = forms.submission(tuple(form.fields()), FILLED | SUMS | changed)
    bound = forms.bind(form, typed, UNIT, Environment(lambda: day("2022-12-05"), functions()))
    return {name: str(error) for name, error in bound.errors.items()}


def findings(known=None, **changed):
    """Check the figures and give the code and kind of what is found."""
    found = decide("annual_checks", {"figures": FIGURES | {"letters_rectified": 0} | changed, "known": known})
    return [(finding["code"], finding["level"]) for finding in found]


def test_form_ledger_and_catalogue_have_the_same_figures():
    fields = [field.key for field in forms.read(of_kind(".form")).forms["annual_stat"].fields() if field.kind == "number"]
    ledger = ledgers.read_ledgers(files(), forms.read(of_kind(".form")).forms, KEY).ledgers["annual_stats"]
    printed = [column.id for column in ledger.views["annex3"].columns if column.value is None]

    assert [row["code"] for row in pack().reference("annual_figures")] == fields == printed


def test_a_table_whose_sums_agree_is_taken():
    assert faults() == {}


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"penalties_warning": 1}, "penalties_total", "处罚合计应等于13类处罚之和"),
        ({"penalties_ordinary": 39}, "penalties_ordinary", "简易程序与普通程序之和"),
        ({"powers_licence": 11}, "powers_total", "权力事项总数应等于各类事项之和"),
        ({"powers_unused": 17}, "powers_unused", "“零实施”"),
        ({"penalties_reviewed": 3, "penalties_corrected": 4}, "penalties_corrected", "不能多于法制审核数"),
        ({"officers_certified": 41}, "officers_certified", "持证数不能多于执法人员数"),
        ({"inspections_random": 91}, "inspections_total", "双随机"),
        ({"inspections_business": 91}, "inspections_business", "不能多于检查总次数"),
        ({"reviews_total": 2, "reviews_revoked": 1}, "reviews_corrected", "撤销、变更、确认违法、责令履行之和"),
        ({"period_end": "2022-12-31"}, "period_end", "不晚于今天"),
    ],
)
def test_a_sum_that_does_not_agree_is_refused_at_its_field(changed, field, words):
    assert words in faults(**changed)[field]


def test_a_unit_without_any_case_says_why():
    none = dict.fromkeys(
        [
            "penalties_total",
            "penalties_fine",
            "penalties_ordinary",
            "inspections_total",
            "inspections_random",
            "inspections_plain",
        ],
        0,
    )

    assert set(faults(**none)) == {"zero_note"}


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({}, []),
        ({"first_violations": 5}, [("J01", "错误")]),
        ({"penalties_disclosed": 41}, [("J02", "错误")]),
        ({"officers": 70, "officers_certified": 70}, [("J03", "错误")]),
        ({"powers_penalty": 0}, [("J05", "错误")]),
        ({"penalties_amount": 0}, [("J07", "错误")]),
        ({"licences_applied": 4, "licences_accepted": 4, "licences_granted": 5}, [("T01", "说明")]),
        ({"penalties_total_last": 26}, [("T03", "说明")]),
        ({"penalties_total_last": 27}, []),
        ({"penalties_amount_last": 30}, [("T04", "说明")]),
        ({"officers_certified": 38}, [("T05", "说明")]),
        ({"legal_reviewers": 1}, [("T06", "说明")]),
        ({"penalties_disclosed": 39}, [("T07", "说明")]),
        ({"letters_received": 1}, [("T09", "说明")]),
    ],
)
def test_relations_between_groups_are_errors_or_need_a_word(changed, found):
    assert findings(**changed) == found


def test_a_figure_that_differs_from_the_system_needs_a_word():
    known = {"letters_received": 1, "files_reviewed": 6}

    assert findings(known=known) == [("X01", "说明"), ("X02", "说明")]
