//! What is declared for everybody: times in which nobody of a group is shut off, and the forecasts that the rules on temperature look at.

use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use askama::Template;
use chrono::{Days, NaiveDate, NaiveDateTime};
use chrono_tz::Tz;
use rust_decimal::Decimal;

use crate::app::App;
use crate::domain::accounts::AccountClass;
use crate::domain::holds::{HoldState, Refusal};
use crate::domain::ids::{MoratoriumId, OrderId};
use crate::domain::premises::Commodity;
use crate::domain::staff::{Permission, Role};
use crate::domain::weather::{Degrees, TemperatureUnit};
use crate::i18n::Words;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::holds::moratoria::{self, MoratoriumRow};
use crate::store::shutoff::{self, ForecastRow};
use crate::usecases::holds::{Declaration, HoldError, declare, end as end_one};
use crate::usecases::orders::protections::sweep;
use crate::usecases::shutoff::{ShutoffError, note_forecast};
use crate::web::chrome::Chrome;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::office::holds::words::refuse;
use crate::web::office::holds::{number, tone};
use crate::web::session::StaffMember;
use crate::web::{PageError, PageResult, page, page_with};

/// Where they are.
const ADDRESS: &str = "/office/moratoria";

/// How many are listed.
const SHOWN: i64 = 100;

/// Forecasts of so many days ahead are listed.
const AHEAD: Days = Days::new(7);

#[derive(Template)]
#[template(path = "office/holds/moratoria.html")]
struct Index {
    t: Words,
    chrome: Chrome,
    zone: Tz,
    today: NaiveDate,
    role: Role,
    rows: Vec<MoratoriumRow>,
    forecasts: Vec<ForecastRow>,
    form: Form,
}

impl Index {
    fn state(&self, row: &MoratoriumRow) -> HoldState {
        row.span.state(self.today)
    }

    fn tone(&self, row: &MoratoriumRow) -> &'static str {
        tone(self.state(row))
    }

    /// The field of the reason why it ends.
    fn field(&self, row: &MoratoriumRow) -> String {
        format!("why-{}", row.id)
    }

    /// Whether it may still be ended.
    fn may_end(&self, row: &MoratoriumRow) -> bool {
        self.role.may(Permission::DeclareMoratorium) && self.state(row) != HoldState::Past
    }

    fn whom(&self, row: &MoratoriumRow) -> String {
        let class = row.class.map(|class| self.t.account_class(class.as_str()));
        let service = row
            .commodity
            .map(|service| self.t.service_name(service.as_str()));
        let both: Vec<String> = class.into_iter().chain(service).collect();
        if both.is_empty() {
            self.t.moratorium_everybody().to_owned()
        } else {
            both.join(", ")
        }
    }

    fn classes(&self) -> Vec<(&'static str, String)> {
        let mut all = vec![("", self.t.moratorium_every_class().to_owned())];
        let named = |class: &AccountClass| (class.as_str(), self.t.account_class(class.as_str()));
        all.extend(AccountClass::ALL.iter().map(named));
        all
    }

    fn services(&self) -> Vec<(&'static str, String)> {
        let mut all = vec![("", self.t.moratorium_every_service().to_owned())];
        let named = |one: &Commodity| (one.as_str(), self.t.service_name(one.as_str()));
        all.extend(Commodity::ALL.iter().map(named));
        all
    }

    /// The degrees of a forecast as they were noted: a rule may turn on a part of one.
    fn degrees(&self, hundredths: &i32) -> String {
        let degrees = Degrees::from_hundredths(*hundredths)
            .fahrenheit()
            .normalize();
        let said = self.t.rounded(degrees, degrees.scale());
        self.t.forecast_degrees(said)
    }

    /// Whether a forecast was noted too long ago for a shut-off to go by it.
    fn is_old(&self, row: &ForecastRow) -> bool {
        row.seen_on < self.today.pred_opt().unwrap_or(self.today)
    }

    fn local(&self, at: &NaiveDateTime) -> NaiveDateTime {
        at.and_utc().with_timezone(&self.zone).naive_local()
    }
}

/// GET /office/moratoria
pub async fn index(app: Data<App>, chrome: Chrome, staff: StaffMember) -> PageResult {
    let today = app.clock.today();
    let form = Form::default().with("from", today).with("day", today);
    page(&view(&app, chrome, &staff, form).await?)
}

/// POST /office/moratoria
pub async fn create(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    mut form: Form,
) -> PageResult {
    let t = chrome.t;
    let key = uuid::Uuid::parse_str(form.value("key")).map_err(|_strange| PageError::Unreadable)?;
    let class = form.parse_if_any::<AccountClass>("class", t.form_choose());
    let commodity = form.parse_if_any::<Commodity>("service", t.form_choose());
    let from = form.day("from", t.form_not_a_date());
    let last = form.day("last", t.form_not_a_date());
    let (Some(from_on), Some(last), true) = (from, last, form.is_good()) else {
        return again(&app, chrome, &staff, form).await;
    };
    let new = Declaration {
        request_key: key.to_string(),
        class,
        commodity,
        from_on,
        until_on: last.succ_opt().unwrap_or(last),
        reason: form.value("reason").to_owned(),
    };
    let change = move |tx: &mut Tx<'_>| declare(tx, &new);
    match app.db.write(staff.stamp(&app), change).await {
        Ok(_) => {
            call_back(&app, &staff).await?;
            see_other_saying(ADDRESS, Tone::Good, t.moratorium_declared())
        }
        Err(error) => {
            refuse(t, &mut form, error)?;
            again(&app, chrome, &staff, form).await
        }
    }
}

/// POST /office/moratoria/{id}/end
pub async fn end(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<String>,
    mut form: Form,
) -> PageResult {
    let (t, id): (Words, MoratoriumId) = (chrome.t, number(&path)?);
    let field = format!("why-{id}");
    let words = form.value(&field).to_owned();
    let change = move |tx: &mut Tx<'_>| end_one(tx, id, &words);
    match app.db.write(staff.stamp(&app), change).await {
        Ok(()) => see_other_saying(ADDRESS, Tone::Good, t.moratorium_was_ended()),
        Err(HoldError::HasEnded) => see_other_saying(ADDRESS, Tone::Bad, t.hold_has_ended()),
        Err(HoldError::WordsMissing) => {
            form.refuse(field, t.hold_words_missing());
            again(&app, chrome, &staff, form).await
        }
        Err(HoldError::WordsTooLong(most)) => {
            form.refuse(field, t.hold_words_long(most));
            again(&app, chrome, &staff, form).await
        }
        Err(HoldError::Refused(all)) if all.iter().any(is_of_job) => {
            Err(PageError::Forbidden(Permission::DeclareMoratorium.as_str()))
        }
        Err(HoldError::Fault(fault)) => Err(fault.into()),
        Err(other) => Err(PageError::fault(other)),
    }
}

const fn is_of_job(refusal: &Refusal) -> bool {
    matches!(refusal, Refusal::NotYourRole(_))
}

/// POST /office/moratoria/forecasts — how cold and how hot a day is forecast to be.
pub async fn note(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    mut form: Form,
) -> PageResult {
    let t = chrome.t;
    let day = form.day("day", t.form_not_a_date());
    let low = degrees(&mut form, "low", t);
    let high = degrees(&mut form, "high", t);
    let (Some(day), Some(low), Some(high)) = (day, low, high) else {
        return again(&app, chrome, &staff, form).await;
    };
    let change = move |tx: &mut Tx<'_>| note_forecast(tx, day, (low, high));
    match app.db.write(staff.stamp(&app), change).await {
        Ok(()) => {
            call_back(&app, &staff).await?;
            return see_other_saying(ADDRESS, Tone::Good, t.forecast_noted());
        }
        Err(ShutoffError::NotAhead(from, to)) => {
            form.refuse("day", t.forecast_not_ahead(from, to));
        }
        Err(ShutoffError::Reversed) => form.refuse("low", t.forecast_reversed()),
        Err(ShutoffError::Fault(fault)) => return Err(fault.into()),
        Err(other) => return Err(PageError::fault(other)),
    }
    again(&app, chrome, &staff, form).await
}

/// Takes shut-offs off the crews' lists that are forbidden from now on, some at a time. Where it does not come to its end, the clock does within the
/// hour; until then whoever begins one is refused.
async fn call_back(app: &App, staff: &StaffMember) -> Result<(), StoreError> {
    let mut next = Some(OrderId(0));
    while let Some(after) = next {
        let some = move |tx: &mut Tx<'_>| sweep(tx, after);
        next = app.db.write(staff.stamp(app), some).await?.next;
    }
    Ok(())
}

fn degrees(form: &mut Form, field: &'static str, t: Words) -> Option<Degrees> {
    let told: Option<Decimal> = form.parse(field, t.forecast_not_degrees());
    let degrees = Degrees::of(told?, TemperatureUnit::Fahrenheit);
    if degrees.is_none() {
        form.refuse(field, t.forecast_not_degrees());
    }
    degrees
}

async fn again(app: &App, chrome: Chrome, staff: &StaffMember, form: Form) -> PageResult {
    let view = view(app, chrome, staff, form).await?;
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
}

async fn view(
    app: &App,
    chrome: Chrome,
    staff: &StaffMember,
    form: Form,
) -> Result<Index, PageError> {
    let today = app.clock.today();
    let until = today.checked_add_days(AHEAD).unwrap_or(today);
    let read = move |conn: &mut Conn| {
        let rows = moratoria::list(conn, SHOWN)?;
        Ok::<_, StoreError>((rows, shutoff::list_forecasts(conn, (today, until))?))
    };
    let (rows, forecasts) = app.db.read(read).await?;
    // Of each day the lowest and the highest that were noted count, as of whoever noted one last.
    let mut strictest: BTreeMap<NaiveDate, ForecastRow> = BTreeMap::new();
    for row in forecasts {
        strictest
            .entry(row.day)
            .and_modify(|earlier| {
                *earlier = ForecastRow {
                    low: earlier.low.min(row.low),
                    high: earlier.high.max(row.high),
                    ..row.clone()
                };
            })
            .or_insert(row);
    }
    let form = if form.has("key") {
        form
    } else {
        form.with("key", uuid::Uuid::new_v4())
    };
    Ok(Index {
        t: chrome.t,
        chrome,
        zone: app.clock.zone(),
        today,
        role: staff.role,
        rows,
        forecasts: strictest.into_values().collect(),
        form,
    })
}
