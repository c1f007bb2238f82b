DROP TABLE policies;
DROP TABLE settings;
