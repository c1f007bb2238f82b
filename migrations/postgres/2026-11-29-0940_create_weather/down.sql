DROP TABLE weather_days;
