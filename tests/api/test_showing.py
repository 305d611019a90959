"""`show` starts the app in a process of its own: on the network, for a notebook as a frame."""

import urllib.request

import pytest
from sklearn.neural_network import MLPRegressor

import mlpviz
from mlpviz.api.showing import network_of
from mlpviz.examples.networks import PRESETS

XOR = PRESETS["xor"].document


def test_what_can_be_shown(tmp_path):
    network = mlpviz.Network(XOR)
    assert network_of(network) is network
    assert network_of(XOR).document is XOR
    assert network_of(network.save(tmp_path / "xor.json")).document == XOR
    model = MLPRegressor(hidden_layer_sizes=(2,), solver="lbfgs").fit([[0.0], [1.0]], [0.0, 1.0])
    assert network_of(model, [[0.0]], [1.0]).document.widths == (1, 2, 1)


def test_what_is_no_network_is_refused():
    with pytest.raises(mlpviz.DocumentError, match="a model needs samples"):
        mlpviz.show(7)
    with pytest.raises(mlpviz.DocumentError, match="a int is no network"):
        mlpviz.show(7, [[1]])


def test_the_app_runs_until_it_is_stopped():
    app = mlpviz.show(XOR, opens_browser=False)
    try:
        assert repr(app) == f"mlpviz at {app.url}"
        assert f'<iframe src="{app.url}"' in app._repr_html_()
        with urllib.request.urlopen(app.url) as answer:
            assert "Step through" in answer.read().decode()
        port = int(app.url.split(":")[2].rstrip("/"))
        with pytest.raises(RuntimeError, match=f"port {port} is not free"):
            mlpviz.show(XOR, opens_browser=False, port=port)
    finally:
        app.stop()
    assert app.process.poll() is not None
