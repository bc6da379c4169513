-- Lines come with their entry: accounting.check_lines_are_new looks once for all lines of a statement whether their entry
-- is there and of this transaction, and entries never go. The foreign key looked again for each line.
-- Locks accounting.entry_lines and entries for a moment.

alter table accounting.entry_lines drop constraint entry_lines_entry_id_fkey;
