"""An office with desks: Norah of NORTH, Ulla of EAST, Ada and Gus of the head office, each with every way of looking there is."""

import io
import re
import zipfile
from dataclasses import replace
from io import BytesIO

import pytest

from engine import attachments, deployments, notifications, packs, process_instances, snapshots, user_tasks
from engine.identity import importing
from tests.conftest import EVERYTHING, person
from tests.engine.recusal.conftest import INNER, PACK, files, outer, tasks
from tests.identity.conftest import PASSWORD
from tests.webui.admin.conftest import Browser
from webui import create_app

RIGHTS = '["watch_instances", "watch_campaign", "urge", "unmask", "manage_incidents", "administer_identity"]'
OFFICE = (
    PACK.replace('name = "Liaison"\nscope = "all"', f'name = "Liaison"\nscope = "all"\nrights = {RIGHTS}')
    .replace('name = "Guard"\nscope = "all"', f'name = "Guard"\nscope = "all"\nrights = {RIGHTS}')
    .replace('version = "1"', 'version = "1"\ndemo = true\nmain_process = "matter"')
    + f"""
[[roles]]
code = "clerk"
name = "Clerk"
scope = "all"
rights = ["audit", "edit_process", "watch_instances", "watch_campaign"]
[identity]
units = "reference/units.csv"
people = "reference/people.csv"
posts = "reference/posts.csv"
demo_password = "{PASSWORD}"
[[stages]]
code = "S1"
name = "Summer"
start = 2022-07-01
end = 2022-08-31
[[milestones]]
code = "handled"
date = 2022-07-15
name = "Handled"
short = "Handled"
stage = "S1"
"""
)
BOARD = """
[board]
title = "Offices"
unit_types = ["bureau"]
[[board.columns]]
name = "Handled"
milestone = "handled"
"""
COUNTS = """
[[board.tiles]]
name = "Matters"
ledger = "matters"
filter = {}
[[board.columns]]
name = "Share"
ledger = "matters"
filter = { unit = "NORTH" }
[[board.charts]]
name = "Matters by unit"
ledger = "matters"
by = "unit"
"""
INDICATOR = """
[[indicators]]
code = "N1"
name = "Matters"
definition = "How many there are."
source = "design"
%s
[[indicators.figures]]
name = "All"
kind = "count"
ledger = "matters"
"""
PEOPLE = {
    "reference/units.csv": "code,name,short_name,type,level,parent,line_parent,is_vertical,domains\n"
    "HQ,Head Office,HQ,office,city,,,否,\nNORTH,North Bureau,North,bureau,city,HQ,,否,\n"
    "EAST,East Bureau,East,bureau,city,HQ,,否,\n",
    "reference/people.csv": "login,name,phone,title\nann,Ann,,\nnorah,Norah,,\nulla,Ulla,,\nada,Ada,,\ngus,Gus,,\ncleo,Cleo,,\n",
    "reference/posts.csv": "login,unit,role,from,to\n"
    "norah,NORTH,liaison,,\nulla,EAST,liaison,,\nada,HQ,liaison,,\ngus,HQ,guard,,\ncleo,HQ,clerk,,\n",
}
MARK = "Nightjar"
PAPER = b"""
[[documents]]
id = "list"
name = "List"
kind = "sheet"
ledger = "matters"
view = "all"
filter = "={}"
roles = ["liaison", "guard"]
"""
EVERYBODY = ["ann", "norah", "ulla", "ada", "gus"]
ANN = replace(person("ann", "office", "HQ", EVERYTHING), rights=frozenset({"manage_incidents", "pool:pack/clues"}))
ABSENT = "00000000-0000-7000-8000-000000000000"
KEYS = dict.fromkeys(("instance_id", "task_id", "attachment_id", "row_id", "notification_id", "frozen"), ABSENT)
LAST_SIGNED_IN = {"admin.people", "admin.save_people"}  # say when, by the clock on the wall
ELSEWHERE = {"portal", "intake", "help", "modeler", "tables"} | LAST_SIGNED_IN
NEVER = {"account.leave", "account.password", "account.speak", "static"}
ITSELF = r'csrf_token" value="[^"]+|csrf-token" content="[^"]+|nonce="[^"]+|X-CSRFToken[^}]+|' + ABSENT


def pack_files(ledger="", counts=COUNTS, shown=""):
    """The whole office as files of a pack."""
    layout = b'[views.sheet]\ntitle = "Matters"\n'
    told = files(ledger)
    told["forms/ledgers/matters.toml"] += layout
    told |= {name: text.encode() for name, text in PEOPLE.items()}
    return told | {"pack.toml": (OFFICE + BOARD + counts + INDICATOR % shown).encode(), "forms/documents/documents.toml": PAPER}


@pytest.fixture
def desk():
    """Sign somebody in."""
    return lambda app, login: Browser(app.test_client(), login).client


def opened(engine, told, *models):
    """Deploy the office and give its people their posts."""
    told = {name.replace("__", "."): data for name, data in told.items()}
    engine.run(lambda work: deployments.deploy(work, "pack", told | {f"{n}.bpmn": model for n, model in enumerate(models)}))
    plain = {name: data for name, data in told.items() if name != "matter.form"}
    engine.run(lambda work: importing.import_pack(work, packs.parse(plain)))
    app = create_app(engine)
    app.config.update(WTF_CSRF_ENABLED=False, PROPAGATE_EXCEPTIONS=False)
    return app


@pytest.fixture
def office(engine):
    """Where the matter keeps out the people and the units that it speaks of."""
    return opened(engine, pack_files(), outer(excludedUnits="=respondent_units"), INNER)


def begin(engine, *readers, number="M-1"):
    """Begin a matter, with a file, a message and a copy for the readers; give the keys by which the first has all this."""
    values = {"subject": f"Secret {MARK}", "unit": "NORTH", "number": number, "respondents": [], "respondent_units": []}
    matter = engine.run(lambda work: process_instances.start(work, "matter", values), ANN)
    content, name = BytesIO(f"%PDF-1.4 {MARK}".encode()), f"{MARK}.pdf"
    engine.run(lambda work: attachments.store(work, content, name, matter.id, unit="NORTH"), ANN)
    link, event = f"instance:{matter.id}", f"begun {number}"
    engine.run(lambda work: notifications.notify(work, EVERYBODY, event, f"Secret {MARK}", "", link), ANN)
    engine.run(lambda work: user_tasks.circulate(work, matter.id, readers), ANN)
    return keys(engine, matter, readers[0])


def name_them(engine, found, **said):
    """Let the matter say whom it is about."""
    engine.run(lambda work: process_instances.modify(work, found["instance_id"], [], [], "named", said), ANN)


def keys(engine, matter, reader):
    """Look up by what keys the matter's things are to be had."""
    with engine.work(ANN) as work:
        [file] = work.attachments.of_instance(matter.id)
        row = work.ledger_rows.find("matters", matter.business_key)
        told = next(line.id for line in work.notifications.page(reader, False, 1, 20).rows if MARK in line.title)
    frozen = engine.run(lambda work: snapshots.freeze(work, "matters").code, ANN)
    step = tasks(engine, matter)["handle"]
    return dict(zip(KEYS, (matter.id, step, file.id, row.id, told, frozen), strict=True))


PLAIN = {"process_id": "matter", "process": "matter", "ledger_id": "matters", "key": "M-1", "milestone": "handled",
         "unit": "NORTH", "external_no": "M-1", "name": "units", "code": "N1", "pack": "pack", "document_id": "list"}  # fmt: skip
NARROWED = ("?unit=NORTH&process=matter", "?q=Secret&instance={instance_id}&task={task_id}")
ABOUT_MATTERS = {"inbox", "bulk", "cockpit", "ledgers", "campaign", "urging", "notifications", "papers"}


def ways(app, found, narrowed=True, elsewhere=ELSEWHERE):
    """Give every address that gives something, filled in with the keys of a matter; lists also narrowed in several ways."""
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        room = rule.endpoint.partition(".")[0]
        if "GET" not in rule.methods or rule.endpoint in NEVER or {room, rule.endpoint} & elsewhere:
            continue
        for values in fillings(rule, PLAIN | found):
            address = adapter.build(rule.endpoint, values, method="GET", append_unknown=False)
            several = NARROWED if narrowed and room in ABOUT_MATTERS and not rule.arguments & KEYS.keys() else ()
            yield from ((rule.endpoint, address + more.format(**found)) for more in ("", *several))


def fillings(rule, known):
    """Give the values of an address: once as they are known, once for each word a place may hold."""
    values = {name: known.get(name) or (ABSENT if name.endswith("_id") else "x") for name in rule.arguments}
    values |= {name: 1 for name in rule.arguments if type(rule._converters.get(name)).__name__ == "IntegerConverter"}
    values |= {"code": known["frozen"]} if rule.endpoint.startswith("papers.") and "code" in values else {}
    values |= rule.defaults or {}
    [several] = [name for name in rule.arguments if type(rule._converters.get(name)).__name__ == "AnyConverter"] or [""]
    if not several:
        return [values]
    return [values | {several: word} for word in rule._converters[several].items]


def read(answer):
    """Read an answer as a person would: a workbook by its sheets, a page without what changes with every answer."""
    if not answer.data.startswith(b"PK"):
        return re.sub(ITSELF, "", answer.get_data(as_text=True))
    with zipfile.ZipFile(io.BytesIO(answer.data)) as book:
        return "".join(book.read(name).decode("utf-8", "replace") for name in sorted(book.namelist()) if "docProps" not in name)


def sweep(client, found, narrowed=True):
    """Let somebody try every address that gives something; give what each said, the matter's own keys taken out."""
    said = {}
    for place, (endpoint, address) in enumerate(ways(client.application, found, narrowed)):
        with client.get(address) as answer:
            text = read(answer)
        for key in found.values():
            text = text.replace(str(key), "")
        said[place, endpoint] = (answer.status_code, text.replace(ABSENT, ""))
    return said


def telling(said):
    """Give the addresses at which somebody read of the matter."""
    return {endpoint for (_place, endpoint), (_status, text) in said.items() if MARK in text}
