//! People who live in the house: made by use cases, so that none of them is impossible.

use std::ops::Deref;

use chrono::Days;
use mainstay::domain::accounts::AccountClass;
use mainstay::domain::commodity::Commodity;
use mainstay::domain::customers::{CustomerKind, Language};
use mainstay::domain::entries::Charge;
use mainstay::domain::ids::{AccountId, AccountNumber, CycleId};
use mainstay::domain::meters::{Channel, MeterKind};
use mainstay::domain::money::Money;
use mainstay::domain::quantity::Unit;
use mainstay::secrets::{Password, hash_now, random_code, random_token};
use mainstay::store::db::{Conn, Tx};
use mainstay::store::error::StoreError;
use mainstay::store::logins::{NewLogin, account_number};
use mainstay::usecases::accounts::{
    AccountError, NewAccount, NewCustomer, NewMeter, NewPremise, NewRegister, NewService,
    open_accounts,
};
use mainstay::usecases::books;
use mainstay::usecases::cycles::{NewCycle, open_cycle};
use mainstay::usecases::ledger::{Adjustment, PostingError, adjust};
use mainstay::usecases::logins::{Claim, LoginError, Proof, register, request_code, verify_email};
use mainstay::usecases::sessions::NewKey;
use rust_decimal::Decimal;

use crate::support::app::{PASSWORD, TestApp};
use crate::support::visitor::Visitor;

/// Somebody about to move in.
pub struct Builder<'a> {
    house: &'a TestApp,
    name: String,
    language: Language,
    owing: Vec<(Money, u64)>,
}

/// A household with an account, whether or not anybody signed in.
pub struct Household {
    pub account: AccountId,
    pub number: AccountNumber,
    pub email: String,
}

/// A customer at a browser, signed in.
pub struct Customer {
    pub household: Household,
    pub(super) visitor: Visitor,
}

impl Deref for Customer {
    type Target = Visitor;
    fn deref(&self) -> &Visitor {
        &self.visitor
    }
}

impl TestApp {
    /// A customer with an account, a house with water, and a year of service behind them.
    pub fn customer(&self, name: &str) -> Builder<'_> {
        Builder {
            house: self,
            name: name.to_owned(),
            language: Language::English,
            owing: Vec::new(),
        }
    }
}

impl Builder<'_> {
    /// Reads Spanish.
    #[must_use]
    pub fn speaking_spanish(mut self) -> Self {
        self.language = Language::Spanish;
        self
    }

    /// Owes an amount, written as `$84.10`, due twenty days from now.
    #[must_use]
    pub fn owing(self, amount: &str) -> Self {
        self.owing_due_in(amount, 20)
    }

    /// Owes an amount, due in so many days.
    #[must_use]
    pub fn owing_due_in(mut self, amount: &str, days: u64) -> Self {
        let plain = amount.trim_start_matches('$').replace(',', "");
        let amount: Decimal = plain.parse().expect("an amount such as $84.10");
        let amount = Money::from_charge(amount).expect("an amount of a household");
        self.owing.push((amount, days));
        self
    }

    /// Moves in; nobody signs in.
    pub async fn moved_in(self) -> Household {
        let house = self.house;
        let number = house.next_number();
        let email = format!("{}{number}@home.example", self.name.to_lowercase());
        let cycle = house.cycle().await;
        let from_on = house.app.clock.today() - Days::new(365);
        let new = NewAccount {
            customer: NewCustomer {
                kind: CustomerKind::Person,
                name: self.name.clone(),
                given_name: None,
                language: self.language,
                email: Some(email.clone()),
                phone: None,
            },
            others: Vec::new(),
            class: AccountClass::Residential,
            cycle,
            paper: true,
            email: true,
            from_on,
            premise: premise(number),
            services: vec![water(number)],
        };
        let stamp = house.stamp();
        let account = house
            .app
            .db
            .write(stamp, move |tx| -> Result<AccountId, AccountError> {
                let opened = open_accounts(tx, std::slice::from_ref(&new))?;
                Ok(opened[0])
            })
            .await
            .expect("the account is opened");
        for (index, (amount, days)) in self.owing.iter().enumerate() {
            owe(house, account, *amount, *days, index).await;
        }
        let number = house
            .app
            .db
            .read(
                move |conn: &mut Conn| -> Result<AccountNumber, StoreError> {
                    account_number(conn, account)
                },
            )
            .await
            .expect("the account has a number");
        Household {
            account,
            number,
            email,
        }
    }

    /// Moves in, proves the account by the letter's code, and signs in.
    pub async fn signed_in(self) -> Customer {
        let (house, name, language) = (self.house, self.name.clone(), self.language);
        let household = self.moved_in().await;
        prove(house, &household, name, language).await;
        let visitor = house.signed_in("/sign-in", &household.email).await;
        Customer { household, visitor }
    }
}

impl TestApp {
    /// The one cycle of the house, read on the first of each month.
    pub async fn cycle(&self) -> CycleId {
        let first = self.app.clock.today() - Days::new(365);
        self.cycle
            .get_or_init(|| async {
                let new = NewCycle {
                    code: "01".to_owned(),
                    name: "First of the month".to_owned(),
                    months: 1,
                    read_day: 1,
                    issue_after: 3,
                    due_after: 20,
                };
                let opened = self
                    .app
                    .db
                    .write(self.stamp(), move |tx| open_cycle(tx, &new, first, 36));
                opened.await.expect("the cycle is opened")
            })
            .await
            .to_owned()
    }
}

fn premise(number: u32) -> NewPremise {
    NewPremise {
        line_1: format!("{number} Prairie Street"),
        unit: None,
        city: "Larkspur Bend".to_owned(),
        state: "IL".to_owned(),
        postal_code: "60000".to_owned(),
        point: None,
        impervious_sqft: None,
        dwelling_units: 1,
    }
}

fn water(number: u32) -> NewService {
    NewService {
        commodity: Commodity::Water,
        rate_code: "W-1".to_owned(),
        facts: serde_json::json!({}),
        meter: Some(NewMeter {
            serial: format!("W{number:06}"),
            kind: MeterKind::Simple,
            size: Some("5/8".to_owned()),
            registers: vec![NewRegister {
                channel: Channel::Delivered,
                external_key: format!("W{number:06}-1"),
                unit: Unit::Gallon,
                dials: 6,
                decimals: 0,
                multiplier: Decimal::ONE,
                resolution_minutes: None,
            }],
        }),
    }
}

pub(super) async fn owe(
    house: &TestApp,
    account: AccountId,
    amount: Money,
    days: u64,
    index: usize,
) {
    let stamp = house.stamp();
    let key = account.0 * 100 + i64::try_from(index).expect("a few debts");
    let adjustment = Adjustment {
        account,
        key,
        charge: Charge {
            fund: "WATER".parse().expect("a fund of the chart"),
            gl: "4010".parse().expect("an account of the chart"),
            amount,
        },
        bill: None,
        due_on: stamp.on + Days::new(days),
        memo: "What the story begins with".to_owned(),
    };
    house
        .app
        .db
        .write(stamp, move |tx: &mut Tx<'_>| -> Result<(), PostingError> {
            let on = tx.stamp.on;
            let books = books::open(tx, on)?;
            adjust(tx, &books, &adjustment)?;
            Ok(())
        })
        .await
        .expect("the debt is posted");
}

/// Proves that the account and the address are theirs, as the letter and the mail ask.
pub(super) async fn prove(
    house: &TestApp,
    household: &Household,
    name: String,
    language: Language,
) {
    let code = random_code().expect("a code");
    let mailed = random_token().expect("a token");
    let password_hash = hash_now(&Password::typed(PASSWORD)).expect("the password is hashed");
    let now = house.app.clock.world_now();
    let new_key = NewKey {
        key: random_token().expect("a token").hash(),
        csrf_token: random_token().expect("a token").reveal().to_owned(),
        replaces: None,
        device: None,
        now,
    };
    let new = NewLogin {
        email: household.email.clone(),
        name,
        password_hash: password_hash.clone(),
        language,
    };
    let number = household.number.clone();
    house
        .app
        .db
        .write(
            house.stamp(),
            move |tx: &mut Tx<'_>| -> Result<(), LoginError> {
                request_code(tx, Some(&number), &code, now)?;
                let claim = Claim {
                    number: Some(number.clone()),
                    proof: Some(Proof::Code(code.clone())),
                    now,
                };
                register(tx, &new, &claim, &mailed)?;
                verify_email(tx, &mailed.hash(), &password_hash, &new_key)?;
                Ok(())
            },
        )
        .await
        .expect("the account is claimed");
}
