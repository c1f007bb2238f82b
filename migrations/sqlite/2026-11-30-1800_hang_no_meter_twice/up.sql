-- No meter hangs in two places on the same day, whoever writes it down. Taken down and hung again on one day is no overlap.

CREATE TRIGGER meter_installs_hung_once BEFORE INSERT ON meter_installs
WHEN EXISTS (SELECT 1 FROM meter_installs i WHERE i.meter_id = NEW.meter_id
    AND (i.until_on IS NULL OR NEW.from_on < i.until_on) AND (NEW.until_on IS NULL OR i.from_on < NEW.until_on))
BEGIN SELECT RAISE(ABORT, 'a meter hangs in one place at a time'); END;

CREATE TRIGGER meter_installs_kept_once BEFORE UPDATE ON meter_installs
WHEN EXISTS (SELECT 1 FROM meter_installs i WHERE i.meter_id = NEW.meter_id AND i.id <> NEW.id
    AND (i.until_on IS NULL OR NEW.from_on < i.until_on) AND (NEW.until_on IS NULL OR i.from_on < NEW.until_on))
BEGIN SELECT RAISE(ABORT, 'a meter hangs in one place at a time'); END;
