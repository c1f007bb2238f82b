DROP TABLE saved_payments;
DROP TABLE autopay_charges;
DROP TABLE autopay_enrolments;
DROP TABLE payment_methods;
