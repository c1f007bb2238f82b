DROP INDEX corrections_by_reversed;

DROP INDEX corrections_reverses_once;

ALTER TABLE corrections DROP COLUMN reverses_id;
