-- Transfer orders: what each table allows to whom, and what holds for every order, by whatever way it comes.

do $$
begin
    call core.share('accounting.payees');
    call core.keep_audit('accounting.payees', 'party_id');
    call core.keep_to_branch('accounting.transfer_orders');
    call core.keep_audit('accounting.transfer_orders');
    call core.keep_to_branch('accounting.transfer_order_lines');
end $$;
comment on table accounting.transfer_order_lines is 'no-audit: fixed once their order is given, whose states are audited';
grant select on accounting.payees, accounting.transfer_orders, accounting.transfer_order_lines to accounting_app;
call core.permit('accounting.transfer.make', '{accountant}');
call core.permit('accounting.payee.edit', '{accountant}');

create or replace function accounting.refuse_transfer_change(given accounting.transfer_orders) returns void
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
begin
    perform core.refuse('accounting.transfer_order_stays', jsonb_build_object('number', coalesce(given.number, '')));
end $$;

-- A draft becomes an order; an order is cancelled, and changes in nothing else; only drafts go away.
create or replace function accounting.check_transfer_order() returns trigger
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
    if tg_op = 'DELETE' then
        if old.state <> 'draft' then
            perform accounting.refuse_transfer_change(old);
        end if;
        return old;
    elsif tg_op = 'INSERT' then
        if new.state <> 'draft' then
            perform accounting.refuse_transfer_change(new);
        end if;
    elsif (new.id, new.branch_id) <> (old.id, old.branch_id) or old.state = 'cancelled'
          or (old.state = 'draft' and new.state = 'cancelled')
          or (old.state = 'ordered' and (new.state <> 'cancelled'
              or to_jsonb(new) - '{state,cancelled_by,cancelled_at,cancel_reason}'::text[]
                 <> to_jsonb(old) - '{state,cancelled_by,cancelled_at,cancel_reason}'::text[])) then
        perform accounting.refuse_transfer_change(old);
    end if;
    return new;
end $$;
create or replace trigger a_orders_stay before insert or update or delete on accounting.transfer_orders
    for each row execute function accounting.check_transfer_order();
create or replace trigger never_emptied before truncate on accounting.transfer_orders
    for each statement execute function core.forbid();

create or replace function accounting.check_transfer_line() returns trigger
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    held accounting.transfer_orders;
begin
    for held in select o.* from accounting.transfer_orders o
                 where o.id in (old.order_id, new.order_id) and o.state <> 'draft' loop
        perform accounting.refuse_transfer_change(held);
    end loop;
    return coalesce(new, old);
end $$;
create or replace trigger a_lines_stay before insert or update or delete on accounting.transfer_order_lines
    for each row execute function accounting.check_transfer_line();
create or replace trigger never_emptied before truncate on accounting.transfer_order_lines
    for each statement execute function core.forbid();

-- Orders that stand never pay more of a line than it has, whoever unmatches what.
create or replace function accounting.check_paid_once(given uuid) returns void
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    wrong record;
begin
    select e.number, l.credit - p.paid + p.here as open, p.here as amount into wrong
      from (select t.entry_id, t.entry_line, sum(t.amount) as paid, sum(t.amount) filter (where t.order_id = given) as here
              from accounting.transfer_order_lines t
              join accounting.transfer_orders o on o.id = t.order_id and (o.state = 'ordered' or o.id = given)
             where (t.entry_id, t.entry_line) in (select g.entry_id, g.entry_line from accounting.transfer_order_lines g
                                                   where g.order_id = given and g.entry_id is not null)
             group by t.entry_id, t.entry_line) p
      join accounting.entry_lines l on l.entry_id = p.entry_id and l.line_no = p.entry_line
      join accounting.entries e on e.id = p.entry_id
     where p.paid > l.credit limit 1;
    if found then
        perform core.refuse('accounting.transfer_beyond_open', jsonb_build_object(
            'number', wrong.number, 'open', greatest(wrong.open, 0)::text, 'amount', wrong.amount::text));
    end if;
end $$;

-- An order that is given says what its entry says: the same bank account, branch and amounts; each has an account to go to.
create or replace function accounting.check_transfer_given() returns trigger
    language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
    sums record;
begin
    select sum(t.amount) as ordered, count(*) filter (where t.rib = '' and t.iban = '') as homeless,
           (select sum(l.credit) from accounting.entries e
              join accounting.entry_lines l on l.entry_id = e.id
              join accounting.bank_accounts b on b.id = new.bank_account_id and b.account_id = l.account_id
               and b.branch_id = new.branch_id
             where e.id = new.entry_id and e.branch_id = new.branch_id and e.document ->> 'id' = new.id::text) as booked
      into sums
      from accounting.transfer_order_lines t where t.order_id = new.id;
    if sums.homeless > 0 or sums.ordered is null or sums.ordered is distinct from sums.booked then
        perform core.refuse('accounting.transfer_order_forged', jsonb_build_object('number', new.number));
    end if;
    perform accounting.check_paid_once(new.id);
    return null;
end $$;
create or replace trigger orders_are_true after update on accounting.transfer_orders for each row
    when (old.state = 'draft' and new.state = 'ordered') execute function accounting.check_transfer_given();
