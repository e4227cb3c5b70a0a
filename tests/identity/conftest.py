"""A small city: a head office, a planning office with a line into a district, and an outside unit."""

import pytest
from argon2 import PasswordHasher

from engine import packs
from engine.clock import real_now
from engine.identity import importing, passwords, posts
from tests.engine.conftest import engine, postgres  # noqa: F401  both databases

PACK = """
[pack]
key = "city"
name = "城市"
version = "1"
demo = true
[identity]
units = "reference/units.csv"
people = "reference/people.csv"
posts = "reference/posts.csv"
demo_password = "City@2022demo"
[[roles]]
code = "manager"
name = "经理"
scope = "all"
rights = ["administer_identity", "watch_instances", "manage_incidents"]
[[roles]]
code = "warden"
name = "区管理员"
scope = "territory"
rights = ["administer_identity"]
[[roles]]
code = "liner"
name = "条线管理"
scope = "line"
[[roles]]
code = "planner"
name = "计划员"
scope = "own"
"""
UNITS = """code,name,short_name,type,level,parent,line_parent,is_vertical,domains
HQ,市总部,总部,机关,市,,,否,
PLAN,市计划局,计划局,市直,市,HQ,,否,D01 D02
OUT,外部单位,外部,外部,市,,,是,
DIST,东区政府,东区,区,县,HQ,,否,
DPLAN,东区计划局,东区计划局,区直,县,DIST,PLAN,否,
"""
PEOPLE = """login,name,phone,title
ann,Ann,13804120001,主任
bob,Bob,,
pam,Pam,,科员
eve,Eve,,
dan,Dan,,
"""
POSTS = """login,unit,role,from,to
ann,HQ,manager,,
bob,HQ,manager,,
pam,PLAN,planner,,
pam,PLAN,liner,2022-07-01,
pam,OUT,planner,,2022-07-10
eve,OUT,planner,,
dan,DIST,warden,,
"""
FILES = {
    "pack.toml": PACK.encode(),
    "reference/units.csv": UNITS.encode(),
    "reference/people.csv": PEOPLE.encode(),
    "reference/posts.csv": POSTS.encode(),
}
PASSWORD = "City@2022demo"


@pytest.fixture(scope="session", autouse=True)
def cheap_hashing():
    """Hash passwords as always, but without the price that makes guessing expensive."""
    dear, passwords._hasher = passwords._hasher, PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    yield
    passwords._hasher = dear


@pytest.fixture(scope="session")
def city():
    return packs.parse(FILES)


@pytest.fixture
def town(engine, city):  # noqa: F811
    with engine.work() as work:
        importing.import_pack(work, city)
    return engine


@pytest.fixture
def acting(town):
    """Open a unit of work in which somebody of the city acts."""

    def open_work(login, post_id=None):
        with town.work() as work:
            actor = posts.actor_for(work, login, post_id)
        return town.work(actor)

    return open_work


@pytest.fixture
def now():
    return real_now()
