-- What each table of the till allows to whom: reading in one's branches; only the gate writes.

do $$
declare name text;
begin
    foreach name in array array['sessions', 'closings', 'cash_moves', 'tickets', 'ticket_lines', 'payments'] loop
        call core.keep_to_branch(('till.' || name)::regclass);
        call core.append_only(('till.' || name)::regclass);
        execute format('comment on table till.%I is %L', name, 'no-audit: append-only, with their command');
    end loop;
end $$;

call core.permit('till.ticket.sell', '{cashier,manager}');
call core.permit('till.ticket.view', '{cashier,manager,accountant}');

grant select on all tables in schema till to till_app;
