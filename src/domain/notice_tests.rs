//! Notices as they are kept and read again.

use super::*;
use crate::domain::ids::PaymentNumber;

#[test]
fn the_kind_of_a_notice_is_its_tag() {
    let notice = Notice::AlreadyRegistered {
        name: "Rosa".to_owned(),
    };
    let facts = serde_json::to_value(&notice).unwrap();
    assert_eq!(facts.get("kind").unwrap(), notice.kind());
    let told = PaymentTold {
        name: "Rosa".to_owned(),
        account_number: AccountNumber::of(1),
        payment: Some(PaymentNumber::of(1)),
        amount: Money::from_cents(8_410),
        on: NaiveDate::MIN,
    };
    let returned = Notice::PaymentReturned {
        told: told.clone(),
        reason: ReturnReason::Word("insufficient_funds".to_owned()),
        fee: None,
    };
    for notice in [Notice::PaymentReceived(told), returned] {
        let facts = serde_json::to_string(&notice).unwrap();
        let read: Notice = serde_json::from_str(&facts).unwrap();
        assert_eq!(read.kind(), notice.kind());
    }
}
