DROP TABLE rate_factors;
DROP TABLE rate_schedules;
