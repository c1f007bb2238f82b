DROP TABLE refund_checks;
