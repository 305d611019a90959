"""A slow line between browser and server: a TCP proxy that keeps every byte back for a while, in order.

The browser's own network emulation leaves WebSockets out, and these carry every edit.
"""

import asyncio
import contextlib
import threading

from benchmarks.server import free_port


@contextlib.contextmanager
def slow_line(port, seconds):
    """The address of a proxy for the server at this port; every direction takes so many seconds."""
    loop = asyncio.new_event_loop()
    own, ready, open_lines = free_port(), threading.Event(), []

    async def forward(reader, writer):
        waiting = asyncio.Queue()

        async def deliver():
            while (found := await waiting.get()) is not None:
                due, data = found
                await asyncio.sleep(max(0.0, due - loop.time()))
                writer.write(data)
                await writer.drain()

        task = loop.create_task(deliver())
        with contextlib.suppress(OSError):
            while data := await reader.read(65536):
                waiting.put_nowait((loop.time() + seconds, data))
        waiting.put_nowait(None)
        with contextlib.suppress(OSError):
            await task
            writer.close()

    async def connect(reader, writer):
        theirs = await asyncio.open_connection("127.0.0.1", port)
        open_lines.extend((writer.transport, theirs[1].transport))
        with contextlib.suppress(asyncio.CancelledError):  # the test is over
            await asyncio.gather(forward(reader, theirs[1]), forward(theirs[0], writer))

    async def serve():
        server = await asyncio.start_server(connect, "127.0.0.1", own)
        ready.set()
        await stopped.wait()
        server.close()
        rest = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in rest:
            task.cancel()
        await asyncio.gather(*rest, return_exceptions=True)
        for line in open_lines:
            line.abort()
        await asyncio.sleep(0.1)

    stopped = asyncio.Event()
    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),), daemon=True)
    thread.start()
    ready.wait(10)
    try:
        yield f"http://127.0.0.1:{own}"
    finally:
        loop.call_soon_threadsafe(stopped.set)
        thread.join(10)
        loop.close()
