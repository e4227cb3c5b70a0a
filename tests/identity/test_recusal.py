"""Recusal: the engine keeps people out, whoever remembers it or not."""

from dataclasses import replace

import pytest

from engine.identity import recusal


@pytest.mark.parametrize(
    ("value", "logins"),
    [(["ann", " bob "], {"ann", "bob"}), ("ann,bob", {"ann", "bob"}), (None, set()), ([None, ""], set()), (3, set())],
)
def test_the_excluded_are_read_from_what_the_process_says(value, logins):
    assert recusal.excluded_by(value) == logins


def test_whoever_is_excluded_is_refused(ann, bob):
    recusal.check(bob, {"ann"})

    with pytest.raises(recusal.Recused, match="Ann may not work on this"):
        recusal.check(ann, {"ann"})


def test_acting_on_behalf_of_an_excluded_person_is_refused_too(ann, bob):
    with pytest.raises(recusal.Recused):
        recusal.check(replace(bob, on_behalf_of="ann"), {"ann"})
