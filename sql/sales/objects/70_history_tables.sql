-- What the tables of imported histories allow to whom: reading; only the owner's functions write them.

call core.keep_to_branch('sales.imports');
call core.keep_to_branch('sales.import_documents');
call core.keep_to_branch('sales.import_rejections');
call core.append_only('sales.import_documents');
call core.append_only('sales.import_rejections');
comment on table sales.imports is 'no-audit: its documents are the record; it counts them and changes with each';
comment on table sales.import_documents is 'no-audit: append-only, with what they book';
comment on table sales.import_rejections is 'no-audit: append-only';

grant select on sales.imports, sales.import_documents, sales.import_rejections to sales_app;
