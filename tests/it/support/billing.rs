//! A small utility that bills: schedules published by two people, households with meters, reads, bill runs. All by use cases.

use chrono::{NaiveDate, NaiveTime};
use chrono_tz::Tz;
use mainstay::domain::accounts::AccountClass;
use mainstay::domain::bills::BillStatus;
use mainstay::domain::commodity::Commodity;
use mainstay::domain::customers::{CustomerKind, Language};
use mainstay::domain::exceptions::{ExceptionReason, ExceptionStatus};
use mainstay::domain::ids::{AccountId, BillRunId, CycleId, CyclePeriodId, RegisterId};
use mainstay::domain::meters::{Channel, MeterKind};
use mainstay::domain::money::Money;
use mainstay::domain::quantity::Unit;
use mainstay::domain::rates::compile;
use mainstay::domain::reads::ReadSource;
use mainstay::domain::stamp::{Actor, ActorKind, Stamp};
use mainstay::store;
use mainstay::store::bills::BillRow;
use mainstay::store::db::{Db, Tx};
use mainstay::store::error::StoreError;
use mainstay::store::exceptions::{ExceptionRow, Filter};
use mainstay::store::schema::{bill_lines, bill_segments, bills};
use mainstay::usecases::accounts::{
    AccountError, NewAccount, NewCustomer, NewMeter, NewPremise, NewRegister, NewService,
    open_accounts,
};
use mainstay::usecases::billing::{self, draft_run, issue_run};
use mainstay::usecases::cycles::{NewCycle, open_cycle};
use mainstay::usecases::rates;
use mainstay::usecases::reads::desk::{ReadError, Recorded, ToldRead, enter_read};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::support::app::TestApp;

/// The utility's zone.
pub const ZONE: Tz = chrono_tz::America::Chicago;

/// A day written as `2026-07-01`.
pub fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day such as 2026-07-01")
}

/// Somebody of the office at noon of a day.
pub fn by(name: &str, on: &str) -> Stamp {
    let on = day(on);
    Stamp {
        by: Actor {
            kind: ActorKind::Staff,
            id: None,
            name: name.to_owned(),
        },
        at: on.and_time(NaiveTime::from_hms_opt(18, 0, 0).expect("an hour")),
        on,
        request_id: None,
    }
}

/// Does work that blocks on a thread of its own: stories run on an async one.
fn aside<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    std::thread::scope(|scope| scope.spawn(work).join())
        .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

/// The utility, on whichever database it was given.
pub struct Utility<'a> {
    db: &'a Db,
    cycle: CycleId,
}

/// One bill with its lines.
pub struct Billed {
    pub bill: BillRow,
    /// Charge and amount.
    pub lines: Vec<(String, Money)>,
    /// Commodity, quantity and quality.
    pub services: Vec<(Commodity, Option<Decimal>, String)>,
}

impl Billed {
    /// What the lines of a charge come to.
    pub fn charged(&self, code: &str) -> Money {
        let lines = self.lines.iter().filter(|(charge, _)| charge == code);
        lines.map(|(_, amount)| *amount).sum()
    }
}

impl<'a> Utility<'a> {
    /// A monthly cycle from January 2026, read on the first, issued three days later.
    pub fn open(db: &'a Db) -> Self {
        let new = NewCycle {
            code: "B1".to_owned(),
            name: "First of the month".to_owned(),
            months: 1,
            read_day: 1,
            issue_after: 3,
            due_after: 20,
        };
        let open = move |tx: &mut Tx<'_>| open_cycle(tx, &new, day("2026-01-01"), 24);
        let cycle = aside(|| db.write_blocking(by("Cora", "2026-01-01"), open));
        let cycle = cycle.expect("the cycle is opened");
        Self { db, cycle }
    }

    pub fn cycle(&self) -> CycleId {
        self.cycle
    }

    /// The same utility by a second cycle, read on the fifteenth.
    pub fn by_another_cycle(&self) -> Self {
        let new = NewCycle {
            code: "B2".to_owned(),
            name: "Fifteenth of the month".to_owned(),
            months: 1,
            read_day: 15,
            issue_after: 3,
            due_after: 20,
        };
        let open = move |tx: &mut Tx<'_>| open_cycle(tx, &new, day("2026-01-15"), 24);
        let cycle = self.write(by("Cora", "2026-01-01"), open);
        Self {
            db: self.db,
            cycle: cycle.expect("the cycle is opened"),
        }
    }

    /// The utility of a house to visit, with the cycle that its people live in.
    pub fn of(house: &'a TestApp) -> Self {
        let cycle = house.cycle.get().copied();
        Self {
            db: &house.app.db,
            cycle: cycle.expect("somebody moved in"),
        }
    }

    fn write<T, E>(
        &self,
        stamp: Stamp,
        work: impl FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        aside(|| self.db.write_blocking(stamp, work))
    }

    /// Publishes a schedule from a day: drafted by one person, published by another.
    pub fn publish(&self, from: &str, code: &str, service: &str, more: Value) {
        let mut document = json!({
            "format": "mainstay-rate-schedule/1", "code": code, "version": 1, "effective_from": from,
            "name": {"en": code, "es": code}, "service": service,
        });
        for (name, value) in more.as_object().expect("fields of a schedule") {
            if name != "effective_from" {
                document[name] = value.clone();
            }
        }
        let document = compile::read(&document.to_string()).expect("a schedule");
        let id = self
            .write(by("Drew", "2026-01-01"), move |tx| {
                let id = rates::draft(tx, document.clone())?;
                rates::submit(tx, id)?;
                Ok::<_, rates::RateError>(id)
            })
            .expect("the schedule is drafted");
        let from = day(from);
        self.write(by("Pat", "2026-01-01"), move |tx| {
            rates::publish(tx, id, from)
        })
        .expect("the schedule is published");
    }

    /// Water at $10.00 a month and half a cent a gallon.
    pub fn sells_water(&self) {
        self.publish(
            "2025-01-01",
            "W-1",
            "water",
            json!({
                "measures": {"usage": "gal"},
                "charges": [fixed("base", "10.00"), usage("use", "usage", "0.005")],
            }),
        );
    }

    /// A household that moves in on a day.
    pub fn household(&self, from: &str, services: Vec<NewService>) -> AccountId {
        self.moves_in(from, AccountClass::Residential, services)
    }

    /// Somebody of a class who moves in on a day.
    pub fn moves_in(
        &self,
        from: &str,
        class: AccountClass,
        services: Vec<NewService>,
    ) -> AccountId {
        let new = new_account(self.cycle, from, class, services);
        self.write(
            by("Cora", "2026-01-01"),
            move |tx| -> Result<AccountId, AccountError> {
                Ok(open_accounts(tx, std::slice::from_ref(&new))?[0])
            },
        )
        .expect("the account is opened")
    }

    /// The register with this key.
    pub fn register(&self, key: &str) -> RegisterId {
        let keys = [key.to_owned()];
        let found = self
            .db
            .read_blocking(|conn| store::reads::find_registers(conn, &keys))
            .expect("the register is looked up");
        found.first().expect("a known register").id
    }

    /// A read by the office, on its own day.
    pub fn read(&self, key: &str, on: &str, value: i64) -> Result<Recorded, ReadError> {
        let told = ToldRead {
            register_id: self.register(key),
            on: day(on),
            value: Decimal::from(value),
            source: ReadSource::Manual,
        };
        self.write(by("Rita", on), move |tx| enter_read(tx, ZONE, &told))
    }

    /// Reads by the office on several days.
    pub fn reads(&self, key: &str, all: &[(&str, i64)]) {
        for (on, value) in all {
            let read = self.read(key, on, *value).expect("the read is taken");
            assert!(read.verdict.is_usable(), "{on}: {read:?}");
        }
    }

    /// The calendar's period that begins on a day.
    pub fn period(&self, from: &str) -> CyclePeriodId {
        let periods = self
            .db
            .read_blocking(|conn| store::cycles::list_periods(conn, self.cycle))
            .expect("the calendar is read");
        let found = periods.iter().find(|period| period.from_on == day(from));
        found.expect("a period that begins on this day").id
    }

    /// Opens and drafts the run of the period that begins on a day.
    pub fn draft(&self, from: &str, on: &str) -> BillRunId {
        let period = self.period(from);
        let stamp = by("Bill", on);
        let run = self
            .write(stamp.clone(), move |tx| billing::open_run(tx, period))
            .expect("the run is opened");
        aside(|| draft_run(self.db, &stamp, ZONE, run, |_| {})).expect("the run is drafted");
        run
    }

    /// Issues what may go out of a run.
    pub fn issue(&self, run: BillRunId, on: &str) {
        aside(|| issue_run(self.db, &by("Bill", on), run, |_| {})).expect("the run is issued");
    }

    /// Drafts and issues the period that begins on a day, on a day.
    pub fn bill(&self, from: &str, on: &str) -> BillRunId {
        let run = self.draft(from, on);
        self.issue(run, on);
        run
    }

    /// Every bill of an account, oldest first, voided ones among them.
    pub fn bills(&self, account: AccountId) -> Vec<Billed> {
        use diesel::prelude::*;
        self.db
            .read_blocking(|conn| {
                let rows: Vec<BillRow> = bills::table
                    .filter(bills::account_id.eq(account))
                    .order(bills::id)
                    .select(BillRow::as_select())
                    .load(conn)?;
                let mut all = Vec::new();
                for bill in rows {
                    let lines = bill_lines::table
                        .filter(bill_lines::bill_id.eq(bill.id))
                        .order(bill_lines::position)
                        .select((bill_lines::charge, bill_lines::amount_cents))
                        .load(conn)?;
                    type Service = (Commodity, Option<store::sql_types::Exact>, String);
                    let services: Vec<Service> = bill_segments::table
                        .filter(bill_segments::bill_id.eq(bill.id))
                        .order(bill_segments::position)
                        .select((
                            bill_segments::commodity,
                            bill_segments::quantity,
                            bill_segments::quality,
                        ))
                        .load(conn)?;
                    let services = services
                        .into_iter()
                        .map(|(commodity, quantity, quality)| {
                            (commodity, quantity.map(|quantity| quantity.0), quality)
                        })
                        .collect();
                    all.push(Billed {
                        bill,
                        lines,
                        services,
                    });
                }
                Ok::<_, StoreError>(all)
            })
            .expect("the bills are read")
    }

    /// An account's bills that are issued, canceled ones among them.
    pub fn issued(&self, account: AccountId) -> Vec<Billed> {
        let mut bills = self.bills(account);
        bills.retain(|billed| billed.bill.status == BillStatus::Issued);
        bills
    }

    /// An account's latest bill.
    pub fn latest(&self, account: AccountId) -> Billed {
        self.bills(account).pop().expect("a bill")
    }

    /// What is open in the queue.
    pub fn queue(&self) -> Vec<ExceptionRow> {
        let filter = Filter {
            status: Some(ExceptionStatus::Open),
            ..Filter::default()
        };
        self.db
            .read_blocking(|conn| store::exceptions::list(conn, &filter, 1_000, 0))
            .expect("the queue is read")
    }

    /// The reasons that are open in the queue about an account.
    pub fn open_reasons(&self, account: AccountId) -> Vec<ExceptionReason> {
        let queue = self.queue();
        let of_account = queue.iter().filter(|row| row.account_id == Some(account));
        of_account.map(|row| row.reason).collect()
    }

    /// Answers everything open about an account.
    pub fn answer_all(&self, account: AccountId, on: &str) {
        for row in self.queue() {
            if row.account_id == Some(account) {
                self.write(by("Clara", on), move |tx: &mut Tx<'_>| {
                    use mainstay::usecases::exceptions::{Answer, answer};
                    answer(tx, row.id, Answer::Resolved, "looked at")
                })
                .expect("the exception is answered");
            }
        }
    }

    /// Reads the whole house; a broken invariant fails the test.
    pub fn assert_sound(&self) {
        Self::check_sound(self.db);
    }

    /// The same of a house without its utility at hand.
    pub fn check_sound(db: &Db) {
        let findings = db
            .read_blocking(|conn| mainstay::usecases::integrity::check(conn, day("2027-12-31")))
            .expect("the house is read");
        assert!(findings.is_empty(), "{findings:#?}");
    }
}

/// An account with services, not yet opened.
pub fn new_account(
    cycle: CycleId,
    from: &str,
    class: AccountClass,
    services: Vec<NewService>,
) -> NewAccount {
    NewAccount {
        customer: NewCustomer {
            kind: CustomerKind::Person,
            name: "Rosa Diaz".to_owned(),
            given_name: Some("Rosa".to_owned()),
            language: Language::English,
            email: Some("rosa@home.example".to_owned()),
            phone: None,
        },
        others: Vec::new(),
        class,
        cycle,
        paper: false,
        email: true,
        from_on: day(from),
        premise: NewPremise {
            line_1: "1 Prairie Street".to_owned(),
            unit: None,
            city: "Larkspur Bend".to_owned(),
            state: "IL".to_owned(),
            postal_code: "60000".to_owned(),
            point: None,
            impervious_sqft: None,
            dwelling_units: 1,
        },
        services,
    }
}

/// Water through a meter whose register has this key.
pub fn water(key: &str) -> NewService {
    metered(
        Commodity::Water,
        "W-1",
        MeterKind::Simple,
        vec![register(key, Channel::Delivered, Unit::Gallon)],
    )
}

/// A service through a meter.
pub fn metered(
    commodity: Commodity,
    rate: &str,
    kind: MeterKind,
    registers: Vec<NewRegister>,
) -> NewService {
    NewService {
        meter: Some(NewMeter {
            serial: registers[0].external_key.clone(),
            kind,
            size: None,
            registers,
        }),
        ..unmetered(commodity, rate)
    }
}

/// A service without a meter.
pub fn unmetered(commodity: Commodity, rate: &str) -> NewService {
    NewService {
        commodity,
        rate_code: rate.to_owned(),
        facts: json!({}),
        meter: None,
    }
}

/// A register of six dials.
pub fn register(key: &str, channel: Channel, unit: Unit) -> NewRegister {
    NewRegister {
        channel,
        external_key: key.to_owned(),
        unit,
        dials: 6,
        decimals: 0,
        multiplier: Decimal::ONE,
        resolution_minutes: None,
    }
}

/// A charge of so many dollars a month.
pub fn fixed(code: &str, amount: &str) -> Value {
    charge(code, json!({"fixed": {"amount": amount}}))
}

/// A charge for each unit.
pub fn usage(code: &str, of: &str, price: &str) -> Value {
    charge(code, json!({"usage": {"of": of, "rate": {"price": price}}}))
}

/// A charge.
pub fn charge(code: &str, how: Value) -> Value {
    json!({"code": code, "label": {"en": code, "es": code}, "how": how})
}

/// Dollars and cents written as `"12.34"`.
pub fn dollars(text: &str) -> Money {
    Money::from_charge(text.parse().expect("dollars and cents")).expect("an amount")
}
