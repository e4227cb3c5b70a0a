"""Languages: Chinese first, English complete; every face has its own catalogue."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from babel import Locale
from babel.support import Translations
from flask import Flask, g, request, session
from flask_babel import Babel, get_domain, gettext

from engine.errors import EngineError

LANGUAGES = {"zh_CN": "中文", "en": "English"}
_LOCALES = {code: Locale.parse(code) for code in LANGUAGES}  # found on the disk once, not with every request
HERE = Path(__file__).parent


def init_app(app: Flask) -> None:
    """Read the catalogues of the shell and of every face."""
    babel = Babel(app, default_locale="zh_CN", default_timezone="Asia/Shanghai", locale_selector=_locale)
    with app.app_context():
        babel.domain_instance.cache[str(Locale.parse("zh_CN")), "messages"] = chinese()
    # a page asks for hundreds of texts: the catalogue is looked up once for all of them
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda text: _catalogue().ugettext(text), lambda one, many, count: _catalogue().ungettext(one, many, count), newstyle=True
    )
    app.jinja_env.globals.update(languages=LANGUAGES, language=language)


def _catalogue() -> Any:
    if "catalogue" not in g:
        g.catalogue = get_domain().get_translations()
    return g.catalogue


def catalogues() -> list[Path]:
    """List the folders that hold catalogues, the shell's first."""
    return [folder for folder in (HERE / "translations", *sorted(HERE.glob("*/translations"))) if folder.is_dir()]


def chinese() -> Translations:
    """Read the Chinese catalogues as one; Babel itself would look for them under another name of the locale."""
    merged = Translations()
    for folder in catalogues():
        catalogue = Translations.load(folder, ["zh_CN"])
        if isinstance(catalogue, Translations):  # one that is not compiled yet would count in English
            merged.merge(catalogue)
            merged.plural = catalogue.plural
    return merged


def spoken(variables: Mapping[str, str]) -> Callable[[str], str]:
    """Give what translates a text for a terminal: into Chinese where that is its language."""
    wanted = next((variables[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if variables.get(name)), "")
    return chinese().gettext if wanted.startswith("zh") else str


def language() -> str:
    """Tell the language of this request: what the person chose, else Chinese."""
    chosen = session.get("language", "zh_CN") if request else "zh_CN"
    return chosen if chosen in LANGUAGES else "zh_CN"


def _locale() -> Locale:
    return _LOCALES[language()]


def translated(error: EngineError) -> str:
    """Say why the engine declined, in the reader's language."""
    facts = {name: translated(fact) if isinstance(fact, EngineError) else fact for name, fact in error.facts.items()}
    return gettext(error.template()).format(**facts)


def said(error: EngineError, speak: Callable[[str], str]) -> str:
    """Say why the engine declined on a terminal, in the language that *speak* translates into."""
    facts = {name: said(fact, speak) if isinstance(fact, EngineError) else fact for name, fact in error.facts.items()}
    return speak(error.template()).format(**facts) if facts else speak(str(error))


def filled(template: str, facts: Mapping[str, object]) -> str:
    """Say a kept message in the reader's language."""
    return gettext(template).format(**facts) if facts else gettext(template)
