"""Every text has its Chinese sentence."""

import re

import pytest

from webui import catalogues


@pytest.mark.parametrize("folder", catalogues.folders(), ids=lambda folder: folder.name)
def test_every_text_is_said_in_chinese(folder):
    assert catalogues.missing(folder) == []


@pytest.mark.parametrize("folder", catalogues.folders(), ids=lambda folder: folder.name)
def test_a_chinese_sentence_names_the_same_facts(folder):
    marks = re.compile(r"%\(\w+\)s|\{\w+[^{}]*\}?")
    differing = [
        message.id
        for message in catalogues.catalogue(folder)
        if isinstance(message.id, str)
        and message.id
        and set(marks.findall(message.id)) != set(marks.findall(str(message.string)))
    ]

    assert differing == []
