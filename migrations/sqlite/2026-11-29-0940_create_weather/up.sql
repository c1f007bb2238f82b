-- How warm each day was at a weather station, in hundredths of a degree Fahrenheit: beside it stands what was used.

CREATE TABLE weather_days (
    station TEXT NOT NULL,
    day TEXT NOT NULL,
    high INTEGER,
    low INTEGER,
    mean INTEGER NOT NULL,
    PRIMARY KEY (station, day)
) STRICT, WITHOUT ROWID;
