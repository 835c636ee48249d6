"""A Dask cluster on this machine: a scheduler and workers in processes of their own."""

import contextlib
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType

import distributed
import psutil


class LocalCluster:
    """A scheduler; `start_worker` adds workers with one thread each."""

    def __init__(self, folder: Path, workers: int) -> None:
        """Start it, and wait until so many workers are there."""
        self._folder = folder
        self._processes: list[subprocess.Popen[bytes]] = []
        file = folder / "scheduler.json"
        words = ["scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard"]
        self.nothing = folder / "nothing"
        """In PYTHONPATH it hides the program, which a scheduler does without."""
        (self.nothing / "app").mkdir(parents=True)
        (self.nothing / "app" / "__init__.py").touch()
        words += ["--scheduler-file", str(file)]
        self.scheduler = self._start(*words, PYTHONPATH=str(self.nothing))
        self.address = ""
        while not self.address:
            time.sleep(0.05)
            with contextlib.suppress(OSError, ValueError):
                self.address = json.loads(file.read_text())["address"]
        self.workers = [self.start_worker() for _worker in range(workers)]
        self.client = distributed.Client(self.address, set_as_default=False)
        self.wait_for_workers(workers)

    def start_worker(self, **environment: str) -> "subprocess.Popen[bytes]":
        """Start a worker, which joins a while later."""
        words = ["worker", self.address, "--nthreads", "1", "--no-nanny", "--no-dashboard"]
        return self._start(*words, **environment)

    def wait_for_workers(self, count: int) -> None:
        """Wait until exactly so many workers are there."""
        while self.client.scheduler_info()["n_workers"] != count:
            time.sleep(0.05)

    def processor_s(self, of_workers: bool = True) -> float:
        """Return the processor time of the scheduler and of the workers so far, in seconds."""
        processes = [self.scheduler, *(self.workers if of_workers else ())]
        return sum(sum(psutil.Process(one.pid).cpu_times()[:2]) for one in processes)

    def __enter__(self) -> "LocalCluster":
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        """End all that was started."""
        self.client.close()
        for process in self._processes:
            process.kill()
        for process in self._processes:
            process.wait()

    def _start(self, *words: str, **environment: str) -> "subprocess.Popen[bytes]":
        process = subprocess.Popen(
            [sys.executable, "-m", "dask", *words],
            env={**os.environ, **environment},
            cwd=self._folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._processes.append(process)
        return process
