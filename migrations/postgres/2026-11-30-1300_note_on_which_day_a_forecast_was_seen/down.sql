ALTER TABLE forecasts DROP COLUMN seen_on;
