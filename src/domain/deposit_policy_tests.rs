//! Who is asked for a deposit, how much, and when it is given back.

use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn cents(cents: i64) -> Money {
    Money::from_cents(cents)
}

fn facts() -> Facts {
    Facts {
        class: AccountClass::Residential,
        opened_on: day("2020-01-01"),
        late_bills: 0,
        was_shut_off: false,
        bills: vec![cents(8_000), cents(10_001)],
    }
}

#[test]
fn who_pays_in_time_is_asked_for_nothing() {
    let policy = DepositPolicy::default();
    let on = day("2026-12-01");
    assert!(policy.reasons(&facts(), on).is_empty());
    let late = Facts {
        late_bills: 3,
        ..facts()
    };
    assert_eq!(policy.reasons(&late, on), [DepositReason::PaidLate]);
    let new = Facts {
        opened_on: day("2026-10-02"),
        was_shut_off: true,
        ..facts()
    };
    assert_eq!(
        policy.reasons(&new, on),
        [DepositReason::NewCustomer, DepositReason::ShutOff]
    );
    assert_eq!(
        policy.reasons(&new, day("2026-12-02")),
        [DepositReason::ShutOff]
    );
}

#[test]
fn a_class_that_is_not_named_is_asked_for_nothing() {
    let policy = DepositPolicy::default();
    let city = Facts {
        class: AccountClass::Municipal,
        late_bills: 12,
        was_shut_off: true,
        ..facts()
    };
    assert!(policy.reasons(&city, day("2026-12-01")).is_empty());
    assert_eq!(policy.most(&city).unwrap(), None);
}

#[test]
fn the_amount_is_so_many_average_bills_and_no_more_than_the_most() {
    let policy = DepositPolicy::default();
    assert_eq!(policy.most(&facts()).unwrap(), Some(cents(18_001)));
    let never_billed = Facts {
        bills: Vec::new(),
        ..facts()
    };
    assert_eq!(policy.most(&never_billed).unwrap(), Some(cents(18_000)));
    let dear = Facts {
        bills: vec![cents(90_000)],
        ..facts()
    };
    assert_eq!(policy.most(&dear).unwrap(), Some(cents(30_000)));
}

#[test]
fn a_deposit_is_given_back_after_a_good_year() {
    let policy = DepositPolicy::default();
    let on = day("2026-12-01");
    let good = HeldFacts {
        whole_since: Some(day("2025-12-01")),
        late_bills: 1,
        is_past_due: false,
    };
    assert!(policy.may_refund(&good, on));
    let refused = [
        HeldFacts {
            whole_since: Some(day("2025-12-02")),
            ..good
        },
        HeldFacts {
            whole_since: None,
            ..good
        },
        HeldFacts {
            late_bills: 2,
            ..good
        },
        HeldFacts {
            is_past_due: true,
            ..good
        },
    ];
    for facts in refused {
        assert!(!policy.may_refund(&facts, on), "{facts:?}");
    }
    let at_the_end_alone = DepositPolicy {
        refund: None,
        ..policy
    };
    assert!(!at_the_end_alone.may_refund(&good, on));
}

#[test]
fn the_policy_shipped_reads_the_same_when_written_out_and_a_mistake_says_how_to_mend_it() {
    let shipped = DepositPolicy::default();
    let text = serde_json::to_string(&shipped).unwrap();
    assert_eq!(
        serde_json::from_str::<DepositPolicy>(&text).unwrap(),
        shipped
    );
    let said = |from: &str, to: &str| {
        let shipped = include_str!("deposit_policy.json");
        assert!(shipped.contains(from), "{from}");
        let read = serde_json::from_str::<DepositPolicy>(&shipped.replace(from, to));
        read.unwrap_err().to_string()
    };
    let times = said(r#""times": "2.5""#, r#""times": "0""#);
    assert!(times.contains("classes.commercial.amount"), "{times}");
    let percent = said(r#""percent": "1.5""#, r#""percent": "-1""#);
    assert!(
        percent.contains("interest: write each percent"),
        "{percent}"
    );
    let months = said(r#"{ "months": 12, "#, r#"{ "months": 0, "#);
    assert!(months.contains("refund.months"), "{months}");
}
