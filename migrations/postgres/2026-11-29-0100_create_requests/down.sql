DROP TABLE bill_disputes;
DROP TABLE request_photos;
DROP TABLE request_steps;
DROP TABLE service_requests;
