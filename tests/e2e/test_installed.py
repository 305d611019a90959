"""`pip install .` into a fresh environment: the command, the package and the app work there from another folder.

The environment is new and has mlpviz alone; what mlpviz needs it borrows from the one that runs the tests, so that
PyTorch is not fetched and unpacked a second time. That every other package is named in pyproject.toml is checked apart.
"""

import json
import os
import re
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import expect

from benchmarks.server import free_port
from mlpviz.app.ports import answers_in_time
from mlpviz.examples.networks import PRESETS
from mlpviz.hosts.pages import PAGES
from tests.support.repository import ROOT

LARGEST = 2_000_000
"""bytes of the wheel"""
MODELS = ROOT / "tests/exchange/models"


def run(*command, **options):
    return subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False, **options)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    # from a copy of what is in the repository: a build may leave nothing in the checkout
    listed = run("git", "ls-files", "-co", "--exclude-standard", cwd=ROOT).stdout.split("\n")
    source = folder / "source"
    for name in listed:
        if (ROOT / name).is_file() and name.split("/")[0] not in ("tests", "findings"):
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            (source / name).write_bytes((ROOT / name).read_bytes())
    options = ("--no-deps", "--no-build-isolation", "--disable-pip-version-check")
    done = run(sys.executable, "-m", "pip", "wheel", *options, "-w", folder, source)
    assert done.returncode == 0, done.stderr
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """The folder with the commands of the fresh environment."""
    folder = tmp_path_factory.mktemp("fresh")
    assert run(sys.executable, "-m", "venv", "--without-pip", folder).returncode == 0
    python = next(folder.glob("bin/python")) if os.name != "nt" else folder / "Scripts/python.exe"
    options = ("install", "--no-deps", "--disable-pip-version-check", wheel)
    done = run(sys.executable, "-m", "pip", "--python", python, *options)
    assert done.returncode == 0, done.stderr
    where = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").stdout.strip()
    (Path(where) / "borrowed.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return python.parent


@pytest.fixture
def elsewhere(tmp_path):
    """Another folder, and an environment that knows nothing of the checkout."""
    (tmp_path / "mazur.json").write_text(PRESETS["mazur"].document.to_json(), encoding="utf-8")
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return {"cwd": tmp_path, "env": environment}


def test_the_wheel_holds_what_runs_and_nothing_else(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    assert wheel.stat().st_size <= LARGEST
    suffixes = {Path(name).suffix for name in names if "dist-info" not in name}
    assert suffixes == {".py", ".js", ".css", ".html", ".json", ".mjs", ".toml", ".ttf", ".txt", ".typ"}
    assert {f"mlpviz/web/built/{page}.js" for page in PAGES} <= set(names)
    start = "mlpviz/hosts/streamlit/start"
    ours = [f"pages/{path.name}" for path in (ROOT / "pages").glob("*.py")]
    assert {f"{start}/{name}" for name in ("app.py", ".streamlit/config.toml", *ours)} == {
        name for name in names if name.startswith(start)
    }
    programs = {path.relative_to(ROOT).as_posix() for path in (ROOT / "mlpviz").rglob("*.py")}
    assert programs <= set(names)


def test_every_package_that_is_imported_is_asked_for(wheel):
    text = zipfile.ZipFile(wheel).read(next(n for n in zipfile.ZipFile(wheel).namelist() if n.endswith("METADATA")))
    asked = re.findall(r"^Requires-Dist: ([\w-]+)", text.decode(), re.MULTILINE)
    assert {"numpy", "streamlit", "torch", "h5py", "onnx", "openpyxl"} <= set(asked)
    assert not {"pytest", "keras", "hypothesis"} & set(asked)


def test_the_command_works_from_another_folder(installed, elsewhere):
    command = [installed / "mlpviz"]
    done = run(*command, "--version", **elsewhere)
    assert re.fullmatch(r"mlpviz \d+\.\d+\.\d+\n", done.stdout), done.stderr
    done = run(*command, "trace", "mazur.json", **elsewhere)
    assert json.loads(done.stdout)["loss"] == PRESETS["mazur"].document.trace().loss
    done = run(*command, "list", "formats", **elsewhere)
    assert "network_pytorch" in done.stdout
    done = run(*command, "export", "mazur.json", "--as", "pytorch", **elsewhere)
    assert run(installed / "python", "-", input=done.stdout, **elsewhere).returncode == 0
    done = run(*command, "export", "mazur.json", "--out", "same.json", **elsewhere)
    assert (elsewhere["cwd"] / "same.json").read_text() == PRESETS["mazur"].document.to_json(1)
    done = run(*command, "trace", "none.json", **elsewhere)
    assert (done.returncode, done.stderr) == (2, "mlpviz: none.json: no such file or directory\n")


def test_the_module_is_the_same_command(installed, elsewhere):
    starts = ([installed / "mlpviz"], [installed / "python", "-m", "mlpviz"])
    told = [run(*start, "--help", **elsewhere) for start in starts]
    assert told[0].stdout == told[1].stdout
    assert told[0].stdout.startswith("usage: mlpviz ")


def test_the_package_is_that_of_the_environment(installed, elsewhere):
    code = "import mlpviz; print(mlpviz.__file__); print(mlpviz.read('mazur.json').trace().loss)"
    place, loss = run(installed / "python", "-c", code, **elsewhere).stdout.split()
    assert Path(place).is_relative_to(installed.parent)
    assert float(loss) == PRESETS["mazur"].document.trace().loss


@pytest.fixture
def serve(installed, elsewhere):
    """Serves the app as the command does, and gives its address; it ends after the browser does."""
    started = []

    def server(*arguments):
        port = free_port()
        command = [installed / "mlpviz", *arguments, "--no-browser", "--port", str(port)]
        with (elsewhere["cwd"] / "said.txt").open("w") as said:
            process = subprocess.Popen(command, stdout=said, stderr=said, **elsewhere)
        started.append(process)
        assert answers_in_time(port, lambda: process.poll() is None), (elsewhere["cwd"] / "said.txt").read_text()
        return f"http://127.0.0.1:{port}"

    yield server
    for process in started:
        process.terminate()
        process.wait(10)


def test_the_installed_app_paints_every_page_with_our_settings(serve, open_app):
    open_app.may_say("404")  # Streamlit looks for its own files below the page's address first
    sheet = open_app(f"{serve()}/").ready().end()
    sheet.expect("weight.3", 2, 2, "−1")
    assert sheet.badge().startswith("NumPy = PyTorch")
    assert sheet.page.evaluate("() => getComputedStyle(document.body).fontFamily").startswith("system-ui")
    sheet.page.get_by_role("link", name="Check").click()
    sheet.page.get_by_text("∂L/∂W of layer 3").first.wait_for()
    sheet.page.get_by_role("link", name="Train").click()
    sheet.page.locator(".train .transport").wait_for()


def test_a_file_of_another_tool_opens_on_the_sheet(serve, open_app):
    path = next((MODELS / "torch_safetensors").glob("*.safetensors"))
    sheet = open_app(f"{serve(path)}/").ready()
    expect(sheet.page.locator("select.preset option").first).to_have_text(path.stem)
    assert not sheet.page.locator(".notice.error").is_visible()
