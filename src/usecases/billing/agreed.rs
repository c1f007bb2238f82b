//! What a decision rests on of an account's services, as it was when the decision was made and as it is when it is written down.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::domain::agreement_facts::{AgreementFacts, DatedFacts};
use crate::domain::bill_case::AccountCase;
use crate::domain::ids::{AccountId, CycleId, RegisterId, ServiceAgreementId, ServicePointId};
use crate::domain::period::Period;
use crate::store::agreement_facts;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::meters;
use crate::store::service::{self, AgreedService};
use crate::usecases::billing::load::{Spans, by, days_on_and_off};

/// A register that counted on some of the days: from when, and until when where its meter went in the period.
type Hung = (RegisterId, NaiveDate, Option<NaiveDate>);

/// One agreement, as far as it bears on the days of the period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct OneAgreed {
    agreement: ServiceAgreementId,
    /// The days on which it is served.
    served: Vec<Period>,
    /// Its end, where that lies in the period.
    end: Option<NaiveDate>,
    /// What it adds to the facts, from which day of the period on.
    facts: Vec<(NaiveDate, AgreementFacts)>,
    /// What hung there. A meter that goes on the day after the period closes it with its last read.
    hung: Vec<Hung>,
}

/// The agreements of an account.
pub(super) type Agreed = Vec<OneAgreed>;

fn facts_in(dated: &DatedFacts, period: Period) -> Vec<(NaiveDate, AgreementFacts)> {
    let parts = dated.parts(period).into_iter();
    let facts = parts.map(|part| (part.from, dated.on(part.from).clone()));
    facts.collect()
}

fn hung_in(all: impl Iterator<Item = Hung>, period: Period) -> Vec<Hung> {
    let counts = |(_, from, until): &Hung| {
        *from < period.until && until.is_none_or(|until| period.from < until)
    };
    let within = |(register, from, until): Hung| {
        let until = until.filter(|until| *until <= period.until);
        (register, from, until)
    };
    let mut hung: Vec<Hung> = all.filter(counts).map(within).collect();
    hung.sort_unstable();
    hung
}

/// What a case says of it.
pub(super) fn agreed_in(case: &AccountCase) -> Agreed {
    let agreed = case.services.iter().map(|service| OneAgreed {
        agreement: service.agreement,
        served: service.served.clone(),
        end: service.agreed_until.filter(|end| *end <= case.period.until),
        facts: facts_in(&service.facts, case.period),
        hung: hung_in(
            service
                .registers
                .iter()
                .map(|one| (one.id, one.from, one.until)),
            case.period,
        ),
    });
    agreed.collect()
}

/// What is so now, of the accounts that have any service on their days of the cycle's period. Five queries.
pub(super) fn agreed_now(
    conn: &mut Conn,
    (cycle, whole): (CycleId, Period),
    accounts: &[AccountId],
) -> Result<HashMap<AccountId, Agreed>, StoreError> {
    let spans = Spans::load(conn, (Some(cycle), whole), accounts)?;
    let mut agreed = service::list_of_accounts(conn, accounts, whole)?;
    spans.keep_own(&mut agreed, whole);
    let ids: Vec<ServiceAgreementId> = agreed.iter().map(|one| one.agreement.id).collect();
    let suspensions = service::list_suspensions(conn, &ids, whole)?;
    let suspensions = by(suspensions, |row| row.service_agreement_id);
    let changes = by(agreement_facts::list(conn, &ids)?, |row| {
        row.service_agreement_id
    });
    let points: Vec<ServicePointId> = agreed
        .iter()
        .map(|one| one.agreement.service_point_id)
        .collect();
    let installed = by(meters::list_installed(conn, &points)?, |one| {
        one.service_point_id
    });
    let mut now: HashMap<AccountId, Agreed> = HashMap::new();
    for AgreedService { agreement, .. } in agreed {
        let days = (agreement.from_on, agreement.until_on);
        let period = spans.of(agreement.account_id, whole).unwrap_or(whole);
        let off = suspensions.get(&agreement.id).map(Vec::as_slice);
        let (served, _) = days_on_and_off(period, days, off.unwrap_or_default());
        let own = changes.get(&agreement.id).into_iter().flatten();
        let dated = agreement_facts::dated((agreement.id, &agreement.facts), own)?;
        let hung = installed.get(&agreement.service_point_id);
        let hung = hung.into_iter().flatten();
        let hung = hung.map(|one| (one.register.id, one.from_on, one.until_on));
        let of_account = now.entry(agreement.account_id).or_default();
        of_account.push(OneAgreed {
            agreement: agreement.id,
            served,
            end: agreement.until_on.filter(|end| *end <= period.until),
            facts: facts_in(&dated, period),
            hung: hung_in(hung, period),
        });
    }
    Ok(now)
}
