"""Letters that go out: numbers without gap or repeat, files that never change, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import count

import pymupdf
import pytest

from engine import attachments, definitions, deployments, documents, incidents, jobs, ledgers, process_instances, user_tasks
from engine.documents import NumberTaken
from engine.errors import EngineError
from engine.feel import compile_expression
from tests.engine.letters import FILES, lines_of, template


@pytest.fixture
def post(engine):
    """The engine with the pack that issues letters."""
    engine.run(lambda work: deployments.deploy(work, "post", FILES))
    return engine


def issued(post, ann, **variables):
    return post.run(lambda work: documents.issue(work, "notice", {"matter": "roads", **variables}, None), ann)


def numbers(post):
    with post.work() as work:
        return [record.doc_no for record in work.letters.all()]


def content_of(post, record):
    with post.work() as work:
        _, stream = attachments.open_(work, record.id, granted=True)
        with stream:
            return stream.read()


def test_letters_issued_at_once_get_every_number_once(post, ann):
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda _: issued(post, ann), range(40)))

    assert sorted(numbers(post)) == sorted(f"鞍司函〔2022〕{number}号" for number in range(1, 41))


def test_a_letter_that_could_not_be_issued_leaves_no_gap(post, ann, monkeypatch):
    issued(post, ann)
    with monkeypatch.context() as broken:
        broken.setattr("engine.documents.issuing.printed", lambda *_: b"")
        with pytest.raises(EngineError):
            issued(post, ann)

    issued(post, ann)

    assert numbers(post) == ["鞍司函〔2022〕1号", "鞍司函〔2022〕2号"]


def test_each_year_counts_anew(post, ann, clock):
    issued(post, ann)
    clock.move_to(clock.now() + timedelta(days=200))
    issued(post, ann)

    assert numbers(post) == ["鞍司函〔2022〕1号", "鞍司函〔2023〕1号"]


def test_a_number_may_come_from_the_offices_own_system_and_is_never_given_twice(post, ann):
    issued(post, ann, own_doc_no="鞍司函〔2022〕2号")
    issued(post, ann)
    issued(post, ann)

    assert numbers(post) == ["鞍司函〔2022〕2号", "鞍司函〔2022〕1号", "鞍司函〔2022〕3号"]
    with pytest.raises(NumberTaken):
        issued(post, ann, own_doc_no="鞍司函〔2022〕3号")
    with pytest.raises(EngineError):
        issued(post, ann, own_doc_no="鞍司函[2022]04号")


def test_a_form_may_ask_whether_a_number_is_used(post, ann):
    issued(post, ann)
    asked = compile_expression('[number_used("鞍司函〔2022〕1号"), number_used("鞍司函〔2022〕2号")]')

    with post.work() as work:
        loaded = definitions.active(work, "post")
        assert asked.evaluate({}, ledgers.form_environment(work, loaded)) == [True, False]


def test_the_file_says_number_day_and_in_whose_name(post, ann):
    letter, own = issued(post, ann), issued(post, ann, matter="own")

    assert lines_of(content_of(post, letter.docx)) == ["Bureau", "鞍司函〔2022〕1号", "roads", "2022年7月18日"]
    assert lines_of(content_of(post, own.docx))[0] == own.record.issuer == "Group"
    [page] = pymupdf.open(stream=content_of(post, letter.pdf))
    assert "鞍司函〔2022〕1号" in page.get_text()
    assert all(name.split("+")[-1].startswith("Noto") for _, _, _, name, *_ in page.get_fonts())
    assert "预览" in page.get_text()


def test_what_was_issued_stays_when_its_template_changes(post, ann):
    letter = issued(post, ann)
    before = content_of(post, letter.docx)
    post.run(lambda work: deployments.deploy(work, "post", FILES | {"forms/documents/notice.docx": template("new")}))

    assert content_of(post, letter.docx) == before
    with post.work() as work:
        assert list(documents.verify(work)) == []


@pytest.mark.parametrize("gone", [False, True])
def test_a_frozen_file_that_was_touched_is_found(post, ann, gone):
    letter = issued(post, ann)
    path = post.settings.data / "files" / letter.pdf.sha256[:2] / letter.pdf.sha256
    path.unlink() if gone else path.write_bytes(b"%PDF another")

    with post.work() as work:
        [damage] = documents.verify(work)
    path.unlink(missing_ok=True)

    assert (damage.number, damage.gone) == ("鞍司函〔2022〕1号", gone)


def test_a_process_issues_its_letter_with_the_slip_that_says_who_wrote_and_signed(post, ann, bob, start, todo):
    instance = start("post", matter="roads")
    for actor, opinion in ((ann, ""), (bob, "同意")):
        [row] = todo(actor)
        post.run(lambda work, key=row.id, said=opinion: user_tasks.complete(work, key, {}, said), actor)
    jobs.run_due(post)

    with post.work() as work:
        variables = process_instances.get(work, instance.id).variables
        [record] = documents.issued(work, instance.id)
        files = {file.field: file for file in attachments.of_instance(work, instance.id)}
    assert (variables["doc_no"], variables["letter_sha256"]) == ("鞍司函〔2022〕1号", record.docx_sha256)
    assert variables["letter_file"]["id"] == str(record.docx_id)
    assert lines_of(content_of(post, files["slip"])) == ["Notice roads", "Ann", "Bob: 同意 2022年7月18日"]


def test_the_real_name_stands_in_the_letter_alone_and_the_trail_says_so(post, ann, start, todo):
    instance = start("post", matter="roads ", asked_by="张三丰")
    for _ in range(2):
        [row] = todo(ann)
        post.run(lambda work, key=row.id: user_tasks.complete(work, key, {}), ann)
    jobs.run_due(post)

    with post.work() as work:
        variables = process_instances.get(work, instance.id).variables
        files = {file.field: file for file in attachments.of_instance(work, instance.id) if file.kind == "docx"}
        actions = [row.action for row in work.audit.search(action="value.revealed").rows]
    assert variables["asked_by"] == "张**"
    assert lines_of(content_of(post, files["notice"]))[2] == "roads 张三丰"
    assert actions == ["value.revealed"]


def test_a_number_that_is_taken_waits_for_help_and_issues_nothing(post, ann, start, todo, clock):
    issued(post, ann, own_doc_no="鞍司函〔2022〕9号")
    start("post", matter="roads", own_doc_no="鞍司函〔2022〕9号")
    for _ in range(2):
        [row] = todo(ann)
        post.run(lambda work, key=row.id: user_tasks.complete(work, key, {}), ann)
    for step in count():
        clock.move_to(clock.now() + timedelta(hours=1))
        if not jobs.run_due(post) or step > 9:
            break

    with post.work() as work:
        [incident] = incidents.unresolved(work).rows
    assert "鞍司函〔2022〕9号" in incident.message
    assert numbers(post) == ["鞍司函〔2022〕9号"]
