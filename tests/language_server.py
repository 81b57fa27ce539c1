"""A small client of the YAML language server: what an editor shows of a file as one writes it."""

from __future__ import annotations

import json
import os
import subprocess
from itertools import count
from queue import Empty, Queue
from threading import Thread
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_PATIENCE = 60.0  # seconds: a machine that does much else starts node slowly
_SETTINGS = {"yaml": {"validate": True, "completion": True, "hover": True, "format": {}}}
_ABLE = {
    "workspace": {"configuration": True},
    "textDocument": {"completion": {"completionItem": {"documentationFormat": ["markdown"]}}},
}


class Editor:
    """A language server in a folder, asked as an editor asks it. Used as a context."""

    def __init__(self, server: str, folder: Path) -> None:
        self._folder = folder
        self._numbers = count(1)
        self._said: Queue[dict[str, Any]] = Queue()
        self._process = subprocess.Popen(
            [server, "--stdio"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"PATH": os.environ["PATH"], "HOME": str(folder)},
        )
        Thread(target=self._listen, daemon=True).start()

    def __enter__(self) -> Self:
        folder = {"uri": self._folder.as_uri(), "name": self._folder.name}
        begun = {"processId": None, "rootUri": folder["uri"], "workspaceFolders": [folder]}
        self._ask("initialize", {**begun, "capabilities": _ABLE})
        self._tell("initialized", {})
        self._tell("workspace/didChangeConfiguration", {"settings": _SETTINGS})
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            pipe.close()

    def marked(self, name: str, text: str) -> list[tuple[int, str]]:
        """Open a file and return what is marked in it: the line, from 1, and what is said there."""
        uri = self._open(name, text)
        told = self._wait(
            lambda one: (
                one.get("method") == "textDocument/publishDiagnostics"
                and one["params"]["uri"] == uri
            )
        )
        return [
            (one["range"]["start"]["line"] + 1, one["message"])
            for one in told["params"]["diagnostics"]
        ]

    def offered(self, name: str, text: str) -> dict[str, str]:
        """Return what is offered where "|" stands in a file, each with what is put in for it."""
        answer = self._at_mark(name, text, "textDocument/completion")
        items = answer["items"] if isinstance(answer, dict) else answer or []
        return {
            one["label"]: one.get("textEdit", {}).get("newText", one.get("insertText", ""))
            for one in items
        }

    def hover(self, name: str, text: str) -> str:
        """Return what is shown of the word at "|"."""
        answer = self._at_mark(name, text, "textDocument/hover")
        return str(answer["contents"]["value"]) if answer else ""

    def _at_mark(self, name: str, text: str, method: str) -> Any:
        before, _, after = text.partition("|")
        uri = self._open(name, before + after)
        last = before.rpartition("\n")[2]
        place = {"line": before.count("\n"), "character": len(last)}
        return self._ask(method, {"textDocument": {"uri": uri}, "position": place})

    def _open(self, name: str, text: str) -> str:
        uri = (self._folder / name).as_uri()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self._tell("textDocument/didOpen", {"textDocument": document})
        return uri

    def _ask(self, method: str, parameters: Any) -> Any:
        number = next(self._numbers)
        self._send({"id": number, "method": method, "params": parameters})
        answer = self._wait(lambda one: one.get("id") == number and "method" not in one)
        assert "error" not in answer, answer
        return answer["result"]

    def _tell(self, method: str, parameters: Any) -> None:
        self._send({"method": method, "params": parameters})

    def _wait(self, is_it: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Return the first message that is meant, and answer what the server asks meanwhile."""
        while True:
            try:
                one = self._said.get(timeout=_PATIENCE)
            except Empty:
                raise AssertionError("the language server does not answer") from None
            if is_it(one):
                return one
            if "method" in one and "id" in one:
                self._send({"id": one["id"], "result": _reply(one)})

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self._process.stdin.flush()

    def _listen(self) -> None:
        for message in self._messages():
            self._said.put(message)

    def _messages(self) -> Iterator[dict[str, Any]]:
        pipe = self._process.stdout
        assert pipe is not None
        while head := pipe.readline():
            name, _, value = head.decode().partition(":")
            if name.lower() == "content-length":
                while pipe.readline().strip():
                    pass
                yield json.loads(pipe.read(int(value)))


def _reply(asked: dict[str, Any]) -> Any:
    """Answer the server's own questions: it asks for settings, and to be told of changes."""
    if asked["method"] != "workspace/configuration":
        return None
    return [_SETTINGS.get(one.get("section")) for one in asked["params"]["items"]]
