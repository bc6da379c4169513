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

create or replace function core.keep_branch() returns trigger
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
begin
    new.branch_id := core.named_branch(new);
    return new;
end $$;
comment on function core.keep_branch() is 'Keeps a direct command in the branch that it names.';
create or replace trigger keep_branch before insert on core.commands
    for each row when (new.workstation_id is null) execute function core.keep_branch();

-- What is to be looked at belongs where its command does.
create or replace function core.keep_branch_of_command() returns trigger
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
begin
    new.branch_id := coalesce((select c.branch_id from core.commands c where c.id = new.command_id), new.branch_id);
    return new;
end $$;
comment on function core.keep_branch_of_command() is 'Keeps a review in the branch of its command.';
create or replace trigger keep_branch before insert on core.reviews
    for each row execute function core.keep_branch_of_command();
