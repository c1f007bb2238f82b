//! A month at the office, taken through its own pages: rates made law by two people, reads typed and imported, bills drafted and issued.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use chrono::NaiveDate;
use mainstay::domain::accounts::AccountClass;
use mainstay::domain::bills::RunStatus;
use mainstay::domain::commodity::Commodity;
use mainstay::domain::customers::{CustomerKind, Language};
use mainstay::domain::ids::{AccountId, BillRunId, CyclePeriodId};
use mainstay::domain::meters::{Channel, MeterKind};
use mainstay::domain::money::Money;
use mainstay::domain::quantity::Unit;
use mainstay::domain::staff::Role;
use mainstay::store::bill_runs;
use mainstay::store::db::Conn;
use mainstay::store::error::StoreError;
use mainstay::store::logins::account_number;
use mainstay::store::run_review::list_ready;
use mainstay::usecases::accounts::{
    AccountError, NewAccount, NewCustomer, NewMeter, NewPremise, NewRegister, NewService,
    open_accounts,
};
use mainstay::usecases::cycles::{NewCycle, open_cycle};
use rust_decimal::Decimal;

use crate::support::app::TestApp;
use crate::support::page::Page;
use crate::support::people::{Customer, Household, owe, prove};
use crate::support::visitor::Visitor;

/// Water by the thousand gallons, in two blocks, with a franchise fee.
pub const WATER: &str = r#"{
  "format": "mainstay-rate-schedule/1", "code": "W-RES", "version": 1, "effective_from": "2025-01-01",
  "name": { "en": "Water service", "es": "Servicio de agua" }, "service": "water", "source": "Ordinance 12",
  "measures": { "usage": "gal" },
  "quantities": { "kgal": { "of": "usage", "steps": [ { "convert-to": "kgal" } ] } },
  "charges": [
    { "code": "base", "label": { "en": "Base charge", "es": "Cargo base" }, "how": { "fixed": { "amount": "14.20" } } },
    { "code": "use", "label": { "en": "Water use", "es": "Consumo de agua" }, "how": { "usage": { "of": "kgal", "rate": { "blocks": [
      { "up_to": "3", "price": "3.42", "label": { "en": "First 3,000 gallons", "es": "Primeros 3,000 galones" } },
      { "price": "4.86", "label": { "en": "Above 3,000 gallons", "es": "Más de 3,000 galones" } } ] } } } },
    { "code": "franchise", "label": { "en": "Franchise fee", "es": "Tarifa de franquicia" }, "how": { "percent": { "percent": "5", "as": "franchise-fee" } } }
  ] }"#;

/// Electricity at one price, with a customer charge.
pub const ELECTRIC: &str = r#"{
  "format": "mainstay-rate-schedule/1", "code": "E-RES", "version": 1, "effective_from": "2025-01-01",
  "name": { "en": "Electric service", "es": "Servicio eléctrico" }, "service": "electric",
  "measures": { "usage": "kWh" },
  "charges": [
    { "code": "customer", "label": { "en": "Customer charge", "es": "Cargo al cliente" }, "how": { "fixed": { "amount": "9.50" } } },
    { "code": "energy", "label": { "en": "Energy", "es": "Energía" }, "how": { "usage": { "of": "usage", "rate": { "price": "0.1123" } } } }
  ] }"#;

/// Sewer by the water that came in, at most five thousand gallons of it.
pub const SEWER: &str = r#"{
  "format": "mainstay-rate-schedule/1", "code": "S-RES", "version": 1, "effective_from": "2025-01-01",
  "name": { "en": "Sewer service", "es": "Servicio de alcantarillado" }, "service": "sewer",
  "measures": { "usage": "gal" },
  "quantities": { "flow": { "of": "usage", "label": { "en": "Water used, at most 5,000 gallons", "es": "Agua usada, 5,000 galones a lo sumo" },
    "steps": [ { "convert-to": "kgal" }, { "at-most": "5" } ] } },
  "charges": [
    { "code": "flow", "label": { "en": "Sewer flow", "es": "Caudal" }, "how": { "usage": { "of": "flow", "rate": { "price": "5.00" } } } }
  ] }"#;

/// Gas by the therm, from a register that counts hundreds of cubic feet.
pub const GAS: &str = r#"{
  "format": "mainstay-rate-schedule/1", "code": "G-RES", "version": 1, "effective_from": "2025-01-01",
  "name": { "en": "Gas service", "es": "Servicio de gas" }, "service": "gas",
  "measures": { "usage": "CCF" },
  "factors": { "thermal": [ { "from": "2025-01-01", "value": "1.037" } ] },
  "quantities": { "therms": { "of": "usage", "unit": "therm", "steps": [ { "times-factor": "thermal" } ] } },
  "charges": [
    { "code": "customer", "label": { "en": "Customer charge", "es": "Cargo al cliente" }, "how": { "fixed": { "amount": "11.00" } } },
    { "code": "delivery", "label": { "en": "Delivery", "es": "Entrega" }, "how": { "usage": { "of": "therms", "rate": { "price": "0.8125" } } } }
  ] }"#;

/// The people of the office who take a month through its pages.
pub struct Office<'a> {
    pub house: &'a TestApp,
    pub clerk: Visitor,
    pub manager: Visitor,
}

impl TestApp {
    /// A clerk and a billing manager, signed in.
    pub async fn office(&self) -> Office<'_> {
        Office {
            house: self,
            clerk: self.staff(Role::BillingClerk).await,
            manager: self.staff(Role::BillingManager).await,
        }
    }

    /// A household that moves in today with these services, on a cycle that begins today.
    pub async fn moves_in(&self, name: &str, services: &[Commodity]) -> Household {
        self.moves_in_as(AccountClass::Residential, name, services)
            .await
    }

    /// An account owes an amount such as `$84.10`, due in so many days.
    pub async fn owes(&self, account: AccountId, amount: &str, days: u64) {
        let plain: Decimal = amount.trim_start_matches('$').parse().expect("an amount");
        let amount = Money::from_charge(plain).expect("an amount");
        let place = usize::try_from(self.next_number()).expect("a few debts");
        owe(self, account, amount, days, place).await;
    }

    /// Somebody of a class who moves in today.
    pub async fn moves_in_as(
        &self,
        class: AccountClass,
        name: &str,
        services: &[Commodity],
    ) -> Household {
        let number = self.next_number();
        let email = format!("{}{number}@home.example", name.to_lowercase());
        let from_on = self.app.clock.today();
        let new = NewAccount {
            customer: NewCustomer {
                kind: CustomerKind::Person,
                name: name.to_owned(),
                given_name: None,
                language: Language::English,
                email: Some(email.clone()),
                phone: None,
            },
            others: Vec::new(),
            class,
            cycle: self.new_cycle(number, from_on).await,
            paper: true,
            email: true,
            from_on,
            premise: NewPremise {
                line_1: format!("{number} Meadow Lane"),
                unit: None,
                city: "Larkspur Bend".to_owned(),
                state: "IL".to_owned(),
                postal_code: "60000".to_owned(),
                point: None,
                impervious_sqft: None,
                dwelling_units: 1,
            },
            services: services
                .iter()
                .map(|service| metered(*service, number))
                .collect(),
        };
        let open = self.app.db.write(self.stamp(), move |tx| {
            let opened = open_accounts(tx, std::slice::from_ref(&new))?;
            Ok::<AccountId, AccountError>(opened[0])
        });
        let account = open.await.expect("the account is opened");
        let find = move |conn: &mut Conn| account_number(conn, account);
        Household {
            account,
            number: self.app.db.read(find).await.expect("it has a number"),
            email,
        }
    }

    /// Somebody who moved in proves the account and signs in.
    pub async fn signs_in(&self, household: Household, language: Language) -> Customer {
        prove(self, &household, "Rosa".to_owned(), language).await;
        let visitor = self.signed_in("/sign-in", &household.email).await;
        Customer { household, visitor }
    }

    async fn new_cycle(&self, number: u32, first: NaiveDate) -> mainstay::domain::ids::CycleId {
        let new = NewCycle {
            code: format!("{number:02}"),
            name: format!("Cycle {number}"),
            months: 1,
            read_day: 1,
            issue_after: 3,
            due_after: 20,
        };
        let open = self
            .app
            .db
            .write(self.stamp(), move |tx| open_cycle(tx, &new, first, 36));
        open.await.expect("the cycle is opened")
    }
}

/// A service with a meter: water and gas are read by hand, electricity reports every hour. Sewer has none.
fn metered(commodity: Commodity, number: u32) -> NewService {
    let (letter, rate, unit, minutes) = match commodity {
        Commodity::Electric => ("E", "E-RES", Unit::Kwh, Some(60)),
        Commodity::Gas => ("G", "G-RES", Unit::Ccf, None),
        Commodity::Sewer => ("S", "S-RES", Unit::Gallon, None),
        _ => ("W", "W-RES", Unit::Gallon, None),
    };
    let serial = format!("{letter}{number:06}");
    let meter = || NewMeter {
        serial: serial.clone(),
        kind: MeterKind::Simple,
        size: None,
        registers: vec![NewRegister {
            channel: Channel::Delivered,
            external_key: serial.clone(),
            unit,
            dials: 6,
            decimals: 0,
            multiplier: Decimal::ONE,
            resolution_minutes: minutes,
        }],
    };
    NewService {
        commodity,
        rate_code: rate.to_owned(),
        facts: serde_json::json!({}),
        meter: (commodity != Commodity::Sewer).then(meter),
    }
}

impl Office<'_> {
    /// A schedule drafted and submitted by the clerk, published by the manager from a day.
    pub async fn publishes(&self, document: &str, from: &str) -> Page {
        let page = self.clerk.visit("/office/rates/file").await;
        let page = page
            .fill("document", document)
            .submit("Keep as a draft")
            .await;
        page.must_show("The draft is kept.");
        let page = page.submit("Submit for publication").await;
        let page = self.manager.visit(&page.path).await;
        let page = page.fill("from", from).submit("Publish").await;
        page.must_show("The version is published.");
        page
    }

    /// A read of one of a household's meters, typed in today.
    pub async fn reads(&self, household: &Household, meter: &str, value: &str) -> Page {
        let today = self.house.app.clock.today().to_string();
        self.read_on(household, meter, (&today, value)).await
    }

    /// A read of one of a household's meters, typed in for a day.
    pub async fn read_on(
        &self,
        household: &Household,
        meter: &str,
        (on, value): (&str, &str),
    ) -> Page {
        let at = format!("/office/accounts/{}/reads/new", household.number.as_str());
        let page = self.clerk.visit(&at).await;
        let named = page.texts("#register option");
        let place = named.iter().position(|words| words.contains(meter));
        let place = place.unwrap_or_else(|| panic!("no meter {meter} among {named:?}")) + 1;
        let option = format!("#register option:nth-child({place})");
        let register = page
            .attribute(&option, "value")
            .expect("an option has a value");
        page.fill("register", &register)
            .fill("on", on)
            .fill("value", value)
            .submit("Save the read")
            .await
    }

    /// A file sent to the imports page, looked into and taken.
    pub async fn takes(&self, format: &str, name: &str, bytes: &[u8]) -> Page {
        let page = self.looks_into(format, "", (name, bytes)).await;
        page.submit("Import it").await
    }

    /// A file sent to the imports page and looked into; nothing is taken.
    pub async fn looks_into(&self, format: &str, mapping: &str, file: (&str, &[u8])) -> Page {
        let page = self.clerk.visit("/office/imports").await;
        page.fill("format", format)
            .fill("mapping", mapping)
            .attach("file", file.0, file.1)
            .submit("Look into it")
            .await
    }

    /// The first exception of the queue that is asked for so, such as `reason=high_usage`.
    pub async fn exception(&self, asked: &str) -> Page {
        let queue = self
            .clerk
            .visit(&format!("/office/exceptions?{asked}"))
            .await;
        let first = queue.attribute("tbody a[href^='/office/exceptions/']", "href");
        let first = first.unwrap_or_else(|| panic!("no exception of {asked}: {}", queue.html));
        self.clerk.visit(&first).await
    }

    /// Drafts of the period that begins on a day, ready to be looked at.
    pub async fn drafts(&self, from: &str) -> Page {
        self.drafts_of("", from).await
    }

    /// The same for the cycle with this name.
    async fn drafts_of(&self, cycle: &str, from: &str) -> Page {
        let from: NaiveDate = from.parse().expect("a day such as 2026-06-01");
        let on = self.house.app.clock.today();
        let cycle = cycle.to_owned();
        let find = move |conn: &mut Conn| -> Result<Option<CyclePeriodId>, StoreError> {
            let ready = list_ready(conn, on)?;
            Ok(ready
                .into_iter()
                .find(|period| {
                    period.from_on == from && (cycle.is_empty() || period.cycle == cycle)
                })
                .map(|period| period.id))
        };
        let found = self
            .house
            .app
            .db
            .read(find)
            .await
            .expect("periods can be read");
        let period = found.unwrap_or_else(|| panic!("no period from {from} is ready"));
        let page = self.manager.visit("/office/bill-runs").await;
        let page = page
            .fill("period", &period.to_string())
            .submit("Draft the bills")
            .await;
        self.settles(&page.path, RunStatus::Drafted).await
    }

    /// Drafts, then bills of the period that begins on a day.
    pub async fn bills(&self, from: &str) -> Page {
        self.issues(self.drafts(from).await).await
    }

    /// The same for the cycle of one household.
    pub async fn bills_of(&self, home: &Household, from: &str) -> Page {
        let digits: String = home.email.chars().filter(char::is_ascii_digit).collect();
        let drafts = self.drafts_of(&format!("Cycle {digits}"), from).await;
        self.issues(drafts).await
    }

    async fn issues(&self, page: Page) -> Page {
        let button = page.text("form[action$='/issue'] button");
        let page = page.submit(&button).await;
        self.settles(&page.path, RunStatus::Issued).await
    }

    /// The run's page once the run stands there.
    async fn settles(&self, path: &str, status: RunStatus) -> Page {
        let path = path.split('?').next().unwrap_or(path).to_owned();
        let id = path.rsplit('/').next().and_then(|id| id.parse().ok());
        let id = BillRunId(id.unwrap_or_else(|| panic!("{path} is no run")));
        for _ in 0..200 {
            let run = self.house.app.db.read(move |conn| bill_runs::get(conn, id));
            if run.await.expect("the run can be read").status == status {
                return self.manager.visit(&path).await;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!(
            "the run did not become {status}: {}",
            self.manager.visit(&path).await.html
        );
    }
}

/// Hourly electricity of a month in one interval file: one kWh an hour, and two in the hour from six to seven in the evening. No two
/// files are the same, so that stories told at the same time do not take one another's.
pub fn hourly_electricity(meter: &str, first: &str, days: u64) -> Vec<u8> {
    static FILES: AtomicU32 = AtomicU32::new(1);
    let sender = FILES.fetch_add(1, Ordering::Relaxed);
    let first: NaiveDate = first.parse().expect("a day such as 2026-06-01");
    let mut file = String::new();
    for day in first
        .iter_days()
        .take(usize::try_from(days).expect("a month"))
    {
        file += &format!("MEPMD01,1,U,{sender},,,202607020000,{meter},OK,E,KWH,1,00000100,24");
        for hour in 1..=24_i64 {
            let end = day.and_hms_opt(0, 0, 0).expect("midnight") + chrono::TimeDelta::hours(hour);
            let value = if hour == 19 { 2 } else { 1 };
            file += &format!(",{},R0,{value}", end.format("%Y%m%d%H%M"));
        }
        file.push('\n');
    }
    file.into_bytes()
}
