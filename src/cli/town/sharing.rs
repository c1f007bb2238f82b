//! Who in the town looks after somebody else's account: a daughter who sees and pays her father's, and a caseworker who gets copies.

use chrono::{Days, NaiveDate};

use crate::cli::town::asking::whom;
use crate::cli::town::characters::{Character, IRENE, WALTER};
use crate::cli::town::homes::Home;
use crate::cli::town::office::Office;
use crate::domain::access::Offer;
use crate::domain::customers::Language;
use crate::domain::stamp::{Actor, ActorKind};
use crate::secrets::{Password, Token, hash_now, random_token};
use crate::store::db::Tx;
use crate::store::sharing::NewInvitation;
use crate::usecases::sessions::NewKey;
use crate::usecases::sharing::{Newcomer, accept_copies, invite, join};

/// How many days ago they were invited.
const DAYS_AGO: u64 = 9;

/// Walter Koch's daughter.
pub const GRETA: Character = Character {
    name: "Greta Koch",
    what: "sees and pays the account of Walter Koch, her father",
    email: "greta.koch@post.example",
    password: "larkspur-neighbor",
    person: None,
};

/// What happened on a day of the past.
///
/// # Errors
/// A fault.
pub fn pass(office: &Office<'_>, homes: &[Home], day: NaiveDate) -> anyhow::Result<()> {
    if day + Days::new(DAYS_AGO) != office.today {
        return Ok(());
    }
    let visitor = office.stamp(&Actor::unnamed(ActorKind::Visitor), day, 20);
    let daughter = (GRETA.name, GRETA.email, Offer::Pay);
    if let Some(token) = asked(office, homes, (&WALTER, day), daughter)? {
        let newcomer = Newcomer {
            name: GRETA.name.to_owned(),
            password_hash: hash_now(&Password::typed(GRETA.password))?,
            language: Language::English,
        };
        let key = random_token()?;
        let new_key = NewKey {
            key: key.hash(),
            csrf_token: key.reveal().to_owned(),
            replaces: None,
            device: None,
            now: visitor.at,
        };
        office.write(visitor.clone(), move |tx: &mut Tx<'_>| {
            join(tx, &token.hash(), &newcomer, &new_key)
        })?;
    }
    let caseworker = ("Paul Okonkwo", "paul.okonkwo@aid.example", Offer::Copies);
    if let Some(token) = asked(office, homes, (&IRENE, day), caseworker)? {
        let now = visitor.at;
        office.write(visitor, move |tx: &mut Tx<'_>| {
            accept_copies(tx, &token.hash(), now)
        })?;
    }
    Ok(())
}

/// Somebody of the town invites another; nothing where they do not live here yet.
fn asked(
    office: &Office<'_>,
    homes: &[Home],
    (by, day): (&Character, NaiveDate),
    (name, email, offer): (&str, &str, Offer),
) -> anyhow::Result<Option<Token>> {
    let Some((account_id, actor)) = whom(office, homes, by)? else {
        return Ok(None);
    };
    let new = NewInvitation {
        account_id,
        offer,
        name: name.to_owned(),
        email: email.to_owned(),
        language: Language::English,
    };
    let (token, stamp) = (random_token()?, office.stamp(&actor, day, 19));
    let sent = token.clone();
    office.write(stamp, move |tx: &mut Tx<'_>| {
        let now = tx.stamp.at;
        invite(tx, &new, (&sent, now))
    })?;
    Ok(Some(token))
}
