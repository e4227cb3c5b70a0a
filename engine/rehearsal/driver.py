"""The play itself: the clock jumps from the next due job to the next person's action, until the last day."""

import heapq
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from engine import definitions, jobs
from engine.bootstrap import Engine
from engine.clock import ZONE, SimulatedClock
from engine.errors import EngineError
from engine.persistence.records import Instance, Task
from engine.persistence.work import UnitOfWork
from engine.rehearsal import acting
from engine.rehearsal.acting import Scene
from engine.rehearsal.cast import Cast
from engine.rehearsal.hours import OfficeHours
from engine.rehearsal.opening import applies, each, start, starter_of
from engine.rehearsal.plots import Plots
from engine.rehearsal.report import Notes, Report, gather
from engine.rehearsal.script import Opening, Script
from engine.rehearsal.values import Teller

DAWDLING = 4.0
Planned = tuple[datetime, str, int, str, UUID | Opening]


class Rehearsal:
    """One run of a script on an engine whose pack is deployed and whose clock is simulated."""

    def __init__(self, engine: Engine, pack: str, script: Script, seed: int | None = None, late: int = 0) -> None:
        self._engine, self._pack, self._script = engine, pack, script
        self._seed = script.seed if seed is None else seed
        self._cast, self._notes, self._tally = Cast(), Notes(), Counter[str]()
        self._plan: list[Planned] = []
        self._last: UUID | None = None
        self._told: set[UUID] = set()
        self._plots = Plots(script.plots)
        self._number = 0
        if not isinstance(engine.clock, SimulatedClock):
            raise TypeError("a rehearsal needs a simulated clock")
        self._clock = engine.clock
        with engine.work() as work:
            self._hours = OfficeHours(definitions.pack(work, pack).calendar(), script.spans)
            self._dawdlers = _Dawdlers(work, pack, late)

    def run(self, until: datetime, on_step: Callable[[datetime, int], None] | None = None) -> Report:
        """Play to *until* and tell what happened; *on_step* hears the simulated moment and the tasks done so far."""
        self._begin()
        while True:
            moment, is_job = self._next(self._discover())
            if moment is None or moment > until:
                break
            self._clock.move_to(moment)
            if is_job:
                jobs.run_due(self._engine, tally=self._tally)
            else:
                self._act(heapq.heappop(self._plan))
            if on_step is not None:
                on_step(self._clock.now(), self._notes.done)
        self._clock.move_to(until)
        self._notes.planned = {item[4] for item in self._plan if isinstance(item[4], UUID)}
        return self._engine.run(lambda work: gather(work, self._pack, self._script, self._notes, self._tally))

    def _begin(self) -> None:
        """Start the main process; put what people start by themselves into the plan."""
        script = self._script
        self._start(Opening(script.process, script.starter, script.start, script.values), f"{self._seed}/start")
        with self._engine.work() as work:
            openings = [one for opening in script.openings for one in each(work, opening)]
        for number, opening in enumerate(openings):
            self._push(opening.on, f"{self._seed}/start/{opening.process}/{number}", "start", opening)

    def _start(self, opening: Opening, key: str) -> None:
        with self._engine.work() as work:
            if not applies(work, opening):
                return
            actor = starter_of(work, self._cast, opening.process, opening.login)
            facts = self._cast.facts(work, actor)
        self._engine.run(partial(start, opening=opening, key=key, actor=facts), actor)

    def _next(self, job: datetime | None) -> tuple[datetime | None, bool]:
        person = self._plan[0][0] if self._plan else None
        if job is not None and (person is None or job <= person):
            return max(job, self._clock.now()), True
        return person, False

    def _discover(self) -> datetime | None:
        """Plan one action for every task that has appeared; give when the next job is due."""
        with self._engine.work() as work:
            for task_id in work.user_tasks.opened_after(self._last):
                self._last = task_id
                found = work.user_tasks.find_with_instance(task_id)
                if found is not None and found[0].is_open:
                    self._plan_for(work, *found, found[0].created_at)
            return jobs.next_due(work)

    def _plan_for(self, work: UnitOfWork, task: Task, instance: Instance, since: datetime) -> None:
        scene = self._scene(work, task, instance)
        if scene.entry.do == "leave":
            self._notes.left.add(task.id)
            return
        environment = definitions.loaded(work, task.definition_id).at(work.now)
        told = Teller(scene.key, scene.context(), environment)
        signs = self._hours.after(since, told.number(scene.entry.sign_after, "sign_after"))
        takes = told.number(scene.entry.after, "after")
        takes = 2 * takes + DAWDLING if instance.unit in self._dawdlers else takes
        acts = self._hours.after(since, takes)
        earliest = told.of(scene.entry.not_before, "not_before")
        if earliest:
            acts = max(acts, self._hours.first(_moment(str(earliest))))
        if task.sign_for and task.signed_at is None:
            self._push(signs, scene.key, "sign", task.id)
            acts = max(acts, signs)
        self._push(acts, scene.key, "act", task.id)

    def _scene(self, work: UnitOfWork, task: Task, instance: Instance) -> Scene:
        loop = task.local.get("loopCounter", 0)
        visits = [other for other in work.user_tasks.of_instance(instance.id) if other.element_id == task.element_id]
        attempt = sum(1 for other in visits if other.local.get("loopCounter", 0) == loop and other.id < task.id)
        key = f"{self._seed}/{instance.process_id}/{instance.business_key or instance.title}/{task.element_id}/{loop}/{attempt}"
        entry = self._script.entry(instance.process_id, task.element_id)
        told = Teller(key, {}, definitions.loaded(work, task.definition_id).at(work.now))
        plot = self._plots.of(work, instance)
        scene = Scene(task, instance, instance.process_id, key, attempt, entry, told.chance("random").random(), plot=plot)
        for condition, changes in entry.when:
            if condition.evaluate(scene.context(), told.environment) is True:
                scene.entry = entry.laid_over(changes)
                break
        if scene.entry.do == "tell" and task.id in self._told:
            scene.entry = replace(scene.entry, do="complete")
        return scene

    def _push(self, moment: datetime, key: str, deed: str, subject: UUID | Opening) -> None:
        self._number += 1
        heapq.heappush(self._plan, (moment, key, self._number, deed, subject))

    def _act(self, planned: Planned) -> None:
        """Do one planned action; what the engine declines is noted, and the task stays as it is."""
        _, key, _, deed, task_id = planned
        if isinstance(task_id, Opening):
            self._start(task_id, key)
            return
        with self._engine.work() as work:
            found = work.user_tasks.find_with_instance(task_id)
            if found is None or not found[0].is_open or not found[1].is_active:
                return
            task, instance = found
            scene = self._scene(work, task, instance)
            try:
                dice = Teller(scene.key, {}, definitions.loaded(work, task.definition_id).environment).chance("by")
                actor = self._cast.choose(work, task, scene.entry.by, dice, instance.excluded)
                facts = self._cast.facts(work, actor)
            except EngineError as reason:
                self._notes.declined(scene, str(reason))
                return
        action: Callable[[UnitOfWork], Any] = partial(acting.act, scene=scene, actor=actor, actor_facts=facts)
        if deed == "sign":
            action = partial(acting.sign, task_id=task_id)
        elif scene.entry.do == "tell":
            self._tell(scene)
            return
        try:
            self._engine.run(action, actor)
        except EngineError as reason:
            self._notes.declined(scene, str(reason))
            return
        if deed != "sign":
            self._notes.completed(scene, actor, self._clock.now())
        if deed != "sign" and scene.entry.do == "hand_over":
            self._plan_anew(task_id)

    def _tell(self, scene: Scene) -> None:
        """Let somebody outside say something to the process; what that leaves of the task is done afterwards."""
        self._told.add(scene.task.id)
        self._engine.run(partial(acting.tell, scene=scene))
        self._plan_anew(scene.task.id)

    def _plan_anew(self, task_id: UUID) -> None:
        """Plan what is done with a task that was handed over, or that something was said about."""
        with self._engine.work() as work:
            found = work.user_tasks.find_with_instance(task_id)
            if found is not None and found[0].is_open:
                self._plan_for(work, *found, self._clock.now())


def rehearse(
    engine: Engine,
    pack: str,
    script: Script,
    until: datetime | None = None,
    seed: int | None = None,
    on_step: Callable[[datetime, int], None] | None = None,
    late: int = 0,
) -> Report:
    """Play a script on an engine whose pack is deployed; its clock is simulated and stands at the script's start.

    *late* is how many units in a hundred dawdle: everything takes them twice as long and some working days more.
    """
    return Rehearsal(engine, pack, script, seed, late).run(until or script.until, on_step)


class _Dawdlers:
    """The units that dawdle: so many in a hundred of those that take part, in the order in which they first have work."""

    def __init__(self, work: UnitOfWork, pack: str, late: int) -> None:
        board = definitions.pack(work, pack).board
        types = board.unit_types if board else ()
        self._units = {unit.code for unit in work.units.all() if not types or unit.type in types}
        self._late, self._known = late, dict[str, bool]()

    def __contains__(self, unit: str | None) -> bool:
        if unit not in self._units:
            return False
        if unit not in self._known:
            place = len(self._known)
            self._known[unit] = (place + 1) * self._late // 100 > place * self._late // 100
        return self._known[unit]


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=ZONE)
