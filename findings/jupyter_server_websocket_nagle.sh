#!/usr/bin/env bash
# jupyter_server 2.21.1: the socket on which a browser gets the answers of a kernel keeps Nagle's algorithm on, as
# tornado leaves it (WebSocketHandler.set_nodelay is never called). A kernel answers with three small messages (busy, the
# answer, idle), so the answer may wait until the browser has acknowledged "busy". How long that
# takes was not measured apart. Shown by the socket option on a running server.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check jupyter_server==2.21.1 ipykernel==7.4.0 2>/dev/null
HOME="$folder" "$folder/venv/bin/python" -W ignore - <<'PYTHON'
import asyncio
import json
import socket

from jupyter_server.serverapp import ServerApp
from jupyter_server.services.kernels.websocket import KernelWebsocketHandler
from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.websocket import websocket_connect

found = []
opened = KernelWebsocketHandler.open


async def open_and_look(self, kernel_id):
    await opened(self, kernel_id)
    stream = self.ws_connection.stream
    found.append(stream.socket.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))


KernelWebsocketHandler.open = open_and_look


async def look(app):
    url = f"127.0.0.1:{app.port}"
    client = AsyncHTTPClient()
    for _ in range(100):
        try:
            made = await client.fetch(HTTPRequest(f"http://{url}/api/kernels", method="POST", body="{}"))
            break
        except OSError:
            await asyncio.sleep(0.1)
    kernel = json.loads(made.body)["id"]
    await websocket_connect(f"ws://{url}/api/kernels/{kernel}/channels")
    while not found:
        await asyncio.sleep(0.05)
    app.stop()


app = ServerApp()
app.initialize(["--ServerApp.allow_root=True", "--IdentityProvider.token=", "--ServerApp.disable_check_xsrf=True",
                "--ServerApp.open_browser=False", "--ServerApp.port=0", "--ServerApp.ip=127.0.0.1", "--log-level=ERROR"])
app.io_loop.add_callback(look, app)
app.start()
print("TCP_NODELAY of the socket of a kernel:", found[0])
assert found == [0], "it is set now"
PYTHON
echo "still so"
