"""The tables of the workstation's two files. A script that was published is never edited."""

JOURNAL = (
    """
    create table memory (
        name  text primary key,
        value text not null
    ) without rowid;

    create table series (
        name text    primary key,
        last integer not null
    ) without rowid;

    create table commands (
        seq        integer primary key,
        state      text    not null default 'waiting',
        id         text    not null,
        name       text    not null,
        series     text,
        n          integer,
        number     text,
        at         text    not null,
        prev       text    not null,
        hash       text    not null,
        signature  text    not null,
        body       text    not null,
        trouble    text    not null default '',
        settled_at text,
        answer     text
    );

    create unique index commands_id on commands (id);

    create index commands_state on commands (state) where state in ('waiting', 'sent', 'flagged');

    create table effects (
        seq    integer not null,
        set_id text    not null,
        key    text    not null,
        delta  text    not null
    );

    create index effects_key on effects (set_id, key);

    create table people (
        login         text    primary key,
        salt          blob    not null,
        verifier      blob    not null,
        wrapped       blob    not null,
        registered    integer not null,
        profile       text    not null,
        since         text    not null,
        tries         integer not null,
        blocked_until text
    ) without rowid
    """,
)

REPLICA = (
    """
    create table memory (
        name  text primary key,
        value text not null
    ) without rowid;

    create table sets (
        id    text primary key,
        shape text not null
    ) without rowid
    """,
)
