//! Mails written out: what the outbox tells, in its reader's language, with the links that nobody but us can write.

use crate::adapters::dkim::Signer;
use crate::adapters::email::{Mail, Writer};
use crate::app::App;
use crate::documents::letters::{Action, Letter, Letterhead, letter};
use crate::domain::stamp::{Actor, ActorKind, Stamp};
use crate::i18n::Own;
use crate::store::notices::NoticeRow;
use crate::usecases::alerts::pay_links::path;
use crate::usecases::alerts::wishes::Signed;

/// A mail written out.
pub struct Written {
    /// The notice.
    pub row: NoticeRow,
    /// Its words.
    pub mail: Mail,
}

/// Who writes the mails of the house.
///
/// # Errors
/// When the sender's address or the key that signs cannot be read.
pub fn writer(app: &App) -> anyhow::Result<Writer> {
    let signer = match &app.config.dkim {
        Some(dkim) => Some(Signer::read(&dkim.key, &dkim.domain, &dkim.selector)?),
        None => None,
    };
    let from = &app.config.mail_from;
    Writer::new(from, signer).map_err(|error| {
        anyhow::anyhow!("MAIL_FROM={from}: {error}; write it as Name <a@b.example>")
    })
}

/// Writes one out, with what the house puts in words of its own.
///
/// # Errors
/// When its words cannot be set.
pub fn write_out(
    (app, own): (&App, Own),
    row: NoticeRow,
    signed: Signed,
) -> anyhow::Result<Written> {
    let url = &app.config.public_url;
    let leave = signed
        .leave
        .map(|signature| format!("{url}/unsubscribe?notice={}&signature={signature}", row.id));
    let head = Letterhead {
        public_url: url.clone(),
        phone: app.config.phone.clone(),
        own,
    };
    let mut words = letter(&row.notice, row.language, &head);
    let to_pay = signed.pay.map(|signature| path(row.id, &signature));
    let pay_now = own.words(row.language).notice_pay_action();
    let link = |path: String| Action {
        address: format!("{url}{path}"),
        words: pay_now,
    };
    put_link(&mut words, (to_pay.map(link), &format!("{url}/pay")));
    // What a mail carries stands after its greeting and its first sentence.
    if !signed.items.is_empty() {
        let links = signed.items.into_iter().map(|path| path.map(link));
        words.links = [None, None].into_iter().chain(links).collect();
    }
    let mail = Mail {
        number: row.id.0,
        tag: signed.tag,
        to: row.recipient.clone(),
        subject: words.subject.to_owned(),
        text: words.text(&head, leave.as_deref())?,
        html: words.html(&head, leave.as_deref())?,
        leave,
    };
    Ok(Written { row, mail })
}

/// Puts the link to pay in a letter: in the place of the door to which who signs in comes to pay, else under the last words.
fn put_link(words: &mut Letter, (to_pay, door): (Option<Action>, &str)) {
    let Some(to_pay) = to_pay else {
        return;
    };
    match &mut words.action {
        Some(action) if action.address == door => action.address = to_pay.address,
        Some(_) | None => {
            let last = words.paragraphs.len().saturating_sub(1);
            words.links.resize(last, None);
            words.links.push(Some(to_pay));
        }
    }
}

/// The clock, now.
pub fn by_clock(app: &App) -> Stamp {
    app.stamp(Actor::unnamed(ActorKind::Clock), None)
}
