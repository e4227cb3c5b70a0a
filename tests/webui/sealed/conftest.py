"""A leave request whose reason is nobody's business, and from nine days on nothing that Bob may know of."""

import json
import re

import pytest

from engine import bootstrap, definitions, deployments, packs
from engine.clock import SimulatedClock
from engine.identity.importing import import_pack
from engine.settings import Settings
from tests.conftest import MORNING

REASON = "回沈阳探望父母"


def changed():
    files = {name: _sealed(data) if name.endswith(".form") else data for name, data in packs.files("demo-leave").items()}
    [model] = [name for name in files if name.endswith("leave.bpmn")]
    first = b'<zeebe:property name="bpm:startableBy"'
    out = b'<zeebe:property name="bpm:excludedUsers" value="=if days = 9 then [&quot;bob&quot;] else []" />'
    files[model] = files[model].replace(first, out + first)
    pack = (
        files["pack.toml"]
        .decode()
        .replace('"administer_identity", ', "")
        .replace('rights = ["watch_instances"]', 'rights = ["watch_instances", "unmask", "urge"]')
    )
    files["pack.toml"] = pack.replace('"manage_incidents"]', '"manage_incidents", "audit"]').encode()
    return files


def _sealed(form):
    told = json.loads(form)
    for part in _parts(told["components"]):
        if part.get("key") in ("reason", "handover"):
            part["properties"] = part.get("properties", {}) | {"bpm:sensitive": "true", "bpm:mask": "name"}
    return json.dumps(told).encode()


def _parts(components):
    for part in components:
        yield part
        yield from _parts(part.get("components", ()))


@pytest.fixture(scope="session")
def deployed(tmp_path_factory):
    settings = Settings(data=tmp_path_factory.mktemp("sealed"))
    bootstrap.migrate(settings)
    engine = bootstrap.build(settings, SimulatedClock(MORNING))

    def deploy(work):
        deployments.deploy(work, "demo-leave", changed())
        import_pack(work, definitions.pack(work, "demo-leave"))

    engine.run(deploy)
    engine.close()
    return settings.data


@pytest.fixture
def matter(ask):
    """Wang Fang's request; give its address."""

    def matter(**changes):
        browser = ask(**changes)
        browser.get("/inbox/started")
        return re.search(r'data-href="(/matters/[^"]+)"', browser.text)[1]

    return matter


@pytest.fixture
def ann(desk):
    return desk("ann", "部门负责人")


@pytest.fixture
def bob(desk):
    return desk("bob", "部门负责人")
