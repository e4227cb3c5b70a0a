"""The calendar that everybody may read."""


def test_a_year_shows_its_holidays_and_the_weekend_days_worked_for_them(desk):
    ann = desk("ann", "部门负责人")

    ann.get("/holidays/?year=2022")

    assert "2022 年节假日与调休" in ann.words
    assert "国庆节 10月1日 – 10月7日 7 10月8日（周六） 10月9日（周日）" in ann.words
    assert 'title="2022年10月8日 国庆节 调休上班"' in ann.text


def test_a_year_nobody_knows_yet_says_so(desk, clock):
    clock.move_to(clock.now().replace(year=2026, month=12, day=1))
    ann = desk("ann", "部门负责人")

    ann.get("/holidays/?year=2027")

    assert "2027 年的节假日安排尚未录入" in ann.words
    assert "目前只按周末休息计算" in ann.words
