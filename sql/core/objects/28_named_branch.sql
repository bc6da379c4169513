-- Where a command happens: in the branch of its workstation. Who sends it directly may work in several branches, and
-- names one; what happened in one is read there only.

create or replace function core.named_branch(command core.commands) returns uuid
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    named text;
begin
    if command.workstation_id is null then
        named := command.body::jsonb -> 'payload' ->> 'branch_id';
        if named = any (core.branches()::text[]) then
            return named::uuid;
        end if;
    end if;
    return command.branch_id;
end $$;
