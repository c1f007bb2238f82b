-- A cycle keeps the rule by which its calendar goes on, so that no calendar ends; the office may say which cycle bills a place.

ALTER TABLE cycles ADD COLUMN read_day INTEGER NOT NULL DEFAULT 1 CONSTRAINT cycles_read_day_in_every_month CHECK (read_day BETWEEN 1 AND 28);
ALTER TABLE cycles ADD COLUMN falls_on TEXT NOT NULL DEFAULT 'any_day' CONSTRAINT cycles_falls_on_known CHECK (falls_on IN ('any_day', 'working_day'));
ALTER TABLE cycles ADD COLUMN issue_after INTEGER NOT NULL DEFAULT 3 CONSTRAINT cycles_issue_after_not_negative CHECK (issue_after >= 0);
ALTER TABLE cycles ADD COLUMN due_after INTEGER NOT NULL DEFAULT 20 CONSTRAINT cycles_due_after_positive CHECK (due_after > 0);

-- Calendars that were written before go on as they were written: the shortest time to pay is the one that no weekend lengthened.
UPDATE cycles SET
    read_day = (SELECT MIN(CAST(strftime('%d', p.read_on) AS INTEGER), 28) FROM cycle_periods p WHERE p.cycle_id = cycles.id ORDER BY p.read_on DESC LIMIT 1),
    issue_after = (SELECT CAST(julianday(p.issue_on) - julianday(p.read_on) AS INTEGER) FROM cycle_periods p WHERE p.cycle_id = cycles.id ORDER BY p.read_on DESC LIMIT 1),
    due_after = (SELECT CAST(MIN(julianday(p.due_on) - julianday(p.issue_on)) AS INTEGER) FROM cycle_periods p WHERE p.cycle_id = cycles.id)
WHERE EXISTS (SELECT 1 FROM cycle_periods p WHERE p.cycle_id = cycles.id);

ALTER TABLE premises ADD COLUMN cycle_id INTEGER REFERENCES cycles;
