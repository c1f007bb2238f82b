//! Floor 1 · paper and pictures. Facts and a language in, something a person keeps or looks at out.

pub mod alert_letters;
pub mod arrangement_letters;
pub mod autopay_letters;
pub mod bill_pdf;
pub mod bill_words;
pub mod charts;
pub mod csv;
pub mod dispute_packet;
pub mod green_button;
pub mod hold_letters;
pub mod journal;
pub mod landlord_letters;
pub mod letter_pdf;
pub mod letters;
pub mod outage_letters;
pub mod payment_letters;
pub mod pdf;
pub mod print_cover;
pub mod qr;
pub mod request_letters;
pub mod scheduled_letters;
pub mod sharing_letters;
pub mod sign_in_letters;
pub mod stationery;
pub mod texts;
pub mod usage_letters;
