-- Lines that say when they are due. Locks accounting.entry_lines for a moment; old lines are due on their own day.

alter table accounting.entry_lines
    add column due_on date;
