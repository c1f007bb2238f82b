DROP TABLE service_suspensions;
DROP TABLE service_agreements;
DROP TABLE meter_installs;
DROP TABLE registers;
DROP TABLE meters;
DROP TABLE service_points;
DROP TABLE premises;
