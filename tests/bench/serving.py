"""A server in a process of its own, and what the system says of its CPU time and memory."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import TracebackType
from typing import Self

TICK = os.sysconf("SC_CLK_TCK")
PATIENCE = 900


class Served:
    """`zhenggai serve` on a data folder; *seconds* and *cpu* say what it took until it answered."""

    def __init__(self, data: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self._environment = os.environ | {"ZHENGGAI_DATA": str(data), "ZHENGGAI_PORT": str(self.port), "ZHENGGAI_TIMING": "1"}
        self.seconds = self.cpu = 0.0

    def __enter__(self) -> Self:
        began = time.monotonic()
        command = [str(Path(sys.executable).parent / "zhenggai"), "serve"]
        self._process = subprocess.Popen(command, env=self._environment, stdout=subprocess.DEVNULL)
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() - began > PATIENCE:
                raise RuntimeError("the server does not start")
            time.sleep(0.02)
        self.seconds, self.cpu = time.monotonic() - began, self.cpu_seconds()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()

    def cpu_seconds(self) -> float:
        """Give the CPU time of the whole process so far."""
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICK

    def megabytes(self) -> float:
        """Give the memory it holds now."""
        lines = Path(f"/proc/{self._process.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))

    def _answers(self) -> bool:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{self.port}/sign-in", timeout=60).read()
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False
        return True
