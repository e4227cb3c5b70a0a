import pytest

from engine.documents.measuring import lines, row_height


@pytest.mark.parametrize(
    ("text", "room", "expected"),
    [
        ("2022-07-31", 12, 1),
        ("序号", 6, 1),
        ("县区或主管部门意见", 18, 2),
        ("县区或主管部门意见", 21, 1),
        ("一\n二", 20, 2),
        ("意见", 2, 2),
    ],
)
def test_no_half_of_a_chinese_character_stands_in_a_line(text, room, expected):
    assert lines(text, room) == expected


def test_a_heading_that_needs_two_lines_gets_the_height_of_two():
    assert row_height([("县区或主管部门意见", 17)], 15) == 38
