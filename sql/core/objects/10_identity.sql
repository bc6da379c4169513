-- Who acts, where, and what they may do. Always by session_user, which no SET ROLE changes.

create or replace function core.branches() returns uuid[]
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
declare
    seen uuid[];
begin
    -- Tills ask most often, so their look-up comes first.
    select array[w.branch_id] into seen
      from core.workstations w where w.login = session_user::text collate "default" and w.is_active;
    if found then
        return seen;
    end if;
    select case when u.sees_all_branches
                then array(select b.id from core.branches b)
                else array(select ub.branch_id from core.user_branches ub where ub.user_id = u.id)
           end into seen
      from core.users u where u.login = session_user::text collate "default" and u.is_active;
    return coalesce(seen, '{}');
end $$;
comment on function core.branches() is 'The branches that the signed-in login may see.';

create or replace function core.me() returns uuid
    language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select u.id from core.users u where u.login = session_user::text collate "default" and u.is_active
$$;
comment on function core.me() is 'The signed-in user; null for a workstation.';

-- People that a login may see: itself and, with the right, those who work in its branches.
create or replace function core.colleagues() returns uuid[]
    language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select array(
        select u.id from core.users u where u.login = session_user::text collate "default"
         union
        select ub.user_id from core.user_branches ub
         where (select core.may('core.user.view')) and ub.branch_id = any ((select core.branches())::uuid[]))
$$;
comment on function core.colleagues() is 'The users that the signed-in login may see.';

create or replace function core.user_may(who uuid, wanted text) returns boolean
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
begin
    return (
    select exists (
        select from core.users u
          join core.user_roles ur on ur.user_id = u.id
          join core.role_permissions rp on rp.role = ur.role
         where u.id = who and u.is_active and rp.permission = wanted));
end $$;
comment on function core.user_may(uuid, text) is 'Whether an active user holds a permission.';

create or replace function core.may(wanted text) returns boolean
    language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select core.user_may(core.me(), wanted)
$$;
comment on function core.may(text) is 'Whether the signed-in user holds a permission.';

create or replace function core.user_limit(who uuid, wanted text) returns numeric
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
begin
    return coalesce((select (u.limits ->> wanted)::numeric from core.users u where u.id = who and u.is_active), 0);
end $$;
comment on function core.user_limit(uuid, text) is 'How far an active user may go alone; zero where nobody said how far.';

-- For rules that hold for a role, such as a day before which it posts nothing.
create or replace function core.roles_of(who uuid, wanted text default null) returns text[]
    language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select array(select ur.role from core.user_roles ur
                   join core.users u on u.id = ur.user_id and u.is_active
                  where ur.user_id = who
                    and (wanted is null or exists (select from core.role_permissions p
                                                    where p.role = ur.role and p.permission = wanted))
                  order by ur.role)
$$;
comment on function core.roles_of(uuid, text) is 'The roles of an active user; only those with a permission, if one is asked for.';

create or replace function core.known_roles() returns text[]
    language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select array(select r.code from core.roles r where r.code <> 'system' order by r.code)
$$;
comment on function core.known_roles() is 'Every role that people have.';

create or replace function core.refuse(code text, details jsonb default '{}') returns void
    language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
begin
    raise exception using errcode = 'ERP01', message = code, detail = details::text;
end $$;
comment on function core.refuse(text, jsonb) is
    'Refuse with a code that erp_desktop.core.errors turns into a sentence naming the cure.';

create or replace function core.require(wanted text) returns void
    language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
begin
    if not core.may(wanted) then
        perform core.refuse('core.not_permitted', jsonb_build_object('permission', wanted));
    end if;
end $$;
comment on function core.require(text) is 'Go on only if the signed-in user holds a permission.';

create or replace function core.decimals_of(currency text) returns integer
    language plpgsql immutable set search_path = pg_catalog, pg_temp
as $$
begin
    return case currency when 'TND' then 3 else 2 end;
end $$;
comment on function core.decimals_of(text) is 'Decimals of amounts in a currency.';

create or replace function core.decimals() returns integer
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
begin
    return core.decimals_of((select c.currency from core.company c));
end $$;
comment on function core.decimals() is 'Decimals of amounts in the company''s currency.';

create or replace function core.zone() returns text
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
begin
    return (
    select case country when 'DZ' then 'Africa/Algiers' when 'MA' then 'Africa/Casablanca' else 'Africa/Tunis' end
      from core.company);
end $$;
comment on function core.zone() is 'The time zone of the company, as PostgreSQL names it.';

-- Where the company's day begins. The clock of a workstation decides nothing but the date of a recent sale.
create or replace function core.local_date(moment timestamptz) returns date
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
begin
    return (moment at time zone core.zone())::date;
end $$;
comment on function core.local_date(timestamptz) is 'The day of a moment where the company is.';

create or replace function core.fold(words text) returns text
    language sql immutable parallel safe set search_path = pg_catalog, pg_temp
as $$
    -- The twin of erp_desktop.core.search.fold; MAGHREB.md 7.4.
    select normalize(regexp_replace(
        normalize(
            regexp_replace(
                translate(
                    replace(replace(lower(normalize(words, nfkc)), 'œ', 'oe'), 'æ', 'ae'),
                    'أإآٱىیئؤةکگݣڨڤپ’٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹',
                    'اااايييوهكككقفب''01234567890123456789'),
                '[\u064b-\u065f\u0670\u0640\u200c-\u200f\u202a-\u202e\u2066-\u2069]', '', 'g'),
            nfd),
        '[\u0300-\u036f]', '', 'g'), nfc)
$$;
comment on function core.fold(text) is 'What a search compares: one form of each Arabic and French letter.';

grant execute on function core.branches(), core.me(), core.may(text), core.colleagues(),
    core.refuse(text, jsonb), core.require(text), core.decimals(), core.local_date(timestamptz), core.fold(text) to erp_base;
grant execute on function core.user_may(uuid, text), core.user_limit(uuid, text), core.decimals_of(text), core.zone(),
    core.roles_of(uuid, text), core.known_roles() to erp_owner;
