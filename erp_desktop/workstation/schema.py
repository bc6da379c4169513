"""The tables of the workstation's two files. A script that was published is never edited."""

# Each page that a sale touches is encrypted and fsynced: a new row has one index, the others wait
# for its answer, and each row carries the last numbers of all series.
JOURNAL = (
    """
    create table memory (
        name  text primary key,
        value text not null
    ) without rowid;

    create table commands (
        seq        integer primary key,
        state      text    not null default 'waiting',
        id         text    not null,
        name       text    not null,
        series     text,
        n          integer,
        number     text,
        counters   text    not null,
        at         text    not null,
        prev       text    not null,
        hash       text    not null,
        signature  text    not null,
        body       text    not null,
        effects    text,
        trouble    text    not null default '',
        settled_at text,
        answer     text
    );

    create index commands_open on commands (state, id) where state in ('waiting', 'sent');

    create index commands_settled on commands (id) where settled_at is not null;

    create index commands_flagged on commands (seq) where state = 'flagged';

    create index commands_unseen on commands (seq)
        where effects is not null and settled_at is not null;

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
