//! Who is told of a change of the ways to reach a customer: every other way, the sign-ins whose account it is, and where nobody is mailed, the
//! house by letter.

use std::collections::HashSet;

use crate::domain::access::Right;
use crate::domain::alerts::{Consent, masked_number, text_number};
use crate::domain::customers::ContactKind;
use crate::domain::notice::{Channel, ContactNews, ContactTold, Notice};
use crate::secrets::Token;
use crate::store;
use crate::store::db::Tx;
use crate::store::error::StoreError;
use crate::store::notices::{self, Addressee};
use crate::usecases::contacts::Subject;
use crate::usecases::login_email;
use crate::usecases::reach;

/// An address or number as its holder knows it by, and nobody else.
pub(super) fn in_part(kind: ContactKind, value: &str) -> String {
    match kind {
        ContactKind::Email => login_email::in_part(value),
        ContactKind::Phone => masked_number(value),
    }
}

/// Sends the code to where it proves something.
pub(super) fn send_code(
    tx: &mut Tx<'_>,
    subject: &Subject,
    (kind, value): (ContactKind, &str),
    code: &Token,
) -> Result<(), StoreError> {
    let language = subject.login.language;
    let to = Addressee::by_email(value, language).of_login(subject.login.id);
    let code = code.reveal().to_owned();
    let (to, notice) = match kind {
        ContactKind::Email => (to, notice(subject, ContactNews::Code { code })),
        ContactKind::Phone => {
            let channel = Channel::Text;
            (Addressee { channel, ..to }, Notice::TextCode { code })
        }
    };
    notices::put(tx, &to, &notice)?;
    Ok(())
}

/// Tells news on every way that was there when it happened, but on these.
pub(super) fn tell(
    tx: &mut Tx<'_>,
    subject: &Subject,
    but: &[&str],
    news: &ContactNews,
) -> Result<(), StoreError> {
    let notice = notice(subject, news.clone());
    let mailed = addresses(tx, subject, but)?;
    let texted = numbers(tx, subject, but)?;
    if mailed.is_empty() {
        let account = subject.keeper.account;
        if let Some(reader) = reach::letter_readers(tx, &[account])?.remove(&account) {
            notices::put(tx, &reader.to, &notice)?;
        }
    }
    for to in mailed.iter().chain(&texted) {
        notices::put(tx, to, &notice)?;
    }
    Ok(())
}

fn notice(subject: &Subject, news: ContactNews) -> Notice {
    let customer = &subject.customer;
    let name = customer.given_name.as_ref().unwrap_or(&customer.name);
    Notice::Contact(ContactTold {
        name: name.clone(),
        account_number: subject.number.clone(),
        news,
    })
}

/// The addresses that answer: the customer's own, and those of the sign-ins whose account it is; each once.
fn addresses(
    tx: &mut Tx<'_>,
    subject: &Subject,
    but: &[&str],
) -> Result<Vec<Addressee>, StoreError> {
    let (account, on) = (subject.keeper.account, tx.stamp.on);
    let login = &subject.login;
    let mut all = vec![Addressee::by_email(&login.email, login.language).of_login(login.id)];
    let listeners = store::alerts::list_listeners(tx, &[account], on)?;
    let owners = listeners
        .into_iter()
        .filter(|listener| listener.gives(Right::Share));
    all.extend(owners.map(|owner| owner.reader.to));
    let own = subject.present.iter();
    let own = own.filter(|point| point.kind == ContactKind::Email);
    all.extend(own.map(|point| Addressee::by_email(&point.value, subject.customer.language)));
    let known: Vec<String> = all.iter().map(|to| to.address.to_lowercase()).collect();
    let failing = store::alerts::list_failing(tx, Channel::Email, &known)?;
    let mut seen: HashSet<String> = but.iter().map(|value| value.to_lowercase()).collect();
    all.retain(|to| {
        let address = to.address.to_lowercase();
        !failing.contains(&address) && seen.insert(address)
    });
    let of_account = |to: Addressee| to.of_account(account);
    Ok(all.into_iter().map(of_account).collect())
}

/// The customer's numbers whose holders said yes to texts; each once.
fn numbers(tx: &mut Tx<'_>, subject: &Subject, but: &[&str]) -> Result<Vec<Addressee>, StoreError> {
    let phones = subject.present.iter();
    let phones = phones.filter(|point| point.kind == ContactKind::Phone);
    let mut numbers: Vec<String> = phones
        .filter_map(|point| text_number(&point.value))
        .collect();
    let mut seen: HashSet<String> = but.iter().filter_map(|value| text_number(value)).collect();
    numbers.retain(|number| seen.insert(number.clone()));
    let consents = store::text_numbers::list_consents(tx, &numbers)?;
    numbers.retain(|number| consents.get(number) == Some(&Consent::Given));
    let to = |number: String| Addressee {
        channel: Channel::Text,
        address: number,
        language: subject.customer.language,
        account_id: Some(subject.keeper.account),
        login_id: None,
    };
    Ok(numbers.into_iter().map(to).collect())
}
