"""The programs that stand before several workers: each has a record, with the settings that it reads.

A session lives in one worker, so all sockets of a browser go to the same one: the proxy gives it a cookie at its first
request. Addresses of clients would not do: a whole class often has one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from mlpviz.app.ports import HOST
from mlpviz.engine.registry import Registry

COOKIE = "mlpviz_worker"


@dataclass(frozen=True)
class Proxy:
    """A program that shares visitors out among workers.

    `settings` takes the address and the port to listen on and the ports of the workers, and gives the text of the file
    that `command` names: it takes the path of the program, a folder for what the program writes, and that file.
    """

    key: str
    label: str
    program: str
    settings: Callable[[str, int, Sequence[int]], str]
    command: Callable[[str, Path, Path], list[str]]


def _nginx(address: str, port: int, workers: Sequence[int]) -> str:
    last = len(workers) - 1
    share = 100 / len(workers)
    shares = [f"{share:.2f}% {place};" for place in range(last)] + [f"* {last};"]
    return f"""\
daemon off;
pid nginx.pid;
error_log stderr warn;
events {{ worker_connections 8192; }}
http {{
    access_log off;
    client_body_temp_path body;
    proxy_temp_path proxy;
    fastcgi_temp_path fastcgi;
    scgi_temp_path scgi;
    uwsgi_temp_path uwsgi;
    # whoever has no worker yet gets one by chance, and a cookie that keeps it
    split_clients "$request_id" $chance {{ {" ".join(shares)} }}
    map $cookie_{COOKIE} $worker {{ {" ".join(f"{place} {place};" for place in range(last + 1))} default $chance; }}
    map $worker $backend {{ {" ".join(f"{place} {HOST}:{one};" for place, one in enumerate(workers))} }}
    map $http_upgrade $connection_kind {{ "" ""; default upgrade; }}
    server {{
        listen {_listening(address)}:{port};
        location / {{
            proxy_pass http://$backend;
            proxy_http_version 1.1;
            proxy_set_header Host $http_host;
            proxy_set_header Upgrade $http_upgrade;
            proxy_set_header Connection $connection_kind;
            proxy_read_timeout 1h;
            add_header Set-Cookie "{COOKIE}=$worker; Path=/; HttpOnly; SameSite=Lax" always;
        }}
    }}
}}
"""


def _caddy(address: str, port: int, workers: Sequence[int]) -> str:
    return f"""\
{{
    admin off
    auto_https off
    log {{
        level WARN
    }}
}}
http://:{port} {{
    bind {address}
    reverse_proxy {" ".join(f"{HOST}:{one}" for one in workers)} {{
        lb_policy cookie {COOKIE}
    }}
}}
"""


def _listening(address: str) -> str:
    return f"[{address}]" if ":" in address else address


PROXIES = Registry(
    "proxy",
    (
        Proxy(
            "nginx", "nginx", "nginx", _nginx,
            lambda program, folder, file: [program, "-e", "stderr", "-p", str(folder), "-c", str(file)],
        ),
        Proxy(
            "caddy", "Caddy", "caddy", _caddy,
            lambda program, _folder, file: [program, "run", "--adapter", "caddyfile", "--config", str(file)],
        ),
    ),
)  # fmt: skip
