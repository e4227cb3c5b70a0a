"""A clerk writes something down for a caller: number and code are shown once, to be printed or said."""

import re


def test_the_receipt_is_shown_once_and_the_matter_never_shows_its_code(ann):
    ann.get("/start/report")
    ann.post("/start/report", damage="lamp", place="铁东路 1 号", phone="13804120001")
    [code] = re.findall(r"data-code>([^<]+)<", ann.text)
    [matter] = re.findall(r'href="(/matters/[^"/]+)"[^>]*>\s*查看办理事项', ann.text)

    assert (len(code), "BX-20220718-0001" in ann.words, "查询码只显示这一次" in ann.words) == (8, True, True)
    ann.get("/start/report/receipt")
    assert (ann.answer.request.path, code in ann.text) == ("/start/", False)
    assert (ann.get(matter), code in ann.text) == (200, False)
    assert (ann.get("/ledgers/reports"), code in ann.text) == (200, False)
