DROP TABLE forecasts;
DROP TABLE shutoff_notices;
