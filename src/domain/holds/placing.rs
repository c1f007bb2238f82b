//! Whether a hold may be placed or renewed: every reason why not at once, each with what it needs to be said in words.

use chrono::{Days, Months, NaiveDate};

use crate::domain::holds::{Act, After, HoldKind, HoldPolicy, KindTerms, Span, Stops};
use crate::domain::staff::Role;

/// A hold may be placed for a day so far ahead, and no further.
const AHEAD: Days = Days::new(90);

/// What somebody wants to place or renew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// Why.
    pub kind: HoldKind,
    /// First day; of a renewal the day on which the earlier one ends, whatever is written here.
    pub from_on: NaiveDate,
    /// First day after its end; nothing for as long as the policy gives.
    pub until_on: Option<NaiveDate>,
    /// Whether the document it rests on is here.
    pub has_document: bool,
    /// Whether it is noted who signed or promised.
    pub has_signer: bool,
    /// The job of whoever asks; nothing for the program's own operator.
    pub role: Option<Role>,
}

/// A hold of the same account that was placed before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Earlier {
    /// Why.
    pub kind: HoldKind,
    /// Its days.
    pub span: Span,
    /// Whether it protects only until its document comes.
    pub is_provisional: bool,
}

/// The hold that is to be renewed, with what came before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chain {
    /// Its days.
    pub span: Span,
    /// How many periods that rest on their document it and those it renewed come to.
    pub periods: u32,
    /// Whether it was renewed already.
    pub is_renewed: bool,
    /// Whether it keeps away what it kept away until somebody has looked at its end, and nobody has.
    pub waits: bool,
}

/// A hold as it may be placed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Granted {
    /// First day.
    pub from_on: NaiveDate,
    /// First day after its end; nothing where it lasts until it is lifted.
    pub until_on: Option<NaiveDate>,
    /// The day on which the office and the customer are told that it ends.
    pub remind_on: Option<NaiveDate>,
    /// What it keeps away.
    pub stops: Stops,
    /// What follows at its end.
    pub then: After,
    /// Whether it protects only until its document comes.
    pub is_provisional: bool,
}

/// Why a hold is not placed or renewed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The policy has none of this kind.
    NotOffered,
    /// Somebody with one of these jobs may.
    NotYourRole(Vec<Role>),
    /// It rests on a document.
    DocumentMissing,
    /// It is noted who signed or promised.
    SignerMissing,
    /// It begins today or later.
    Passed,
    /// It begins no later than this day.
    TooFar(NaiveDate),
    /// Its end comes before its beginning.
    EndsBefore,
    /// Its last day is this one or an earlier one.
    TooLong(NaiveDate),
    /// While its document is still to come, its last day is this one or an earlier one.
    TooLongWithoutDocument(NaiveDate),
    /// One of the same kind protects on some of these days: from one, to another where it has an end.
    Overlaps(NaiveDate, Option<NaiveDate>),
    /// So many periods in twelve months are all that it may have.
    TooManyPeriods(u32),
    /// So many days in twelve months are all that it may have; so many are left.
    TooManyDays(u32, i64),
    /// It was renewed as often as it may be.
    TooManyRenewals(u32),
    /// It has no end that could be moved.
    HasNoEnd,
    /// It has ended, or was lifted.
    HasEnded,
    /// It was renewed already.
    IsRenewed,
}

/// Whether a job may lift a hold. One whose kind the policy has no longer is lifted by whoever sets policies.
#[must_use]
pub fn may_lift(policy: &HoldPolicy, kind: HoldKind, role: Option<Role>) -> bool {
    match (policy.terms(kind), role) {
        (Some(terms), role) => terms.may(Act::Lift, role),
        (None, Some(role)) => role.may(crate::domain::staff::Permission::SetPolicy),
        (None, None) => true,
    }
}

/// Whether a new hold may be placed today, beside those that were placed before.
///
/// # Errors
/// Every reason why not.
pub fn place(
    policy: &HoldPolicy,
    asked: &Asked,
    earlier: &[Earlier],
    today: NaiveDate,
) -> Result<Granted, Vec<Refusal>> {
    let Some(terms) = policy.terms(asked.kind).filter(|_| asked.kind.is_placed()) else {
        return Err(vec![Refusal::NotOffered]);
    };
    let mut wrong = allowed(terms, asked);
    if asked.from_on < today {
        wrong.push(Refusal::Passed);
    }
    if let Some(last) = today
        .checked_add_days(AHEAD)
        .filter(|last| asked.from_on > *last)
    {
        wrong.push(Refusal::TooFar(last));
    }
    let period = Period::of(terms, asked, (asked.from_on, terms.first_days));
    finished(terms, (asked, period, earlier), wrong)
}

/// Whether a hold may be renewed today: from the day on which it ends.
///
/// # Errors
/// Every reason why not.
pub fn renew(
    policy: &HoldPolicy,
    asked: &Asked,
    (chain, earlier): (&Chain, &[Earlier]),
    today: NaiveDate,
) -> Result<Granted, Vec<Refusal>> {
    let Some(terms) = policy.terms(asked.kind) else {
        return Err(vec![Refusal::NotOffered]);
    };
    let Some(end) = chain.span.until_on else {
        return Err(vec![Refusal::HasNoEnd]);
    };
    let mut wrong = allowed(terms, asked);
    if chain.is_renewed {
        wrong.push(Refusal::IsRenewed);
    }
    if chain.span.lifted_on.is_some() || (end < today && !chain.waits) {
        wrong.push(Refusal::HasEnded);
    }
    // The period that follows one without its document is the first that counts.
    let longest = if chain.periods == 0 {
        terms.first_days
    } else {
        if chain.periods > terms.renewals {
            wrong.push(Refusal::TooManyRenewals(terms.renewals));
        }
        Some(terms.renewal_days)
    };
    let period = Period::of(terms, asked, (end, longest));
    finished(terms, (asked, period, earlier), wrong)
}

/// What the policy asks of whoever places a hold, and of what it rests on.
fn allowed(terms: &KindTerms, asked: &Asked) -> Vec<Refusal> {
    let mut wrong = Vec::new();
    if !terms.may(Act::Place, asked.role) {
        let jobs = terms.jobs(Act::Place).iter().copied().collect();
        wrong.push(Refusal::NotYourRole(jobs));
    }
    if terms.document && !asked.has_document && terms.without_document_days == 0 {
        wrong.push(Refusal::DocumentMissing);
    }
    if terms.signer && !asked.has_signer {
        wrong.push(Refusal::SignerMissing);
    }
    wrong
}

/// The days that are asked for, and the last first day after the end that is possible.
#[derive(Clone, Copy)]
struct Period {
    from_on: NaiveDate,
    until_on: Option<NaiveDate>,
    latest: Option<NaiveDate>,
    is_provisional: bool,
}

impl Period {
    fn of(terms: &KindTerms, asked: &Asked, (from_on, longest): (NaiveDate, Option<u32>)) -> Self {
        let is_provisional = terms.document && !asked.has_document;
        let longest = if is_provisional {
            Some(terms.without_document_days)
        } else {
            longest
        };
        let latest = longest.and_then(|days| from_on.checked_add_days(Days::new(days.into())));
        Self {
            from_on,
            until_on: asked.until_on.or(latest),
            latest,
            is_provisional,
        }
    }
}

/// What is wrong with the days, beside what was wrong before; or the hold.
fn finished(
    terms: &KindTerms,
    (asked, period, earlier): (&Asked, Period, &[Earlier]),
    mut wrong: Vec<Refusal>,
) -> Result<Granted, Vec<Refusal>> {
    let Period {
        from_on,
        until_on,
        latest,
        is_provisional,
    } = period;
    let same: Vec<&Earlier> = earlier
        .iter()
        .filter(|other| other.kind == asked.kind)
        .collect();
    if let Some(until) = until_on.filter(|until| *until <= from_on) {
        // A document that may not be awaited at all was named above.
        if !(is_provisional && Some(until) == latest) {
            wrong.push(Refusal::EndsBefore);
        }
    }
    if let Some((until, latest)) = until_on.zip(latest)
        && until > latest
        && let Some(last) = latest.pred_opt()
    {
        wrong.push(if is_provisional {
            Refusal::TooLongWithoutDocument(last)
        } else {
            Refusal::TooLong(last)
        });
    }
    if let Some(other) = same
        .iter()
        .find(|other| other.span.meets(from_on, until_on))
    {
        wrong.push(Refusal::Overlaps(other.span.from_on, other.span.last_day()));
    }
    if is_provisional
        && awaits_already(from_on, &same)
        && !wrong.contains(&Refusal::DocumentMissing)
    {
        wrong.push(Refusal::DocumentMissing);
    }
    wrong.extend(too_often(terms, &period, &same));
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let before = |until: NaiveDate| {
        // Nothing ends without a word, whatever a policy leaves out.
        let day = until.checked_sub_days(Days::new(terms.remind_days.max(1).into()));
        day.map(|day| day.max(from_on))
    };
    Ok(Granted {
        from_on,
        until_on,
        remind_on: until_on.and_then(before),
        stops: terms.stops.clone(),
        then: terms.then,
        is_provisional,
    })
}

/// Whether the last period of the kind within twelve months awaited its document too: one may be awaited once, and not again and again.
fn awaits_already(from_on: NaiveDate, same: &[&Earlier]) -> bool {
    let counts = |other: &&&Earlier| {
        other.span.from_on > year_before(from_on)
            && other.span.from_on <= from_on
            && !other.span.is_void()
    };
    let last = same.iter().filter(counts);
    last.max_by_key(|other| other.span.from_on)
        .is_some_and(|other| other.is_provisional)
}

fn year_before(day: NaiveDate) -> NaiveDate {
    day.checked_sub_months(Months::new(12))
        .unwrap_or(NaiveDate::MIN)
}

/// What the policy counts in any twelve months.
fn too_often(terms: &KindTerms, period: &Period, same: &[&Earlier]) -> Vec<Refusal> {
    let mut wrong = Vec::new();
    if let Some(most) = terms.most_periods.filter(|_| !period.is_provisional) {
        let since = year_before(period.from_on);
        let counts = |other: &&&Earlier| {
            !other.is_provisional && other.span.from_on > since && !other.span.is_void()
        };
        let had = same.iter().filter(counts).count();
        if u32::try_from(had).is_ok_and(|had| had >= most) {
            wrong.push(Refusal::TooManyPeriods(most));
        }
    }
    if let (Some(most), Some(until)) = (terms.most_days, period.until_on) {
        let since = year_before(until);
        let used: i64 = same
            .iter()
            .map(|other| other.span.days_within(since, period.from_on))
            .sum();
        let asked = (until - period.from_on.max(since)).num_days();
        if used + asked > i64::from(most) {
            wrong.push(Refusal::TooManyDays(most, (i64::from(most) - used).max(0)));
        }
    }
    wrong
}
