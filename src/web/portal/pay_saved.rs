//! Paying by a saved way: the charge is opened at the processor, its name is written down, it is made, and what came of it is written down.
//! The payment's own page shows how it stands, whatever happened on the way.

use std::str::FromStr;

use crate::adapters::desk::Desk;
use crate::adapters::stripe::StripeRefused;
use crate::adapters::stripe::saved::{Made, Presence};
use crate::app::App;
use crate::domain::ids::PaymentId;
use crate::domain::payments::Tender;
use crate::domain::stamp::{Actor, ActorKind, Stamp};
use crate::store::db::{Conn, Tx};
use crate::store::payment_methods::MethodRow;
use crate::store::payments::PaymentRow;
use crate::usecases;
use crate::web::PageError;
use crate::web::closing::bring;
use crate::web::form::Form;

/// By what a form pays.
#[derive(Debug, Clone)]
pub enum Means {
    /// A card or bank account that is typed on the processor's page.
    New(Tender),
    /// A saved one.
    Saved(Box<MethodRow>),
}

impl Means {
    /// By what a form pays; nothing else than what the page offers.
    pub fn of(form: &Form, methods: &[MethodRow]) -> Result<Self, PageError> {
        let chosen = form.value("tender");
        if let Some(method) = methods.iter().find(|method| method.request_key == chosen) {
            return Ok(Self::Saved(Box::new(method.clone())));
        }
        match Tender::from_str(chosen) {
            Ok(tender @ (Tender::BankAccount | Tender::Card)) => Ok(Self::New(tender)),
            _ => Err(PageError::Unreadable),
        }
    }

    /// Card or bank account.
    pub const fn tender(&self) -> Tender {
        match self {
            Self::New(tender) => *tender,
            Self::Saved(method) => method.tender,
        }
    }

    /// As the form says it.
    pub fn value(&self) -> &str {
        match self {
            Self::New(tender) => tender.as_str(),
            Self::Saved(method) => &method.request_key,
        }
    }

    /// What a person recognizes a saved one by.
    pub fn label(&self) -> Option<String> {
        match self {
            Self::New(_) => None,
            Self::Saved(method) => Some(method.label()),
        }
    }
}

/// Charges a payment that was asked for. What goes wrong is logged: the payment's page tells how it stands, and nothing is charged twice.
pub async fn charge(app: &App, desk: &Desk, payment: &PaymentRow) {
    if let Err(error) = try_to_charge(app, desk, payment.id).await {
        tracing::warn!(payment = %payment.number, "a saved way to pay could not be charged now: {error:?}");
    }
}

async fn try_to_charge(app: &App, desk: &Desk, payment: PaymentId) -> Result<(), PageError> {
    let order = move |conn: &mut Conn| usecases::payments::charge_order(conn, payment);
    let Some(order) = app.db.read(order).await? else {
        return Ok(());
    };
    let reference = match order.opened.clone() {
        Some(reference) => reference,
        None => match desk.stripe.open_charge(&order).await {
            Ok(reference) => reference,
            Err(error) => return give_up(app, payment, error).await,
        },
    };
    let name = reference.clone();
    let record = move |tx: &mut Tx<'_>| usecases::payments::record_charge(tx, payment, &name);
    let is_to_be_made = app.db.write(processor(app), record).await;
    if is_to_be_made.map_err(PageError::fault)? {
        // A bank asks nobody: its debit rests on what the customer allowed when the account was saved.
        let presence = match order.tender {
            Tender::Card => Presence::Here,
            Tender::BankAccount | Tender::Check | Tender::Cash | Tender::Unknown => Presence::Away,
        };
        let made = desk.stripe.make_charge(&reference, presence).await;
        match made.map_err(PageError::fault)? {
            Made::Seen(seen) => bring(app, payment, *seen).await?,
            Made::Refused(refused) => {
                // Written down first: the message that it was given up finds it refused.
                give_up(app, payment, refused).await?;
                let given_up = desk.stripe.give_up_charge(&reference).await;
                given_up.map_err(PageError::fault)?;
            }
        }
    }
    Ok(())
}

/// What the processor will not open or make is refused; any other error may pass.
async fn give_up(app: &App, payment: PaymentId, error: StripeRefused) -> Result<(), PageError> {
    let Some((refusal, word)) = error.refusal().map(|(kind, word)| (kind, word.to_owned())) else {
        return Err(PageError::fault(error));
    };
    let refuse =
        move |tx: &mut Tx<'_>| usecases::payments::refuse_charge(tx, payment, (refusal, &word));
    let refused = app.db.write(processor(app), refuse).await;
    refused.map_err(PageError::fault)
}

fn processor(app: &App) -> Stamp {
    app.stamp(Actor::unnamed(ActorKind::Processor), None)
}
