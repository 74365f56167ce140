"""The connection of a batch to a Dask cluster: how it begins, whom it trusts, how it ends.

Below `handouts.batch.engines.cluster`, which sends chunks over it. Workers of this machine are
started here when there is no cluster. Everything that goes wrong is a diagnostic.
"""

from __future__ import annotations

import logging
import signal
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import resource_tracker
from pathlib import Path
from typing import Any

from handouts.batch.travel import Program, here, unlike
from handouts.diagnostics import Diagnostic, ExitCode, HandoutsError, problem

LOOK = 5.0
"""Seconds without news after which the cluster is looked at."""
_PAUSE = 0.2
"""Seconds before something is tried again."""
_FAREWELL = 2
"""Seconds for a scheduler to answer when the connection is closed; a dead one never does."""
_ALLOWED = {"distributed.scheduler.allowed-failures": 1}
"""With workers of this machine a chunk goes down twice, then its documents are made singly."""
_START = "start one with: dask scheduler; or mend the address, or leave --scheduler away"


@dataclass(frozen=True, slots=True)
class Tls:
    """Files for a scheduler that speaks ``tls://``, in PEM format."""

    ca: Path
    certificate: Path
    key: Path


@contextmanager
def connected(scheduler: str, tls: Tls | None, patience: float) -> Iterator[Any]:
    """A connection to a cluster that is there.

    Raises:
        HandoutsError: ``no-scheduler``, ``bad-certificate``, ``missing-library``.
    """
    _import()
    from distributed import Client

    security = _security(tls) if tls else None  # Without files Dask's own settings decide.
    try:
        client = Client(scheduler, security=security, timeout=patience, set_as_default=False)
    except (OSError, ValueError, TypeError, RuntimeError) as error:
        message = f"no Dask scheduler answers at {scheduler}: {error}"
        raise problem("no-scheduler", message, _START, exit_code=ExitCode.RESOURCE) from None
    try:
        yield client
    finally:
        _close(client, _FAREWELL)


@contextmanager
def started(processes: int) -> Iterator[Any]:
    """A connection to a cluster of this machine, which ends with the batch.

    Raises:
        HandoutsError: ``missing-library``.
    """
    _import()
    import dask
    from distributed import Client, LocalCluster

    with ExitStack() as stack:
        stack.enter_context(dask.config.set(_ALLOWED))
        cluster = LocalCluster(
            n_workers=0,
            threads_per_worker=1,
            processes=True,
            host="127.0.0.1",
            dashboard_address="127.0.0.1:0",
            memory_limit=0,
            silence_logs=logging.CRITICAL + 1,
        )
        stack.callback(_close, cluster)
        resource_tracker.ensure_running()  # It would unblock what is blocked next.
        cluster.sync(_deaf)
        cluster.scale(processes)
        client = Client(cluster, set_as_default=False)
        stack.callback(_close, client, _FAREWELL)
        yield client


def wait_for_workers(client: Any, count: int, patience: float) -> None:
    """Waits for so many workers, and goes on with fewer when some have not come in time.

    Raises:
        HandoutsError: ``no-workers`` when there is none.
    """
    end = time.monotonic() + patience
    while (there := threads(client)) < count:
        if (left := end - time.monotonic()) > 0:
            with suppress(TimeoutError):
                client.wait_for_workers(count, timeout=min(LOOK, left))
        elif there:
            return
        else:
            raise no_workers(client)


def register(client: Any, plugin: Any, patience: float) -> None:
    """Gives a plugin to all workers; once more when one of them dies at that moment.

    Raises:
        HandoutsError: ``lost-scheduler``.
    """
    end = time.monotonic() + patience
    while True:
        try:
            client.register_plugin(plugin, name=plugin.name)
            return
        except OSError as error:
            if client.status != "running" or time.monotonic() > end:
                raise lost() from error
            time.sleep(_PAUSE)


def refuse_strangers(client: Any, mine: Program) -> None:
    """Every worker that is there must be this program; those that join later are asked then.

    Raises:
        HandoutsError: ``other-program``.
    """
    problems: list[Diagnostic] = []
    for address, program in client.run(here, on_error="return").items():
        if isinstance(program, OSError):
            continue  # It has just died.
        if isinstance(program, Exception):
            problems.append(_cannot(address, program))
        elif found := unlike(address, mine, program):
            problems.append(found)
    if problems:
        raise HandoutsError(problems)


def threads(client: Any) -> int:
    """How many workers there are; one with more threads still makes one chunk at a time.

    Raises:
        HandoutsError: ``lost-scheduler``.
    """
    try:
        there = len(client.nthreads())
        if client.cluster and there < len(client.cluster.worker_spec):
            client.cluster.sync(_revive, client.cluster)
        return there
    except Exception as error:
        raise lost() from error


def leave(client: Any, name: str) -> None:
    """No worker goes on with this batch after it has ended here."""
    from handouts.batch.engines.station import leave

    if client.status != "running":
        return
    with suppress(Exception):
        client.unsubscribe_topic("all")
        client.run(leave, name, on_error="ignore")
        client.unregister_worker_plugin(name)


def no_workers(client: Any) -> HandoutsError:
    """Nobody to make anything."""
    if client.cluster:
        message = "no worker of this machine stays alive"
        hint = "a lack of memory can be the cause; mend that, then run the batch again"
    else:
        message = "the cluster has no workers"
        hint = "start workers with: dask worker ADDRESS --nthreads 1; then run the batch again"
    return problem("no-workers", message, hint, exit_code=ExitCode.RESOURCE)


def lost() -> HandoutsError:
    """The scheduler has gone."""
    return problem(
        "lost-scheduler",
        "the connection to the Dask scheduler is lost",
        "look after the scheduler, then run the batch again: it goes on from here",
        exit_code=ExitCode.RESOURCE,
    )


def _import() -> None:
    try:
        import distributed
    except ImportError:
        raise problem(
            "missing-library",
            "--engine dask needs Dask, which is not installed",
            "install it: pip install 'handouts[cluster]'",
            exit_code=ExitCode.USAGE,
        ) from None
    _quieten(distributed.__name__)


def _quieten(library: str) -> None:
    """Dask logs every worker that comes and goes; the batch tells what matters.

    For good: its threads have things to say after the batch has ended, too.
    """
    for name in (library, f"{library}.client", "tornado", "tornado.application"):
        for handler in logging.getLogger(name).handlers:
            handler.setLevel(logging.CRITICAL + 1)


async def _deaf() -> None:
    """Ctrl-C reaches all processes of a terminal; it is for the coordinator, who ends the others.

    Blocked in the thread that starts workers, and so in them; Windows knows no such thing.
    """
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])


def _close(one: Any, timeout: float | None = None) -> None:
    """Whatever a cluster falls over when it ends, the batch is done by then."""
    with suppress(Exception):
        one.close(timeout=timeout)


async def _revive(cluster: Any) -> None:
    """Dask starts a worker again that died at work, but not one that died before its first."""
    for name, nanny in list(cluster.workers.items()):
        if nanny.status.name in ("failed", "closed"):
            del cluster.workers[name]
    cluster.scale(len(cluster.worker_spec))


def _security(tls: Tls) -> Any:
    """Dask's form of the files, which are read once here, so that it is told what is wrong."""
    from distributed.security import Security

    security = Security(
        tls_ca_file=str(tls.ca),
        tls_client_cert=str(tls.certificate),
        tls_client_key=str(tls.key),
        require_encryption=True,
    )
    try:
        for path in (tls.ca, tls.certificate, tls.key):
            path.read_bytes()
        security.get_connection_args("client")
    except OSError as error:  # Those of ssl are of this kind, too.
        raise problem(
            "bad-certificate",
            f"the files of --tls-ca, --tls-cert and --tls-key cannot be used: {error}",
            "give the cluster's CA, and a certificate of it with its key, as PEM files",
            exit_code=ExitCode.FILE,
        ) from None
    return security


def _cannot(address: str, error: Exception) -> Diagnostic:
    missing = "No module named 'handouts'" in str(error)
    reason = "has no handouts installed" if missing else f"cannot run handouts: {error}"
    return Diagnostic(
        "other-program",
        f"worker {address} {reason}",
        "install the same version there (pip install 'handouts[cluster]') and start it again",
        exit_code=ExitCode.RESOURCE,
    )


__all__ = [
    "LOOK",
    "Tls",
    "connected",
    "leave",
    "lost",
    "no_workers",
    "refuse_strangers",
    "register",
    "started",
    "threads",
    "wait_for_workers",
]
