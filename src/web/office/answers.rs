//! Three questions that a utility is asked about its software, answered from what stands in the house today: a dispute, the trail of deeds, and a
//! shut-off with the way back. Each answer leads to where it can be looked at.

use actix_web::web::Data;
use askama::Template;
use chrono::{Days, NaiveDate};
use rust_decimal::Decimal;

use crate::app::App;
use crate::domain::calls::{CallFigures, CallTopic};
use crate::domain::holds::HoldKind;
use crate::i18n::Words;
use crate::store::db::Conn;
use crate::store::error::StoreError;
use crate::store::reports::answers::{Disputes, ShutOffs, Trail, disputes, kept, shut_offs, trail};
use crate::store::reports::service::calls_by_topic;
use crate::web::chrome::Chrome;
use crate::web::{PageResult, page};

/// Of so many days is what was done.
const DAYS: u64 = 90;

#[derive(Template)]
#[template(path = "office/answers.html")]
struct Show {
    t: Words,
    chrome: Chrome,
    since: NaiveDate,
    disputes: Disputes,
    complaints: CallFigures,
    trail: Trail,
    shut_offs: ShutOffs,
    kept: Vec<(HoldKind, i64)>,
}

impl Show {
    /// Days that a dispute took on average; none where none was decided.
    fn days_each(&self) -> Option<Decimal> {
        Decimal::from(self.disputes.days).checked_div(Decimal::from(self.disputes.decided))
    }

    /// Percent of the decided disputes that were decided by the promised day.
    fn in_time(&self) -> Option<Decimal> {
        percent(self.disputes.in_time, self.disputes.decided)
    }

    /// Percent of the reconnections that were done on the day on which they were ordered.
    fn same_day(&self) -> Option<Decimal> {
        percent(self.shut_offs.same_day, self.shut_offs.reconnected)
    }
}

fn percent(part: i64, of: i64) -> Option<Decimal> {
    let share = Decimal::from(part).checked_div(Decimal::from(of))?;
    share.checked_mul(Decimal::ONE_HUNDRED)
}

/// GET /office/answers
pub async fn show(app: Data<App>, chrome: Chrome) -> PageResult {
    let today = app.clock.today();
    let since = today - Days::new(DAYS);
    let called_since = app.clock.noon_of(since);
    let read = move |conn: &mut Conn| {
        let lawful = (shut_offs(conn, since)?, kept(conn, today)?);
        let topics = calls_by_topic(conn, called_since)?;
        Ok::<_, StoreError>((
            disputes(conn, (since, today))?,
            topics,
            trail(conn, since)?,
            lawful,
        ))
    };
    let (disputes, topics, trail, (shut_offs, kept)) = app.db.read(read).await?;
    let is_complaint = |(topic, _): &&(CallTopic, CallFigures)| topic.is_complaint();
    let complaints = topics.iter().filter(is_complaint);
    page(&Show {
        t: chrome.t,
        chrome,
        since,
        disputes,
        complaints: complaints.fold(CallFigures::default(), |all, (_, one)| all.with(one)),
        trail,
        shut_offs,
        kept,
    })
}
