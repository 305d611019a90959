"""Processes that run for ever: started in their order, started again, given up, ended together."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from types import SimpleNamespace

import pytest

from mlpviz.app.ports import answers_in_time, spare_ports
from mlpviz.hosts.workers import supervisor
from mlpviz.hosts.workers.supervisor import Child, GivenUpError, supervise

LISTENS = """
import os, socket, sys
print("started", os.getpid(), file=sys.stderr, flush=True)
with socket.create_server(("127.0.0.1", int(sys.argv[1]))) as server:
    while True:
        server.accept()[0].close()
"""


def child(name, code=LISTENS):
    (port,) = spare_ports(1)
    return Child(name, [sys.executable, "-c", code, str(port)], os.environ, port)


def test_a_stage_begins_when_the_one_before_answers_and_all_end_together():
    first, second = child("first"), child("second")

    def on_start():
        assert first.runs
        assert second.runs
        raise KeyboardInterrupt  # as Ctrl+C

    supervise([first], [second], on_start=on_start)
    assert first.process.returncode == second.process.returncode == -signal.SIGTERM


def test_who_ended_is_started_again(monkeypatch, capsys):
    one = child("worker 1")
    rounds = []

    def look(_seconds):
        rounds.append(one.process.pid)
        if len(rounds) == 1:
            one.process.kill()
            one.process.wait()
            one.started -= 60  # it has run for a while
        else:
            raise KeyboardInterrupt

    monkeypatch.setattr(supervisor, "time", SimpleNamespace(sleep=look, monotonic=time.monotonic))
    supervise([one], on_start=lambda: None)
    assert len(set(rounds)) == 2
    assert "worker 1 has ended, starting it again" in capsys.readouterr().err


def test_who_cannot_run_is_given_up(monkeypatch):
    one = child("worker 1")

    def end(_seconds):
        one.process.kill()
        one.process.wait()

    monkeypatch.setattr(supervisor, "time", SimpleNamespace(sleep=end, monotonic=time.monotonic))
    with pytest.raises(GivenUpError, match="worker 1 ended 3 times within 5 seconds of its start"):
        supervise([one], on_start=lambda: None)


def test_who_never_answers_is_said():
    with pytest.raises(GivenUpError, match="proxy did not start"):
        supervise([child("proxy", "raise SystemExit(1)")], on_start=lambda: None)


def test_a_signal_to_end_ends_the_children_too():
    (port,) = spare_ports(1)
    code = textwrap.dedent(f"""
        import os, sys
        from mlpviz.hosts.workers.supervisor import Child, supervise
        one = Child("one", [sys.executable, "-c", {LISTENS!r}, "{port}"], os.environ, {port})
        supervise([one], on_start=lambda: print(one.process.pid, flush=True))
    """)
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as parent:
        worker = int(parent.stdout.readline())
        parent.terminate()
        assert parent.wait(20) == 0
    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)
    assert not answers_in_time(port, lambda: False)
