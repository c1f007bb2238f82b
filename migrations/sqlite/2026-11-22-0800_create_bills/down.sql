DROP TABLE bill_deliveries;
DROP TABLE bill_cancellations;
DROP TABLE bill_lines;
DROP TABLE bill_segments;
DROP TABLE bills;
DROP TABLE bill_runs;
