//! Reading our account at the processor: its lines, its payouts, what it holds.

use serde::Serialize;
use stripe_client_core::RequestBuilder;
use stripe_client_core::StripeMethod;

use crate::adapters::stripe::Stripe;
use crate::adapters::stripe::StripeRefused;
use crate::adapters::stripe::account_objects::Balance;
use crate::adapters::stripe::account_objects::BalanceTransaction;
use crate::adapters::stripe::account_objects::Payout;
use crate::adapters::stripe::objects::List;
use crate::adapters::stripe::objects::Unreadable;
use crate::domain::money::Money;
use crate::domain::payments::lines::LineSeen;
use crate::domain::payments::lines::PayoutSeen;

#[derive(Serialize)]
struct ListOfLines<'a> {
    limit: u8,
    expand: [&'a str; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    payout: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    starting_after: Option<&'a str>,
}

#[derive(Serialize)]
struct Whole<'a> {
    expand: [&'a str; 1],
}

impl Stripe {
    /// Lines of our account, newest first, a page at a time; each with the payment it belongs to.
    ///
    /// # Errors
    /// `StripeRefused`.
    pub async fn lines(
        &self,
        starting_after: Option<&str>,
    ) -> Result<(Vec<LineSeen>, bool), StripeRefused> {
        let page = self.page_of_lines(None, starting_after).await?;
        let lines = page.data.iter().map(BalanceTransaction::seen);
        let lines = lines.collect::<Result<Vec<_>, _>>().map_err(unreadable)?;
        Ok((lines, page.has_more))
    }

    async fn page_of_lines(
        &self,
        payout: Option<&str>,
        starting_after: Option<&str>,
    ) -> Result<List<BalanceTransaction>, StripeRefused> {
        let form = ListOfLines {
            limit: 100,
            expand: ["data.source"],
            payout,
            starting_after,
        };
        let request = RequestBuilder::new(StripeMethod::Get, "/balance_transactions").query(&form);
        self.call(request, None).await
    }

    /// A payout with everything it is made of.
    ///
    /// # Errors
    /// `StripeRefused`.
    pub async fn read_payout(&self, payout: &str) -> Result<PayoutSeen, StripeRefused> {
        let path = format!("/payouts/{payout}");
        let whole = Whole {
            expand: ["failure_balance_transaction"],
        };
        let request = RequestBuilder::new(StripeMethod::Get, path).query(&whole);
        let read: Payout = self.call(request, None).await?;
        let mut lines: Vec<BalanceTransaction> = Vec::new();
        loop {
            let after = lines.last().map(|line| line.id.clone());
            let page = self.page_of_lines(Some(payout), after.as_deref()).await?;
            let is_last = !page.has_more || page.data.is_empty();
            lines.extend(page.data);
            if is_last {
                return read.seen(&lines).map_err(unreadable);
            }
        }
    }

    /// What we hold at the processor.
    ///
    /// # Errors
    /// `StripeRefused`.
    pub async fn balance(&self) -> Result<Money, StripeRefused> {
        let request = RequestBuilder::new(StripeMethod::Get, "/balance");
        let balance: Balance = self.call(request, None).await?;
        Ok(balance.total())
    }
}

fn unreadable(error: Unreadable) -> StripeRefused {
    StripeRefused::Unreadable(error.to_string())
}
