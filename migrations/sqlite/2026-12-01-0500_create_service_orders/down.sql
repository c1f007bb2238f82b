DROP TABLE point_switches;
DROP TABLE service_order_photos;
DROP TABLE service_order_steps;
DROP TABLE service_orders;
