-- A forecast of long ago allows nothing: the utility's day on which it was noted is kept with it. What was noted before is taken for old.

ALTER TABLE forecasts ADD COLUMN seen_on DATE NOT NULL DEFAULT '2000-01-01';
