"""Background: the threads in which this process works on query tasks, and its hold on them.

A process holds a task by a lease that it keeps extending while the task waits or runs. What dies
takes its leases along, and others see that from the time alone. A task that was ended elsewhere is
stopped here within a second or so.
"""

from __future__ import annotations

import heapq
import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

from lookalike.instance.errors import Busy
from lookalike.store import tasks
from lookalike.store.database import Database, StoreError

LEASE = timedelta(seconds=20)
TICK = 1.0
_TICKS_PER_EXTENSION = 5
_PATIENCE = 5.0
_CLEAN_EVERY = timedelta(minutes=1)
STOPPED = "the server that ran this task was stopped; create the task again"

LOG = logging.getLogger(__name__)


class Job:
    """One task in the hands of this process."""

    def __init__(self, task: str, work: Callable[[Job], None]) -> None:
        self.task = task
        self.stopped = threading.Event()
        self._work = work
        self._lock = threading.Lock()
        self._cancel: Callable[[], None] | None = None

    def run(self) -> None:
        self._work(self)

    def started(self, cancel: Callable[[], None]) -> None:
        """There is a statement now, and `cancel` ends it."""
        with self._lock:
            self._cancel = cancel
        if self.stopped.is_set():
            cancel()

    def stop(self) -> None:
        self.stopped.set()
        with self._lock:
            cancel = self._cancel
        if cancel is not None:
            cancel()


class Background:
    """At most `n_threads` jobs run at once and `bound` are held. Threads start on first use."""

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime],
        runner: str,
        n_threads: int,
        bound: int,
    ) -> None:
        self.runner = runner
        self._database = database
        self._clock = clock
        self._n_threads = n_threads
        self._bound = bound
        self._changed = threading.Condition()
        self._waiting: list[tuple[bool, int, Job]] = []
        self._n_jobs = 0
        self._n_idle = 0
        self._jobs: dict[str, Job] = {}
        self._threads: list[threading.Thread] = []
        self._clean_at: datetime | None = None
        self._closed = threading.Event()

    def check_room(self) -> None:
        """Raise Busy when too much waits already."""
        if len(self._jobs) >= self._bound:
            raise Busy("too many query tasks are waiting; try again", 2)

    def is_time_to_clean(self) -> bool:
        """Whether a minute has passed since this was last true."""
        now = self._clock()
        with self._changed:
            if self._clean_at is not None and now < self._clean_at:
                return False
            self._clean_at = now + _CLEAN_EVERY
            return True

    def submit(self, job: Job, last: bool = False) -> None:
        """Work on `job` in its turn; `last` ones wait for all others."""
        with self._changed:
            self._n_jobs += 1
            self._jobs[job.task] = job
            heapq.heappush(self._waiting, (last, self._n_jobs, job))
            if not self._threads:
                self._start(self._beat)
            # One of the threads beats, the others serve.
            if len(self._waiting) > self._n_idle and len(self._threads) <= self._n_threads:
                self._start(self._serve)
            self._changed.notify()

    def holds(self, task: str) -> bool:
        """Whether a job waits or runs here."""
        return task in self._jobs

    def stop(self, task: str) -> None:
        """Stop a job, if it is here."""
        job = self._jobs.get(task)
        if job is not None:
            job.stop()

    def close(self) -> None:
        """Stop everything, and say so to those who wait for it."""
        self._closed.set()
        with self._changed:
            self._changed.notify_all()
            jobs = tuple(self._jobs.values())
        if jobs:
            with suppress(StoreError), self._database.write(durable=False) as db:
                tasks.end_of_runner(db, self.runner, self._clock(), STOPPED)
        for job in jobs:
            job.stop()
        for thread in self._threads:
            thread.join(_PATIENCE)

    def _start(self, function: Callable[[], None]) -> None:
        thread = threading.Thread(target=function, name=function.__name__.strip("_"), daemon=True)
        self._threads.append(thread)
        thread.start()

    def _serve(self) -> None:
        while (job := self._next()) is not None:
            try:
                job.run()
            except Exception:  # the thread must outlive it
                LOG.exception("task %s failed", job.task)
            finally:
                with self._changed:
                    self._jobs.pop(job.task, None)

    def _next(self) -> Job | None:
        with self._changed:
            self._n_idle += 1
            self._changed.wait_for(lambda: self._waiting or self._closed.is_set())
            self._n_idle -= 1
            return None if self._closed.is_set() else heapq.heappop(self._waiting)[2]

    def _beat(self) -> None:
        """Extend the leases, and stop what others have ended."""
        n_ticks = 0
        while not self._closed.wait(TICK):
            n_ticks += 1
            with self._changed:
                jobs = tuple(self._jobs.values())
            if not jobs:
                continue
            try:
                self._look_after(jobs, n_ticks % _TICKS_PER_EXTENSION == 0)
            except StoreError:
                LOG.warning("the store is busy; the leases of tasks are extended later")

    def _look_after(self, jobs: tuple[Job, ...], is_due: bool) -> None:
        if is_due:
            with self._database.write(durable=False) as db:
                tasks.extend(db, [job.task for job in jobs], self._clock() + LEASE)
        with self._database.read() as db:
            held = tasks.held_ids(db, self.runner)
        for job in jobs:
            if job.task not in held:
                job.stop()
