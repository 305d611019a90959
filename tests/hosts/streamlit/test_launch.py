"""How the app is started."""

from mlpviz.hosts.streamlit import launch


def test_unless_somebody_asks_for_more_only_this_machine_is_listened_to(monkeypatch):
    started = []
    monkeypatch.setattr(launch, "main", lambda arguments, **_: started.append(arguments))
    launch.serve(port=8501, opens_browser=False)
    launch.serve(port=8501, opens_browser=False, address="0.0.0.0")  # noqa: S104  # nothing listens
    assert [one[one.index("--server.address") + 1] for one in started] == ["127.0.0.1", "0.0.0.0"]  # noqa: S104
