"""Messages leave the server at once."""

import asyncio
import socket
import sys

import pytest
import threadpoolctl

from mlpviz.hosts.streamlit.server_tuning import TURN, compute_with, send_at_once, take_turns
from tests.support.event_loop import finished


def nodelay(one):
    return one.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) != 0


def test_connections_accepted_later_do_not_wait_either():
    async def accepted():
        # as Streamlit binds it: asyncio does not see that it is TCP
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listening.bind(("127.0.0.1", 0))
        peers = asyncio.Queue()
        server = await asyncio.start_server(lambda _, writer: peers.put_nowait(writer), sock=listening)

        async def one():
            _, writer = await asyncio.open_connection(*listening.getsockname())
            peer = await peers.get()
            found = nodelay(peer.get_extra_info("socket"))
            writer.close()
            peer.close()
            return found

        async with server:
            before = await one()
            assert send_at_once() >= 1
            return before, await one()

    assert finished(accepted()) == (False, True)


def test_a_thread_that_computes_gives_way_to_the_event_loop_soon():
    before = sys.getswitchinterval()
    try:
        sys.setswitchinterval(0.005)
        take_turns()
        assert sys.getswitchinterval() == pytest.approx(TURN)
    finally:
        sys.setswitchinterval(before)


def test_products_of_matrices_take_as_many_processors_as_whoever_serves_it_says():
    def found():
        return {each["num_threads"] for each in threadpoolctl.threadpool_info()}

    with threadpoolctl.threadpool_limits(None):  # which puts back what was there
        compute_with(2)
        assert found() == {2}
        compute_with(1)
        assert found() == {1}
