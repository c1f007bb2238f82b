DROP TABLE policies;
DROP TABLE gl_accounts;
DROP TABLE funds;
DROP TABLE settings;
DROP FUNCTION refuse_change();
