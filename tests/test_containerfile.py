"""The container without an engine for containers: its files in a folder, its user, its command and its health check."""

import io
import json
import os
import shutil
import subprocess
import sys
import time

import pytest
from dockerfile_parse import DockerfileParser

from benchmarks.server import free_port
from tests.support.repository import ROOT

WITHOUT_RIGHTS = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"] if os.geteuid() == 0 else []
"""what makes of root somebody who may write where the mode of a file says so, and nowhere else"""


@pytest.fixture(scope="module")
def parsed():
    return DockerfileParser(fileobj=io.BytesIO((ROOT / "Containerfile").read_bytes()))


def steps(parsed, name):
    return [each["value"] for each in parsed.structure if each["instruction"] == name]


def command(text):
    """The words of a command, with the Python of these tests in the place of the container's."""
    return [*WITHOUT_RIGHTS, *(sys.executable if word == "python" else word for word in json.loads(text))]


def test_it_installs_what_was_tested_and_runs_as_nobody(parsed):
    (install,) = (text for text in steps(parsed, "RUN") if "pip install" in text)
    assert install.endswith("-r /requirements-lock.txt")
    assert "requirements-lock.txt /" in steps(parsed, "COPY")
    assert steps(parsed, "USER") == ["10001:10001"]
    # nothing after it is done by root
    order = [each["instruction"] for each in parsed.structure]
    assert not {"RUN", "COPY", "ADD"} & set(order[order.index("USER") :])
    # the Python of the lock, in which the packages are put together and in which they run
    assert set(steps(parsed, "FROM")) == {f"{PYTHON} AS packages", PYTHON}


PYTHON = "docker.io/library/python:3.11-slim"


def copied(parsed, app):
    """The files that the container has in its folder."""
    app.mkdir()
    for text in steps(parsed, "COPY"):
        *sources, target = text.split()
        if "--from" in text or target == "/":
            continue
        for source in sources:
            if (ROOT / source).is_dir():
                shutil.copytree(ROOT / source, app / target, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(ROOT / source, app / target)
    return app


def test_its_command_answers_its_health_check_from_files_that_nobody_may_write(parsed, tmp_path):
    app, home, log = copied(parsed, tmp_path / "app"), tmp_path / "tmp", tmp_path / "log"
    home.mkdir()
    before = sorted(app.rglob("*"))
    for path in (app, *before):
        path.chmod(path.stat().st_mode & ~0o222)
    values = {**parsed.envs, "PATH": os.environ["PATH"], "HOME": str(home), "XDG_CACHE_HOME": str(home / "cache")}
    port = free_port()
    (check,) = steps(parsed, "HEALTHCHECK")
    checking = [word.replace("8501", str(port)) for word in command(check.split("CMD ", 1)[1])]

    def is_healthy():
        return subprocess.run(checking, env=values, capture_output=True, check=False).returncode == 0

    assert not is_healthy()
    with log.open("wb") as said:
        server = subprocess.Popen(
            [*command(parsed.cmd), "--port", str(port)], cwd=app, env=values, stdout=said, stderr=said
        )
    try:
        # so little may it write
        tried = subprocess.run([*WITHOUT_RIGHTS, "touch", app / "new"], capture_output=True, check=False)
        assert tried.returncode != 0
        until = time.monotonic() + 60
        while not is_healthy():
            assert server.poll() is None, log.read_text()
            assert time.monotonic() < until, "it did not become healthy"
            time.sleep(0.3)
    finally:
        server.terminate()
        server.wait()
        for path in (app, *before):
            path.chmod(path.stat().st_mode | 0o200)
    assert sorted(app.rglob("*")) == before
