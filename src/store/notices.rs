//! The outbox: what is to be told to people, put there in the transaction that made it true, sent afterwards by a job.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::dsl;
use diesel::prelude::*;

use crate::domain::access::{Access, Right};
use crate::domain::customers::Language;
use crate::domain::ids::{AccountId, AccountNumber, LoginId, NoticeId};
use crate::domain::notice::{Channel, Notice, NoticeState};
use crate::store::alerts::{Listener, list_listeners};
use crate::store::any::native;
use crate::store::bulk::insert_all;
use crate::store::db::{Conn, Tx};
use crate::store::error::StoreError;
use crate::store::ext::{AmongMethods as _, Literal, literal};
use crate::store::kept::KeptDsl;
use crate::store::parts;
use crate::store::print::waiting;
use crate::store::schema::notices;

/// To whom, how and in which language.
#[derive(Debug, Clone)]
pub struct Addressee {
    /// How it travels.
    pub channel: Channel,
    /// The address: an e-mail address, or the lines of a letter.
    pub address: String,
    /// The language of the words.
    pub language: Language,
    /// The account it is about.
    pub account_id: Option<AccountId>,
    /// The login it is about.
    pub login_id: Option<LoginId>,
}

impl Addressee {
    /// Somebody reached by e-mail.
    #[must_use]
    pub fn by_email(address: &str, language: Language) -> Self {
        Self {
            channel: Channel::Email,
            address: address.to_owned(),
            language,
            account_id: None,
            login_id: None,
        }
    }

    /// The same, about a login.
    #[must_use]
    pub fn of_login(mut self, login: LoginId) -> Self {
        self.login_id = Some(login);
        self
    }

    /// The same, about an account.
    #[must_use]
    pub fn of_account(mut self, account: AccountId) -> Self {
        self.account_id = Some(account);
        self
    }
}

/// Somebody who is told about an account.
#[derive(Debug, Clone)]
pub struct Reader {
    /// What we call the person.
    pub name: String,
    /// The account's number.
    pub account_number: AccountNumber,
    /// How and where.
    pub to: Addressee,
}

/// A notice of the outbox.
#[derive(Clone)]
pub struct NoticeRow {
    /// The row.
    pub id: NoticeId,
    /// What is told.
    pub notice: Notice,
    /// How it travels.
    pub channel: Channel,
    /// The address.
    pub recipient: String,
    /// The language of the words.
    pub language: Language,
    /// Where it stands.
    pub state: NoticeState,
    /// How often sending was tried.
    pub attempts: i32,
    /// When it was put here.
    pub created_at: NaiveDateTime,
}

type Raw = (
    NoticeId,
    String,
    Channel,
    String,
    Language,
    NoticeState,
    i32,
    NaiveDateTime,
);

type Columns = (
    notices::id,
    notices::facts,
    notices::channel,
    notices::recipient,
    notices::language,
    notices::state,
    notices::attempts,
    notices::created_at,
);

const COLUMNS: Columns = (
    notices::id,
    notices::facts,
    notices::channel,
    notices::recipient,
    notices::language,
    notices::state,
    notices::attempts,
    notices::created_at,
);

fn read(raw: Raw) -> Result<NoticeRow, StoreError> {
    let (id, facts, channel, recipient, language, state, attempts, created_at) = raw;
    Ok(NoticeRow {
        id,
        notice: serde_json::from_str(&facts)
            .map_err(|error| StoreError::Unreadable(format!("notice {id}: {error}")))?,
        channel,
        recipient,
        language,
        state,
        attempts,
        created_at,
    })
}

/// A notice on its way into the outbox.
#[derive(Clone)]
pub struct NewNotice {
    /// To whom.
    pub to: Addressee,
    /// What is told.
    pub notice: Notice,
    /// What it is told of, where the same is told once.
    pub source_key: Option<String>,
}

#[derive(Insertable)]
#[diesel(table_name = notices, treat_none_as_default_value = false)]
struct NewRow {
    source_key: Option<String>,
    kind: &'static str,
    account_id: Option<AccountId>,
    login_id: Option<LoginId>,
    channel: Channel,
    recipient: String,
    language: Language,
    facts: String,
    state: NoticeState,
    attempts: i32,
    created_at: NaiveDateTime,
    next_at: NaiveDateTime,
}

impl NewNotice {
    /// The same, told once for this key.
    #[must_use]
    pub fn once(to: Addressee, notice: Notice, key: String) -> Self {
        Self {
            to,
            notice,
            source_key: Some(key),
        }
    }
}

impl NewRow {
    fn of(new: &NewNotice, at: NaiveDateTime) -> Result<Self, StoreError> {
        let facts = serde_json::to_string(&new.notice)
            .map_err(|error| StoreError::Unreadable(error.to_string()))?;
        Ok(Self {
            source_key: new.source_key.clone(),
            kind: new.notice.kind(),
            account_id: new.to.account_id,
            login_id: new.to.login_id,
            channel: new.to.channel,
            recipient: new.to.address.clone(),
            language: new.to.language,
            facts,
            state: NoticeState::Queued,
            attempts: 0,
            created_at: at,
            next_at: at,
        })
    }
}

/// Puts a notice in the outbox; a letter waits for the printer from now on.
pub fn put(tx: &mut Tx<'_>, to: &Addressee, notice: &Notice) -> Result<NoticeId, StoreError> {
    let new = NewNotice {
        to: to.clone(),
        notice: notice.clone(),
        source_key: None,
    };
    let row = NewRow::of(&new, tx.stamp.at)?;
    let id = native!(tx.conn(), |c| diesel::insert_into(notices::table)
        .values(&row)
        .returning(notices::id)
        .get_result(c))?;
    if to.channel == Channel::Paper {
        waiting::put_letter(tx, id)?;
    }
    Ok(id)
}

/// Puts many notices in the outbox; letters wait for the printer from now on.
pub fn put_all(tx: &mut Tx<'_>, new: &[NewNotice]) -> Result<(), StoreError> {
    let at = tx.stamp.at;
    let rows = new
        .iter()
        .map(|new| NewRow::of(new, at))
        .collect::<Result<Vec<_>, _>>()?;
    let has_letters = new.iter().any(|new| new.to.channel == Channel::Paper);
    let last = has_letters.then(|| last_id(tx)).transpose()?;
    insert_all!(tx, notices::table, rows.as_slice())?;
    match last {
        Some(last) => waiting::put_letters_after(tx, last),
        None => Ok(()),
    }
}

fn last_id(conn: &mut Conn) -> Result<NoticeId, StoreError> {
    let last: Option<NoticeId> = notices::table
        .order(notices::id.desc())
        .select(notices::id)
        .first(conn)
        .optional()?;
    Ok(last.unwrap_or(NoticeId(0)))
}

/// Whether and how an account's bills can reach anybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reach {
    /// Whether a proved sign-in follows it that looks after it: whoever only sees it does not answer for its bills.
    pub has_login: bool,
    /// Whether an e-mail address is known to which bills go: the customer's own, or that of a sign-in whose account it is.
    pub has_email: bool,
    /// Whether the customer's own address is known.
    pub has_own: bool,
}

/// Whether and how an account's bills can reach anybody on a day.
pub fn reach(conn: &mut Conn, account: AccountId, on: NaiveDate) -> Result<Reach, StoreError> {
    let listeners = list_listeners(conn, &[account], on)?;
    let has_login = listeners.iter().any(Listener::looks_after);
    let is_owner = |access: Access| access.gives(Right::Share);
    let has_owner = listeners.iter().any(|one| one.access.is_some_and(is_owner));
    let has_own = !parts::list_own_emails(conn, &[account], on)?.is_empty();
    Ok(Reach {
        has_login,
        has_email: has_owner || has_own,
        has_own,
    })
}

/// That a notice waits, as a word and not as a value: SQLite finds the index of what waits by the word alone.
pub(super) fn is_queued() -> dsl::Eq<notices::state, Literal> {
    notices::state.eq(literal(NoticeState::Queued.as_str()))
}

/// That a notice is a mail, as a word for the same reason.
fn is_mail() -> dsl::Eq<notices::channel, Literal> {
    notices::channel.eq(literal(Channel::Email.as_str()))
}

/// What one sender took.
#[derive(Default)]
pub struct Taken {
    /// What it is to send.
    pub due: Vec<NoticeRow>,
    /// What this program cannot read, and why.
    pub unreadable: Vec<(NoticeId, StoreError)>,
}

/// Takes notices of a channel that are due, oldest first, for one sender until an instant: of two processes that look at once, one gets
/// each. What was taken and never reported is due again then. Where kinds are named, no others are taken.
pub fn take_due(
    tx: &mut Tx<'_>,
    (channel, kinds): (Channel, Option<&[&str]>),
    until: NaiveDateTime,
    limit: i64,
) -> Result<Taken, StoreError> {
    let now = tx.stamp.at;
    let waiting = notices::table
        .filter(is_queued())
        .filter(notices::channel.eq(channel))
        .filter(notices::digest_id.is_null())
        .filter(notices::next_at.le(now))
        .order((notices::next_at, notices::id))
        .limit(limit)
        .select(COLUMNS);
    let due = match kinds {
        Some(kinds) => waiting
            .filter(notices::kind.among(kinds))
            .load::<Raw>(tx.conn())?,
        None => waiting.load::<Raw>(tx.conn())?,
    };
    let mut taken = Taken::default();
    for row in due {
        let id = row.0;
        let is_ours = diesel::update(notices::table.find(id))
            .filter(notices::state.eq(literal(NoticeState::Queued.as_str())))
            .filter(notices::next_at.le(now))
            .set(notices::next_at.eq(until))
            .kept()
            .execute(tx.conn())?;
        if is_ours == 1 {
            match read(row) {
                Ok(row) => taken.due.push(row),
                Err(why) => taken.unreadable.push((id, why)),
            }
        }
    }
    Ok(taken)
}

/// Mails that wait and do not lie in the folder yet, oldest first.
pub fn list_unfiled(conn: &mut Conn, limit: i64) -> Result<Taken, StoreError> {
    let rows = notices::table
        .filter(is_queued())
        .filter(is_mail())
        .filter(notices::digest_id.is_null())
        .filter(notices::filed_at.is_null())
        .order(notices::id)
        .limit(limit)
        .select(COLUMNS)
        .load::<Raw>(conn)?;
    let mut taken = Taken::default();
    for row in rows {
        let id = row.0;
        match read(row) {
            Ok(row) => taken.due.push(row),
            Err(why) => taken.unreadable.push((id, why)),
        }
    }
    Ok(taken)
}

/// Notes that these mails lie in the folder.
pub fn mark_filed(tx: &mut Tx<'_>, ids: &[NoticeId]) -> Result<(), StoreError> {
    let at = tx.stamp.at;
    diesel::update(notices::table.filter(notices::id.among(ids)))
        .set(notices::filed_at.eq(at))
        .execute(tx.conn())?;
    Ok(())
}

/// What still waits in the outbox, newest first: the demonstration's mailbox.
pub fn list_waiting(conn: &mut Conn, limit: i64) -> Result<Vec<NoticeRow>, StoreError> {
    let rows = notices::table
        .filter(is_queued())
        .filter(notices::digest_id.is_null())
        .order(notices::id.desc())
        .limit(limit)
        .select(COLUMNS)
        .load::<Raw>(conn)?;
    rows.into_iter().map(read).collect()
}

/// Notes that a notice was sent, with the exact words; a letter that carried a secret leaves neither words nor facts behind. Nothing changes,
/// and it says so, where it was heard meanwhile that it did not arrive.
pub fn mark_sent(
    tx: &mut Tx<'_>,
    row: &NoticeRow,
    subject: &str,
    body: &str,
) -> Result<bool, StoreError> {
    let at = tx.stamp.at;
    let keeps = !row.notice.has_secret();
    let sent = diesel::update(notices::table.find(row.id))
        .filter(notices::state.eq(literal(NoticeState::Queued.as_str())))
        .set((
            notices::state.eq(NoticeState::Sent),
            notices::sent_at.eq(at),
            notices::subject.eq(subject),
            notices::body.eq(keeps.then_some(body)),
            notices::error.eq(None::<String>),
        ))
        .kept()
        .execute(tx.conn())?;
    if sent == 0 {
        return Ok(false);
    }
    if let Notice::Digest { .. } = &row.notice {
        diesel::update(notices::table.filter(notices::digest_id.eq(row.id.0)))
            .set((
                notices::state.eq(NoticeState::Sent),
                notices::sent_at.eq(at),
                notices::subject.eq(subject),
            ))
            .kept()
            .execute(tx.conn())?;
    }
    if !keeps {
        diesel::update(notices::table.find(row.id))
            .set(notices::facts.eq("{}"))
            .kept()
            .execute(tx.conn())?;
    }
    Ok(true)
}

/// Notes that sending failed: it is tried again at an instant, or given up.
pub fn mark_failed(
    tx: &mut Tx<'_>,
    id: NoticeId,
    error: &str,
    again_at: Option<NaiveDateTime>,
) -> Result<(), StoreError> {
    let state = again_at.map_or(NoticeState::Failed, |_| NoticeState::Queued);
    diesel::update(notices::table.find(id))
        .set((
            notices::state.eq(state),
            notices::attempts.eq(notices::attempts + 1),
            notices::error.eq(error),
        ))
        .kept()
        .execute(tx.conn())?;
    match again_at {
        Some(at) => diesel::update(notices::table.find(id))
            .set(notices::next_at.eq(at))
            .kept()
            .execute(tx.conn())?,
        None => diesel::update(notices::table.filter(notices::digest_id.eq(id.0)))
            .set((notices::state.eq(state), notices::error.eq(error)))
            .kept()
            .execute(tx.conn())?,
    };
    Ok(())
}
