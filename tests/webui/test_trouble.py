"""What people read when the data cannot be written: a sentence in their language, and afterwards the same button works."""

from sqlalchemy import event

from tests.webui.conftest import REQUEST


def read_only(connection, _record):
    connection.execute("PRAGMA query_only = ON").close()


def test_data_closed_to_writing_are_named_in_chinese_and_work_goes_on(leave_app, desk):
    browser, database = desk("wangfang"), leave_app.extensions["engine"].database
    browser.get("/start/leave")
    event.listen(database, "connect", read_only)
    database.dispose()

    refused = browser.post("/start/leave", **REQUEST)

    said = browser.text
    event.remove(database, "connect", read_only)
    database.dispose()
    assert (refused, "数据暂时不能写入，没有保存任何内容" in said) == (503, True)
    assert browser.post("/start/leave", **REQUEST) == 200
    assert "王芳请年休假2天" in browser.text
