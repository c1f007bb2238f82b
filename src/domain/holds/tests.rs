//! Holds: their days, who may place, renew and lift them, and how often; the documents they rest on.

use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;
use crate::domain::staff::Role;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

const TODAY: &str = "2026-07-01";

fn asked(kind: HoldKind) -> Asked {
    Asked {
        kind,
        from_on: day(TODAY),
        until_on: None,
        has_document: true,
        has_signer: true,
        role: Some(Role::BillingClerk),
    }
}

fn span(from: &str, until: &str) -> Span {
    Span {
        from_on: day(from),
        until_on: Some(day(until)),
        lifted_on: None,
    }
}

fn earlier(kind: HoldKind, from: &str, until: &str) -> Earlier {
    Earlier {
        kind,
        span: span(from, until),
        is_provisional: false,
    }
}

fn placed(asked: &Asked, earlier: &[Earlier]) -> Result<Granted, Vec<Refusal>> {
    place(&HoldPolicy::default(), asked, earlier, day(TODAY))
}

fn renewed(asked: &Asked, chain: Chain, earlier: &[Earlier]) -> Result<Granted, Vec<Refusal>> {
    renew(&HoldPolicy::default(), asked, (&chain, earlier), day(TODAY))
}

#[test]
fn a_certificate_protects_as_long_as_the_policy_gives_and_is_told_of_before_it_ends() {
    let granted = placed(&asked(HoldKind::MedicalCertificate), &[]).unwrap();
    assert_eq!(granted.until_on, Some(day("2026-08-30")), "60 days");
    assert_eq!(granted.remind_on, Some(day("2026-08-16")));
    assert!(granted.stops.has(HoldStop::ShutOff) && !granted.stops.has(HoldStop::LateFee));
    assert_eq!(granted.then, After::OfferTime);
    let shorter = Asked {
        until_on: Some(day("2026-07-08")),
        ..asked(HoldKind::MedicalCertificate)
    };
    let granted = placed(&shorter, &[]).unwrap();
    assert_eq!(
        granted.remind_on,
        Some(day(TODAY)),
        "told of when it begins at the earliest"
    );
    let longer = Asked {
        until_on: Some(day("2026-08-31")),
        ..shorter
    };
    assert_eq!(
        placed(&longer, &[]),
        Err(vec![Refusal::TooLong(day("2026-08-29"))])
    );
}

#[test]
fn without_its_document_it_protects_for_a_few_days_or_not_at_all() {
    let waiting = Asked {
        has_document: false,
        ..asked(HoldKind::MedicalCertificate)
    };
    let granted = placed(&waiting, &[]).unwrap();
    assert!(granted.is_provisional);
    assert_eq!(granted.until_on, Some(day("2026-07-08")));
    let longer = Asked {
        until_on: Some(day("2026-07-20")),
        ..waiting
    };
    assert_eq!(
        placed(&longer, &[]),
        Err(vec![Refusal::TooLongWithoutDocument(day("2026-07-07"))])
    );
    let mut strict = HoldPolicy::default();
    if let Some(terms) = strict.holds.get_mut(&HoldKind::MedicalCertificate) {
        terms.without_document_days = 0;
    }
    let refused = place(&strict, &waiting, &[], day(TODAY)).unwrap_err();
    assert_eq!(refused, [Refusal::DocumentMissing]);
}

#[test]
fn every_reason_is_said_at_once() {
    let all = Asked {
        from_on: day("2026-06-30"),
        has_signer: false,
        role: Some(Role::Viewer),
        ..asked(HoldKind::MedicalCertificate)
    };
    let wrong = placed(&all, &[]).unwrap_err();
    assert!(matches!(wrong[0], Refusal::NotYourRole(ref jobs) if jobs.contains(&Role::Csr)));
    assert_eq!(wrong[1..], [Refusal::SignerMissing, Refusal::Passed]);
    let far = Asked {
        from_on: day("2026-10-01"),
        ..asked(HoldKind::Staff)
    };
    assert_eq!(
        placed(&far, &[]),
        Err(vec![Refusal::TooFar(day("2026-09-29"))])
    );
    let backwards = Asked {
        until_on: Some(day(TODAY)),
        ..asked(HoldKind::Staff)
    };
    assert_eq!(placed(&backwards, &[]), Err(vec![Refusal::EndsBefore]));
}

#[test]
fn what_is_disputed_or_arranged_is_never_placed() {
    for kind in [
        HoldKind::Dispute,
        HoldKind::Arrangement,
        HoldKind::Moratorium,
    ] {
        assert_eq!(
            placed(&asked(kind), &[]),
            Err(vec![Refusal::NotOffered]),
            "{kind}"
        );
    }
}

#[test]
fn two_of_a_kind_never_protect_on_one_day_and_one_that_was_lifted_is_out_of_the_way() {
    let kind = HoldKind::MedicalCertificate;
    let mut other = earlier(kind, "2026-06-20", "2026-07-10");
    assert_eq!(
        placed(&asked(kind), &[other]),
        Err(vec![Refusal::Overlaps(
            day("2026-06-20"),
            Some(day("2026-07-09"))
        )])
    );
    other.span.lifted_on = Some(day(TODAY));
    assert!(placed(&asked(kind), &[other]).is_ok());
    let of_another = earlier(HoldKind::Staff, "2026-06-20", "2026-07-10");
    assert!(placed(&asked(kind), &[of_another]).is_ok());
}

#[test]
fn days_and_periods_count_over_twelve_months() {
    let kind = HoldKind::MedicalCertificate;
    // 80 days since last autumn: 46 of 126 are left.
    let before = earlier(kind, "2025-10-01", "2025-12-20");
    assert_eq!(
        placed(&asked(kind), &[before]),
        Err(vec![Refusal::TooManyDays(126, 46)])
    );
    let fitting = Asked {
        until_on: Some(day("2026-08-16")),
        ..asked(kind)
    };
    assert!(placed(&fitting, &[before]).is_ok());
    let long_ago = earlier(kind, "2025-04-01", "2025-06-20");
    assert!(placed(&asked(kind), &[long_ago]).is_ok());

    let mut ohio = HoldPolicy::default();
    if let Some(terms) = ohio.holds.get_mut(&kind) {
        (terms.first_days, terms.most_days, terms.most_periods) = (Some(30), None, Some(3));
    }
    let thrice = [
        earlier(kind, "2025-08-01", "2025-08-31"),
        earlier(kind, "2025-11-01", "2025-12-01"),
        earlier(kind, "2026-03-01", "2026-03-31"),
    ];
    let refused = place(&ohio, &asked(kind), &thrice, day(TODAY));
    assert_eq!(refused, Err(vec![Refusal::TooManyPeriods(3)]));
    let twice = &thrice[1..];
    assert!(place(&ohio, &asked(kind), twice, day(TODAY)).is_ok());
}

#[test]
fn a_renewal_goes_on_where_the_earlier_one_ends_as_often_as_the_policy_gives() {
    let kind = HoldKind::MedicalCertificate;
    let now = earlier(kind, "2026-05-10", "2026-07-09");
    let chain = Chain {
        span: now.span,
        periods: 1,
        is_renewed: false,
        waits: false,
    };
    let granted = renewed(&asked(kind), chain, &[now]).unwrap();
    assert_eq!(
        (granted.from_on, granted.until_on),
        (day("2026-07-09"), Some(day("2026-08-08")))
    );
    let often = Chain {
        periods: 3,
        ..chain
    };
    assert_eq!(
        renewed(&asked(kind), often, &[now]),
        Err(vec![Refusal::TooManyRenewals(2)])
    );
    let ended = Chain {
        span: span("2026-05-01", "2026-06-30"),
        is_renewed: true,
        ..chain
    };
    assert_eq!(
        renewed(&asked(kind), ended, &[]),
        Err(vec![Refusal::IsRenewed, Refusal::HasEnded])
    );
    let waits = Chain {
        is_renewed: false,
        waits: true,
        ..ended
    };
    let granted = renewed(&asked(kind), waits, &[]).unwrap();
    assert_eq!(granted.from_on, day("2026-06-30"), "without a gap");
    let endless = Chain {
        span: Span {
            until_on: None,
            ..now.span
        },
        ..chain
    };
    assert_eq!(
        renewed(&asked(HoldKind::Bankruptcy), endless, &[]),
        Err(vec![Refusal::HasNoEnd])
    );
}

#[test]
fn the_period_after_one_without_a_document_is_the_first_that_counts() {
    let kind = HoldKind::MedicalCertificate;
    let mut waiting = earlier(kind, "2026-06-28", "2026-07-05");
    waiting.is_provisional = true;
    let chain = Chain {
        span: waiting.span,
        periods: 0,
        is_renewed: false,
        waits: false,
    };
    let granted = renewed(&asked(kind), chain, &[waiting]).unwrap();
    assert_eq!(granted.until_on, Some(day("2026-09-03")), "60 days");
    assert!(!granted.is_provisional);
}

#[test]
fn a_document_is_awaited_once() {
    let kind = HoldKind::MedicalCertificate;
    let without = Asked {
        has_document: false,
        ..asked(kind)
    };
    let mut waiting = earlier(kind, "2026-06-24", "2026-07-01");
    waiting.is_provisional = true;
    let documented = earlier(kind, "2026-06-26", "2026-06-30");
    let missing = Err(vec![Refusal::DocumentMissing]);
    assert_eq!(placed(&without, &[waiting]), missing);
    assert!(placed(&without, &[documented, waiting]).is_ok(), "it came");
    let chain = Chain {
        span: waiting.span,
        periods: 0,
        is_renewed: false,
        waits: false,
    };
    assert_eq!(renewed(&without, chain, &[waiting]), missing);
    assert!(renewed(&asked(kind), chain, &[waiting]).is_ok());
    waiting.span = span("2025-06-24", "2025-07-01");
    assert!(placed(&without, &[waiting]).is_ok(), "a year ago");
}

#[test]
fn who_may_lift_is_the_policys_to_say() {
    let policy = HoldPolicy::default();
    let medical = HoldKind::MedicalCertificate;
    assert!(!may_lift(&policy, medical, Some(Role::Csr)));
    assert!(may_lift(&policy, medical, Some(Role::BillingManager)));
    assert!(may_lift(&policy, HoldKind::Staff, Some(Role::Csr)));
    let none = HoldPolicy {
        holds: std::collections::BTreeMap::new(),
    };
    assert!(!may_lift(&none, medical, Some(Role::BillingClerk)));
    assert!(may_lift(&none, medical, Some(Role::BillingManager)));
}

#[test]
fn a_policy_says_what_is_wrong_with_it_and_where() {
    let said = |from: &str, to: &str| {
        let shipped = include_str!("hold_policy.json");
        assert!(shipped.contains(from), "{from}");
        let read = serde_json::from_str::<HoldPolicy>(&shipped.replacen(from, to, 1));
        read.unwrap_err().to_string()
    };
    let law = said("\"stops\": [\"shut_off\"]", "\"stops\": [\"late_fee\"]");
    assert!(
        law.contains("holds.medical_certificate.stops: write \"shut_off\""),
        "{law}"
    );
    let days = said("\"first_days\": 60", "\"first_days\": 900");
    assert!(days.contains("first_days: write 1 to 731 days"), "{days}");
    let kind = said("\"staff\":", "\"dispute\":");
    assert!(kind.contains("holds.dispute: leave it out"), "{kind}");
    let job = said(
        "\"csr\", \"collector\"],\n      \"lift\"",
        "\"viewer\"],\n      \"lift\"",
    );
    assert!(job.contains("place: write one job or more"), "{job}");
    assert!(said("\"remind_days\": 14", "\"remind\": 14").contains("remind"));
    let shared = said("\"first_days\": 184,", "");
    assert!(shared.contains("holds.moratorium.first_days"), "{shared}");
}

#[test]
fn what_is_written_out_reads_the_same() {
    let shipped = HoldPolicy::default();
    let text = serde_json::to_string(&shipped).unwrap();
    assert_eq!(serde_json::from_str::<HoldPolicy>(&text).unwrap(), shipped);
    let placed: Vec<HoldKind> = shipped.holds.keys().copied().collect();
    assert_eq!(placed.len(), HoldKind::PLACED.len() + 1);
    let stops: Stops = "late_fee,shut_off".parse().unwrap();
    assert_eq!(stops.to_string(), "late_fee,shut_off");
    assert!("late_fee,everything".parse::<Stops>().is_err());
}

#[test]
fn a_document_is_told_by_its_bytes() {
    let pdf = [b"%PDF-1.7\n".as_slice(), &[7; 5_000], b"\n%%EOF\n"].concat();
    let kept = Evidence::of(pdf.clone()).unwrap();
    assert_eq!((kept.kind, kept.bytes), (EvidenceKind::Pdf, pdf));
    let cut = [b"%PDF-1.7\n".as_slice(), &[7; 5_000]].concat();
    assert_eq!(Evidence::of(cut), Err(NoEvidence::Broken));
    let page = b"<!doctype html><script>alert(1)</script>".repeat(3);
    assert_eq!(Evidence::of(page), Err(NoEvidence::Strange));
    let late = [b"\n%PDF-1.7".as_slice(), b"%%EOF".repeat(20).as_slice()].concat();
    assert_eq!(Evidence::of(late), Err(NoEvidence::Strange));
    assert_eq!(
        Evidence::of(vec![b'%'; MOST_BYTES + 1]),
        Err(NoEvidence::TooLarge)
    );
}

#[test]
fn one_that_was_lifted_protects_until_the_day_before() {
    let lifted = Span {
        lifted_on: Some(day("2026-07-05")),
        ..span("2026-07-01", "2026-07-31")
    };
    assert!(lifted.holds_on(day("2026-07-04")) && !lifted.holds_on(day("2026-07-05")));
    assert_eq!(lifted.last_day(), Some(day("2026-07-04")));
    assert_eq!(lifted.state(day("2026-07-05")), HoldState::Past);
    let coming = span("2026-07-10", "2026-07-31");
    assert_eq!(coming.state(day(TODAY)), HoldState::Coming);
    let taken_back = Span {
        lifted_on: Some(day(TODAY)),
        ..coming
    };
    assert_eq!(taken_back.state(day(TODAY)), HoldState::Past);
    assert!(!taken_back.meets(day(TODAY), None));
}

proptest! {
    #[test]
    fn a_day_is_protected_just_where_the_span_counts_it(from in 0_u64..60, length in 0_u64..60, lifted in 0_u64..120, on in 0_u64..120) {
        let first = day(TODAY);
        let at = |days: u64| first + chrono::Days::new(days);
        let span = Span {
            from_on: at(from),
            until_on: Some(at(from + length)),
            lifted_on: Some(at(lifted)),
        };
        let one = span.days_within(at(on), at(on + 1)) == 1;
        prop_assert_eq!(one, span.holds_on(at(on)));
        prop_assert_eq!(one, span.state(at(on)) == HoldState::InForce);
        prop_assert_eq!(one, span.meets(at(on), Some(at(on + 1))));
    }
}
