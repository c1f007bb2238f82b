DROP TABLE policies;
DROP TABLE settings;
DROP FUNCTION refuse_change();
