-- A schema without tables: its functions put together what other modules publish.
-- Locks nothing.

comment on schema dashboard is 'What people look at first: figures of all modules in one answer.';
