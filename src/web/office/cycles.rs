//! Bill cycles: each with its rule and its calendar, shown ahead; a date is moved before a bill run uses it.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use askama::Template;
use chrono::{Months, NaiveDate};

use crate::app::App;
use crate::domain::bills::RunStatus;
use crate::domain::calendars::{DatesRefused, FallsOn, MONTHS, MOST_TO_PAY};
use crate::domain::ids::{CycleId, CyclePeriodId};
use crate::i18n::Words;
use crate::store::cycles::{self, CyclePeriodRow, CycleRow};
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::usecases::cycles::{
    Beginning, CycleError, MOST_PERIODS, Moved, NewCycle, move_period, set_up_cycle,
};
use crate::web::chrome::Chrome;
use crate::web::flash::{Tone, see_other_saying};
use crate::web::form::Form;
use crate::web::session::StaffMember;
use crate::web::{PageResult, page, page_with};

/// How far back a calendar is shown.
const SHOWN_BACK: Months = Months::new(6);

/// A cycle as the list shows it.
struct Line {
    row: CycleRow,
    /// The period that is being used, or the first.
    next: Option<CyclePeriodRow>,
    /// How far the calendar goes.
    until: Option<NaiveDate>,
    accounts: i64,
}

#[derive(Template)]
#[template(path = "office/cycles/index.html")]
struct Index {
    t: Words,
    chrome: Chrome,
    cycles: Vec<Line>,
}

/// GET /office/cycles
pub async fn index(app: Data<App>, chrome: Chrome) -> PageResult {
    let today = app.clock.today();
    let load = move |conn: &mut Conn| {
        let mut next = cycles::list_next_periods(conn, today)?;
        let until = cycles::list_last_reads(conn)?;
        let accounts = cycles::count_accounts(conn)?;
        let line = |row: CycleRow| Line {
            next: next.remove(&row.id),
            until: until.get(&row.id).copied(),
            accounts: accounts.get(&row.id).copied().unwrap_or_default(),
            row,
        };
        let rows = cycles::list(conn)?;
        Ok::<_, StoreError>(rows.into_iter().map(line).collect())
    };
    let cycles = app.db.read(load).await?;
    page(&Index {
        t: chrome.t,
        chrome,
        cycles,
    })
}

#[derive(Template)]
#[template(path = "office/cycles/new.html")]
struct New {
    t: Words,
    chrome: Chrome,
    form: Form,
}

impl New {
    fn months(&self) -> Vec<(u32, String)> {
        MONTHS
            .iter()
            .map(|months| (*months, self.t.cycle_months(*months)))
            .collect()
    }

    fn falls_on(&self) -> Vec<(&'static str, String)> {
        FallsOn::ALL
            .iter()
            .map(|rule| (rule.as_str(), self.t.cycle_falls_on_word(rule.as_str())))
            .collect()
    }
}

/// GET /office/cycles/new
pub async fn new(chrome: Chrome) -> PageResult {
    let form = Form::default()
        .with("months", 1)
        .with("falls_on", FallsOn::WorkingDay)
        .with("issue_after", 3)
        .with("due_after", 21)
        .with("periods", 18);
    let t = chrome.t;
    page(&New { t, chrome, form })
}

fn again(chrome: Chrome, form: Form) -> PageResult {
    let t = chrome.t;
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &New { t, chrome, form })
}

/// POST /office/cycles — a cycle and the beginning of its calendar.
pub async fn create(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    mut form: Form,
) -> PageResult {
    let t = chrome.t;
    let Some((new, falls_on, begins)) = read(t, &mut form) else {
        return again(chrome, form);
    };
    let set_up = move |tx: &mut Tx<'_>| set_up_cycle(tx, &new, falls_on, begins);
    match app.db.write(staff.stamp(&app), set_up).await {
        Ok(id) => see_other_saying(
            format!("/office/cycles/{id}"),
            Tone::Good,
            t.cycle_opened_now(),
        ),
        Err(CycleError::Fault(fault)) => Err(fault.into()),
        Err(refused) => {
            form.refuse(field_of(&refused), said(t, &refused));
            again(chrome, form)
        }
    }
}

fn read(t: Words, form: &mut Form) -> Option<(NewCycle, FallsOn, Beginning)> {
    let name = form.required("name", t.form_required());
    let code = form.required("code", t.form_required());
    let months = form.parse("months", t.form_choose());
    let read_day = form.parse("read_day", t.cycle_bad_read_day());
    let falls_on = form.parse("falls_on", t.form_choose());
    let issue_after = form.parse("issue_after", t.cycle_bad_number());
    let due_after = form.parse("due_after", t.cycle_bad_number());
    let from_on = form.day("from_on", t.form_not_a_date());
    let periods = form.parse("periods", t.cycle_bad_number());
    let new = NewCycle {
        code: code?,
        name: name?,
        months: months?,
        read_day: read_day?,
        issue_after: issue_after?,
        due_after: due_after?,
    };
    let begins = Beginning {
        from_on: from_on?,
        periods: periods?,
    };
    Some((new, falls_on?, begins))
}

const fn field_of(refused: &CycleError) -> &'static str {
    match refused {
        CycleError::NameMissing => "name",
        CycleError::CodeTaken => "code",
        CycleError::Months => "months",
        CycleError::ReadDay => "read_day",
        CycleError::IssueAfter => "issue_after",
        CycleError::DueAfter => "due_after",
        CycleError::Periods => "periods",
        CycleError::Dates(DatesRefused::IssueTooEarly) => "issue_on",
        CycleError::Dates(DatesRefused::DueTooEarly) => "due_on",
        CycleError::Dates(DatesRefused::ReadTooEarly(_) | DatesRefused::ReadTooLate(_))
        | CycleError::Used
        | CycleError::Fault(_) => "read_on",
    }
}

fn said(t: Words, refused: &CycleError) -> String {
    match refused {
        CycleError::NameMissing => t.cycle_bad_name().to_owned(),
        CycleError::CodeTaken => t.cycle_code_taken().to_owned(),
        CycleError::Months => t.form_choose().to_owned(),
        CycleError::ReadDay => t.cycle_bad_read_day().to_owned(),
        CycleError::IssueAfter => t.cycle_bad_issue().to_owned(),
        CycleError::DueAfter => t.cycle_bad_due(MOST_TO_PAY),
        CycleError::Periods => t.cycle_bad_periods(MOST_PERIODS),
        CycleError::Dates(DatesRefused::ReadTooEarly(first)) => t.cycle_read_too_early(first),
        CycleError::Dates(DatesRefused::ReadTooLate(next)) => t.cycle_read_too_late(next),
        CycleError::Dates(DatesRefused::IssueTooEarly) => t.cycle_issue_too_early().to_owned(),
        CycleError::Dates(DatesRefused::DueTooEarly) => t.cycle_due_too_early().to_owned(),
        CycleError::Used | CycleError::Fault(_) => t.cycle_period_used().to_owned(),
    }
}

/// A period as the calendar shows it.
struct Period {
    row: CyclePeriodRow,
    run: Option<RunStatus>,
    days: u32,
    is_normal: bool,
    may_move: bool,
}

impl Period {
    fn is_over(&self, today: &NaiveDate) -> bool {
        self.row.read_on <= *today
    }
}

#[derive(Template)]
#[template(path = "office/cycles/show.html")]
struct Show {
    t: Words,
    chrome: Chrome,
    cycle: CycleRow,
    periods: Vec<Period>,
    today: NaiveDate,
}

/// GET /office/cycles/{id}
pub async fn show(app: Data<App>, chrome: Chrome, path: Path<CycleId>) -> PageResult {
    let (id, today) = (path.into_inner(), app.clock.today());
    let load = move |conn: &mut Conn| {
        let cycle = cycles::get(conn, id)?;
        let rows = cycles::list_periods_since(conn, id, today - SHOWN_BACK)?;
        let ids: Vec<CyclePeriodId> = rows.iter().map(|row| row.id).collect();
        let runs = cycles::list_runs(conn, &ids)?;
        let following = ids.iter().skip(1).map(|id| runs.contains_key(id));
        let following: Vec<bool> = following.chain([false]).collect();
        let period = |(row, next_is_used): (CyclePeriodRow, bool)| {
            let run = runs.get(&row.id).copied();
            let days = row.period().days();
            Period {
                may_move: run.is_none() && !next_is_used,
                is_normal: cycle.is_normal(days),
                run,
                days,
                row,
            }
        };
        let periods = rows.into_iter().zip(following).map(period).collect();
        Ok::<_, StoreError>((cycle, periods))
    };
    let (cycle, periods) = app.db.read(load).await?;
    page(&Show {
        t: chrome.t,
        chrome,
        cycle,
        periods,
        today,
    })
}

#[derive(Template)]
#[template(path = "office/cycles/period.html")]
struct Edit {
    t: Words,
    chrome: Chrome,
    form: Form,
    cycle: CycleRow,
    period: CyclePeriodRow,
    is_used: bool,
}

type At = (CycleId, CyclePeriodId);

/// GET /office/cycles/{cycle}/periods/{id}
pub async fn edit(app: Data<App>, chrome: Chrome, path: Path<At>) -> PageResult {
    edit_view(&app, chrome, *path, None, StatusCode::OK).await
}

async fn edit_view(
    app: &App,
    chrome: Chrome,
    (cycle, id): At,
    form: Option<Form>,
    status: StatusCode,
) -> PageResult {
    let load = move |conn: &mut Conn| {
        let period = cycles::get_period(conn, id)?;
        if period.cycle_id != cycle {
            return Err(StoreError::Missing("cycle period"));
        }
        let next = cycles::find_next(conn, &period)?;
        let ids: Vec<CyclePeriodId> = std::iter::once(id)
            .chain(next.map(|next| next.id))
            .collect();
        let is_used = !cycles::list_runs(conn, &ids)?.is_empty();
        Ok((cycles::get(conn, cycle)?, period, is_used))
    };
    let (cycle, period, is_used) = app.db.read(load).await?;
    let form = form.unwrap_or_else(|| {
        Form::default()
            .with("read_on", period.read_on)
            .with("issue_on", period.issue_on)
            .with("due_on", period.due_on)
    });
    let view = Edit {
        t: chrome.t,
        chrome,
        form,
        cycle,
        period,
        is_used,
    };
    page_with(status, &view)
}

/// POST /office/cycles/{cycle}/periods/{id} — other dates, where no bill run uses them.
pub async fn update(
    app: Data<App>,
    chrome: Chrome,
    staff: StaffMember,
    path: Path<At>,
    mut form: Form,
) -> PageResult {
    let (t, (cycle, id)) = (chrome.t, *path);
    let read_on = form.day("read_on", t.form_not_a_date());
    let issue_on = form.day("issue_on", t.form_not_a_date());
    let due_on = form.day("due_on", t.form_not_a_date());
    let bad = StatusCode::UNPROCESSABLE_ENTITY;
    let (Some(read_on), Some(issue_on), Some(due_on)) = (read_on, issue_on, due_on) else {
        return edit_view(&app, chrome, *path, Some(form), bad).await;
    };
    let to = Moved {
        read_on,
        issue_on,
        due_on,
    };
    let change = move |tx: &mut Tx<'_>| move_period(tx, (cycle, id), to);
    match app.db.write(staff.stamp(&app), change).await {
        Ok(()) => see_other_saying(
            format!("/office/cycles/{cycle}"),
            Tone::Good,
            t.cycle_moved_now(),
        ),
        Err(CycleError::Fault(fault)) => Err(fault.into()),
        Err(refused) => {
            form.refuse(field_of(&refused), said(t, &refused));
            edit_view(&app, chrome, *path, Some(form), bad).await
        }
    }
}
