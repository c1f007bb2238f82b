DROP TABLE one_time_tokens;
DROP TABLE login_devices;
DROP TABLE sessions;
DROP TABLE logins;
DROP TABLE staff;
