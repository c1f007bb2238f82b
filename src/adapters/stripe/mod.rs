//! The payment processor. Requests are async-stripe's typed builders (the maintained fork of stripe-rust, which no longer builds);
//! answers are read by our own lenient structs, because a strict type loses a whole message to one new word. The same code speaks to
//! Stripe and, by another address, to the built-in sandbox.

use std::collections::HashMap;
use std::time::Duration;

use ::stripe::StripeError;
use chrono::NaiveDateTime;
use serde::Serialize;
use serde::de::DeserializeOwned;
use stripe_checkout::CheckoutSessionLocale;
use stripe_checkout::CheckoutSessionMode;
use stripe_checkout::checkout_session::CreateCheckoutSession;
use stripe_checkout::checkout_session::CreateCheckoutSessionAllowedPaymentMethodTypes;
use stripe_checkout::checkout_session::CreateCheckoutSessionLineItems;
use stripe_checkout::checkout_session::CreateCheckoutSessionLineItemsPriceData;
use stripe_checkout::checkout_session::CreateCheckoutSessionPaymentIntentData;
use stripe_checkout::checkout_session::CreateCheckoutSessionPaymentMethodOptions;
use stripe_checkout::checkout_session::CreateCheckoutSessionPaymentMethodOptionsUsBankAccount;
use stripe_checkout::checkout_session::CreateCheckoutSessionPaymentMethodOptionsUsBankAccountVerificationMethod;
use stripe_checkout::checkout_session::ExpireCheckoutSession;
use stripe_checkout::checkout_session::ProductData;
use stripe_checkout::checkout_session::RetrieveCheckoutSession;
use stripe_client_core::IdempotencyKey;
use stripe_client_core::RequestBuilder;
use stripe_client_core::RequestStrategy;
use stripe_client_core::StripeMethod;
use stripe_client_core::StripeRequest;
use stripe_types::Currency;

use crate::domain::money::Money;
use crate::domain::payments::ProviderEvent;
use crate::domain::payments::Tender;
use crate::domain::payments::saved::Refusal;
use crate::domain::payments::seen::Seen;

mod account;
pub mod account_objects;
pub mod objects;
pub mod refunds;
pub mod saved;
pub mod signature;

/// How often one call is tried; each try carries the same idempotency key.
const TRIES: u32 = 3;

/// What the adapter is told at start.
#[derive(Clone)]
pub struct StripeSettings {
    /// The secret key; a live one has `_live_` in it.
    pub secret_key: String,
    /// Another address than Stripe's own: the sandbox, or a test double. Ends with a slash.
    pub api_base: Option<String>,
    /// The secrets that messages are signed with: two while one is being replaced.
    pub webhook_secrets: Vec<String>,
    /// How long one try may take.
    pub timeout: Duration,
}

/// Why a call brought nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StripeRefused {
    /// The processor said no, and why.
    #[error("the processor refused with {status} {code}")]
    Refused {
        /// The HTTP status.
        status: u16,
        /// The processor's word for why.
        code: String,
    },
    /// Nobody answered, or not in time.
    #[error("the processor can't be reached: {0}")]
    Unreachable(String),
    /// The answer can't be read.
    #[error("the processor's answer can't be read: {0}")]
    Unreadable(String),
}

impl StripeRefused {
    /// What a refusal to open or make a charge means, and the processor's word for it; nothing where another call may go through. It is never
    /// taken for the way to pay's fault: this charge ends, and the customer pays otherwise. Not even where the processor does not know the way to
    /// pay, because with another account's key it knows none. The same key with other fields was sent by an earlier release; the next try has a
    /// key of its own.
    #[must_use]
    pub fn refusal(&self) -> Option<(Refusal, &str)> {
        match self {
            Self::Refused { code, .. } if code == "idempotency_error" => None,
            Self::Refused { status, code }
                if matches!(status, 400 | 402) || code == "resource_missing" =>
            {
                Some((Refusal::AsksCustomer, code))
            }
            Self::Refused { .. } | Self::Unreachable(_) | Self::Unreadable(_) => None,
        }
    }
}

/// A payment to be made on the processor's own page.
#[derive(Debug, Clone)]
pub struct CheckoutOrder {
    /// Ours, and the idempotency key of the call.
    pub request_key: String,
    /// Our payment's number, written on everything at the processor.
    pub payment: String,
    /// Our account's number, written on everything at the processor.
    pub account: String,
    /// How much.
    pub amount: Money,
    /// By card or from a bank account.
    pub tender: Tender,
    /// What the customer reads beside the amount.
    pub title: String,
    /// Whether the page is in Spanish.
    pub in_spanish: bool,
    /// Where the customer goes after paying.
    pub success_url: String,
    /// Where the customer goes without paying.
    pub cancel_url: String,
}

/// The processor's page for one payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenedCheckout {
    /// The session's name.
    pub session_ref: String,
    /// Where to send the customer.
    pub url: String,
}

/// The one adapter to the payment processor.
#[derive(Clone)]
pub struct Stripe {
    client: ::stripe::Client,
    webhook_secrets: Vec<String>,
    is_live: bool,
}

#[derive(Serialize)]
struct ListOf<'a> {
    payment_intent: &'a str,
    limit: u8,
    #[serde(skip_serializing_if = "<[&str]>::is_empty")]
    expand: &'a [&'a str],
}

#[derive(Serialize)]
struct UndeliveredEvents<'a> {
    delivery_success: bool,
    limit: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    starting_after: Option<&'a str>,
}

impl Stripe {
    /// Makes the adapter.
    ///
    /// # Errors
    /// `Unreadable` when the key or the address can't be used in a request.
    pub fn new(settings: StripeSettings) -> Result<Self, StripeRefused> {
        let is_live = is_live_key(&settings.secret_key);
        let mut builder = ::stripe::ClientBuilder::new(settings.secret_key)
            .timeout(settings.timeout)
            .request_strategy(RequestStrategy::Once);
        if let Some(base) = settings.api_base {
            builder = builder.url(base);
        }
        let client = builder
            .build()
            .map_err(|error| StripeRefused::Unreadable(error.to_string()))?;
        Ok(Self {
            client,
            webhook_secrets: settings.webhook_secrets,
            is_live,
        })
    }

    /// Whether real money moves.
    #[must_use]
    pub const fn is_live(&self) -> bool {
        self.is_live
    }

    /// Opens the processor's own page for one payment. The same order sent again gets the same page.
    ///
    /// # Errors
    /// `StripeRefused`.
    pub async fn open_checkout(
        &self,
        order: &CheckoutOrder,
    ) -> Result<OpenedCheckout, StripeRefused> {
        self.open_page(&checkout_request(order), &order.request_key)
            .await
    }

    /// Opens a page of the processor's.
    async fn open_page(
        &self,
        request: &CreateCheckoutSession,
        key: &str,
    ) -> Result<OpenedCheckout, StripeRefused> {
        let session: objects::Session = self.call(request.build(), Some(key)).await?;
        let url = session
            .url
            .ok_or_else(|| StripeRefused::Unreadable("a session without an address".to_owned()))?;
        Ok(OpenedCheckout {
            session_ref: session.id,
            url,
        })
    }

    /// Closes a page that was left, so that it can't be paid later. One that is complete, expired or gone stays as it is.
    ///
    /// # Errors
    /// `StripeRefused`.
    pub async fn expire_checkout(&self, session_ref: &str) -> Result<(), StripeRefused> {
        let request = ExpireCheckoutSession::new(session_ref);
        match self.call::<objects::Session>(request.build(), None).await {
            Ok(_)
            | Err(StripeRefused::Refused {
                status: 400 | 404, ..
            }) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Reads a payment again by its session: the session, its PaymentIntent with the last charge, and whatever was disputed or refunded.
    ///
    /// # Errors
    /// `StripeRefused`.
    pub async fn read_session(&self, session_ref: &str) -> Result<Seen, StripeRefused> {
        let request = RetrieveCheckoutSession::new(session_ref).expand(vec![
            "payment_intent.latest_charge.balance_transaction".to_owned(),
        ]);
        let session: objects::Session = self.call(request.build(), None).await?;
        let (disputes, refunds) = match session.intent() {
            Some(intent) => self.what_came_after(intent).await?,
            None => (vec![], vec![]),
        };
        session
            .seen(&disputes, &refunds)
            .map_err(|error| StripeRefused::Unreadable(error.to_string()))
    }

    async fn what_came_after(
        &self,
        intent: &objects::Intent,
    ) -> Result<(Vec<objects::Dispute>, Vec<objects::Refund>), StripeRefused> {
        if intent.status != "succeeded" {
            return Ok((vec![], vec![]));
        }
        let page = |expand| ListOf {
            payment_intent: &intent.id,
            limit: 100,
            expand,
        };
        let disputes = if intent.charge().is_some_and(|charge| charge.disputed) {
            let request = RequestBuilder::new(StripeMethod::Get, "/disputes").query(&page(&[]));
            self.call::<objects::List<objects::Dispute>>(request, None)
                .await?
                .data
        } else {
            vec![]
        };
        let whole = page(&[
            "data.balance_transaction",
            "data.failure_balance_transaction",
        ]);
        let request = RequestBuilder::new(StripeMethod::Get, "/refunds").query(&whole);
        let refunds: objects::List<objects::Refund> = self.call(request, None).await?;
        Ok((disputes, refunds.data))
    }

    /// Messages the processor could not deliver, newest first, a page at a time.
    ///
    /// # Errors
    /// `StripeRefused`.
    pub async fn undelivered_events(
        &self,
        starting_after: Option<&str>,
    ) -> Result<(Vec<ProviderEvent>, bool), StripeRefused> {
        let form = UndeliveredEvents {
            delivery_success: false,
            limit: 100,
            starting_after,
        };
        let request = RequestBuilder::new(StripeMethod::Get, "/events").query(&form);
        let page: objects::List<Box<serde_json::value::RawValue>> =
            self.call(request, None).await?;
        let events = page
            .data
            .iter()
            .map(|raw| objects::event(raw.get().as_bytes()))
            .collect::<Result<Vec<_>, _>>()
            .map_err(|error| StripeRefused::Unreadable(error.to_string()))?;
        Ok((events, page.has_more))
    }

    /// Believes a message that is signed with one of our secrets, and reads what it is about.
    ///
    /// # Errors
    /// `MessageRefused`: it isn't the processor's, or it can't be read.
    pub fn verify(
        &self,
        body: &[u8],
        header: &str,
        now: NaiveDateTime,
    ) -> Result<ProviderEvent, MessageRefused> {
        signature::verify(
            body,
            header,
            &self.webhook_secrets,
            now.and_utc().timestamp(),
        )?;
        Ok(objects::event(body)?)
    }

    /// Sends a request, again with the same key where nobody answered or the processor asks for patience.
    async fn call<T: DeserializeOwned>(
        &self,
        request: RequestBuilder,
        key: Option<&str>,
    ) -> Result<T, StripeRefused> {
        let strategy = match key {
            Some(key) => IdempotencyKey::new(key)
                .map(RequestStrategy::Idempotent)
                .map_err(|error| StripeRefused::Unreadable(error.to_string()))?,
            None => RequestStrategy::Once,
        };
        let mut tried = 0;
        loop {
            tried += 1;
            let again = copy(&request).customize::<miniserde::json::Value>();
            let sent = again.request_strategy(strategy.clone()).send(&self.client);
            match sent.await {
                Ok(answer) => {
                    return serde_json::from_str(&miniserde::json::to_string(&answer))
                        .map_err(|error| StripeRefused::Unreadable(error.to_string()));
                }
                Err(error) if tried < TRIES && may_pass(&error) => {
                    tokio::time::sleep(Duration::from_millis(200 << tried)).await;
                }
                Err(error) => return Err(refused(error)),
            }
        }
    }
}

/// Why a message is not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MessageRefused {
    /// It isn't the processor's.
    #[error(transparent)]
    NotSigned(#[from] signature::SignatureRefused),
    /// It is signed, and no message.
    #[error(transparent)]
    Unreadable(#[from] objects::Unreadable),
}

/// Whether a secret key moves real money.
#[must_use]
pub fn is_live_key(key: &str) -> bool {
    key.contains("_live_")
}

/// Bank accounts are proved at once: one that is proved by small deposits would leave its page open for days, and every other payment of the
/// account with it.
fn method_options(tender: Tender) -> CreateCheckoutSessionPaymentMethodOptions {
    let mut bank = CreateCheckoutSessionPaymentMethodOptionsUsBankAccount::new();
    bank.verification_method =
        Some(CreateCheckoutSessionPaymentMethodOptionsUsBankAccountVerificationMethod::Instant);
    let mut options = CreateCheckoutSessionPaymentMethodOptions::new();
    options.us_bank_account = (tender == Tender::BankAccount).then_some(bank);
    options
}

fn checkout_request(order: &CheckoutOrder) -> CreateCheckoutSession {
    let metadata = HashMap::from([
        ("payment".to_owned(), order.payment.clone()),
        ("account".to_owned(), order.account.clone()),
    ]);
    let mut price = CreateCheckoutSessionLineItemsPriceData::new(Currency::USD);
    price.unit_amount = Some(order.amount.cents());
    price.product_data = Some(ProductData::new(order.title.clone()));
    let mut line = CreateCheckoutSessionLineItems::new();
    line.price_data = Some(price);
    line.quantity = Some(1);
    let mut intent = CreateCheckoutSessionPaymentIntentData::new();
    intent.metadata = Some(metadata.clone());
    CreateCheckoutSession::new()
        .mode(CheckoutSessionMode::Payment)
        .client_reference_id(order.payment.clone())
        .metadata(metadata)
        .line_items(vec![line])
        .payment_intent_data(intent)
        .payment_method_options(method_options(order.tender))
        .allowed_payment_method_types(vec![method_type(order.tender)])
        .locale(locale(order.in_spanish))
        .success_url(order.success_url.clone())
        .cancel_url(order.cancel_url.clone())
}

/// The processor's word for a kind of instrument on its page.
fn method_type(tender: Tender) -> CreateCheckoutSessionAllowedPaymentMethodTypes {
    match tender {
        Tender::BankAccount => CreateCheckoutSessionAllowedPaymentMethodTypes::UsBankAccount,
        Tender::Card | Tender::Check | Tender::Cash | Tender::Unknown => {
            CreateCheckoutSessionAllowedPaymentMethodTypes::Card
        }
    }
}

/// The language of the processor's page.
fn locale(in_spanish: bool) -> CheckoutSessionLocale {
    if in_spanish {
        CheckoutSessionLocale::EsMinus419
    } else {
        CheckoutSessionLocale::En
    }
}

fn copy(request: &RequestBuilder) -> RequestBuilder {
    RequestBuilder {
        query: request.query.clone(),
        body: request.body.clone(),
        path: request.path.clone(),
        method: request.method,
    }
}

/// Whether the same request may fare better in a moment.
fn may_pass(error: &StripeError) -> bool {
    match error {
        StripeError::Stripe(_, status) => matches!(status, 409 | 429 | 500..=504),
        StripeError::ClientError(_) | StripeError::Timeout => true,
        // An error page that isn't the processor's own loses its status on the way: a proxy's 502 looks like this.
        StripeError::JSONDeserialize(what) => what.contains("Stripe error"),
        StripeError::ConfigError(_) => false,
    }
}

fn refused(error: StripeError) -> StripeRefused {
    match error {
        StripeError::Stripe(details, status) => StripeRefused::Refused {
            status,
            code: details
                .code
                .map_or_else(|| details.type_.to_string(), |code| code.to_string()),
        },
        StripeError::ClientError(what) => StripeRefused::Unreachable(what),
        StripeError::Timeout => StripeRefused::Unreachable("no answer in time".to_owned()),
        StripeError::JSONDeserialize(what) | StripeError::ConfigError(what) => {
            StripeRefused::Unreadable(what)
        }
    }
}
