-- Numbers without gaps, in the order of their days: FA-ALG-2026/000123 invoices, AV credit notes, RG payments.

create or replace function sales.next_number(kind text, branch uuid, day date, in_order boolean) returns text
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
    counted record;
    of_year integer := extract(year from day);
begin
    insert into sales.series as s (kind, branch_id, year, last_number, last_on)
    values (next_number.kind, branch, of_year, 1, day)
    on conflict on constraint series_pkey
        do update set last_number = s.last_number + 1, last_on = greatest(s.last_on, excluded.last_on)
    returning s.last_number, s.last_on into counted;
    if in_order and counted.last_on > day then
        perform core.refuse('sales.date_out_of_order', jsonb_build_object(
            'date', to_char(day, 'DD/MM/YYYY'), 'last', to_char(counted.last_on, 'DD/MM/YYYY')));
    end if;
    -- Six digits or as many as it takes: lpad alone would cut the millionth short.
    return (select format('%s-%s-%s/%s', case next_number.kind when 'invoice' then 'FA' when 'credit_note' then 'AV'
                                                                else 'RG' end, b.code, of_year,
                          lpad(counted.last_number::text, greatest(6, length(counted.last_number::text)), '0'))
              from core.branches b where b.id = branch);
end $$;

-- What a search compares of a document: its number whole and without its zeros, the customer, the reference.
create or replace function sales.search_text(number text, customer uuid, reference text) returns text
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
begin
    return concat_ws(' ', number, substring(number from '([1-9][0-9]*)$'),
                     (select concat_ws(' ', p.code, p.name, p.name_ar) from parties.parties p where p.id = customer),
                     nullif(reference, ''));
end $$;

-- Who acts does so in a branch that they may see.
create or replace function sales.branch_of(command core.commands, payload jsonb) returns uuid
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    branch uuid := coalesce((payload ->> 'branch_id')::uuid, command.branch_id);
begin
    if (branch = any (core.branches())) is not true then
        perform core.refuse('core.other_branch');
    end if;
    return branch;
end $$;
