//! What keeps a shut-off away wherever the place lies, and that a missing fact does.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use proptest::prelude::*;

use super::*;

pub(super) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(super) fn cents(cents: i64) -> Money {
    Money::from_cents(cents)
}

pub(super) fn debt(due_on: &str, amount: i64) -> Debt {
    Debt {
        due_on: day(due_on),
        remaining: cents(amount),
        disputed: Money::ZERO,
        arranged: Money::ZERO,
        is_penalty: false,
        is_deposit: false,
    }
}

pub(super) fn served(kind: ServedKind, way: ServedWay, on: &str) -> Served {
    Served {
        kind,
        way,
        given_on: day(on),
        is_proven: true,
    }
}

/// A household with water in a state, $120.00 past due since March 2, 2026, and nothing served.
pub(super) fn household(state: &str) -> Facts {
    Facts {
        class: AccountClass::Residential,
        is_active: true,
        services: vec![Commodity::Water],
        states: vec![state.to_owned()],
        debts: vec![debt("2026-03-02", 12_000)],
        pending: Money::ZERO,
        holds: Vec::new(),
        eased: Vec::new(),
        unreviewed: Vec::new(),
        has_occupants: false,
        served: Vec::new(),
        felt: BTreeMap::new(),
    }
}

/// Why not, on a day; nothing where it may.
pub(super) fn why(facts: &Facts, on: &str) -> Vec<Reason> {
    match may_shut_off(&ShutoffPolicy::default(), facts, day(on)) {
        Verdict::May => Vec::new(),
        Verdict::MayNot(reasons) => reasons,
    }
}

/// A household in Texas that may be shut off on Tuesday, June 16, 2026.
fn in_texas() -> Facts {
    let mut facts = household("TX");
    facts.served = vec![served(ServedKind::Written, ServedWay::Hand, "2026-06-01")];
    facts
}

const TUESDAY: &str = "2026-06-16";

#[test]
fn with_every_rule_met_it_may() {
    assert_eq!(why(&in_texas(), TUESDAY), []);
}

/// Silence means no.
#[test]
fn where_a_fact_or_a_rule_is_missing_it_may_not() {
    let none: ShutoffPolicy = serde_json::from_str(r#"{"states": {}}"#).unwrap();
    let verdict = may_shut_off(&none, &in_texas(), day(TUESDAY));
    assert_eq!(
        verdict,
        Verdict::MayNot(vec![Reason::NoRules("TX".to_owned())])
    );
    let nowhere = Facts {
        states: Vec::new(),
        ..in_texas()
    };
    assert_eq!(why(&nowhere, TUESDAY), [Reason::NoPlace]);
    let closed = Facts {
        is_active: false,
        ..in_texas()
    };
    assert_eq!(why(&closed, TUESDAY), [Reason::NotServed]);
    let mut electric = in_texas();
    electric.services.push(Commodity::Electric);
    let unknown = ["2026-06-15", "2026-06-16", "2026-06-17"];
    let unknown = unknown.map(|on| Reason::WeatherUnknown(day(on)));
    assert_eq!(why(&electric, TUESDAY), unknown);
}

#[test]
fn every_hold_in_force_is_a_reason_whatever_is_owed() {
    let mut facts = in_texas();
    let until = Some(day("2026-07-20"));
    facts.holds = vec![
        Held {
            kind: HoldKind::MedicalCertificate,
            last_on: until,
        },
        Held {
            kind: HoldKind::Bankruptcy,
            last_on: None,
        },
    ];
    facts.unreviewed = vec![(HoldKind::Pledge, day("2026-06-10"))];
    let expected = [
        Reason::Held(HoldKind::MedicalCertificate, until),
        Reason::Held(HoldKind::Bankruptcy, None),
        Reason::Unreviewed(HoldKind::Pledge, day("2026-06-10")),
    ];
    assert_eq!(why(&facts, TUESDAY), expected);
    facts.debts.clear();
    let with_nothing_owed = why(&facts, TUESDAY);
    assert_eq!(with_nothing_owed[..3], expected);
    assert_eq!(with_nothing_owed[3..], [Reason::NothingPastDue]);
}

/// Memphis Light, Gas & Water Division v. Craft, 436 U.S. 1 (1978): nothing for what is in dispute.
#[test]
fn what_is_disputed_arranged_on_its_way_or_a_fee_is_nothing_to_be_shut_off_for() {
    let with = |change: &dyn Fn(&mut Facts)| {
        let mut facts = in_texas();
        change(&mut facts);
        why(&facts, TUESDAY)
    };
    let all = cents(12_000);
    assert_eq!(
        with(&|facts| facts.debts[0].disputed = all),
        [Reason::Disputed(all)]
    );
    assert_eq!(
        with(&|facts| facts.debts[0].arranged = all),
        [Reason::Arranged(all)]
    );
    assert_eq!(with(&|facts| facts.pending = all), [Reason::Pending(all)]);
    assert_eq!(
        with(&|facts| facts.debts[0].is_penalty = true),
        [Reason::Penalties(all)]
    );
    let left = with(&|facts| facts.debts[0].disputed = cents(8_000));
    assert_eq!(
        left,
        [
            Reason::Disputed(cents(8_000)),
            Reason::TooLittle(cents(4_000), cents(5_000))
        ]
    );
    // Enough of it is not in dispute.
    assert_eq!(with(&|facts| facts.debts[0].disputed = cents(7_000)), []);
}

#[test]
fn what_nobody_could_be_shut_off_for_is_settled_and_what_is_on_its_way_is_not() {
    let asked = |facts: &Facts| may_shut_off(&ShutoffPolicy::default(), facts, day(TUESDAY));
    let owing = |debt: Debt| Facts {
        debts: vec![debt],
        ..in_texas()
    };
    let old = debt("2026-03-02", 12_000);
    assert!(!asked(&owing(old)).is_settled());
    let disputed = Debt {
        disputed: cents(12_000),
        ..old
    };
    let arranged = Debt {
        arranged: cents(12_000),
        ..old
    };
    let fee = Debt {
        is_penalty: true,
        ..old
    };
    for (left, is_protected) in [(disputed, true), (arranged, true), (fee, false)] {
        let verdict = asked(&owing(left));
        assert!(verdict.is_settled(), "{verdict:?}");
        assert_eq!(verdict.is_protected(), is_protected, "{verdict:?}");
        assert!(!verdict.is_held());
    }
    let coming = Facts {
        pending: cents(12_000),
        ..owing(old)
    };
    assert!(!asked(&coming).is_settled());
    // California asks for a debt that is sixty days old: what is younger is nothing to be shut off for.
    let young = Facts {
        debts: vec![debt("2026-05-20", 12_000)],
        ..household("CA")
    };
    assert!(asked(&young).is_settled());
    let held = Facts {
        holds: vec![Held {
            kind: HoldKind::Bankruptcy,
            last_on: None,
        }],
        ..in_texas()
    };
    let held = asked(&held);
    assert!(held.is_held() && held.is_protected() && !held.is_settled());
}

#[test]
fn nobody_is_shut_off_for_a_deposit_unless_the_rules_of_the_class_say_so() {
    let mut facts = in_texas();
    facts.debts[0].is_deposit = true;
    let all = cents(12_000);
    assert_eq!(
        why(&facts, TUESDAY),
        [
            Reason::Deposit(all),
            Reason::TooLittle(Money::ZERO, cents(5_000))
        ]
    );
    let mut policy = ShutoffPolicy::default();
    let mut document = serde_json::to_value(&policy).unwrap();
    document["states"]["TX"]["by_class"]["residential"]["for_deposit"] = true.into();
    policy = serde_json::from_value(document).unwrap();
    assert_eq!(may_shut_off(&policy, &facts, day(TUESDAY)), Verdict::May);
}

#[test]
fn a_notice_speaks_of_what_was_due_when_it_was_given() {
    let mut facts = in_texas();
    facts.debts = vec![debt("2026-06-08", 12_000)];
    assert_eq!(
        why(&facts, TUESDAY),
        [Reason::Unserved(ServedKind::Written)]
    );
    // What fell due since does not make a small old debt a large one.
    facts.debts.push(debt("2026-03-02", 4_900));
    assert_eq!(
        why(&facts, TUESDAY),
        [Reason::Unserved(ServedKind::Written)]
    );
    facts.debts.push(debt("2026-04-02", 100));
    assert_eq!(why(&facts, TUESDAY), []);
}

#[test]
fn a_notice_counts_once_it_is_proven_and_its_days_have_passed_and_for_a_while() {
    let with = |notice: Served, on: &str| {
        let facts = Facts {
            served: vec![notice],
            ..household("TX")
        };
        why(&facts, on)
    };
    let notice = served(ServedKind::Written, ServedWay::Mail, "2026-06-08");
    let from = Reason::TooSoon(ServedKind::Written, day("2026-06-18"));
    assert_eq!(with(notice, TUESDAY), [from]);
    assert_eq!(with(notice, "2026-06-18"), [Reason::Eve], "of Juneteenth");
    assert_eq!(with(notice, "2026-06-22"), []);
    let old = Reason::TooOld(ServedKind::Written, day("2026-08-07"));
    assert_eq!(with(notice, "2026-08-10"), [old]);
    let unproven = Served {
        is_proven: false,
        ..notice
    };
    let reason = Reason::Unproven(ServedKind::Written);
    assert_eq!(with(unproven, "2026-06-22"), [reason]);
}

#[test]
fn who_lives_with_a_landlord_is_told_too() {
    let mut facts = in_texas();
    facts.has_occupants = true;
    assert_eq!(
        why(&facts, TUESDAY),
        [Reason::Unserved(ServedKind::Occupants)]
    );
    facts
        .served
        .push(served(ServedKind::Occupants, ServedWay::Door, "2026-06-06"));
    assert_eq!(why(&facts, TUESDAY), []);
}

#[test]
fn an_account_in_two_states_has_the_rules_of_both() {
    let mut facts = in_texas();
    facts.states.push("CA".to_owned());
    facts.debts = vec![debt("2026-05-01", 12_000)];
    let young = Reason::TooYoung(day("2026-06-30"));
    assert_eq!(why(&facts, TUESDAY), [young]);
    let of_texas = ShutoffPolicy {
        state: Some("TX".to_owned()),
        ..ShutoffPolicy::default()
    };
    assert_eq!(
        may_shut_off(&of_texas, &facts, day(TUESDAY)),
        Verdict::May,
        "a utility may say whose rules are its own"
    );
}

#[test]
fn a_class_may_have_terms_of_its_own() {
    let mut policy = ShutoffPolicy::default();
    if let Some(rules) = policy.states.get_mut("TX") {
        let terms = ClassTerms {
            notice_days: Some(30),
            ..ClassTerms::default()
        };
        rules.by_class.insert(AccountClass::Residential, terms);
    }
    let verdict = may_shut_off(&policy, &in_texas(), day(TUESDAY));
    let from = Reason::TooSoon(ServedKind::Written, day("2026-07-01"));
    assert_eq!(verdict, Verdict::MayNot(vec![from]));
    let shop = Facts {
        class: AccountClass::SmallCommercial,
        ..in_texas()
    };
    assert_eq!(may_shut_off(&policy, &shop, day(TUESDAY)), Verdict::May);
}

#[test]
fn a_policy_says_what_is_wrong_with_it_and_where() {
    let said = |from: &str, to: &str| {
        let shipped = include_str!("shutoff_policy.json");
        assert!(shipped.contains(from), "{from}");
        let read = serde_json::from_str::<ShutoffPolicy>(&shipped.replacen(from, to, 1));
        read.unwrap_err().to_string()
    };
    let notice = said(
        "\"days\": 7, \"working_days\"",
        "\"days\": 0, \"working_days\"",
    );
    assert!(
        notice.contains("states.CA.notice.days: write 1 to 90"),
        "{notice}"
    );
    let state = said("\"CA\"", "\"Cal\"");
    assert!(state.contains("two capital letters"), "{state}");
    let winter = said("\"12-01\"", "\"12-32\"");
    assert!(winter.contains("no day of every year"), "{winter}");
    let contact = said("\"attempts\": 2", "\"attempts\": 0");
    assert!(contact.contains("states.PA.contact.attempts"), "{contact}");
    assert!(said("\"past_due_days\": 60", "\"overdue\": 60").contains("overdue"));
}

#[test]
fn what_is_written_out_reads_the_same() {
    let shipped = ShutoffPolicy::default();
    let text = serde_json::to_string(&shipped).unwrap();
    assert_eq!(
        serde_json::from_str::<ShutoffPolicy>(&text).unwrap(),
        shipped
    );
    let states: Vec<&str> = shipped.states.keys().map(String::as_str).collect();
    assert_eq!(states, ["CA", "IL", "MI", "NY", "OH", "PA", "TX"]);
}

proptest! {
    /// Contract: F85. No shut-off while any hold covers the day, whatever else is true.
    #[test]
    fn nobody_is_shut_off_while_a_hold_covers_the_day(ahead in 0_u64..400, kind in 0_usize..12, owed in 0_i64..1_000_000) {
        let on = day("2026-05-01") + Days::new(ahead);
        let mut facts = in_texas();
        facts.debts = vec![debt("2026-03-02", owed)];
        facts.served = vec![Served { given_on: on - Days::new(12), ..facts.served[0] }];
        facts.holds = vec![Held { kind: HoldKind::ALL[kind], last_on: Some(on) }];
        let verdict = may_shut_off(&ShutoffPolicy::default(), &facts, on);
        prop_assert!(matches!(verdict, Verdict::MayNot(why) if why.contains(&Reason::Held(HoldKind::ALL[kind], Some(on)))));
    }

    /// Nothing that is disputed, arranged or on its way is ever shut off for.
    #[test]
    fn a_shut_off_is_for_enough_that_is_free(owed in 0_i64..40_000, disputed in 0_i64..40_000, arranged in 0_i64..40_000, pending in 0_i64..40_000) {
        let mut facts = in_texas();
        facts.debts[0].remaining = cents(owed);
        facts.debts[0].disputed = cents(disputed.min(owed));
        facts.debts[0].arranged = cents(arranged.min(owed - disputed.min(owed)));
        facts.pending = cents(pending);
        let free = owed - disputed.min(owed) - arranged.min(owed - disputed.min(owed)) - pending;
        let verdict = may_shut_off(&ShutoffPolicy::default(), &facts, day(TUESDAY));
        prop_assert_eq!(verdict == Verdict::May, free >= 5_000);
    }
}

/// Hardship makes the days of the notice more, while a hold protects and for a while after it.
#[test]
fn hardship_makes_the_notice_longer_while_it_lasts_and_for_a_while_after_it() {
    let shipped = serde_json::to_string(&ShutoffPolicy::default()).unwrap();
    let mut document: serde_json::Value = serde_json::from_str(&shipped).unwrap();
    document["states"]["TX"]["hardship"] =
        serde_json::json!({ "holds": ["hardship"], "after_days": 30, "more_days": 20 });
    let policy: ShutoffPolicy = serde_json::from_value(document.clone()).unwrap();
    let mut facts = in_texas();
    let asked = |facts: &Facts, on: &str| may_shut_off(&policy, facts, day(on));
    assert_eq!(asked(&facts, TUESDAY), Verdict::May);
    // Ten days and twenty more from June 1 on.
    facts.eased = vec![Held {
        kind: HoldKind::Hardship,
        last_on: Some(day("2026-05-31")),
    }];
    let longer = vec![
        Reason::TooSoon(ServedKind::Written, day("2026-07-01")),
        Reason::Hardship(HoldKind::Hardship, 20),
    ];
    assert_eq!(asked(&facts, TUESDAY), Verdict::MayNot(longer));
    assert_eq!(asked(&facts, "2026-07-01"), Verdict::May);
    // Another hold asks for nothing, and one that ended long ago asks for nothing any more.
    for (kind, last) in [
        (HoldKind::Pledge, "2026-05-31"),
        (HoldKind::Hardship, "2026-05-01"),
    ] {
        facts.eased[0] = Held {
            kind,
            last_on: Some(day(last)),
        };
        assert_eq!(asked(&facts, TUESDAY), Verdict::May, "{kind}");
    }
    // A notice that is good for no day at all is a mistake.
    document["states"]["TX"]["hardship"]["more_days"] = serde_json::json!(60);
    let refused = serde_json::from_value::<ShutoffPolicy>(document).unwrap_err();
    assert!(
        refused.to_string().contains("hardship.more_days"),
        "{refused}"
    );
}
