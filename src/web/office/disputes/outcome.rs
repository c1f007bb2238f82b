//! One way of ending a dispute: what it comes to, worked out before anybody confirms it; the words for the customer; carried out in one go. What
//! came to something else meanwhile is shown again first.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use askama::Template;

use crate::app::App;
use crate::domain::corrections::CorrectionKind;
use crate::domain::gl::{Chart, FundCode};
use crate::domain::ids::RequestNumber;
use crate::domain::money::Money;
use crate::domain::remedies::Remedy;
use crate::domain::requests::RequestKind;
use crate::i18n::{Words, words};
use crate::store::accounts;
use crate::store::db::{Conn, Tx};
use crate::store::disputes::{self, DisputeRow};
use crate::store::error::StoreError;
use crate::usecases::billing::rebill::RebillError;
use crate::usecases::corrections::{CorrectionError, decided_by};
use crate::usecases::disputes::DisputeError;
use crate::usecases::disputes::outcomes::{
    Looked, Order, RemedyError, carry_out, look, order_reread,
};
use crate::usecases::disputes::proposals;
use crate::usecases::requests::RequestError;
use crate::web::chrome::Chrome;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::office::correction_words::{closed, law, said};
use crate::web::office::disputes::workbench::{fault, no_credit};
use crate::web::office::request::{address, again, find, number_of, read, refused};
use crate::web::session::StaffMember;
use crate::web::similar_homes::SimilarHomes;
use crate::web::{PageError, PageResult, page_with};

#[derive(Template)]
#[template(path = "office/disputes/outcome.html")]
struct Show {
    t: Words,
    chrome: Chrome,
    number: RequestNumber,
    dispute: DisputeRow,
    remedy: Remedy,
    /// What it comes to; nothing while an amount is to be chosen.
    looked: Option<Looked>,
    /// Why it is not offered.
    not_offered: Option<String>,
    form: Form,
    /// What whoever looks may give without a second person.
    most: Money,
    /// Whether their job carries it out at all.
    is_carried: bool,
    chart: Chart,
}

impl Show {
    fn fund_name<'a>(&'a self, code: &'a FundCode) -> &'a str {
        let fund = self.chart.fund(code);
        fund.map_or(code.as_str(), |fund| fund.name.as_str())
    }

    /// Whether what was looked at waits for a second person.
    fn takes_two(&self) -> bool {
        let looked = self.looked.as_ref();
        looked.is_some_and(|looked| !self.is_carried || looked.credit() > self.most)
    }

    /// What the button does.
    fn action(&self) -> &str {
        if self.takes_two() {
            self.t.correction_send()
        } else if self.looked.is_some() {
            self.t.remedy_carry_out()
        } else {
            self.t.remedy_look()
        }
    }
}

/// GET /office/requests/{number}/outcomes/{remedy}
pub async fn show(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<(String, String)>,
) -> PageResult {
    let (number, remedy) = asked(&path)?;
    shown(
        (&app, chrome),
        &staff,
        (number, remedy),
        (Form::default(), StatusCode::OK),
    )
    .await
}

/// POST /office/requests/{number}/outcomes/{remedy} — looks where an amount was chosen, and carries out what was looked at.
pub async fn create(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<(String, String)>,
    mut form: Form,
) -> PageResult {
    let (number, remedy) = asked(&path)?;
    let (t, row) = (chrome.t, read(&app, &number).await?);
    let amount = if remedy.asks_amount() {
        form.parse::<Money>("amount", t.form_not_money())
    } else {
        None
    };
    if form.value("reasons").is_empty() {
        form.refuse("reasons", t.request_words_missing());
    }
    let bad = StatusCode::UNPROCESSABLE_ENTITY;
    if !form.is_good() {
        return shown((&app, chrome), &staff, (number, remedy), (form, bad)).await;
    }
    let order = Order {
        request: row.id,
        remedy,
        amount,
        words: form.value("reasons").to_owned(),
        seal: form.exactly("seal").to_owned(),
        role: staff.role,
        language: t.language,
    };
    let (wanted, work) = (order.clone(), move |tx: &mut Tx<'_>| carry_out(tx, &order));
    let problem = match app.db.write(staff.stamp(&app), work).await {
        Ok(_) => return see_other_saying(address(&number), Tone::Good, t.office_dispute_decided()),
        // Sent twice, or ended by somebody else: there is nothing left to show here.
        Err(RemedyError::Dispute(DisputeError::Request(ended @ RequestError::Moved))) => {
            return see_other_saying(address(&number), Tone::Bad, refused(t, &ended));
        }
        Err(RemedyError::Looked(_)) if form.exactly("seal").is_empty() => None,
        // It was looked at, and is more than one person decides.
        Err(RemedyError::NotAlone | RemedyError::Correction(CorrectionError::OverLimit { .. })) => {
            let work = move |tx: &mut Tx<'_>| proposals::propose(tx, &wanted);
            match app.db.write(staff.stamp(&app), work).await {
                Ok(()) => {
                    return see_other_saying(address(&number), Tone::Good, t.proposal_made_now());
                }
                Err(refusal) => Some(why_not(t, refusal)?),
            }
        }
        Err(refusal) => Some(why_not(t, refusal)?),
    };
    if let Some((field, words)) = problem {
        form.refuse(field, words);
    }
    let status = if form.is_good() { StatusCode::OK } else { bad };
    shown((&app, chrome), &staff, (number, remedy), (form, status)).await
}

/// Which field a refusal is about, and how to mend it.
pub(super) fn why_not(t: Words, refusal: RemedyError) -> Result<(&'static str, String), PageError> {
    let of_rebill = |refusal: RebillError| match refusal {
        RebillError::Held => Ok(("reasons", t.rebill_held().to_owned())),
        RebillError::Changed => Ok(("reasons", t.rebill_changed().to_owned())),
        RebillError::Fault(fault) => Err(fault.into()),
        other => Err(PageError::fault(other)),
    };
    match refusal {
        RemedyError::Looked(_) => Ok(("reasons", t.rebill_changed().to_owned())),
        RemedyError::Waits(who) => Ok(("reasons", t.proposal_waits(who))),
        RemedyError::NotAlone => Ok(("reasons", t.proposal_not_alone().to_owned())),
        RemedyError::AmountMissing => Ok(("amount", t.dispute_nothing().to_owned())),
        RemedyError::MoreThan(most) => Ok(("amount", t.remedy_more_than(most))),
        RemedyError::NoCredit(why) => Ok(("reasons", no_credit(t, &why))),
        RemedyError::NothingToRebill => Ok(("reasons", t.remedy_price_same().to_owned())),
        RemedyError::Correction(CorrectionError::Fault(fault)) | RemedyError::Fault(fault) => {
            Err(fault.into())
        }
        RemedyError::Correction(refusal) => Ok(("reasons", said(t, &refusal))),
        RemedyError::Rebill(refusal) => of_rebill(refusal),
        RemedyError::Dispute(DisputeError::Request(RequestError::Fault(fault))) => {
            Err(fault.into())
        }
        RemedyError::Dispute(DisputeError::Request(refusal)) => {
            Ok(("reasons", refused(t, &refusal)))
        }
        RemedyError::Dispute(other) => Err(fault(other)),
    }
}

/// The dispute and the outcome in the address.
fn asked(path: &(String, String)) -> Result<(RequestNumber, Remedy), PageError> {
    let remedy: Remedy = path.1.parse().map_err(|_unknown| PageError::NotFound)?;
    Ok((number_of(&path.0)?, remedy))
}

async fn shown(
    (app, chrome): (&App, Chrome),
    staff: &StaffMember,
    (number, remedy): (RequestNumber, Remedy),
    (form, status): (Form, StatusCode),
) -> PageResult {
    let (t, today) = (chrome.t, app.clock.today());
    let (role, by) = (staff.role, staff.actor());
    let (wanted, typed) = (number.clone(), form.value("amount").parse::<Money>().ok());
    let read = move |conn: &mut Conn| {
        let row = find(conn, &wanted)?;
        let dispute = disputes::find(conn, row.id)?;
        let dispute =
            dispute.filter(|_| row.kind == RequestKind::BillDispute && row.state.is_open());
        let dispute = dispute.ok_or(StoreError::Missing("open dispute"))?;
        let language = accounts::get(conn, row.account_id)?.language;
        let looked = look(conn, &dispute, (remedy, typed), today);
        let (chart, policy) = law(conn, today).map_err(closed)?;
        let rules = policy.rules(CorrectionKind::Credit);
        let about = (row.account_id, CorrectionKind::Credit);
        let decided = decided_by(conn, &by, about, today)?;
        let most = rules.map_or(Money::ZERO, |rules| rules.left_alone(role, decided));
        Ok::<_, PageError>((dispute, language, looked, (most, chart)))
    };
    let (dispute, language, looked, (most, chart)) = app.db.read(read).await?;
    let (looked, not_offered) = match looked {
        Ok(looked) => (Some(looked), None),
        Err(RemedyError::AmountMissing | RemedyError::MoreThan(_)) => (None, None),
        Err(RemedyError::NoCredit(why)) => (None, Some(no_credit(t, &why))),
        Err(RemedyError::NothingToRebill) => (None, Some(t.remedy_price_same().to_owned())),
        Err(RemedyError::Fault(fault)) => return Err(fault.into()),
        Err(RemedyError::Dispute(other)) => return Err(fault(other)),
        Err(other) => return Err(PageError::fault(other)),
    };
    let form = if form.has("reasons") || !form.is_good() {
        form
    } else {
        let form = form.with("amount", dispute.amount.dollars());
        form.with("reasons", words(language).remedy_words(remedy.as_str()))
    };
    page_with(
        status,
        &Show {
            t,
            chrome,
            number,
            dispute,
            remedy,
            looked,
            not_offered,
            form,
            most,
            is_carried: role.may(remedy.permission()),
            chart,
        },
    )
}

/// POST /office/requests/{number}/reread — a meter is read again; the dispute stays open.
pub async fn reread(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    (similar, path): (Data<SimilarHomes>, Path<String>),
    mut form: Form,
) -> PageResult {
    let (t, number) = (chrome.t, number_of(&path)?);
    let row = read(&app, &number).await?;
    let commodity = form.parse("service", t.form_choose());
    let (Some(commodity), true) = (commodity, row.kind == RequestKind::BillDispute) else {
        return again((&app, similar), chrome, &staff, (number, form)).await;
    };
    let words = form.value("reread_words").to_owned();
    let work = move |tx: &mut Tx<'_>| order_reread(tx, row.id, (commodity, &words));
    match app.db.write(staff.stamp(&app), work).await {
        Ok(ordered) => {
            let words = t.remedy_reread_ordered(ordered);
            see_other_saying(address(&number), Tone::Good, words)
        }
        Err(refusal) => {
            let (_, words) = why_not(t, refusal)?;
            form.refuse("reread_words", words);
            again((&app, similar), chrome, &staff, (number, form)).await
        }
    }
}
