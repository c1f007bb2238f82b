DROP TABLE one_time_tokens;
DROP TABLE sessions;
DROP TABLE logins;
DROP TABLE staff;
