"""The punctuation of pages."""

import pytest

from webui.punctuation import widened


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("<p>市局(法规科),请抓紧办理;谢谢!</p>", "<p>市局（法规科），请抓紧办理；谢谢！</p>"),
        ('<input value="市局(法规科)">', '<input value="市局(法规科)">'),
        ("<textarea>一,二</textarea><b>一,二</b>", "<textarea>一,二</textarea><b>一，二</b>"),
        ("<script>say('一,二')</script>", "<script>say('一,二')</script>"),
        ("<p>&quot;清单&quot;一,二</p>", "<p>&quot;清单&quot;一，二</p>"),
        ("<td>7-25 09:30</td><td>1,234.5</td>", "<td>7-25 09:30</td><td>1,234.5</td>"),
    ],
)
def test_what_is_read_is_widened_and_what_is_data_is_left(written, shown):
    assert widened(written) == shown
