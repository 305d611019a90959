"""Faults that take longer: replicas behind real proxies, a far server, a full disk, a clock that jumps. `make soak`."""

import os
import resource
import shutil
import subprocess
import time

import pytest

from benchmarks.server import free_port, served, start
from tests.e2e.counted_edits import QUIET, Edits, sheet_document
from tests.e2e.faulty_proxy import FaultyProxy

pytestmark = pytest.mark.soak

BACK = 5.0
"""seconds after the server's return in which a page goes on by itself"""

_NGINX = """\
daemon off; pid nginx.pid; error_log stderr crit; events {{ worker_connections 1024; }}
http {{
  access_log off; client_body_temp_path b; proxy_temp_path p; fastcgi_temp_path f; scgi_temp_path s; uwsgi_temp_path u;
  map $cookie_replica $kept {{ 0 127.0.0.1:{one}; 1 127.0.0.1:{two}; default both; }}
  upstream both {{ server 127.0.0.1:{one}; server 127.0.0.1:{two}; }}
  map $upstream_addr $replica {{ 127.0.0.1:{one} 0; default 1; }}
  map $http_upgrade $connection_kind {{ "" ""; default upgrade; }}
  server {{
    listen 127.0.0.1:{port};
    location / {{
      proxy_pass http://{backend}; proxy_http_version 1.1; proxy_set_header Host $http_host;
      proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $connection_kind; proxy_read_timeout 1h;
      {cookie}
    }}
  }}
}}
"""
_HAPROXY = """\
defaults
  mode http
  timeout connect 2s
  timeout client 1h
  timeout server 1h
  timeout tunnel 1h
  option redispatch
frontend all
  bind 127.0.0.1:{port}
  default_backend both
backend both
  balance roundrobin
  {cookie}
  server one 127.0.0.1:{one} check inter 500 {one_cookie}
  server two 127.0.0.1:{two} check inter 500 {two_cookie}
"""


# A server whose modules ask `time`. (libfaketime 0.9.10 changes what `sleep` takes too, and hangs Python.)
_CLOCK = """\
import time, pathlib
seconds, real = pathlib.Path(__file__).with_name("seconds"), time.time
time.time = lambda: real() + float(seconds.read_text() or 0)
time.time_ns = lambda: int(time.time() * 1e9)
"""


def _nginx(port, one, two, is_sticky):
    cookie = 'add_header Set-Cookie "replica=$replica; Path=/" always;' if is_sticky else ""
    backend = "$kept" if is_sticky else "both"
    return _NGINX.format(port=port, one=one, two=two, cookie=cookie, backend=backend)


def _haproxy(port, one, two, is_sticky):
    cookie, *own = ("cookie replica insert", "cookie 0", "cookie 1") if is_sticky else ("", "", "")
    return _HAPROXY.format(port=port, one=one, two=two, cookie=cookie, one_cookie=own[0], two_cookie=own[1])


PROXIES = {
    "nginx": (_nginx, lambda program, folder, file: [program, "-e", "stderr", "-p", str(folder), "-c", str(file)]),
    "haproxy": (_haproxy, lambda program, _, file: [program, "-f", str(file)]),
}


def opened(open_app, url):
    open_app.may_say(*QUIET, "502", "503", "504")
    return open_app(f"{url}/?d={sheet_document().to_link()}", alone=True).ready().end()


def seconds_until(edits):
    """How long it takes until all edits are there."""
    begun = time.monotonic()
    edits.are_there()
    return time.monotonic() - begun


@pytest.mark.parametrize("is_sticky", [True, False], ids=["sticky", "round robin"])
@pytest.mark.parametrize("key", PROXIES)
def test_two_replicas_of_which_one_is_killed(open_app, tmp_path, key, is_sticky):
    settings, command = PROXIES[key]
    program = shutil.which(key, path=os.environ["PATH"] + os.pathsep + "/usr/sbin")
    assert program, f"{key} is needed here"
    replicas, port = [start(), start()], free_port()
    (tmp_path / "settings").write_text(settings(port, *(one.port for one in replicas), is_sticky))
    proxy = subprocess.Popen(command(program, tmp_path, tmp_path / "settings"), stderr=subprocess.DEVNULL)
    try:
        time.sleep(2)
        edits = Edits(opened(open_app, f"http://127.0.0.1:{port}"))
        for value in (1, 2):
            edits.type(1, 1, value)
            edits.update()
        edits.are_there()
        for number in (0, 1):
            edits.type(1, 2, 3 + number)
            edits.update()
            replicas[number].process.kill()
            replicas[number].process.wait()
            edits.type(2, 1, 5 + number)
            if key == "nginx" and is_sticky:  # it leads to the replica of the cookie, dead or not
                replicas[number] = start(port=replicas[number].port)
            took = seconds_until(edits)
            print(
                f"{key}, {'sticky' if is_sticky else 'round robin'}: {took:.1f} s after replica {number + 1} was killed"
            )
            if replicas[number].process.poll() is not None:
                replicas[number] = start(port=replicas[number].port)
            time.sleep(1.5)
        edits.update()
        edits.are_there()
    finally:
        proxy.kill()
        proxy.wait()
        for one in replicas:
            one.stop()


def test_two_seconds_of_latency_with_a_kill(open_app):
    server = start()
    try:
        with FaultyProxy(server.port).running() as proxy:
            proxy.seconds = 1.0
            edits = Edits(opened(open_app, proxy.url))
            for value in (1, 2, 3):
                edits.type(1, 1, value)
                edits.update()
            edits.are_there()
            server.process.kill()
            server.process.wait()
            edits.type(1, 2, 4)
            edits.update()
            server = start(port=server.port)
            print(f"2 s of latency: {seconds_until(edits):.1f} s after the server's return")
            edits.type(2, 2, 6)
            edits.are_there()
    finally:
        server.stop()


def test_a_killed_server_comes_back_and_the_page_goes_on_within_seconds(open_app):
    server = start()
    took = []
    try:
        sheet = opened(open_app, server.url)
        edits = Edits(sheet)
        # away for as long as a restart takes, and for as long as it takes to notice
        for away in (0, 3, 20):
            edits.type(1, 1, away + 1)
            edits.update()
            server.process.kill()
            server.process.wait()
            edits.type(1, 2, away + 2)
            sheet.page.wait_for_timeout(1000 * away)
            server = start(port=server.port)
            took.append(seconds_until(edits))
        print("seconds after the return:", [f"{each:.1f}" for each in took])
        assert max(took) < BACK
    finally:
        server.stop()


def test_a_full_disk(open_app):
    with served() as server:
        edits = Edits(opened(open_app, server.url))
        edits.update()
        edits.are_there()
        # nothing that this process writes to a file gets there
        resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (0, 0))
        edits.type(1, 1, 7)
        edits.update()
        edits.are_there()
        edits.sheet.badge()
        edits.sheet.page.reload()
        edits.sheet.ready()
        edits.are_there()
        other = opened(open_app, server.url)
        other.badge()


@pytest.mark.parametrize("days", [-2, 2])
def test_a_clock_that_jumps(open_app, tmp_path, days):
    (tmp_path / "sitecustomize.py").write_text(_CLOCK)
    clock = tmp_path / "seconds"
    clock.write_text("0")
    faked = {"PYTHONPATH": str(tmp_path)}
    server = start(environment=faked)
    try:
        edits = Edits(opened(open_app, server.url))
        edits.update()
        edits.are_there()
        clock.write_text(str(days * 24 * 3600))
        edits.type(1, 1, 7)
        edits.update()
        edits.are_there()
        edits.sheet.badge()
        server.process.kill()
        server.process.wait()
        edits.type(1, 2, 8)
        server = start(port=server.port, environment=faked)
        edits.are_there()
        edits.sheet.type_into("weight.2", 1, 1, "much")
        assert edits.sheet.error()
        edits.sheet.badge()
        edits.sheet.press("Control+z", "Control+Shift+Z")
        edits.update()
        edits.are_there()
    finally:
        server.stop()
