"""Fuzz for some minutes: ``python -m tests.fuzz --minutes 10``; half of it by hypothesis, half by atheris where that is there.

Each target runs in a process of its own, which a fault handler ends with its stack should it ever stop answering. What breaks
is kept in ``tests/fuzz/found`` and tried by the suite from then on.
"""

import argparse
import faulthandler
import hashlib
import importlib.util
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.fuzz.hostile import damaged, expressions
from tests.fuzz.targets import SECONDS, TARGETS, TooSlow, limited, seeds

FOUND = Path(__file__).parent / "found"
PATIENCE = 300


def main() -> int:
    """Run every target by every tool in turn; say what broke."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--only", choices=TARGETS)
    parser.add_argument("--by", choices=["hypothesis", "atheris"])
    parser.add_argument("--seconds", type=float)
    asked = parser.parse_args()
    if asked.only and asked.by and asked.seconds:
        return {"hypothesis": by_hypothesis, "atheris": by_atheris}[asked.by](asked.only, asked.seconds)
    tools = ["hypothesis", "atheris"] if importlib.util.find_spec("atheris") else ["hypothesis"]
    share = asked.minutes * 60 / len(tools) / len(TARGETS)
    failures = 0
    for tool in tools:
        for target in TARGETS:
            command = [sys.executable, "-m", "tests.fuzz", "--only", target, "--by", tool, "--seconds", str(share)]
            failures += subprocess.run(command, check=False).returncode != 0
    print(f"{failures} of {len(tools) * len(TARGETS)} runs found something" if failures else "nothing found", flush=True)
    return int(failures > 0)


def attempt(target: str, content: bytes) -> None:
    """Try one input; keep it where it breaks something."""
    faulthandler.dump_traceback_later(PATIENCE, exit=True)
    try:
        with limited():
            TARGETS[target](content)
    except (Exception, TooSlow) as error:
        keep(target, content, error)
        raise
    finally:
        faulthandler.cancel_dump_traceback_later()


def keep(target: str, content: bytes, error: BaseException) -> None:
    """Keep what broke something under a name that says which and how."""
    path = FOUND / f"{target}-{type(error).__name__}-{hashlib.sha256(content).hexdigest()[:10]}"
    path.write_bytes(content)


def by_hypothesis(target: str, seconds: float) -> int:
    """Draw hostile input until the time is up."""
    known, tried, broken, ends = seeds(target), 0, set(), time.monotonic() + seconds
    hostile = expressions().map(str.encode) | st.binary(max_size=60) if target == "feel" else st.nothing()
    calm = settings(
        max_examples=500, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
    )

    @calm
    @given(hostile | damaged(known))
    def play(content: bytes) -> None:
        nonlocal tried
        if time.monotonic() < ends:
            tried += 1
            try:
                attempt(target, content)
            except (Exception, TooSlow) as error:
                broken.add(f"{type(error).__name__}: {error}"[:200])

    while time.monotonic() < ends:
        play()
    print(f"hypothesis {target}: {tried} inputs, {len(broken)} kinds of failure (limit {SECONDS} s)", *sorted(broken), sep="\n  ")
    return int(bool(broken))


def by_atheris(target: str, seconds: float) -> int:
    """Let coverage guide what is tried next; the fuzzer ends this process itself."""
    import atheris

    with tempfile.TemporaryDirectory() as folder:
        for number, seed in enumerate(seeds(target)):
            (Path(folder) / str(number)).write_bytes(seed)
        atheris.instrument_all()
        rules = [f"-max_total_time={int(seconds)}", "-max_len=20000", "-timeout=120", "-print_final_stats=1", "-verbosity=0"]
        atheris.Setup([sys.argv[0], folder, *rules], lambda content: attempt(target, content))
        print(f"atheris {target}", flush=True)
        atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
