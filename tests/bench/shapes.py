"""The processes of the workloads, drawn once and written in two dialects: the engine's, and plain SpiffWorkflow's."""

from dataclasses import dataclass

from tests.engine.models import HEAD, flow

GROUP = "manager@HQ"


@dataclass(frozen=True)
class Dialect:
    """How a language of process files says what the standard leaves open."""

    user_task: str
    script: str
    condition: str
    cardinality: str
    duration: str


ENGINE = Dialect(
    user_task=f'<extensionElements><zeebe:userTask/><zeebe:assignmentDefinition candidateGroups="{GROUP}"/></extensionElements>',
    script='<extensionElements><zeebe:script expression="={value}" resultVariable="{name}"/></extensionElements>',
    condition="={variable} &gt; {least}",
    cardinality="<loopCardinality>={count}</loopCardinality>",
    duration="{iso}",
)
PLAIN = Dialect(
    user_task="",
    script="<script>{name} = {value}</script>",
    condition="{variable} &gt; {least}",
    cardinality="<loopCardinality>{count}</loopCardinality>",
    duration="'{iso}'",
)


def straight(dialect: Dialect) -> bytes:
    """Draw W1: five script tasks, a choice, an end."""
    tasks = "".join(_script(dialect, f"s{step}", f"v{step}", f"amount + {step}") for step in range(5))
    return _process(tasks + _choice(dialect, "v4") + flow("start", *(f"s{step}" for step in range(5)), "choice") + _ends())


def two_tasks(dialect: Dialect) -> bytes:
    """Draw W2: a user task, a choice, a user task."""
    tasks = _user(dialect, "first") + _user(dialect, "second") + _user(dialect, "other")
    paths = flow("start", "first", "choice") + flow("second", "end") + flow("other", "end")
    return _process(tasks + _choice(dialect, "amount", "second", "other") + paths + '<endEvent id="end"/>')


def departments(dialect: Dialect, count: int) -> bytes:
    """Draw W3: a script, *count* departments side by side with two user tasks and a boundary timer each, then one task."""
    inner = '<startEvent id="begin"/><endEvent id="done"/><endEvent id="reminded"/>'
    inner += _user(dialect, "report") + _user(dialect, "check") + flow("begin", "report", "check", "done")
    inner += f'<boundaryEvent id="late" attachedToRef="report" cancelActivity="false">{_timer(dialect, "P30D")}</boundaryEvent>'
    loop = dialect.cardinality.format(count=count)
    loop = f"<multiInstanceLoopCharacteristics>{loop}</multiInstanceLoopCharacteristics>"
    body = f'<subProcess id="each">{inner}{flow("late", "reminded")}{loop}</subProcess>'
    body += _script(dialect, "prepare", "total", "amount + 1") + _user(dialect, "summary") + '<endEvent id="end"/>'
    return _process(body + flow("start", "prepare", "each", "summary", "end"))


def timers(dialect: Dialect) -> bytes:
    """Draw W4: an hour's wait, then a script."""
    event = f'<intermediateCatchEvent id="hour">{_timer(dialect, "PT1H")}</intermediateCatchEvent>'
    body = event + _script(dialect, "fired", "total", "amount + 1") + '<endEvent id="end"/>'
    return _process(body + flow("start", "hour", "fired", "end"))


def side_by_side(dialect: Dialect, count: int) -> bytes:
    """Draw one user task *count* times in parallel."""
    loop = f"<multiInstanceLoopCharacteristics>{dialect.cardinality.format(count=count)}</multiInstanceLoopCharacteristics>"
    return _process(_user(dialect, "each", loop) + '<endEvent id="end"/>' + flow("start", "each", "end"))


def rounds(dialect: Dialect, count: int) -> bytes:
    """Draw a loop that a script goes through *count* times."""
    gates = '<exclusiveGateway id="again"/><exclusiveGateway id="choice" default="choice_end"/><endEvent id="end"/>'
    back = flow("choice", "again", condition=dialect.condition.format(variable=count, least="amount"))
    body = gates + _script(dialect, "count", "amount", "amount + 1") + back
    return _process(body + flow("start", "again", "count", "choice", "end"))


def _process(body: str) -> bytes:
    return f'{HEAD}<process id="p" name="p" isExecutable="true"><startEvent id="start"/>{body}</process></definitions>'.encode()


def _user(dialect: Dialect, task_id: str, inside: str = "") -> str:
    return f'<userTask id="{task_id}" name="{task_id}">{dialect.user_task}{inside}</userTask>'


def _script(dialect: Dialect, task_id: str, name: str, value: str) -> str:
    return f'<scriptTask id="{task_id}" name="{task_id}">{dialect.script.format(name=name, value=value)}</scriptTask>'


def _timer(dialect: Dialect, iso: str) -> str:
    said = dialect.duration.format(iso=iso)
    return f'<timerEventDefinition><timeDuration xsi:type="tFormalExpression">{said}</timeDuration></timerEventDefinition>'


def _choice(dialect: Dialect, variable: str, much: str = "much", little: str = "little") -> str:
    gate = f'<exclusiveGateway id="choice" default="choice_{little}"/>'
    asked = flow("choice", much, condition=dialect.condition.format(variable=variable, least=5))
    return gate + asked + flow("choice", little)


def _ends() -> str:
    return '<endEvent id="much"/><endEvent id="little"/>'
