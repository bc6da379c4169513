"""What a module offers, as data: readable and checkable without importing the module."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$")]
Word = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Pointer = Annotated[str, StringConstraints(pattern=r"^[\w.]+:[\w.]+$")]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PageEntry(_Entry):
    """A page that a module adds.

    Attributes:
        id: `<module>.<page>`.
        title: English source text; also the tab's.
        icon: Name of a Material Design icon.
        permission: Who may open it; empty for everybody.
        factory: `pkg.module:Class`, called with the backend.
        group: Heading in the navigation; empty for the module's title.
        shortcut: Default key that opens it, such as `Ctrl+1`.
        home_for: ERP roles for which it is the first page after sign-in.
        navigation: False for pages that only other pages open, such as forms.
    """

    id: Id
    title: str
    icon: str = "file-outline"
    permission: str = ""
    factory: Pointer
    group: str = ""
    shortcut: str = ""
    home_for: tuple[str, ...] = ()
    navigation: bool = True


class CommandEntry(_Entry):
    """Something the palette can do; `action` is called with the shell."""

    id: Id
    title: str
    icon: str = "flash-outline"
    permission: str = ""
    action: Pointer


class SearchEntry(_Entry):
    """Something the palette can find; `provider` is awaited with the backend and the text."""

    provider: Pointer
    title: str = ""
    permission: str = ""


class ReplicaEntry(_Entry):
    """A set of rows that workstations keep: a `ReplicaSet`."""

    set: Pointer


class PeriodicEntry(_Entry):
    """Work that the worker at head office repeats.

    Attributes:
        task: `<module>.<verb>`.
        cron: Five fields as in cron, or six with seconds last.
        run: Called with a context of the system user, under the module's role.
    """

    task: Id
    cron: str
    run: Pointer


class PaperEntry(_Entry):
    """Documents of a module that go to an auditor as they were printed.

    Attributes:
        title: What they are, in the plural; English source text.
        permission: Who may see them.
        listing: Called with a context under the module's role and a year; returns `ArchivedPaper`s.
        render: Called with such a context and the id of one; returns its PDF.
    """

    title: str
    permission: str
    listing: Pointer
    render: Pointer


class ProgramEntry(_Entry):
    """A word of the command line: `erp-desktop import-history …`.

    Attributes:
        word: What is typed.
        title: What it does, in a sentence without a full stop; shown by `--help`.
        run: Called with the arguments behind the word; returns the exit code.
    """

    word: Annotated[str, StringConstraints(pattern=r"^[a-z]+(-[a-z]+)*$")]
    title: str
    run: Pointer


class Manifest(_Entry):
    """`manifest.toml` of one module.

    Attributes:
        deeds: What the module's commands are called on the sync page: `"till.sell" = "Sale"`.
        limits: How far a user may go alone, set for each one: `"till.discount" = "Highest …"`.
    """

    id: Word
    title: str
    version: str = "0"
    requires: tuple[Word, ...] = ()
    permissions: Pointer | None = None
    errors: str | None = None
    pages: tuple[PageEntry, ...] = ()
    commands: tuple[CommandEntry, ...] = ()
    search: tuple[SearchEntry, ...] = ()
    replicas: tuple[ReplicaEntry, ...] = ()
    deeds: Mapping[str, str] = Field(default_factory=dict)
    limits: Mapping[Id, str] = Field(default_factory=dict)
    subscriptions: Mapping[str, Pointer] = Field(default_factory=dict)
    periodic: tuple[PeriodicEntry, ...] = ()
    papers: tuple[PaperEntry, ...] = ()
    programs: tuple[ProgramEntry, ...] = ()

    @model_validator(mode="after")
    def _ids_belong_to_the_module(self) -> "Manifest":
        pages, commands = (p.id for p in self.pages), (c.id for c in self.commands)
        for identity in (*pages, *commands, *self.limits):
            if identity.partition(".")[0] != self.id:
                message = f"{identity} must begin with {self.id}."
                raise ValueError(message)
        return self

    def pointers(self) -> tuple[str, ...]:
        """Return every `pkg.module:name` of the manifest; one test resolves them all."""
        entries = [
            *(page.factory for page in self.pages),
            *(command.action for command in self.commands),
            *(entry.provider for entry in self.search),
            *(entry.set for entry in self.replicas),
            *self.subscriptions.values(),
            *(entry.run for entry in self.periodic),
            *(pointer for entry in self.papers for pointer in (entry.listing, entry.render)),
            *(entry.run for entry in self.programs),
        ]
        return (*((self.permissions,) if self.permissions else ()), *entries)
