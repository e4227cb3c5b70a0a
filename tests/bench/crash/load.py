"""The pack of the load: a journey with a number, two tasks, a timer and a message; and a process that sends the message."""

from engine import deployments, packs
from engine.bootstrap import Engine
from engine.identity.importing import import_pack
from tests.bench import pack
from tests.engine.models import flow, process, user_task

JOURNEY, LETTER, PAUSE = "journey", "letter", "PT0.5S"
SERIES = '[[numbering]]\nseries = "journey"\npattern = "J-{n:06}"\nper = []\nsource = "bench"\n'
KEY = '<extensionElements><zeebe:subscription correlationKey="=subject"/></extensionElements>'
FORM = '<extensionElements><zeebe:formDefinition formId="bench_step"/></extensionElements>'
START = f'<startEvent id="start">{FORM}</startEvent><endEvent id="end"/>'
MESSAGE = f'<message id="m" name="arrived">{KEY}</message>'


def journey() -> bytes:
    """Write the process everybody works on: what may be lost, doubled or stuck is all in it."""
    gates = '<parallelGateway id="split"/><parallelGateway id="join"/>'
    taken = (
        '<zeebe:taskDefinition type="number"/><zeebe:taskHeaders><zeebe:header key="series" value="journey"/></zeebe:taskHeaders>'
    )
    number = f'<serviceTask id="count"><extensionElements>{taken}</extensionElements></serviceTask>'
    due = f"<timerEventDefinition><timeDuration>{PAUSE}</timeDuration></timerEventDefinition>"
    pause = f'<intermediateCatchEvent id="pause">{due}</intermediateCatchEvent>'
    arrived = '<intermediateCatchEvent id="arrived"><messageEventDefinition messageRef="m"/></intermediateCatchEvent>'
    tasks = "".join(user_task(name, assignee="=starter.login", source="bench") for name in ("first", "second"))
    flows = flow("start", "count", "split", "first", "pause", "second", "join", "end") + flow("split", "arrived", "join")
    properties = {"startableBy": "worker", "businessKey": "=subject", "title": '="Journey " + subject'}
    return process(START + gates + number + pause + arrived + tasks + flows, JOURNEY, MESSAGE, **properties)


def letter() -> bytes:
    """Write the process that sends the message of one journey."""
    said = '<zeebe:property name="bpm:correlationKey" value="=subject"/><zeebe:property name="bpm:timeToLive" value="PT1H"/>'
    inside = f"<extensionElements><zeebe:properties>{said}</zeebe:properties></extensionElements>"
    end = f'<endEvent id="end">{inside}<messageEventDefinition messageRef="m"/></endEvent>'
    begin = START.partition("<endEvent")[0]
    return process(begin + end + flow("start", "end"), LETTER, MESSAGE, startableBy="worker", businessKey="=subject")


def deploy(engine: Engine) -> None:
    """Deploy the pack with its people."""
    files = {name: content for name, content in pack.files().items() if not name.endswith(".bpmn")}
    files["pack.toml"] = files["pack.toml"].replace(b"three_steps", JOURNEY.encode()) + SERIES.encode()
    files |= {"journey.bpmn": journey(), "letter.bpmn": letter()}
    engine.run(lambda work: deployments.deploy(work, pack.KEY, files))
    engine.run(lambda work: import_pack(work, packs.parse(files)))
