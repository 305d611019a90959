"""`serve`: what it refuses in one sentence, and workers with nothing before them."""

import socket
import subprocess
import sys
import urllib.request

import pytest

from mlpviz.app.ports import answers_in_time, is_free, spare_ports
from mlpviz.cli import main
from mlpviz.cli import serve as serve_command


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--workers", "0"], "--workers is 0, expected a number from 1 to 64"),
        (["--workers", "65"], "--workers is 65, expected a number from 1 to 64"),
        (["--port", "0"], "--port is 0, expected a number from 1 to 65,535"),
        (["--port", "65535", "--workers", "2", "--proxy", "none"], "nothing can listen at port 65536"),
        (["none.json"], "none.json: no such file or directory"),
        (["-"], "serve reads a file, not standard input"),
        (["--address", "192.0.2.1"], "nothing can listen at port 8501 of 192.0.2.1"),
        (["--address", "no such name"], "nothing can listen at port 8501 of no such name"),
    ],
)
def test_what_cannot_be_served_is_said(arguments, sentence, capsys):
    assert main(["serve", *arguments]) == 2
    said = capsys.readouterr().err
    assert sentence in said
    assert said.count("\n") == 1


def test_a_port_that_is_taken_is_said(capsys):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert main(["serve", "--port", str(port)]) == 2
    assert f"nothing can listen at port {port} of 127.0.0.1" in capsys.readouterr().err


def test_without_a_proxy_the_sentence_names_both(monkeypatch, capsys):
    monkeypatch.setattr(serve_command.shutil, "which", lambda *_, **__: None)
    (port,) = spare_ports(1)
    assert main(["serve", "--workers", "2", "--port", str(port)]) == 2
    assert "several workers need nginx or Caddy before them, which is not installed here" in capsys.readouterr().err


def test_workers_listen_side_by_side_without_a_proxy():
    port = next(port for port in spare_ports(20) if is_free(port + 1))
    command = [sys.executable, "-m", "mlpviz", "serve", "--workers", "2", "--proxy", "none", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            for one in (port, port + 1):
                assert answers_in_time(one, lambda: process.poll() is None)
                with urllib.request.urlopen(f"http://127.0.0.1:{one}/_stcore/health") as answer:
                    assert answer.read() == b"ok"
            assert process.stdout.readline() == (
                f"mlpviz: workers at 127.0.0.1:{port} to {port + 1}. Stop it with Ctrl+C.\n"
            )
        finally:
            process.terminate()
            assert process.wait(30) == 0
    assert is_free(port)
    assert is_free(port + 1)
