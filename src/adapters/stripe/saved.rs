//! Saved ways to pay at the processor: a customer of ours there, the page on which a card or bank account is given to keep, charging it
//! later, and taking it away. A charge is opened first and made afterwards, by its name: whatever happens between, it is made once.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use stripe_checkout::CheckoutSessionMode;
use stripe_checkout::checkout_session::CreateCheckoutSession;
use stripe_checkout::checkout_session::RetrieveCheckoutSession;
use stripe_client_core::RequestBuilder;
use stripe_client_core::StripeMethod;
use stripe_client_core::StripeRequest;
use stripe_types::Currency;

use crate::adapters::stripe::objects::{BankAccount, Card, Intent, MethodDetails, Named};
use crate::adapters::stripe::{
    OpenedCheckout, Stripe, StripeRefused, locale, method_options, method_type,
};
use crate::domain::payments::Tender;
use crate::domain::payments::saved::{ChargeOrder, MethodSeen, SetupSeen, last_day};
use crate::domain::payments::seen::{IntentSeen, IntentStatus, Seen, SessionStatus};

/// A way to pay to be given on the processor's own page.
#[derive(Debug, Clone)]
pub struct SetupOrder {
    /// Ours, and the idempotency key of the call.
    pub request_key: String,
    /// Our account's number, written on everything at the processor.
    pub account: String,
    /// The account's name as a customer there.
    pub customer: String,
    /// A card or a bank account.
    pub tender: Tender,
    /// Whether the page is in Spanish.
    pub in_spanish: bool,
    /// Where the customer goes afterwards.
    pub success_url: String,
    /// Where the customer goes without giving anything.
    pub cancel_url: String,
}

/// Whether the customer is there while their saved way to pay is charged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// They just asked for it.
    Here,
    /// They allowed it in advance.
    Away,
}

/// What came of making a charge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Made {
    /// The bank took it or refused it, or it was made before: so it stands.
    Seen(Box<Seen>),
    /// The processor will not make it: it waits as before, and is to be given up once the refusal is written down.
    Refused(StripeRefused),
}

#[derive(Serialize)]
struct CustomerForm<'a> {
    metadata: HashMap<&'a str, &'a str>,
}

#[derive(Deserialize)]
struct OnlyName {
    id: String,
}

#[derive(Serialize)]
struct IntentForm<'a> {
    amount: i64,
    currency: &'a str,
    customer: &'a str,
    payment_method: &'a str,
    payment_method_types: [&'a str; 1],
    metadata: HashMap<&'a str, &'a str>,
}

#[derive(Serialize)]
struct ConfirmForm {
    off_session: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    error_on_requires_action: bool,
}

#[derive(Serialize)]
struct Expand<'a> {
    expand: [&'a str; 1],
}

#[derive(Deserialize)]
struct SetupSession {
    status: Option<String>,
    setup_intent: Option<Named<SetupIntent>>,
}

#[derive(Deserialize)]
struct SetupIntent {
    status: String,
    payment_method: Option<Named<Method>>,
}

#[derive(Deserialize)]
struct Method {
    id: String,
    card: Option<Card>,
    us_bank_account: Option<BankAccount>,
}

impl Stripe {
    /// Makes an account of ours a customer at the processor; the key keeps a repeated call from making two. Nothing of the person goes there.
    ///
    /// # Errors
    /// `StripeRefused`.
    pub async fn make_customer(&self, account: &str, key: &str) -> Result<String, StripeRefused> {
        let form = CustomerForm {
            metadata: HashMap::from([("account", account)]),
        };
        let request = RequestBuilder::new(StripeMethod::Post, "/customers").form(&form);
        let made: OnlyName = self.call(request, Some(&format!("{key}-customer"))).await?;
        Ok(made.id)
    }

    /// Opens the processor's own page on which a way to pay is given to keep. The same order sent again gets the same page.
    ///
    /// # Errors
    /// `StripeRefused`.
    pub async fn open_setup(&self, order: &SetupOrder) -> Result<OpenedCheckout, StripeRefused> {
        let metadata = HashMap::from([("account".to_owned(), order.account.clone())]);
        let request = CreateCheckoutSession::new()
            .mode(CheckoutSessionMode::Setup)
            .currency(Currency::USD)
            .customer(order.customer.clone())
            .client_reference_id(order.request_key.clone())
            .metadata(metadata)
            .payment_method_options(method_options(order.tender))
            .allowed_payment_method_types(vec![method_type(order.tender)])
            .locale(locale(order.in_spanish))
            .success_url(order.success_url.clone())
            .cancel_url(order.cancel_url.clone());
        self.open_page(&request, &order.request_key).await
    }

    /// Reads a way to pay that was to be saved again, by the page on which it is given.
    ///
    /// # Errors
    /// `StripeRefused`.
    pub async fn read_setup(&self, session_ref: &str) -> Result<SetupSeen, StripeRefused> {
        let request = RetrieveCheckoutSession::new(session_ref)
            .expand(vec!["setup_intent.payment_method".to_owned()]);
        let session: SetupSession = self.call(request.build(), None).await?;
        session.seen()
    }

    /// Takes a saved way to pay away. One that is gone stays gone.
    ///
    /// # Errors
    /// `StripeRefused`.
    pub async fn detach(&self, method: &str) -> Result<(), StripeRefused> {
        let path = format!("/payment_methods/{method}/detach");
        match self
            .call::<OnlyName>(RequestBuilder::new(StripeMethod::Post, path), None)
            .await
        {
            Ok(_)
            | Err(StripeRefused::Refused {
                status: 400 | 404, ..
            }) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Opens a charge and says its name; nothing is charged yet. The same order sent again gets the same charge.
    ///
    /// # Errors
    /// `StripeRefused`.
    pub async fn open_charge(&self, order: &ChargeOrder) -> Result<String, StripeRefused> {
        let kind = match order.tender {
            Tender::BankAccount => "us_bank_account",
            Tender::Card | Tender::Check | Tender::Cash | Tender::Unknown => "card",
        };
        let form = IntentForm {
            amount: order.amount.cents(),
            currency: "usd",
            customer: &order.customer,
            payment_method: &order.method,
            payment_method_types: [kind],
            metadata: HashMap::from([
                ("payment", order.payment.as_str()),
                ("account", order.account.as_str()),
            ]),
        };
        let request = RequestBuilder::new(StripeMethod::Post, "/payment_intents").form(&form);
        let opened: OnlyName = self.call(request, Some(&order.request_key)).await?;
        Ok(opened.id)
    }

    /// Makes a charge that was opened, unless it was made before, and reads what came of it. A refusal by the bank is an answer; one by the
    /// processor, which leaves the charge as it was, is told as such.
    ///
    /// # Errors
    /// `StripeRefused` when nobody answers, or the charge is not known.
    pub async fn make_charge(
        &self,
        intent_ref: &str,
        presence: Presence,
    ) -> Result<Made, StripeRefused> {
        let mut refused = None;
        let before: Intent = self.call(retrieve(intent_ref), None).await?;
        if before.status == "requires_confirmation" {
            let is_here = presence == Presence::Here;
            let form = ConfirmForm {
                off_session: !is_here,
                // There is no page of ours on which a bank could ask: then it is refused, and the customer pays on the processor's.
                error_on_requires_action: is_here,
            };
            let path = format!("/payment_intents/{intent_ref}/confirm");
            let request = RequestBuilder::new(StripeMethod::Post, path).form(&form);
            match self.call::<OnlyName>(request, None).await {
                Ok(_) => {}
                Err(
                    error @ StripeRefused::Refused {
                        status: 400 | 402, ..
                    },
                ) => refused = Some(error),
                Err(error) => return Err(error),
            }
        }
        let seen = self.read_intent(intent_ref).await?;
        Ok(match refused {
            Some(refused) if seen.intent.as_ref().is_none_or(still_waits) => Made::Refused(refused),
            Some(_) | None => Made::Seen(Box::new(seen)),
        })
    }

    /// Gives a charge up that was opened and not made, and reads where it stands.
    ///
    /// # Errors
    /// `StripeRefused`.
    pub async fn give_up_charge(&self, intent_ref: &str) -> Result<Seen, StripeRefused> {
        let path = format!("/payment_intents/{intent_ref}/cancel");
        match self
            .call::<OnlyName>(RequestBuilder::new(StripeMethod::Post, path), None)
            .await
        {
            Ok(_) | Err(StripeRefused::Refused { status: 400, .. }) => {
                self.read_intent(intent_ref).await
            }
            Err(error) => Err(error),
        }
    }

    /// Closes what a payment was begun by, its page or its charge, so that it can't be made there any more, and reads where it stands; nothing
    /// where it was not begun. What the processor does not know, nobody can pay: it counts as closed. That holds for the account whose key we
    /// have; with another account's key everything is unknown, and what is closed then may still be paid. Such a payment is posted all the
    /// same when its message comes.
    ///
    /// # Errors
    /// `StripeRefused`.
    pub async fn close(
        &self,
        page: Option<&str>,
        charge: Option<&str>,
    ) -> Result<Option<Seen>, StripeRefused> {
        let read = match (page, charge) {
            (Some(page), _) => {
                self.expire_checkout(page).await?;
                self.read_session(page).await
            }
            (None, Some(charge)) => self.give_up_charge(charge).await,
            (None, None) => return Ok(None),
        };
        match read {
            Err(StripeRefused::Refused { status: 404, .. }) => Ok(Some(Seen {
                session: Some(SessionStatus::Expired),
                intent: None,
            })),
            read => read.map(Some),
        }
    }

    /// Reads a payment again by its own name: its last charge, and whatever was disputed or refunded.
    ///
    /// # Errors
    /// `StripeRefused`.
    pub async fn read_intent(&self, intent_ref: &str) -> Result<Seen, StripeRefused> {
        let intent: Intent = self.call(retrieve(intent_ref), None).await?;
        let (disputes, refunds) = self.what_came_after(&intent).await?;
        let seen = intent.seen(&disputes, &refunds);
        Ok(Seen {
            session: None,
            intent: Some(seen.map_err(|error| StripeRefused::Unreadable(error.to_string()))?),
        })
    }
}

/// Whether a charge stands as it was opened: neither made nor refused by a bank.
const fn still_waits(intent: &IntentSeen) -> bool {
    match intent.status {
        IntentStatus::RequiresConfirmation => true,
        IntentStatus::RequiresPaymentMethod => intent.failure.is_none(),
        IntentStatus::RequiresAction
        | IntentStatus::RequiresCapture
        | IntentStatus::Processing
        | IntentStatus::Succeeded
        | IntentStatus::Canceled => false,
    }
}

fn retrieve(intent_ref: &str) -> RequestBuilder {
    RequestBuilder::new(StripeMethod::Get, format!("/payment_intents/{intent_ref}")).query(
        &Expand {
            expand: ["latest_charge.balance_transaction"],
        },
    )
}

impl SetupSession {
    fn seen(&self) -> Result<SetupSeen, StripeRefused> {
        let unreadable = |what: &str| StripeRefused::Unreadable(what.to_owned());
        let session = match &self.status {
            Some(status) => Some(
                status
                    .parse()
                    .map_err(|_unknown| unreadable("a page in a state nobody knows"))?,
            ),
            None => None,
        };
        let usable = self
            .setup_intent
            .as_ref()
            .and_then(Named::full)
            .filter(|setup| setup.status == "succeeded");
        let method = match usable {
            Some(setup) => Some(
                setup
                    .payment_method
                    .as_ref()
                    .and_then(Named::full)
                    .and_then(Method::seen)
                    .ok_or_else(|| unreadable("a saved way to pay that is no card and no bank"))?,
            ),
            None => None,
        };
        Ok(SetupSeen { session, method })
    }
}

impl Method {
    fn seen(&self) -> Option<MethodSeen> {
        let details = MethodDetails {
            card: self.card.clone(),
            us_bank_account: self.us_bank_account.clone(),
        };
        let (card, bank) = (self.card.as_ref(), self.us_bank_account.as_ref());
        Some(MethodSeen {
            reference: self.id.clone(),
            instrument: details.instrument()?,
            expires_on: card.and_then(|card| last_day(card.exp_year?, card.exp_month?)),
            bank_name: bank.and_then(|bank| bank.bank_name.clone()),
            bank_kind: bank.and_then(|bank| bank.account_type.clone()),
        })
    }
}
