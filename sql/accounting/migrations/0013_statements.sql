-- Financial statements as tables of formulas: those of the country, and those that a company designs.

create table accounting.statements (
    code          text    primary key constraint statements_code_is_plain check (code ~ '^[a-z0-9_]{2,30}$'),
    version       bigint  not null default 1,
    -- What stands at the end of the last day, or what moved between two.
    basis         text    not null constraint statements_basis_is_known check (basis in ('closing', 'movement')),
    -- One figure; gross, allowances and net; of the year, of earlier ones, and both.
    columns       text    not null constraint statements_columns_are_known check (columns in ('single', 'gross', 'prior')),
    -- The statement whose last line must be the same.
    balances_with text,
    name          text    not null,
    name_ar       text    not null default '',
    legal_ref     text    not null default '',
    doubt         text    not null default '',
    -- Designed by the company; a new pack leaves it alone.
    is_own        boolean not null default false,
    is_active     boolean not null default true
);

create table accounting.statement_lines (
    statement     text    not null references accounting.statements (code),
    place         integer not null,
    code          text    not null constraint statement_lines_code_is_plain check (code ~ '^[A-Za-z0-9_]{1,12}$'),
    kind          text    not null constraint statement_lines_kind_is_known check (kind in ('head', 'line', 'sum')),
    side          text    not null constraint statement_lines_side_is_known check (side in ('', 'debit', 'credit')),
    first         text    not null default '',
    second        text    not null default '',
    name          text    not null,
    name_ar       text    not null default '',
    primary key (statement, place),
    constraint statement_lines_code_is_taken unique (statement, code),
    constraint statement_lines_have_a_side check ((kind = 'head') = (side = ''))
);
