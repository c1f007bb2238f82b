ALTER TABLE premises DROP COLUMN cycle_id;
ALTER TABLE cycles DROP COLUMN due_after;
ALTER TABLE cycles DROP COLUMN issue_after;
ALTER TABLE cycles DROP COLUMN falls_on;
ALTER TABLE cycles DROP COLUMN read_day;
