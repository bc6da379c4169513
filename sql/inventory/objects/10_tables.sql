-- What each table of inventory allows to whom: reading; only the owner's functions move goods.

call core.keep_to_branch('inventory.warehouses');
call core.keep_to_branch('inventory.movements');
call core.keep_to_branch('inventory.stock');
call core.keep_audit('inventory.warehouses');
call core.append_only('inventory.movements');
call core.feed_changes('inventory.stock');
comment on table inventory.movements is 'no-audit: append-only, with their command';
comment on table inventory.stock is 'no-audit: derived from movements in their transaction';

call core.permit('inventory.stock.view', '{manager,accountant,cashier,clerk,buyer}');
call core.permit('inventory.stock.open', '{clerk,manager}');

grant select on inventory.warehouses, inventory.movements, inventory.stock to inventory_app;
grant select on inventory.warehouses, inventory.stock to sales_owner;
