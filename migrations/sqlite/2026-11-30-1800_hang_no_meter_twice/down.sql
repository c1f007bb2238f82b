DROP TRIGGER meter_installs_hung_once;
DROP TRIGGER meter_installs_kept_once;
