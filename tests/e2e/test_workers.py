"""Several workers behind each proxy: a visitor stays with one, and loses nothing when that one is killed."""

import os
import re
import signal
import subprocess
import sys
import urllib.request

import pytest

from mlpviz.app.ports import answers_in_time, spare_ports
from mlpviz.hosts.workers.proxies import COOKIE, PROXIES
from tests.support.proxy_programs import program

LINE = re.compile("/mlpviz/line$")


def given_cookie(url):
    """The cookie that a browser without one gets."""
    with urllib.request.urlopen(url) as answer:
        return re.search(f"{COOKIE}=([^;]*)", answer.headers["Set-Cookie"]).group(1)


def workers_of(parent):
    """The processes of the workers that the command started."""
    told = subprocess.run(["ps", "-o", "pid=,args=", "--ppid", str(parent)], capture_output=True, text=True, check=True)
    return [int(line.split()[0]) for line in told.stdout.splitlines() if "mlpviz open" in line]


@pytest.fixture(params=PROXIES)
def served(request, tmp_path):
    program(request.param)
    (port,) = spare_ports(1)
    command = [sys.executable, "-m", "mlpviz", "serve", "--workers", "2", "--proxy", request.param, "--port", str(port)]
    with (tmp_path / "said.txt").open("w+") as said, subprocess.Popen(command, stdout=said, stderr=said) as process:
        try:
            assert answers_in_time(port, lambda: process.poll() is None), (tmp_path / "said.txt").read_text()
            yield f"http://127.0.0.1:{port}/", process
        finally:
            process.terminate()
            assert process.wait(30) == 0


IN_ADDRESS = "() => new URL(location.href).searchParams.get('d')"


def test_a_visitor_stays_with_a_worker_and_loses_nothing_when_it_is_killed(served, open_app):
    url, process = served
    assert len({given_cookie(url) for _ in range(40)}) == 2, "visitors are shared out"
    open_app.may_say(
        "ERR_CONNECTION_REFUSED", "server endpoint", "server is not responding", "502", "404", "when disconnected"
    )
    sheet = open_app(url, alone=True)
    sent = []
    sheet.page.on("websocket", lambda socket: socket.on("framesent", lambda _: sent.append(socket.url)))
    sheet.page.reload()
    sheet.ready().end()
    sheet.badge()
    before, network = len(sent), sheet.page.evaluate(IN_ADDRESS)
    sheet.type_into("weight.7", 1, 2, "3")
    sheet.expect("a.7", 1, 1, "16")
    assert sent[before:]
    assert LINE.search(sent[before])
    # the network of before may be in the address already
    sheet.page.wait_for_function(f"(before) => ({IN_ADDRESS})() !== before", arg=network)
    kept = [cookie["value"] for cookie in sheet.page.context.cookies() if cookie["name"] == COOKIE]
    sheet.page.evaluate(
        "() => window.addEventListener('mlpviz:painted', () => { window.back = true; }, { once: true })"
    )
    workers = workers_of(process.pid)
    assert len(workers) == 2
    for worker in workers:  # one of them is the visitor's
        os.kill(worker, signal.SIGKILL)
    sheet.page.wait_for_function("() => window.back", timeout=60_000)
    sheet.expect("a.7", 1, 1, "16")
    sheet.type_into("weight.7", 1, 2, "4")
    sheet.expect("a.7", 1, 1, "21")
    sheet.badge()
    assert [cookie["value"] for cookie in sheet.page.context.cookies() if cookie["name"] == COOKIE] == kept
    assert len(workers_of(process.pid)) == 2
    assert not set(workers) & set(workers_of(process.pid))
