import pytest

from engine.punctuation import full_width


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("填报单位(盖章):", "填报单位（盖章）："),
        ("要求,现将3个,其中:", "要求，现将3个，其中："),
        ("电话:0412-1234567", "电话：0412-1234567"),
        ("1,234.5", "1,234.5"),
        ("09:30", "09:30"),
        ("附件:1.清单", "附件：1.清单"),
        ("(a, b)", "(a, b)"),
        ("市场监督管理局(A1)", "市场监督管理局（A1）"),
        ("A, B; C", "A, B; C"),
    ],
)
def test_signs_beside_chinese_words_are_full_width(typed, printed):
    assert full_width(typed) == printed
