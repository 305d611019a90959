import socket

from mlpviz.app.ports import HOST, answers_in_time, free_port, is_free


def test_a_port_is_free_until_somebody_listens_there():
    assert is_free(free_port())
    with socket.socket() as server:
        server.bind((HOST, 0))
        server.listen()
        port = server.getsockname()[1]
        assert not is_free(port)
        assert answers_in_time(port)
        assert not answers_in_time(port, lambda: False)


def test_nobody_is_waited_for_whose_program_has_ended():
    left = [True, True, False]
    assert not answers_in_time(free_port(), lambda: left.pop(0))
