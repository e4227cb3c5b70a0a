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


def test_an_english_text_has_one_chinese_sentence_in_all_faces():
    said = {}
    for folder in catalogues.folders():
        for message in catalogues.catalogue(folder):
            said.setdefault(str(message.id), set()).add(str(message.string))

    assert {text: sentences for text, sentences in said.items() if text and len(sentences) > 1} == {}
