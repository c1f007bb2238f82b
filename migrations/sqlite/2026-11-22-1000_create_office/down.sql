DROP TABLE audit_rows;
DROP TABLE notices;
DROP TABLE exceptions;
