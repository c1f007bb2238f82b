DROP TABLE refund_check_voids;
