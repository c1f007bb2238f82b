//! Money comes in: on the portal through the processor, as its objects would tell it, and in batches at the counter and from the lockbox.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate, NaiveDateTime};
use futures_util::future::try_join_all;
use tokio::runtime::Runtime;

use crate::cli::town::bank_payment;
use crate::cli::town::homes::Home;
use crate::cli::town::office::Office;
use crate::cli::town::paying::{Order, Way};
use crate::domain::ids::{AccountId, PaymentId};
use crate::domain::money::Money;
use crate::domain::payments::seen::{
    DisputeSeen, DisputeStatus, IntentSeen, IntentStatus, Seen, SessionStatus,
};
use crate::domain::payments::{Brand, Channel, ClearedPayment, Instrument, PaymentRequest, Tender};
use crate::domain::stamp::{Actor, ActorKind};
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::open_items;
use crate::usecases::payments::{
    PaymentError, bring_up_to_date, receive_payments, record_checkout, request_payment,
};

/// Days until a bank has settled a payment.
const SETTLES: u64 = 4;

/// Days after which a bank has taken back what the customer did not have.
const RETURNS: u64 = 7;

/// The town's money, on its way.
pub struct Till {
    runtime: Runtime,
    public_url: String,
    taken: u64,
    to_come: BTreeMap<NaiveDate, Vec<Underway>>,
}

/// A payment at the processor.
#[derive(Debug, Clone)]
struct Underway {
    payment: PaymentId,
    paid_on: NaiveDate,
    seen: IntentSeen,
}

/// A payment that somebody makes on the portal now.
struct Online {
    account: AccountId,
    payer: Actor,
    amount: Money,
    tender: Tender,
    comes_back: bool,
}

impl Till {
    /// An empty till of a house that people reach at an address.
    ///
    /// # Errors
    /// When the system gives no threads.
    pub fn open(public_url: &str) -> anyhow::Result<Self> {
        Ok(Self {
            runtime: tokio::runtime::Builder::new_current_thread().build()?,
            public_url: public_url.to_owned(),
            taken: 0,
            to_come: BTreeMap::new(),
        })
    }

    /// The payments that are made on a day, and what the banks do on it.
    ///
    /// # Errors
    /// What a payment is refused for, or a fault.
    pub fn pass(
        &mut self,
        office: &Office<'_>,
        homes: &[Home],
        on: NaiveDate,
        orders: &[Order],
    ) -> anyhow::Result<()> {
        if let Some(underway) = self.to_come.remove(&on) {
            self.bring(office, on, 7, underway)?;
        }
        let (mut online, mut received) = (Vec::new(), Vec::new());
        for (order, home, amount) in due(office, homes, orders)? {
            let Some(account) = home.account else {
                continue;
            };
            match (order.way, &home.payer) {
                (Way::Portal(tender), Some(payer)) => online.push(Online {
                    account,
                    payer: payer.clone(),
                    amount,
                    tender,
                    comes_back: order.comes_back,
                }),
                (way, _) => received.push(self.receipt(account, amount, way, on)),
            }
        }
        if !received.is_empty() {
            let take = move |tx: &mut Tx<'_>| receive_payments(tx, &received);
            office.write(office.clerk(on, 16), take)?;
        }
        let is_waiting =
            |payment: &Online| on == office.today && payment.tender == Tender::BankAccount;
        let (waiting, online): (Vec<Online>, Vec<Online>) =
            online.into_iter().partition(is_waiting);
        self.pay_online(office, on, online)?;
        self.leave_with_bank(office, on, &waiting)
    }

    /// The last payments from bank accounts are on their way when the town opens.
    fn leave_with_bank(
        &mut self,
        office: &Office<'_>,
        on: NaiveDate,
        waiting: &[Online],
    ) -> anyhow::Result<()> {
        for payment in waiting {
            self.taken += 1;
            let request = request(self.taken, payment);
            let public_url = self.public_url.clone();
            let stamp = office.stamp(&payment.payer, on, 9);
            office.write(stamp, move |tx| {
                bank_payment::give(tx, &request, &public_url)
            })?;
        }
        Ok(())
    }

    fn receipt(
        &mut self,
        account_id: AccountId,
        amount: Money,
        way: Way,
        on: NaiveDate,
    ) -> ClearedPayment {
        self.taken += 1;
        let number = self.taken;
        let (channel, tender) = match way {
            Way::Counter(tender) => (Channel::Office, tender),
            Way::Mail | Way::Portal(_) => (Channel::Lockbox, Tender::Check),
        };
        let label = (tender == Tender::Check).then(|| format!("#{}", 1_000 + number % 8_000));
        ClearedPayment {
            account_id,
            amount,
            tender,
            channel,
            received_on: on,
            reference: format!("{on}-{number:05}"),
            label,
        }
    }

    /// Each asks for the payment, gives the card or account on the processor's page, and the processor says what became of it.
    fn pay_online(
        &mut self,
        office: &Office<'_>,
        on: NaiveDate,
        online: Vec<Online>,
    ) -> anyhow::Result<()> {
        let mut asked = Vec::with_capacity(online.len());
        for payment in &online {
            self.taken += 1;
            let stamp = office.stamp(&payment.payer, on, 9 + u32::try_from(self.taken % 12)?);
            let request = request(self.taken, payment);
            let session = format!("cs_test_town{}", self.taken);
            let seen = intent(self.taken, payment, stamp.at);
            let ask = office.db.write(stamp, move |tx| {
                let row = request_payment(tx, &request, "sandbox")?;
                record_checkout(
                    tx,
                    row.id,
                    &session,
                    &format!("/sandbox/checkout/{session}"),
                )?;
                Ok::<_, PaymentError>(row.id)
            });
            asked.push(async move { Ok::<_, PaymentError>((ask.await?, seen)) });
        }
        let asked = self.runtime.block_on(try_join_all(asked))?;
        let mut underway = Vec::with_capacity(asked.len());
        for ((payment, seen), online) in asked.into_iter().zip(&online) {
            let given = Underway {
                payment,
                paid_on: on,
                seen,
            };
            if online.tender == Tender::BankAccount {
                self.wait_for_bank(office, &given, online.comes_back);
            }
            underway.push(given);
        }
        self.bring(office, on, 21, underway)
    }

    /// What the bank will say, and when; it has its say before the present ends.
    fn wait_for_bank(&mut self, office: &Office<'_>, given: &Underway, comes_back: bool) {
        let mut later = |days: u64, seen: IntentSeen| {
            let day = (given.paid_on + Days::new(days)).min(office.today);
            let underway = Underway {
                seen,
                ..given.clone()
            };
            self.to_come.entry(day).or_default().push(underway);
        };
        let settled = IntentSeen {
            status: IntentStatus::Succeeded,
            ..given.seen.clone()
        };
        later(SETTLES, settled.clone());
        if comes_back {
            let returned = DisputeSeen {
                reference: given.seen.reference.replace("pi_", "du_"),
                status: DisputeStatus::Lost,
                amount: given.seen.amount,
                reason: "insufficient_funds".to_owned(),
                lines: Vec::new(),
            };
            let disputes = vec![returned];
            later(
                RETURNS,
                IntentSeen {
                    disputes,
                    ..settled
                },
            );
        }
    }

    /// Brings payments to where the processor says they stand.
    fn bring(
        &self,
        office: &Office<'_>,
        on: NaiveDate,
        hour: u32,
        underway: Vec<Underway>,
    ) -> anyhow::Result<()> {
        let processor = Actor::unnamed(ActorKind::Processor);
        let moves = underway.into_iter().map(|underway| {
            let seen = Seen {
                session: Some(SessionStatus::Complete),
                intent: Some(underway.seen),
            };
            let (payment, paid_on) = (underway.payment, underway.paid_on);
            let stamp = office.stamp(&processor, on, hour);
            office.db.write(stamp, move |tx| {
                bring_up_to_date(tx, payment, &seen, paid_on)
            })
        });
        self.runtime.block_on(try_join_all(moves))?;
        Ok(())
    }
}

fn request(number: u64, payment: &Online) -> PaymentRequest {
    PaymentRequest {
        account_id: payment.account,
        amount: payment.amount,
        tender: payment.tender,
        request_key: format!("town-{number}"),
        is_sure: true,
    }
}

/// What the processor says of a payment when it has just been given.
fn intent(number: u64, payment: &Online, given_at: NaiveDateTime) -> IntentSeen {
    let brand = match payment.tender {
        Tender::BankAccount => Brand::Bank,
        _ if payment.account.0 % 3 == 0 => Brand::Mastercard,
        _ => Brand::Visa,
    };
    let account = payment.account.0.unsigned_abs();
    IntentSeen {
        reference: format!("pi_town{number}"),
        status: if payment.tender == Tender::BankAccount {
            IntentStatus::Processing
        } else {
            IntentStatus::Succeeded
        },
        amount: payment.amount,
        instrument: Some(Instrument {
            tender: payment.tender,
            brand,
            last4: format!("{:04}", account * 7_919 % 10_000),
            fingerprint: format!("town{account}"),
        }),
        given_at,
        failure: None,
        line: None,
        disputes: Vec::new(),
        refunds: Vec::new(),
    }
}

/// The orders of those who owe something, with the amount each pays; of two by the same home, the first.
fn due<'a>(
    office: &Office<'_>,
    homes: &'a [Home],
    orders: &'a [Order],
) -> anyhow::Result<Vec<(&'a Order, &'a Home, Money)>> {
    let placed: Vec<(&Order, &Home)> = orders
        .iter()
        .filter_map(|order| Some((order, homes.get(order.home)?)))
        .collect();
    let accounts: Vec<AccountId> = placed.iter().filter_map(|(_, home)| home.account).collect();
    if accounts.is_empty() {
        return Ok(Vec::new());
    }
    let mut owed = office.db.read_blocking(|conn| owed(conn, &accounts))?;
    let amount = |(order, home): (&'a Order, &'a Home)| {
        let owed = owed.remove(&home.account?)?;
        Some((order, home, order.share.of(owed)?))
    };
    Ok(placed.into_iter().filter_map(amount).collect())
}

/// What each account owes, less what is held for it.
fn owed(conn: &mut Conn, accounts: &[AccountId]) -> Result<BTreeMap<AccountId, Money>, StoreError> {
    let mut owed: BTreeMap<AccountId, Money> = BTreeMap::new();
    for (account, leg) in open_items::list_legs(conn, accounts)? {
        *owed.entry(account).or_default() += leg.remaining;
    }
    for (account, held) in open_items::list_held(conn, accounts)? {
        *owed.entry(account).or_default() -= held;
    }
    Ok(owed)
}
