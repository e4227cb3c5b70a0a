"""How days are written in the cells of lists."""

import pytest

from webui.formatting import dated, written

DAYS = {
    "2022-08-10": "8月10日",
    "2023-01-05": "2023年1月5日",
    "2022-07-22 14:49": "7月22日 14:49",
    "2022-07-22、2022-08-01": "7月22日、8月1日",
    "WT-SCJG-2022-1-001": "WT-SCJG-2022-1-001",
    "2022-031": "2022-031",
    "": "",
}


@pytest.mark.parametrize(("stored", "read"), DAYS.items())
def test_a_day_in_a_list_reads_as_people_write_it(leave_app, stored, read):
    with leave_app.test_request_context("/", headers={"Accept-Language": "zh-CN"}):
        assert written(stored) == read


SENTENCES = {
    "督导四组将于2022-08-03到你单位开展第一次督导。": "督导四组将于2022年8月3日到你单位开展第一次督导。",
    "时限2022-08-05，至今未办结": "时限2022年8月5日，至今未办结",
    "YQ-2022-08-05-1": "YQ-2022-08-05-1",
    "2022-031": "2022-031",
}


@pytest.mark.parametrize(("stored", "read"), SENTENCES.items())
def test_days_inside_a_sentence_read_as_people_write_them(leave_app, stored, read):
    with leave_app.test_request_context("/", headers={"Accept-Language": "zh-CN"}):
        assert dated(stored) == read
