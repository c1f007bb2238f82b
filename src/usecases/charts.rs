//! Whether a chart of accounts may take the place of the one in force: it must have everything that entries need, every place that was posted
//! to, and the accounts by which balances are told must stay what they are.

use chrono::NaiveDate;

use crate::domain::gl::{Chart, ChartError, FundCode, GlCode, Role};
use crate::domain::rates::compiled::CompiledVersion;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::policies;
use crate::store::reports::journal;
use crate::usecases::billing::tariffs::{self, TariffError};
use crate::usecases::books::{self, BooksError};

/// Why a chart was not taken.
#[derive(Debug, thiserror::Error)]
pub enum ChartRefusal {
    /// It lacks something that every chart has.
    #[error(transparent)]
    Chart(#[from] ChartError),
    /// A published schedule would post to nowhere.
    #[error(
        "schedule {schedule}: charge {charge} is posted to account {gl} of fund {fund}, which the chart must have"
    )]
    ScheduleLacks {
        /// The schedule.
        schedule: String,
        /// The charge.
        charge: String,
        /// The account.
        gl: String,
        /// The fund.
        fund: String,
    },
    /// Something was posted to an account or fund that would be gone.
    #[error("account {gl} of fund {fund} has postings, and the chart must have both")]
    Posted {
        /// The account.
        gl: GlCode,
        /// The fund.
        fund: FundCode,
    },
    /// An account with postings would stand on another side of the books.
    #[error("account {0} has postings and stays {1}")]
    Kind(GlCode, &'static str),
    /// A part whose account tells what somebody owes or where money is.
    #[error(
        "account {from} plays {role} and has postings: balances are told by it, and {to} cannot take its place"
    )]
    Fixed {
        /// The part.
        role: Role,
        /// Its account.
        from: GlCode,
        /// The account that was to play it.
        to: GlCode,
    },
    /// A part whose account may change, from a day on which nothing is posted yet.
    #[error(
        "account {from} plays {role} and has postings: let {to} take its place from tomorrow or later"
    )]
    NotDated {
        /// The part.
        role: Role,
        /// Its account.
        from: GlCode,
        /// The account that is to play it.
        to: GlCode,
    },
    /// Until a later chart begins anything of the one before it may be posted to, so that the later one keeps all of it.
    #[error(
        "{0} may be posted to until the later of two charts begins: that one only adds to the earlier, and moves parts that are not told by balances"
    )]
    Ahead(String),
    /// Nothing would play a part whose account has postings.
    #[error("account {from} plays {role} and has postings: an account must play it")]
    Gone {
        /// The part.
        role: Role,
        /// Its account.
        from: GlCode,
    },
    /// The pool or a fund's claim on it would change under what was posted.
    #[error("fund {0} has postings: the pool and its due_to stay as they are")]
    Claim(FundCode),
    /// The published schedules cannot be read.
    #[error(transparent)]
    Tariff(#[from] TariffError),
    /// The books of today cannot be opened.
    #[error(transparent)]
    Books(#[from] BooksError),
    /// The rows could not be read.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

/// Whether a chart may be in force from a day on.
///
/// # Errors
/// The first thing that keeps it from being taken, with how to mend it.
pub fn check(
    conn: &mut Conn,
    document: &str,
    (from_on, today): (NaiveDate, NaiveDate),
) -> Result<(), ChartRefusal> {
    let chart = Chart::read(document)?;
    schedules_post_to(conn, &chart)?;
    let present = books::open(conn, from_on)?.chart;
    posted_stays(conn, (&chart, &present), (from_on, today))?;
    if from_on > today {
        only_adds(&chart, &present)?;
    }
    for later in later_charts(conn, from_on)? {
        only_adds(&later, &chart)?;
    }
    Ok(())
}

/// The charts that were approved for days after a day.
fn later_charts(conn: &mut Conn, on: NaiveDate) -> Result<Vec<Chart>, ChartRefusal> {
    let rows = policies::list(conn, books::CHART)?;
    let later = rows.iter().filter(|row| row.from_on > on);
    let charts = later.map(|row| Ok(Chart::read(&row.document)?));
    charts.collect()
}

/// Whether a chart that begins after another keeps everything of it that may be posted to until then.
fn only_adds(later: &Chart, earlier: &Chart) -> Result<(), ChartRefusal> {
    for account in earlier.accounts() {
        let kept = later.account(&account.code);
        if kept.is_none_or(|kept| kept.kind != account.kind) {
            return Err(ChartRefusal::Ahead(format!("account {}", account.code)));
        }
    }
    for fund in earlier.funds() {
        let is_kept = later.fund(&fund.code).is_some();
        if !is_kept || later.due_to(&fund.code) != earlier.due_to(&fund.code) {
            return Err(ChartRefusal::Ahead(format!("fund {}", fund.code)));
        }
    }
    if later.pool() != earlier.pool() {
        return Err(ChartRefusal::Ahead(format!("the pool {}", earlier.pool())));
    }
    let mut fixed = Role::ALL.iter().filter(|role| !role.may_move());
    let is_moved = |role: &Role| {
        let earlier = earlier.find_code(*role);
        earlier.is_some() && later.find_code(*role) != earlier
    };
    match fixed.find(|role| is_moved(role)) {
        Some(role) => Err(ChartRefusal::Ahead(format!("the part {role}"))),
        None => Ok(()),
    }
}

/// Whether everything that was posted to stays what it is.
fn posted_stays(
    conn: &mut Conn,
    (chart, present): (&Chart, &Chart),
    (from_on, today): (NaiveDate, NaiveDate),
) -> Result<(), ChartRefusal> {
    let Some((_, last)) = journal::span(conn)? else {
        return Ok(());
    };
    let posted: Vec<(GlCode, FundCode)> = journal::balances(conn, last)?.into_keys().collect();
    keeps(chart, present, &posted)?;
    let is_posted = |gl: &GlCode| posted.iter().any(|(known, _)| known == gl);
    for &role in Role::ALL {
        let (Some(from), to) = (present.find_code(role), chart.find_code(role)) else {
            continue;
        };
        if Some(from) == to || !is_posted(from) {
            continue;
        }
        let from = from.clone();
        let Some(to) = to.cloned() else {
            return Err(ChartRefusal::Gone { role, from });
        };
        if !role.may_move() {
            return Err(ChartRefusal::Fixed { role, from, to });
        }
        if from_on <= today {
            return Err(ChartRefusal::NotDated { role, from, to });
        }
    }
    Ok(())
}

/// Every published schedule's charges have their accounts and funds.
fn schedules_post_to(conn: &mut Conn, chart: &Chart) -> Result<(), ChartRefusal> {
    let tariffs = tariffs::load(conn)?;
    let versions = tariffs.by_code.values().flat_map(|tariff| &tariff.versions);
    for version in versions {
        posts_to(version, chart)?;
    }
    Ok(())
}

/// Whether the charges of a version have their accounts and funds in the chart of a day and in every one that begins later.
///
/// # Errors
/// `ScheduleLacks` names the first that has not, or a chart that cannot be read.
pub fn has_places(
    conn: &mut Conn,
    version: &CompiledVersion,
    on: NaiveDate,
) -> Result<(), ChartRefusal> {
    posts_to(version, &books::open(conn, on)?.chart)?;
    for later in later_charts(conn, on)? {
        posts_to(version, &later)?;
    }
    Ok(())
}

fn posts_to(version: &CompiledVersion, chart: &Chart) -> Result<(), ChartRefusal> {
    for view in (0_u16..).map_while(|place| version.charge(place)) {
        let gl = view.gl.parse::<GlCode>().ok();
        let fund = view.fund.parse::<FundCode>().ok();
        let has_account = gl.is_some_and(|gl| chart.account(&gl).is_some());
        let has_fund = fund.is_some_and(|fund| chart.due_to(&fund).is_some());
        if !(has_account && has_fund) {
            return Err(ChartRefusal::ScheduleLacks {
                schedule: version.document().code.clone(),
                charge: view.charge.code.clone(),
                gl: view.gl.to_owned(),
                fund: view.fund.to_owned(),
            });
        }
    }
    Ok(())
}

/// Everything that was posted to is there, on the same side of the books, and each fund's claim is where it was.
fn keeps(
    chart: &Chart,
    present: &Chart,
    posted: &[(GlCode, FundCode)],
) -> Result<(), ChartRefusal> {
    for (gl, fund) in posted {
        let (Some(account), Some(_)) = (chart.account(gl), chart.fund(fund)) else {
            let (gl, fund) = (gl.clone(), fund.clone());
            return Err(ChartRefusal::Posted { gl, fund });
        };
        if let Some(before) = present.account(gl)
            && before.kind != account.kind
        {
            return Err(ChartRefusal::Kind(gl.clone(), before.kind.as_str()));
        }
        if chart.pool() != present.pool() || chart.due_to(fund) != present.due_to(fund) {
            return Err(ChartRefusal::Claim(fund.clone()));
        }
    }
    Ok(())
}
