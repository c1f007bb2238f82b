//! The check of the whole house: every invariant of the books, asked of all rows, set-wise. It writes nothing but, when asked to, the caches
//! that it can always make anew.

use chrono::NaiveDate;

use crate::domain::gl::Chart;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::open_items;
use crate::store::reports::broken::{self, BrokenRow, Settled};
use crate::store::reports::damage;
use crate::store::reports::journal;
use crate::store::reports::{
    broken_budget, broken_by_hand, broken_deposits, broken_ground, broken_holds,
};
use crate::usecases::billing::rederive;
use crate::usecases::billing::tariffs::TariffError;
use crate::usecases::books::{self, BooksError};

/// The tables that are history: the database itself refuses to change them.
const HISTORY: &[&str] = &[
    "ledger_entries",
    "ledger_postings",
    "ledger_applications",
    "bill_segments",
    "bill_lines",
    "bill_cancellations",
    "bill_deliveries",
    "bill_documents",
    "print_items",
    "print_pulls",
    "payment_moves",
    "customer_history",
    "customer_merges",
    "customer_merge_moves",
    "customer_merge_undos",
    "customers_apart",
    "place_merges",
    "place_merge_moves",
    "place_merge_undos",
    "places_apart",
    "name_changes",
    "responsibility_changes",
    "line_materials",
    "lead_notices",
    "notice_texts",
    "account_statuses",
    "notes",
    "reads",
    "interval_days",
    "register_days",
    "policies",
    "request_steps",
    "request_photos",
    "request_documents",
    "service_order_steps",
    "service_order_photos",
    "point_switches",
    "text_consents",
    "landlord_instructions",
    "agreement_facts",
    "former_cycles",
    "arrangement_installments",
    "arrangement_debts",
    "arrangement_steps",
    "budget_plan_bills",
    "budget_plan_steps",
    "holds",
    "hold_lifts",
    "hold_documents",
    "moratoria",
    "moratorium_ends",
    "shutoff_notices",
    "forecasts",
    "write_offs",
    "refund_check_voids",
    "deposit_moves",
    "audit_rows",
];

/// The tables whose rows stay once they are law, or out, and the one whose rows are kept apart.
const SETTLED: &[Settled] = &[
    Settled {
        table: "meter_installs",
        sqlite: &["meter_installs_hung_once", "meter_installs_kept_once"],
        postgres: &["meter_installs_hung_once"],
    },
    Settled {
        table: "bills",
        sqlite: &["bills_issued_stays", "bills_issued_kept"],
        postgres: &["bills_issued_stays", "bills_not_truncated"],
    },
    Settled {
        table: "rate_schedules",
        sqlite: &[
            "rate_schedules_published_stays",
            "rate_schedules_published_kept",
        ],
        postgres: &[
            "rate_schedules_published_stays",
            "rate_schedules_not_truncated",
        ],
    },
    Settled {
        table: "rate_factors",
        sqlite: &["rate_factors_approved_stays", "rate_factors_approved_kept"],
        postgres: &[
            "rate_factors_approved_stays",
            "rate_factors_approved_kept",
            "rate_factors_not_truncated",
        ],
    },
    Settled {
        table: "policy_proposals",
        sqlite: &[
            "policy_proposals_decided_stays",
            "policy_proposals_decided_kept",
        ],
        postgres: &[
            "policy_proposals_decided_stays",
            "policy_proposals_decided_kept",
            "policy_proposals_not_truncated",
        ],
    },
    Settled {
        table: "corrections",
        sqlite: &["corrections_decided_stays", "corrections_decided_kept"],
        postgres: &[
            "corrections_decided_stays",
            "corrections_decided_kept",
            "corrections_not_truncated",
        ],
    },
    Settled {
        table: "dispute_proposals",
        sqlite: &[
            "dispute_proposals_decided_stays",
            "dispute_proposals_decided_kept",
        ],
        postgres: &[
            "dispute_proposals_decided_stays",
            "dispute_proposals_decided_kept",
            "dispute_proposals_not_truncated",
        ],
    },
    Settled {
        table: "rebill_proposals",
        sqlite: &[
            "rebill_proposals_decided_stays",
            "rebill_proposals_decided_kept",
        ],
        postgres: &[
            "rebill_proposals_decided_stays",
            "rebill_proposals_decided_kept",
            "rebill_proposals_not_truncated",
        ],
    },
    Settled {
        table: "payment_refunds",
        sqlite: &["payment_refunds_ended_stays", "payment_refunds_ended_kept"],
        postgres: &[
            "payment_refunds_ended_stays",
            "payment_refunds_ended_kept",
            "payment_refunds_not_truncated",
        ],
    },
    Settled {
        table: "refund_checks",
        sqlite: &["refund_checks_paid_stays", "refund_checks_paid_kept"],
        postgres: &[
            "refund_checks_paid_stays",
            "refund_checks_paid_kept",
            "refund_checks_not_truncated",
        ],
    },
    Settled {
        table: "fee_reversals",
        sqlite: &["fee_reversals_ended_stays", "fee_reversals_ended_kept"],
        postgres: &[
            "fee_reversals_ended_stays",
            "fee_reversals_ended_kept",
            "fee_reversals_not_truncated",
        ],
    },
    Settled {
        table: "deposits",
        sqlite: &["deposits_ended_stays", "deposits_kept"],
        postgres: &[
            "deposits_ended_stays",
            "deposits_kept",
            "deposits_not_truncated",
        ],
    },
];

const KNOWN_PLACES: &str = "postings are to accounts and funds of the chart";

/// One thing that breaks one invariant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The invariant, as a sentence that should be true.
    pub invariant: &'static str,
    /// What breaks it.
    pub subject: String,
    /// The figures that do not agree.
    pub facts: String,
}

/// Why the house could not be read.
#[derive(Debug, thiserror::Error)]
pub enum CheckError {
    /// The books could not be opened.
    #[error(transparent)]
    Books(#[from] BooksError),
    /// A published schedule cannot be read.
    #[error(transparent)]
    Tariff(#[from] TariffError),
    /// The database.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

/// Reads the whole house and lists everything that breaks an invariant; an empty list is a sound house.
///
/// # Errors
/// The database, or a chart or schedule that cannot be read.
pub fn check(conn: &mut Conn, on: NaiveDate) -> Result<Vec<Finding>, CheckError> {
    let chart = books::open(conn, on)?.chart;
    let mut findings = Vec::new();
    for rule in rules() {
        let broken = broken::find(conn, rule, &chart);
        findings.extend(told(
            rule.holds,
            broken.map(|rows| named(rule.holds, rows).collect()),
        ));
    }
    let unguarded = broken::find_missing_triggers(conn, HISTORY, SETTLED);
    let guarded = "history cannot be changed";
    findings.extend(told(
        guarded,
        unguarded.map(|rows| named(guarded, rows).collect()),
    ));
    let damaged = damage::find_damage(conn);
    let whole = "the database file is whole";
    findings.extend(told(
        whole,
        damaged.map(|rows| named(whole, rows).collect()),
    ));
    findings.extend(told(KNOWN_PLACES, unknown_places(conn, &chart)));
    let bills = rederive::find_broken(conn);
    let bills = bills.map(|broken| broken.into_iter().map(of_bill).collect());
    findings.extend(told("every issued bill can be read", bills));
    Ok(findings)
}

/// What a question found. One that cannot be asked, because a row cannot be read, is a finding itself: the others are asked all the same.
fn told<E: std::fmt::Display>(
    invariant: &'static str,
    answer: Result<Vec<Finding>, E>,
) -> Vec<Finding> {
    answer.unwrap_or_else(|error| {
        vec![Finding {
            invariant,
            subject: "what is stored".to_owned(),
            facts: format!("cannot be read: {error}"),
        }]
    })
}

fn of_bill(broken: rederive::Broken) -> Finding {
    Finding {
        invariant: match broken.rule {
            rederive::Rule::Rederives => {
                "the lines of an issued bill come out of its working again"
            }
            rederive::Rule::DaysOnce => {
                "a bill charges a service for days of the bill, each day once"
            }
            rederive::Rule::ReadsShow => {
                "the reads of an issued bill are there and show what it bills"
            }
            rederive::Rule::PostedWhere => {
                "an issued bill is posted to the funds and accounts of its charges"
            }
        },
        subject: format!("bill {}", broken.bill),
        facts: broken.facts,
    }
}

/// How many invariants [`check`] asks.
#[must_use]
pub fn invariants() -> usize {
    rules().count() + 7
}

fn rules() -> impl Iterator<Item = &'static broken::Rule> {
    let books = broken::RULES.iter();
    books
        .chain(broken_ground::RULES)
        .chain(broken_holds::RULES)
        .chain(broken_by_hand::RULES)
        .chain(broken_deposits::RULES)
        .chain(broken_budget::RULES)
}

/// Makes the caches of what is owed and held anew from the ledger.
///
/// # Errors
/// The database, or a chart that cannot be read.
pub fn rebuild_caches(tx: &mut Tx<'_>) -> Result<(), BooksError> {
    let on = tx.stamp.on;
    let chart = books::open(tx, on)?.chart;
    Ok(open_items::rebuild(tx, &chart)?)
}

fn named(invariant: &'static str, rows: Vec<BrokenRow>) -> impl Iterator<Item = Finding> {
    rows.into_iter().map(move |row| Finding {
        invariant,
        subject: row.subject,
        facts: row.facts,
    })
}

fn unknown_places(conn: &mut Conn, chart: &Chart) -> Result<Vec<Finding>, StoreError> {
    let Some((_, last)) = journal::span(conn)? else {
        return Ok(Vec::new());
    };
    let places = journal::balances(conn, last)?;
    let is_unknown =
        |(gl, fund): &(_, _)| chart.account(gl).is_none() || chart.fund(fund).is_none();
    let finding = |(gl, fund)| Finding {
        invariant: KNOWN_PLACES,
        subject: format!("account {gl}"),
        facts: format!("in fund {fund}"),
    };
    Ok(places.into_keys().filter(is_unknown).map(finding).collect())
}
