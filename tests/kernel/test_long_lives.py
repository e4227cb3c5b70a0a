"""Long lives: what an instance has behind it costs nothing."""

from tests.kernel.models import draw, job, process, user
from tests.kernel.player import Player


def test_a_task_may_come_round_hundreds_of_times():
    player = Player(process("start > x0 > a > x1 > x0 : again; x1 > end : else", x0=draw("exclusiveGateway"), a=user()))
    size = len(player.state)
    for _ in range(800):
        player.do("a", again=True)
    assert len(player.state) < size + 40

    player.do("a", again=False)

    assert player.ended == "completed"


def test_a_split_and_join_may_come_round_hundreds_of_times():
    flows = "start > x0 > p1 > a > p2; p1 > b > p2; p2 > x1 > x0 : again; x1 > end : else"
    player = Player(process(flows, x0=draw("exclusiveGateway"), a=job(), b=job()), reload=True)
    for _ in range(200):
        player.do("a", again=True)
        player.do("b")

    assert len(player.state) < 200


def test_thousands_of_steps_without_a_wait_are_no_matter():
    flows = "start > a > x1 > a : n < 2000; x1 > end : else"
    drawn = process(flows, a=draw("scriptTask", script="n + 1", result_variable="n"))

    assert Player(drawn, {"n": 0}).variables == {"n": 2000}
