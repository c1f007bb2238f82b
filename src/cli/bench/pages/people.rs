//! Who asks for pages: customers whose accounts lie all over the city, and clerks; each signed in by the use cases.

use anyhow::Context;

use crate::app::App;
use crate::cli::bench::pages::load::Asking;
use crate::domain::customers::Language;
use crate::domain::ids::AccountId;
use crate::domain::staff::Role;
use crate::domain::stamp::{Actor, ActorKind, Stamp};
use crate::secrets::{Password, Token, hash_now, random_code, random_token};
use crate::store;
use crate::store::db::Tx;
use crate::store::labels::{AccountLabel, of_accounts};
use crate::store::logins::NewLogin;
use crate::store::staff::NewStaff;
use crate::usecases::logins::{Claim, LoginError, Proof, register, request_code, verify_email};
use crate::usecases::sessions::NewKey;
use crate::usecases::staff::{StaffError, add, sign_in};

fn stamp(app: &App) -> Stamp {
    app.stamp(Actor::unnamed(ActorKind::Operator), None)
}

fn new_key(app: &App) -> anyhow::Result<(Token, NewKey)> {
    let key = random_token()?;
    let new = NewKey {
        key: key.hash(),
        csrf_token: random_token()?.reveal().to_owned(),
        replaces: None,
        device: None,
        now: app.clock.world_now(),
    };
    Ok((key, new))
}

/// A name nobody had before, so that a city can be measured again.
fn nobody() -> String {
    uuid::Uuid::new_v4().simple().to_string()
}

/// Accounts from all over the city, at even distances; others every time, since an account that was claimed is not claimed again.
pub fn spread(app: &App, count: u64) -> anyhow::Result<Vec<AccountLabel>> {
    let today = app.clock.today();
    app.db.read_blocking(|conn| {
        let all = store::accounts::count(conn)?;
        let wanted = i64::try_from(count)?.max(1);
        let (drawn, _) = uuid::Uuid::new_v4().as_u64_pair();
        let first = i64::try_from(drawn >> 1)? % (all / wanted).max(1);
        let ids: Vec<AccountId> = (0..wanted)
            .map(|place| AccountId(1 + first + all * place / wanted))
            .collect();
        let labels = of_accounts(conn, &ids, today)?;
        anyhow::ensure!(
            !labels.is_empty(),
            "the database has no accounts: `mainstay seed` makes some"
        );
        Ok(labels.into_values().collect())
    })
}

/// A customer who claims an account and is signed in: the cookie.
pub fn customer(app: &App, account: &AccountLabel, password_hash: &str) -> anyhow::Result<String> {
    let (code, mailed) = (random_code()?, random_token()?);
    let (key, new_key) = new_key(app)?;
    let (now, number) = (app.clock.world_now(), account.number.clone());
    let new = NewLogin {
        email: format!("{}@bench.example", nobody()),
        name: account.name.clone(),
        password_hash: password_hash.to_owned(),
        language: Language::English,
    };
    app.db
        .write_blocking(stamp(app), move |tx: &mut Tx<'_>| {
            request_code(tx, Some(&number), &code, now)?;
            let claim = Claim {
                number: Some(number.clone()),
                proof: Some(Proof::Code(code.clone())),
                now,
            };
            register(tx, &new, &claim, &mailed)?;
            verify_email(tx, &mailed.hash(), &new.password_hash, &new_key)
        })
        .map_err(|error: LoginError| error)?;
    Ok(format!("session={}", key.reveal()))
}

/// A clerk of this name who is signed in: the cookie.
pub fn clerk(app: &App, name: &str, password_hash: &str) -> anyhow::Result<String> {
    let (key, new_key) = new_key(app)?;
    let new = NewStaff {
        name: name.to_owned(),
        email: format!("{}@bench.example", nobody()),
        password_hash: password_hash.to_owned(),
        role: Role::BillingManager,
        language: Language::English,
        is_active: true,
    };
    app.db
        .write_blocking(stamp(app), move |tx: &mut Tx<'_>| {
            let id = add(tx, &new)?;
            sign_in(tx, id, &new.password_hash, &new_key)
        })
        .map_err(|error: StaffError| error)?;
    Ok(format!("office={}", key.reveal()))
}

/// One hash for everybody: hashing is slow on purpose, and not what is measured.
pub fn password_hash() -> anyhow::Result<String> {
    hash_now(&Password::typed(&nobody())).context("a password's hash")
}

/// What a clerk types to find an account, by each of the ways.
pub fn searches(accounts: &[AccountLabel], cookies: &[String]) -> Vec<Asking> {
    let typed = accounts.iter().enumerate().map(|(turn, account)| {
        let name = account.name.replace(' ', "+").to_lowercase();
        let street: Vec<&str> = account.address.split(' ').take(2).collect();
        match turn % 4 {
            0 => name,
            1 => street.join("+"),
            2 => account.number.to_string(),
            _ => name.chars().take(3).collect(),
        }
    });
    typed
        .zip(cookies.iter().cycle())
        .map(|(words, cookie)| Asking {
            path: format!("/office/search?q={words}"),
            cookie: cookie.clone(),
        })
        .collect()
}
