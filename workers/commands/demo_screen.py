"""What `assay demo` shows on the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn
from rich.table import Table

from backend.infra.pubsub.base import Message
from workers.commands.demo_account import DemoAccount
from workers.waiting import Shown

_SHARE = {"QUEUED": 0, "DECODING": 5, "TRANSCRIBING": 45, "ANALYSING": 60, "DONE": 100, "FAILED": 100, "NOT_ANALYSED": 100}
_SPAN = {"DECODING": 20, "TRANSCRIBING": 15, "ANALYSING": 35}
_COLOUR = {"DONE": "green", "FAILED": "red"}


class Screen:
    """Bars on a terminal; one line an event where the output goes elsewhere."""

    def __init__(self, address: str, account: DemoAccount) -> None:
        self.console = Console(highlight=False)
        self._address = address
        self._account = account

    def welcome(self, missing: list[str]) -> None:
        self.console.print(
            f"\n[bold]Assay[/bold] serves [bold cyan]{self._address}[/bold cyan]   account [bold]{self._account.slug}[/bold]\n"
        )
        table = Table(box=None, pad_edge=False, header_style="dim")
        for column in ("role", "email", "password"):
            table.add_column(column)
        for login in self._account.logins:
            table.add_row(login.role, login.email, login.password)
        self.console.print(table)
        self.console.print()
        for sentence in missing:
            self.console.print(f"[dim]Not installed. {sentence}[/dim]", soft_wrap=True)
        self.console.print()

    @contextmanager
    def progress(self, names: dict[int, str]) -> Iterator[Shown]:
        """Shows states and progress until the block ends."""
        columns = (TextColumn("{task.description:<28}"), BarColumn(bar_width=28), TextColumn("{task.fields[state]}"))
        with Progress(*columns, console=self.console, disable=not self.console.is_terminal) as bars:
            tasks = {number: bars.add_task(name, total=100, state="queued") for number, name in names.items()}
            before: dict[int, str] = {}

            def shown(states: dict[int, str], message: Message | None) -> None:
                for number, state in states.items():
                    if before.get(number) != state:
                        before[number] = state
                        self._changed(bars, tasks[number], names[number], state)
                if message is not None and message["kind"] == "progress" and message["interaction_id"] in tasks:
                    _move(bars, tasks[message["interaction_id"]], before.get(message["interaction_id"], ""), message["percent"])

            yield shown

    def _changed(self, bars: Progress, task: TaskID, name: str, state: str) -> None:
        word = state.lower().replace("_", " ")
        colour = _COLOUR.get(state)
        bars.update(task, completed=_SHARE[state], state=f"[{colour}]{word}[/{colour}]" if colour else word)
        if not self.console.is_terminal and state in ("DONE", "FAILED"):
            self.console.print(f"{name}: {word}")

    def finished(self, analysed: int, failed: int, without_words: int) -> None:
        words = f"{analysed} calls analysed" + (f", {failed} failed" if failed else "")
        if without_words:
            words += f", {without_words} of them without words: they came without a transcript, and no speech model is installed"
        self.console.print(f"{words}.  {self._address}  (Ctrl-C stops everything)", soft_wrap=True)


def _move(bars: Progress, task: TaskID, state: str, percent: int) -> None:
    if state in _SPAN:
        bars.update(task, completed=_SHARE[state] + _SPAN[state] * percent / 100)
