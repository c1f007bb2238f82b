//! Giving back what came: asked for under a key, and looked for under it where nobody knows any more whether it went.

use std::collections::HashMap;

use serde::Serialize;
use stripe_client_core::{RequestBuilder, StripeMethod};

use crate::adapters::stripe::objects::{List, Refund};
use crate::adapters::stripe::{ListOf, Stripe, StripeRefused};
use crate::domain::money::Money;

/// The word beside a refund at the processor that holds our key.
pub(super) const KEY: &str = "refund_key";

/// What the processor says of a refund that it was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RefundAnswer {
    /// It took it, under this name.
    Taken(String),
    /// It would not take it, with its word for why, and has none under the key.
    NotTaken(String),
}

#[derive(Serialize)]
struct RefundForm<'a> {
    payment_intent: &'a str,
    amount: i64,
    metadata: HashMap<&'a str, &'a str>,
}

impl Stripe {
    /// Gives back some or all of a payment; the key keeps a repeated call from giving it back twice. A refusal is believed only where the processor
    /// has no refund under the key: an earlier call, to which nobody heard the answer, may have gone through.
    ///
    /// # Errors
    /// `StripeRefused` where it is not known whether it went.
    pub async fn refund(
        &self,
        intent_ref: &str,
        amount: Money,
        key: &str,
    ) -> Result<RefundAnswer, StripeRefused> {
        let form = RefundForm {
            payment_intent: intent_ref,
            amount: amount.cents(),
            metadata: HashMap::from([(KEY, key)]),
        };
        let request = RequestBuilder::new(StripeMethod::Post, "/refunds").form(&form);
        let error = match self.call::<Refund>(request, Some(key)).await {
            Ok(refund) => return Ok(RefundAnswer::Taken(refund.id)),
            Err(error) => error,
        };
        let Some(why) = error.refusal().map(|(_, code)| code.to_owned()) else {
            return Err(error);
        };
        let found = self.find_refund(intent_ref, key).await?;
        Ok(found.map_or(RefundAnswer::NotTaken(why), RefundAnswer::Taken))
    }

    /// The name of the refund of a payment that was asked for under a key, if the processor has one.
    ///
    /// # Errors
    /// `StripeRefused`; also where one page does not hold all refunds of the payment, because then nothing is certain.
    pub async fn find_refund(
        &self,
        intent_ref: &str,
        key: &str,
    ) -> Result<Option<String>, StripeRefused> {
        let page = ListOf {
            payment_intent: intent_ref,
            limit: 100,
            expand: &[],
        };
        let request = RequestBuilder::new(StripeMethod::Get, "/refunds").query(&page);
        let list: List<Refund> = self.call(request, None).await?;
        let has_more = list.has_more;
        let found = list
            .data
            .into_iter()
            .find(|refund| refund.key() == Some(key));
        match found {
            Some(refund) => Ok(Some(refund.id)),
            None if has_more => Err(StripeRefused::Unreadable(
                "more refunds than one page holds".to_owned(),
            )),
            None => Ok(None),
        }
    }
}
