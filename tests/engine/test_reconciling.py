import pytest

from engine import changes, reconciling, versions
from tests.engine.models import in_a_row, user_task

OLD, NEW, OTHER = (in_a_row(user_task(name)) for name in ("old", "new", "other"))
ASIDE, ASIDE_TOO = (in_a_row(user_task(name)).replace(b'id="p"', b'id="q"') for name in ("aside", "aside_too"))


@pytest.fixture
def folder(engine):
    """Take a folder in, and say what stayed as it was published."""

    def take_in(replace=False, **files):
        named = {f"{name}.bpmn": data for name, data in files.items()}
        return engine.run(lambda work: reconciling.take_in(work, "pack", named, replace)).kept

    return take_in


@pytest.fixture
def published(engine, ann_edits, bob_publishes, folder):
    """The folder held OLD and ASIDE; the browser published NEW for OLD."""
    folder(main=OLD, aside=ASIDE)
    with engine.work() as work:
        base = versions.files(work, "pack")["main.bpmn"]
    engine.run(lambda work: changes.save(work, "pack", "main.bpmn", NEW, base), ann_edits)
    change = engine.run(lambda work: changes.submit(work, "pack", ""), ann_edits)
    engine.run(lambda work: changes.publish(work, change.id, change.revision), bob_publishes)


def now(engine, path="main.bpmn"):
    with engine.work() as work:
        return versions.content(work, "pack", path)


@pytest.mark.usefixtures("published")
def test_an_unchanged_folder_leaves_what_was_published(engine, folder):
    assert (folder(main=OLD, aside=ASIDE), now(engine)) == ((), NEW)


@pytest.mark.usefixtures("published")
def test_a_change_of_another_file_of_the_folder_is_taken_in_beside_what_was_published(engine, folder):
    assert folder(main=OLD, aside=ASIDE_TOO) == ()
    assert (now(engine), now(engine, "aside.bpmn")) == (NEW, ASIDE_TOO)


@pytest.mark.usefixtures("published")
def test_what_both_sides_changed_stays_as_published_and_is_named_each_time(engine, folder):
    assert [folder(main=OTHER, aside=ASIDE) for _ in range(2)] == [("main.bpmn",)] * 2
    assert now(engine) == NEW


@pytest.mark.usefixtures("published")
def test_the_folder_can_be_taken_on_purpose(engine, folder):
    assert folder(replace=True, main=OTHER, aside=ASIDE) == ()
    assert now(engine) == OTHER


@pytest.mark.usefixtures("published")
def test_once_downloaded_into_the_folder_both_are_alike_again(engine, folder):
    folder(main=NEW, aside=ASIDE)

    assert folder(main=OTHER, aside=ASIDE) == ()
    assert now(engine) == OTHER


@pytest.mark.usefixtures("published")
def test_a_file_taken_out_of_the_folder_goes_unless_the_browser_published_it(engine, folder):
    assert folder() == ("main.bpmn",)
    with engine.work() as work:
        assert list(versions.files(work, "pack")) == ["main.bpmn"]


def test_a_known_folder_is_not_even_parsed(engine, folder):
    folder(main=OLD)

    with engine.work() as work:
        assert reconciling.is_known(work, "pack", {"main.bpmn": OLD})
        assert not reconciling.is_known(work, "pack", {"main.bpmn": NEW})
