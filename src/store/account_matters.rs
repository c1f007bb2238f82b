//! What stands open on an account or lies beside it, a few rows of each kind: findings, requests, orders, what waits for a second person,
//! payments that went back, notes, sign-ins, what is charged by itself, and what a shut-off looks at. All of it in one query: the kinds stand
//! one under another in rows of the same narrow shape.

use std::cmp::Reverse;
use std::fmt::Display;
use std::str::FromStr;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Nullable, Text, Timestamp};

use crate::domain::access::Offer;
use crate::domain::exceptions::ExceptionReason;
use crate::domain::holds::Span;
use crate::domain::ids::{
    AccountId, CorrectionId, ExceptionId, InvitationId, LoginId, NoteId, OutageId,
    ServiceAgreementId, ServicePointId,
};
use crate::domain::money::Money;
use crate::domain::orders::told::Appointment;
use crate::domain::outages::OutageKind;
use crate::domain::payments::{Brand, Tender};
use crate::domain::premises::Commodity;
use crate::domain::scheduled_payments::ScheduledState;
use crate::domain::shutoff::{Felt, Served};
use crate::domain::weather::Degrees;
use crate::store::account_matters_sql::PARTS;
use crate::store::account_open::{OpenOrder, OpenRequest, Returned, Waiting};
use crate::store::any::native;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::holds::moratoria::Declared;
use crate::store::kept::KeptDsl;
use crate::store::logins::HolderRow;
use crate::store::notes::NoteRow;
use crate::store::payment_methods::label;
use crate::store::shutoff::{self, Around, Forecast};

/// Something that needs a person.
#[derive(Debug, Clone)]
pub struct Finding {
    /// Row id.
    pub id: ExceptionId,
    /// Why.
    pub reason: ExceptionReason,
    /// 1 holds money now, 2 will, 3 is to be looked at.
    pub priority: i64,
    /// The service that it is about, where it is about one.
    pub agreement: Option<ServiceAgreementId>,
    /// The business day on which it was found.
    pub opened_on: NaiveDate,
}

/// Somebody who was invited and has not answered.
#[derive(Debug, Clone)]
pub struct Invited {
    /// The row.
    pub id: InvitationId,
    /// What is offered.
    pub offer: Offer,
    /// Where the invitation went.
    pub email: String,
    /// Who invited.
    pub invited_by: String,
    /// Until when it opens, by the world's clock.
    pub ends_at: NaiveDateTime,
}

/// A payment that the customer scheduled.
#[derive(Debug, Clone)]
pub struct Coming {
    /// Its name in addresses.
    pub request_key: String,
    /// The most that the customer allowed.
    pub amount: Money,
    /// The day.
    pub pay_on: NaiveDate,
    /// Where it stands.
    pub state: ScheduledState,
    /// By which way to pay.
    pub label: String,
}

/// What is charged by itself.
#[derive(Debug, Clone)]
pub struct Charged {
    /// The day of the month; none for the due date.
    pub day_of_month: Option<u32>,
    /// No charge before this day.
    pub paused_until: Option<NaiveDate>,
    /// By which way to pay.
    pub label: String,
}

/// What is out, or planned, at the account's place.
#[derive(Debug, Clone)]
pub struct Out {
    /// Row id, which is its number.
    pub id: OutageId,
    /// What it is.
    pub kind: OutageKind,
    /// Of what.
    pub commodity: Commodity,
}

/// What stands open on an account or lies beside it, each kind in its order.
#[derive(Debug, Clone, Default)]
pub struct Matters {
    /// What needs a person.
    pub findings: Vec<Finding>,
    /// What the customer asked for.
    pub requests: Vec<OpenRequest>,
    /// What crews are to do.
    pub orders: Vec<OpenOrder>,
    /// What waits for a second person.
    pub waiting: Vec<Waiting>,
    /// Payments that went back, with none since.
    pub returned: Vec<Returned>,
    /// Who was invited to it.
    pub invited: Vec<Invited>,
    /// The logins that hold it.
    pub logins: Vec<HolderRow>,
    /// What the customer scheduled: still to come, or not charged of late.
    pub scheduled: Vec<Coming>,
    /// What is charged by itself.
    pub autopay: Option<Charged>,
    /// What is out, or planned.
    pub outages: Vec<Out>,
    /// The latest notes, newest first.
    pub notes: Vec<NoteRow>,
    /// What a shut-off looks at beside holds and debts.
    pub around: Around,
}

/// Of when and how much is asked.
#[derive(Debug, Clone, Copy)]
pub struct Asked {
    /// The day.
    pub on: NaiveDate,
    /// The moment, by the world's clock.
    pub now: NaiveDateTime,
    /// Since which day payments that were scheduled and not charged are still shown.
    pub scheduled_since: NaiveDate,
    /// How many notes.
    pub notes: i64,
}

/// One row: what its columns say is by its kind.
#[derive(Debug, QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    what: String,
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = Nullable<Text>)]
    word: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    state: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    name: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    words: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    more: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    key: Option<String>,
    #[diesel(sql_type = Nullable<Date>)]
    day: Option<NaiveDate>,
    #[diesel(sql_type = Nullable<Date>)]
    other_day: Option<NaiveDate>,
    #[diesel(sql_type = Nullable<Date>)]
    third_day: Option<NaiveDate>,
    #[diesel(sql_type = Nullable<Timestamp>)]
    moment: Option<NaiveDateTime>,
    #[diesel(sql_type = Nullable<BigInt>)]
    cents: Option<Money>,
    #[diesel(sql_type = Nullable<BigInt>)]
    number: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    other_number: Option<i64>,
}

/// What stands open on an account or lies beside it. One query.
///
/// # Errors
/// `Unreadable` where a row was changed by hand, or those of the database.
pub fn list(conn: &mut Conn, account: AccountId, asked: Asked) -> Result<Matters, StoreError> {
    let parts = PARTS.join(" UNION ALL ");
    let parts = parts
        .replace("NO_TEXT", "CAST(NULL AS TEXT)")
        .replace("NO_NUMBER", "CAST(NULL AS BIGINT)")
        .replace("NO_DAY", "CAST(NULL AS DATE)")
        .replace("NO_MOMENT", "CAST(NULL AS TIMESTAMP)");
    let sql = format!(
        "SELECT what, id, word, state, name, words, more, key, day, other_day, third_day, moment, cents, number, other_number FROM ({parts}) matters"
    );
    let (from, until) = shutoff::days_around(asked.on);
    let mut rows: Vec<Row> = native!(conn, |c| diesel::sql_query(sql)
        .bind::<BigInt, _>(account.0)
        .bind::<Date, _>(asked.on)
        .bind::<Timestamp, _>(asked.now)
        .bind::<BigInt, _>(asked.notes)
        .bind::<Date, _>(asked.scheduled_since)
        .bind::<Date, _>(shutoff::remembered(asked.on))
        .bind::<Date, _>(from)
        .bind::<Date, _>(until)
        .kept()
        .load(c))?;
    rows.sort_by_key(|row| row.id);
    let mut matters = Matters::default();
    for row in rows {
        matters.take(row)?;
    }
    // What stands first by something else than its row stays in the order of the rows where that is the same.
    matters.findings.sort_by_key(|one| one.priority);
    matters.requests.sort_by_key(|one| one.due_on);
    matters.orders.sort_by_key(|one| one.due_on);
    matters.scheduled.sort_by_key(|one| one.pay_on);
    matters.notes.reverse();
    matters.around.served.reverse();
    matters
        .around
        .served
        .sort_by_key(|one| Reverse(one.given_on));
    Ok(matters)
}

impl Matters {
    fn take(&mut self, row: Row) -> Result<(), StoreError> {
        match row.what.as_str() {
            "finding" => self.findings.push(row.finding()?),
            "request" => self.requests.push(row.request()?),
            "order" => self.orders.push(row.order()?),
            "correction" => self.waiting.push(row.correction()?),
            "outcome" => self.waiting.push(row.outcome()?),
            "rebill" => self.waiting.push(row.rebill()?),
            "returned" => self.returned.push(row.returned()?),
            "invitation" => self.invited.push(row.invited()?),
            "login" => self.logins.push(row.login()?),
            "scheduled" => self.scheduled.push(row.coming()?),
            "autopay" => self.autopay = Some(row.charged()?),
            "outage" => self.outages.push(row.out()?),
            "note" => self.notes.push(row.note()?),
            "served" => self.around.served.push(row.served()?),
            "declared" => self.around.declared.push(row.declared()?),
            "forecast" => self.around.forecasts.push(row.forecast()?),
            "measured" => self.around.measured.extend(row.measured()?),
            strange => return Err(unreadable(strange, "kind")),
        }
        Ok(())
    }
}

fn unreadable(what: &str, column: &str) -> StoreError {
    StoreError::Unreadable(format!("{column} of a matter: {what}"))
}

fn parse<T: FromStr<Err: Display>>(text: &str) -> Result<T, StoreError> {
    text.parse()
        .map_err(|error: T::Err| StoreError::Unreadable(error.to_string()))
}

impl Row {
    /// What a column says that this kind always fills.
    fn must<T>(&self, value: Option<T>, column: &str) -> Result<T, StoreError> {
        value.ok_or_else(|| unreadable(&self.what, column))
    }

    fn word<T: FromStr<Err: Display>>(&self) -> Result<T, StoreError> {
        parse(self.must(self.word.as_deref(), "word")?)
    }

    fn state<T: FromStr<Err: Display>>(&self) -> Result<T, StoreError> {
        parse(self.must(self.state.as_deref(), "state")?)
    }

    fn name<T: FromStr<Err: Display>>(&self) -> Result<T, StoreError> {
        parse(self.must(self.name.as_deref(), "name")?)
    }

    fn day(&self) -> Result<NaiveDate, StoreError> {
        self.must(self.day, "day")
    }

    fn other_day(&self) -> Result<NaiveDate, StoreError> {
        self.must(self.other_day, "other day")
    }

    fn moment(&self) -> Result<NaiveDateTime, StoreError> {
        self.must(self.moment, "moment")
    }

    /// What a person recognizes a way to pay by.
    fn label(&self) -> Result<String, StoreError> {
        let brand = self.words.as_deref().map(parse::<Brand>).transpose()?;
        let last4 = self.more.clone().unwrap_or_default();
        Ok(label(
            (self.word::<Tender>()?, brand),
            last4,
            self.name.as_deref(),
        ))
    }

    /// The lowest and the highest temperature, in hundredths of a degree, where both are known.
    fn span(&self) -> Option<(i32, i32)> {
        let (low, high) = self.number.zip(self.other_number)?;
        i32::try_from(low).ok().zip(i32::try_from(high).ok())
    }

    fn finding(&self) -> Result<Finding, StoreError> {
        Ok(Finding {
            id: ExceptionId(self.id),
            reason: self.word()?,
            priority: self.must(self.number, "priority")?,
            agreement: self.other_number.map(ServiceAgreementId),
            opened_on: self.day()?,
        })
    }

    fn request(&self) -> Result<OpenRequest, StoreError> {
        let answers = self.must(self.words.as_deref(), "answers")?;
        let answers = serde_json::from_str(answers)
            .map_err(|error| StoreError::Unreadable(format!("request {}: {error}", self.id)))?;
        Ok(OpenRequest {
            number: self.name()?,
            kind: self.word()?,
            answers,
            state: self.state()?,
            asked_on: self.other_day()?,
            due_on: self.day()?,
            disputed: self.cents,
        })
    }

    fn order(&self) -> Result<OpenOrder, StoreError> {
        let slot = parse(self.must(self.more.as_deref(), "slot")?)?;
        Ok(OpenOrder {
            number: self.name()?,
            kind: self.word()?,
            state: self.state()?,
            due_on: self.day()?,
            appointment: self.other_day.map(|on| Appointment { on, slot }),
            point: self.number.map(ServicePointId),
            assignee: self.words.clone(),
        })
    }

    fn correction(self) -> Result<Waiting, StoreError> {
        Ok(Waiting::Correction {
            id: CorrectionId(self.id),
            word: self.word()?,
            amount: self.must(self.cents, "amount")?,
            made_by: self.words.unwrap_or_default(),
        })
    }

    fn outcome(self) -> Result<Waiting, StoreError> {
        Ok(Waiting::Outcome {
            dispute: self.name()?,
            remedy: self.word()?,
            amount: self.must(self.cents, "amount")?,
            made_by: self.words.unwrap_or_default(),
        })
    }

    fn rebill(self) -> Result<Waiting, StoreError> {
        Ok(Waiting::Rebill {
            bill: self.name()?,
            difference: self.must(self.cents, "amount")?,
            made_by: self.words.unwrap_or_default(),
        })
    }

    fn returned(&self) -> Result<Returned, StoreError> {
        Ok(Returned {
            number: self.name()?,
            amount: self.must(self.cents, "amount")?,
            on: self.day()?,
        })
    }

    fn invited(self) -> Result<Invited, StoreError> {
        Ok(Invited {
            id: InvitationId(self.id),
            offer: self.word()?,
            ends_at: self.moment()?,
            email: self.name.unwrap_or_default(),
            invited_by: self.words.unwrap_or_default(),
        })
    }

    fn login(self) -> Result<HolderRow, StoreError> {
        Ok(HolderRow {
            id: LoginId(self.must(self.number, "login")?),
            access: self.word()?,
            since: self.day()?,
            codes_since: self.moment,
            email: self.name.unwrap_or_default(),
            name: self.words.unwrap_or_default(),
        })
    }

    fn coming(&self) -> Result<Coming, StoreError> {
        Ok(Coming {
            request_key: self.must(self.key.clone(), "key")?,
            amount: self.must(self.cents, "amount")?,
            pay_on: self.day()?,
            state: self.state()?,
            label: self.label()?,
        })
    }

    fn charged(&self) -> Result<Charged, StoreError> {
        Ok(Charged {
            day_of_month: self.number.and_then(|day| day.try_into().ok()),
            paused_until: self.day,
            label: self.label()?,
        })
    }

    fn out(&self) -> Result<Out, StoreError> {
        Ok(Out {
            id: OutageId(self.id),
            kind: self.word()?,
            commodity: self.state()?,
        })
    }

    fn note(self) -> Result<NoteRow, StoreError> {
        Ok(NoteRow {
            id: NoteId(self.id),
            kind: self.word()?,
            written_at: self.moment()?,
            written_by: self.name.unwrap_or_default(),
            text: self.words.unwrap_or_default(),
        })
    }

    fn served(&self) -> Result<Served, StoreError> {
        Ok(Served {
            kind: self.word()?,
            way: self.state()?,
            given_on: self.day()?,
            is_proven: self.number == Some(1),
        })
    }

    fn declared(&self) -> Result<Declared, StoreError> {
        let class = self.word.as_deref().map(parse).transpose()?;
        let commodity = self.state.as_deref().map(parse).transpose()?;
        Ok(Declared {
            class,
            commodity,
            span: Span {
                from_on: self.day()?,
                until_on: Some(self.other_day()?),
                lifted_on: self.third_day,
            },
            stops: parse(self.must(self.words.as_deref(), "stops")?)?,
        })
    }

    fn forecast(&self) -> Result<Forecast, StoreError> {
        let (low, high) = self.must(self.span(), "temperature")?;
        Ok(Forecast {
            day: self.day()?,
            low,
            high,
            seen_on: self.other_day()?,
        })
    }

    /// Nothing where the day's highest or lowest temperature is not known.
    fn measured(&self) -> Result<Option<(NaiveDate, Felt)>, StoreError> {
        let felt = self.span().map(|(low, high)| Felt {
            low: Degrees::from_hundredths(low),
            high: Degrees::from_hundredths(high),
        });
        let day = self.day()?;
        Ok(felt.map(|felt| (day, felt)))
    }
}
