"""A TCP proxy between a store and Redis, to be cut, slowed and changed by tests."""

from __future__ import annotations

import socket
import threading


class Way:
    """Passes all data on, in both directions. What a test does to it is in `asked` and `answered`."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self.url = f"redis://127.0.0.1:{self.port}"
        self.pairs: list[tuple[socket.socket, socket.socket]] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def asked(self, data: bytes, server: socket.socket) -> None:
        """Forwards what a client sent."""
        server.sendall(data)

    def answered(self, data: bytes, client: socket.socket) -> None:
        """Forwards what the server sent."""
        client.sendall(data)

    def cut(self) -> None:
        """Closes all connections, as services do with idle ones."""
        for pair in self.pairs:
            for end in pair:
                try:
                    end.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass
        self.pairs.clear()

    def close(self) -> None:
        self._listening.close()
        self.cut()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listening.accept()
                server = socket.create_connection(("127.0.0.1", self._port))
            except OSError:
                return
            self.pairs.append((client, server))
            threading.Thread(target=self._pass, args=(client, server, True), daemon=True).start()
            threading.Thread(target=self._pass, args=(server, client, False), daemon=True).start()

    def _pass(self, source: socket.socket, target: socket.socket, is_client: bool) -> None:
        try:
            while data := source.recv(65_536):
                if is_client:
                    self.asked(data, target)
                else:
                    self.answered(data, target)
            target.shutdown(socket.SHUT_WR)
        except OSError:
            pass
