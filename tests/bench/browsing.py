"""A person with a browser: signs in, reads pages, fills in their forms and hands them in."""

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection
from urllib.parse import urlencode

from lxml import html

FORM = "application/x-www-form-urlencoded"
PLAIN = {"number": "1", "date": "2022-08-15", "tel": "0412-5539123", "email": "a@example.org"}


@dataclass(frozen=True, slots=True)
class Answer:
    """One response, with what the server says it cost."""

    status: int
    location: str
    body: bytes
    seconds: float
    cpu: float
    statements: int
    commits: int


class Person:
    """One signed-in session over one kept connection."""

    def __init__(self, port: int, login: str, password: str) -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=120)
        self._cookies: dict[str, str] = {}
        self.token = ""
        self.token = self._token(self.get("/sign-in"))
        entered = self.post("/sign-in", {"login": login, "password": password})
        if entered.status != 302:
            raise RuntimeError(f"{login} cannot sign in: {entered.status}")
        self.token = self._token(self.get("/inbox/todo"))

    def turn_to(self, port: int) -> None:
        """Go on at another door of the same house, or at the same one anew."""
        self._connection.close()
        self._connection = HTTPConnection("127.0.0.1", port, timeout=120)

    def get(self, path: str) -> Answer:
        """Open a page."""
        return self._ask("GET", path, None)

    def post(self, path: str, values: Mapping[str, str] | list[tuple[str, str]]) -> Answer:
        """Hand something in."""
        pairs = [*(values.items() if isinstance(values, Mapping) else values), ("csrf_token", self.token)]
        return self._ask("POST", path, urlencode(pairs))

    def _ask(self, method: str, path: str, body: str | None) -> Answer:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        if body is not None:
            headers["Content-Type"] = FORM
        began = time.monotonic()
        self._connection.request(method, path, body, headers)
        response = self._connection.getresponse()
        content, seconds = response.read(), time.monotonic() - began
        for cookie in response.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.partition(";")[0].partition("=")
            self._cookies[name] = value
        cost = re.findall(r"[\d.]+", response.headers.get("Server-Timing") or "0 0 0 0")
        return Answer(
            response.status, response.headers.get("Location") or "", content, seconds, float(cost[0]), int(cost[2]), int(cost[3])
        )

    @staticmethod
    def _token(page: Answer) -> str:
        found = re.search(rb'name="csrf[-_]token" (?:content|value)="([^"]+)"', page.body)
        return found[1].decode() if found else ""


def links(page: Answer, pattern: str) -> list[str]:
    """Give the addresses on a page that match."""
    return list(dict.fromkeys(found.decode() for found in re.findall(rb'href="(' + pattern.encode() + rb')"', page.body)))


def filled_in(page: Answer) -> list[tuple[str, str]]:
    """Fill in a task's form as its page shows it; what is required and empty gets something plain."""
    [form] = html.fromstring(page.body.decode()).xpath("//form[@id='task-form']")
    values = [(name, value) for name, value in form.form_values() if name != "csrf_token"]
    named = {name for name, value in values if value}
    for control in form.xpath(".//*[@name][@required or @aria-required='true']"):
        if control.get("name") not in named:
            named.add(control.get("name"))
            values.append((control.get("name"), _plain(control)))
    return [pair for pair in values if pair[1]] + ([] if "_opinion" in named else [("_opinion", "同意。")])


def _plain(control: html.HtmlElement) -> str:
    if control.tag == "select":
        return next((option.get("value") for option in control.iter("option") if option.get("value")), "")
    kind = control.get("type", "text")
    return control.get("value") or "true" if kind in ("radio", "checkbox") else PLAIN.get(kind, "按要求办理，具体情况见附件。")
