-- dashboard.figures_v1: everything that the dashboard shows, in one answer.
--
-- Each module answers for itself and leaves out what the user may not see; another module's figures are one more line.

call core.permit('dashboard.figures.view', '{manager,accountant}');
call core.permit('dashboard.margin.view', '{manager,accountant}');

-- What goods cost is for those who may see margins.
create or replace function dashboard.without_costs(figures jsonb) returns jsonb
    language sql immutable set search_path = pg_catalog, pg_temp
as $$
    select figures - 'month' #- '{sales,net}' #- '{sales,cost}'
$$;

create or replace function dashboard.figures_v1(last_day date, days integer, only_branch uuid) returns jsonb
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
declare
    most constant integer := 10;
    till jsonb;
begin
    perform core.require('dashboard.figures.view');
    till := till.figures_v1(last_day, days, only_branch);
    if not core.may('dashboard.margin.view') then
        till := dashboard.without_costs(till);
    end if;
    return jsonb_build_object(
        'read_at', now(), 'last_day', last_day, 'days', days,
        'currency', (select c.currency from core.company c),
        'till', till,
        'sales', sales.figures_v1(last_day, days, only_branch),
        'accounting', accounting.figures_v1(last_day, only_branch),
        'inventory', inventory.figures_v1(only_branch, most),
        'reviews', core.review_figures_v1(only_branch, most));
end $$;
comment on function dashboard.figures_v1(date, integer, uuid) is
    'What a manager looks at, for the days that end with one, of a branch or of all that the login sees.';
grant execute on function dashboard.figures_v1(date, integer, uuid) to dashboard_app;
