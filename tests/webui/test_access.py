"""Every address there is, tried by somebody who may not: a new one that asks nobody who they are does not go unnoticed."""

import pytest

from webui.sessions import WITHOUT_SIGNING_IN

OPEN = {
    "portal",
    "static",
    "account.enter",
    "account.speak",
    "intake.description",
    "intake.page",
    "intake.receive",
    "intake.standing",
}
GUARDED = {"admin", "audit"}
FILLED = {"uuid": "00000000-0000-7000-8000-000000000000", "int": "1", "path": "x", "default": "x"}


def addresses(app):
    """Give the endpoint, one method and a filled-in address of every rule."""
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        values = {name: _value(rule, name) for name in rule.arguments if name in rule._converters} | (rule.defaults or {})
        for method in sorted(rule.methods & {"GET", "POST"}):
            yield rule.endpoint, method, adapter.build(rule.endpoint, values, method=method, append_unknown=False)


def _value(rule, name):
    converter = rule._converters[name]
    kind = type(converter).__name__.removesuffix("Converter").lower()
    return converter.regex.strip("(?:)").split("|")[0] if kind == "any" else FILLED.get({"integer": "int"}.get(kind, kind), "x")


def is_open(endpoint):
    return endpoint in OPEN or endpoint.partition(".")[0] in OPEN


@pytest.fixture
def tokenless(leave_app):
    leave_app.config["WTF_CSRF_ENABLED"] = False
    return leave_app


def test_only_what_is_named_here_answers_without_signing_in(tokenless):
    views = tokenless.view_functions
    public = {name for name, view in views.items() if getattr(view, "is_public", False)} | WITHOUT_SIGNING_IN

    assert {name for name in public if not is_open(name)} == set()
    for endpoint, method, address in addresses(tokenless):
        if not is_open(endpoint):
            answer = tokenless.test_client().open(address, method=method)
            assert (answer.status_code, "/sign-in" in answer.headers.get("Location", "")) == (302, True), f"{method} {address}"


def test_whoever_administers_nothing_reaches_nothing_of_the_administration(tokenless, desk):
    browser = desk("wangfang").client
    tried = [(method, address) for endpoint, method, address in addresses(tokenless) if endpoint.partition(".")[0] in GUARDED]

    refused = {(method, address): browser.open(address, method=method).status_code for method, address in tried}
    assert len(tried) > 20
    assert {what: status for what, status in refused.items() if status != 403} == {}
