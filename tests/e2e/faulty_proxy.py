"""A proxy between browser and server that can be at fault: slow, deaf, broken, or blind to the page's own socket.

The browser's own network emulation leaves WebSockets out, and these carry every edit. Each direction of each connection
keeps its order.
"""

import asyncio
import contextlib
import threading

from benchmarks.server import free_port

OWN_SOCKET = b"GET /mlpviz/line"
"""how the request for the socket of a page begins"""


class FaultyProxy:
    """What may be set at any time: `seconds` that every byte takes, `line_seconds` that those of the page's own sockets
    take besides; `line` is "open", "blocked" (a new own socket is closed at once) or "deaf" (all of them swallow).
    """

    def __init__(self, port):
        self.port = port
        self.seconds = self.line_seconds = 0.0
        self.line = "open"
        self._own = free_port()
        self._connections = []
        self._loop = asyncio.new_event_loop()
        self._stopped = asyncio.Event()

    @property
    def url(self):
        return f"http://127.0.0.1:{self._own}"

    def break_lines(self):
        """Close the page's own sockets that are open."""
        for one in self._connections:
            if one.is_line:
                self._loop.call_soon_threadsafe(one.abort)

    def forget_all(self):
        """Every connection of now swallows what it gets, without a word, as when a router forgot them."""
        for one in self._connections:
            one.is_forgotten = True

    def swallows(self, connection):
        return connection.is_forgotten or (connection.is_line and self.line == "deaf")

    @contextlib.contextmanager
    def running(self):
        ready = threading.Event()
        thread = threading.Thread(target=self._loop.run_until_complete, args=(self._serve(ready),), daemon=True)
        thread.start()
        ready.wait(10)
        try:
            yield self
        finally:
            self._loop.call_soon_threadsafe(self._stopped.set)
            thread.join(10)
            self._loop.close()

    async def _serve(self, ready):
        server = await asyncio.start_server(self._connect, "127.0.0.1", self._own)
        ready.set()
        await self._stopped.wait()
        server.close()
        rest = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in rest:
            task.cancel()
        await asyncio.gather(*rest, return_exceptions=True)
        for one in self._connections:
            one.abort()
        await asyncio.sleep(0.1)

    async def _connect(self, reader, writer):
        with contextlib.suppress(asyncio.CancelledError, OSError):  # the test is over; nobody listens
            first = await reader.read(65536)
            is_line = first.startswith(OWN_SOCKET)
            if not first or (is_line and self.line == "blocked"):
                return writer.transport.abort()
            try:
                theirs = await asyncio.open_connection("127.0.0.1", self.port)
            except OSError:
                return writer.transport.abort()
            connection = _Connection(self, is_line, (writer, theirs[1]))
            self._connections.append(connection)
            await asyncio.gather(
                connection.forward(reader, theirs[1], first), connection.forward(theirs[0], writer, b"")
            )
        return None


class _Connection:
    def __init__(self, proxy, is_line, writers):
        self.proxy, self.is_line, self.is_forgotten = proxy, is_line, False
        self._writers = writers  # kept to the end: what swallows stays open

    def abort(self):
        for one in self._writers:
            one.transport.abort()

    async def forward(self, reader, writer, first):
        """Carry what comes from one side to the other, and its end, unless it is to be swallowed."""
        loop, waiting = asyncio.get_running_loop(), asyncio.Queue()

        async def deliver():
            while (found := await waiting.get()) is not None:
                due, data = found
                await asyncio.sleep(max(0.0, due - loop.time()))
                if not self.proxy.swallows(self):
                    writer.write(data)
                    await writer.drain()

        def keep_back(data):
            late = self.proxy.seconds + self.is_line * self.proxy.line_seconds
            waiting.put_nowait((loop.time() + late, data))

        task = loop.create_task(deliver())
        if first:
            keep_back(first)
        with contextlib.suppress(OSError):
            while data := await reader.read(65536):
                keep_back(data)
        waiting.put_nowait(None)
        with contextlib.suppress(OSError):
            await task
            if not self.proxy.swallows(self):
                writer.close()


@contextlib.contextmanager
def slow_line(port, seconds):
    """The address of a proxy for the server at this port; every direction takes so many seconds."""
    proxy = FaultyProxy(port)
    proxy.seconds = seconds
    with proxy.running():
        yield proxy.url
