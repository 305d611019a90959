"""What each proxy is told, and that the programs themselves take it."""

import subprocess
from pathlib import Path

import pytest

from mlpviz.hosts.workers.proxies import COOKIE, PROXIES
from tests.support.proxy_programs import program

CHECKED = {"nginx": ("-t",), "caddy": ()}
"""how a program is asked to read its settings only, as far as our own command does not say it"""


def accepts(key, text, folder):
    """Whether the program takes these settings, and what it says."""
    file = folder / "settings"
    file.write_text(text)
    command = PROXIES[key].command(program(key), folder, file)
    if key == "caddy":
        command[1] = "validate"
    done = subprocess.run([*command, *CHECKED[key]], capture_output=True, text=True, timeout=30, check=False)
    return done.returncode == 0, done.stderr


@pytest.mark.parametrize("key", PROXIES)
@pytest.mark.parametrize("address", ["127.0.0.1", "0.0.0.0", "::1"])  # noqa: S104  # nothing listens
@pytest.mark.parametrize("workers", [[9001], [9001, 9002], list(range(9001, 9065))])
def test_the_program_takes_its_settings(key, address, workers, tmp_path):
    text = PROXIES[key].settings(address, 8777, workers)
    taken, said = accepts(key, text, tmp_path)
    assert taken, said
    assert COOKIE in text
    assert all(f"127.0.0.1:{port}" in text for port in workers)


def blocks(language):
    """The files for one's own proxy in docs/serving.md."""
    text = (Path(__file__).parents[3] / "docs/serving.md").read_text()
    return [part.split("```")[0] for part in text.split(f"```{language}\n")[1:]]


def test_the_files_in_the_docs_are_taken(tmp_path):
    (nginx,) = blocks("nginx")
    taken, said = accepts("nginx", f"pid nginx.pid;\nevents {{}}\nhttp {{\naccess_log off;\n{nginx}\n}}", tmp_path)
    assert taken, said
    for caddy in blocks("caddy"):
        taken, said = accepts("caddy", caddy, tmp_path)
        assert taken, said
