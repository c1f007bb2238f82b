-- No meter hangs in two places on the same day, whatever two people do at the same moment. Taken down and hung again on one day is no overlap. A range of one number stands for the meter, so that no extension is needed.

ALTER TABLE meter_installs ADD CONSTRAINT meter_installs_hung_once
    EXCLUDE USING gist (int8range(meter_id, meter_id, '[]') WITH &&, daterange(from_on, until_on) WITH &&);
