//! People move in: the whole town on its first day, some later; they choose a sign-in, and a cottage or two is closed for the winter.

use anyhow::Context;
use chrono::{Datelike, Days, Months, NaiveDate, TimeDelta};

use crate::cli::town::chance::Chance;
use crate::cli::town::characters;
use crate::cli::town::dwellings::{apartment_house, flat, house, shop, street_address};
use crate::cli::town::history::Size;
use crate::cli::town::homes::{Home, Part, Reporting, SignIn};
use crate::cli::town::office::Office;
use crate::cli::town::people::BUSINESSES;
use crate::cli::town::reading::shown;
use crate::domain::bills::BillStatus;
use crate::domain::ids::{AccountId, AccountNumber, BillRunId, StaffId};
use crate::domain::period::Period;
use crate::domain::reads::ReadSource;
use crate::domain::stamp::{Actor, ActorKind};
use crate::secrets::{Password, Token, hash_now, random_code, random_token};
use crate::store::cycles::CyclePeriodRow;
use crate::store::db::Tx;
use crate::store::logins::{NewLogin, find_by_email};
use crate::store::reads::find_registers;
use crate::store::run_review;
use crate::usecases::accounts::{NewAccount, open_accounts};
use crate::usecases::calls::{CallError, begin_call, wrap_up};
use crate::usecases::logins::{
    Claim, LoginError, Proof, claim_account, register, request_code, verify_email,
};
use crate::usecases::notes::NoteError;
use crate::usecases::reads::desk::{ReadError, ToldRead, enter_read};
use crate::usecases::service::{Suspension, suspend_services};
use crate::usecases::sessions::NewKey;

/// The names of the houses of flats.
const HOUSES: [&str; 6] = [
    "Cedar Court Apartments",
    "The Millrace",
    "Larkspur Commons",
    "Heron Landing Apartments",
    "Schoolhouse Lofts",
    "Bluff View Terrace",
];

/// How long somebody calls.
const CALL: TimeDelta = TimeDelta::minutes(7);

/// Flats of a house.
const FLATS: u64 = 8;

/// The first place of those whom nobody needs to know.
const OTHERS: u64 = 20;

/// All homes and businesses of a town of a size.
#[must_use]
pub fn homes(parts: [Part; 3], newest: [NaiveDate; 3], today: NaiveDate, size: Size) -> Vec<Home> {
    let mut homes = characters::homes(parts, newest, today);
    let mut place = OTHERS;
    let mut next = || {
        place += 1;
        place
    };
    let part = |place: u64| part_of(parts, place);
    let shops = usize::try_from(size.accounts / 14).unwrap_or_default();
    for business in BUSINESSES.iter().take(shops) {
        let place = next();
        let begins = long_ago(place, today);
        homes.push(shop(place, part(place % 2), begins, business));
    }
    let houses = usize::try_from(size.accounts / 60).unwrap_or_default();
    for name in HOUSES.iter().take(houses) {
        let place = next();
        let (part, begins) = (part(place), long_ago(place, today));
        let line_1 = street_address(&mut Chance::of("house", &[place]), part, place);
        homes.push(apartment_house(
            place,
            part,
            begins,
            (name, line_1.clone()),
            8,
        ));
        for number in 1..=FLATS {
            let place = next();
            let unit = (line_1.clone(), format!("Apt {number}"));
            homes.push(flat(place, part, since(part, place, today), unit));
        }
    }
    let wanted = usize::try_from(size.accounts).unwrap_or_default();
    while homes.len() < wanted {
        let place = next();
        let part = part(place);
        homes.push(house(
            place,
            part,
            since(part, place, today),
            place % 5 == 1,
        ));
    }
    puzzle_the_clerk(&mut homes);
    for home in homes.iter_mut().filter(|home| home.habit.is_online()) {
        let customer = &home.new.customer;
        home.sign_in = home.sign_in.take().or_else(|| {
            Some(SignIn {
                email: customer.email.clone()?,
                name: customer.name.clone(),
                password: None,
            })
        });
    }
    homes
}

/// Of the newest reads by the river, one was written down wrong and one meter could not be reached: the clerk finds both.
fn puzzle_the_clerk(homes: &mut [Home]) {
    let is_walked = |home: &Home| home.registers.iter().all(|one| !one.reports_hourly());
    let mut by_the_river = homes.iter_mut().filter(|home| {
        home.part == 0 && home.sign_in.is_none() && is_walked(home) && home.registers.len() == 3
    });
    if let Some(home) = by_the_river.next() {
        home.is_misread = true;
    }
    if let Some(home) = by_the_river.next() {
        home.unread = &[0];
    }
}

fn part_of([river, old_town, bluffs]: [Part; 3], place: u64) -> Part {
    match place % 3 {
        0 => river,
        1 => old_town,
        _ => bluffs,
    }
}

/// Some day of the fifteen years before the last five.
fn long_ago(place: u64, today: NaiveDate) -> NaiveDate {
    today - Days::new(1_825 + Chance::of("since", &[place]).below(5_475))
}

/// Most have lived here long; one of eight came since the first bill.
fn since(part: Part, place: u64, today: NaiveDate) -> NaiveDate {
    let mut chance = Chance::of("moves", &[place]);
    let settled = u64::try_from((today - part.from).num_days()).unwrap_or_default();
    if chance.falls(12) && settled > 90 {
        part.from + Days::new(20 + chance.below(settled - 60))
    } else {
        long_ago(place, today)
    }
}

/// Opens the accounts of some homes, with what their registers show on the day where they are read by hand.
///
/// # Errors
/// What is refused, or a fault.
pub fn open(
    office: &Office<'_>,
    homes: &mut [Home],
    coming: &[usize],
    on: NaiveDate,
) -> anyhow::Result<Vec<(AccountId, usize)>> {
    let new: Vec<NewAccount> = coming
        .iter()
        .filter_map(|place| Some(homes.get(*place)?.new.clone()))
        .collect();
    let open = move |tx: &mut Tx<'_>| open_accounts(tx, &new);
    let ids = office.write(office.clerk(on, 8), open)?;
    let opened: Vec<(AccountId, usize)> = ids.into_iter().zip(coming.iter().copied()).collect();
    let mut keys = Vec::new();
    for (account, place) in &opened {
        if let Some(home) = homes.get_mut(*place) {
            home.account = Some(*account);
            let by_hand = home
                .registers
                .iter()
                .filter(|one| one.reporting == Reporting::Walked);
            keys.extend(
                by_hand
                    .filter(|one| one.until == on)
                    .map(|one| (one.key.clone(), shown(one))),
            );
        }
    }
    let names: Vec<String> = keys.iter().map(|(key, _)| key.clone()).collect();
    let known = office
        .db
        .read_blocking(|conn| find_registers(conn, &names))?;
    let mut told = Vec::with_capacity(known.len());
    for register in known {
        let face = keys.iter().find(|(key, _)| *key == register.external_key);
        let (_, face) = face.context("a register that was asked for")?;
        told.push(ToldRead {
            register_id: register.id,
            on,
            value: face.parse()?,
            source: ReadSource::Manual,
        });
    }
    let zone = office.zone;
    let enter = move |tx: &mut Tx<'_>| {
        told.iter()
            .try_for_each(|told| enter_read(tx, zone, told).map(drop))
    };
    office.write::<_, ReadError>(office.clerk(on, 13), enter)?;
    Ok(opened)
}

/// The winter that a home is closed for, where a day lies in one: from a read day in November to one in April.
#[must_use]
pub fn winter_of(home: &Home, day: NaiveDate, periods: &[CyclePeriodRow]) -> Option<Period> {
    let in_month = |month: u32| {
        periods
            .iter()
            .map(|period| period.read_on)
            .filter(move |on| on.month() == month)
    };
    let from = in_month(11).rfind(|from| *from <= day)?;
    let until = in_month(4).find(|until| *until > from)?;
    (home.is_seasonal && day <= until).then_some(Period { from, until })
}

/// Suspends what is delivered to cottages whose winter begins on a day.
///
/// # Errors
/// What is refused, or a fault.
pub fn close_for_winter<'a>(
    office: &Office<'_>,
    homes: impl Iterator<Item = &'a Home>,
    on: NaiveDate,
    periods: &[CyclePeriodRow],
) -> anyhow::Result<()> {
    for home in homes {
        let begins = winter_of(home, on, periods).filter(|winter| winter.from == on);
        let (Some(winter), Some(account)) = (begins, home.account) else {
            continue;
        };
        let time = Suspension {
            from_on: winter.from,
            until_on: Some(winter.until),
            reason: "Closed for the winter at the customer's wish".to_owned(),
        };
        let close = move |tx: &mut Tx<'_>| suspend_services(tx, account, &time);
        office.write(office.clerk(on, 9), close)?;
    }
    Ok(())
}

/// The hash of a password that nobody knows: most households of a demonstration never sign in again.
///
/// # Errors
/// When the system gives no randomness.
pub fn unknown_password() -> anyhow::Result<String> {
    Ok(hash_now(&Password::typed(random_token()?.reveal()))?)
}

/// Somebody on the way to a sign-in.
struct SignUp {
    place: usize,
    number: AccountNumber,
    login: NewLogin,
    code: Token,
    mailed: Token,
    key: Token,
}

impl SignUp {
    fn of(place: usize, home: &Home, unknown: &str) -> anyhow::Result<Option<Self>> {
        let (Some(account), Some(sign_in)) = (home.account, &home.sign_in) else {
            return Ok(None);
        };
        let password_hash = match sign_in.password {
            Some(password) => hash_now(&Password::typed(password))?,
            None => unknown.to_owned(),
        };
        Ok(Some(Self {
            place,
            number: AccountNumber::of(account.0),
            login: NewLogin {
                email: sign_in.email.clone(),
                name: sign_in.name.clone(),
                password_hash,
                language: home.new.customer.language,
            },
            code: random_code()?,
            mailed: random_token()?,
            key: random_token()?,
        }))
    }

    /// A letter with a code proves the account, a mail the address; whoever has a sign-in adds the account to it.
    fn make(&self, tx: &mut Tx<'_>) -> Result<(), LoginError> {
        let now = tx.stamp.at;
        request_code(tx, Some(&self.number), &self.code, now)?;
        let claim = Claim {
            number: Some(self.number.clone()),
            proof: Some(Proof::Code(self.code.clone())),
            now,
        };
        let new_key = NewKey {
            key: self.key.hash(),
            csrf_token: self.key.reveal().to_owned(),
            replaces: None,
            device: None,
            now,
        };
        if let Some(known) = find_by_email(tx, &self.login.email)? {
            claim_account(tx, known.id, &claim, &new_key)?;
            return Ok(());
        }
        register(tx, &self.login, &claim, &self.mailed)?;
        verify_email(tx, &self.mailed.hash(), &self.login.password_hash, &new_key)?;
        Ok(())
    }
}

/// How many months ago the portal opened: whoever lived here before paid by mail or at the counter until then.
const PORTAL: u32 = 12;

/// Within so many days of its opening they came to it.
const CAME_WITHIN: u64 = 28;

/// The day from which a home wants its sign-in: the third after it moved in, or some day of the portal's first weeks.
fn wants_from(today: NaiveDate, (place, home): (usize, &Home)) -> NaiveDate {
    let days = u64::try_from(place).unwrap_or_default() % CAME_WITHIN;
    let portal = today - Months::new(PORTAL) + Days::new(days);
    portal.max(home.new.from_on + Days::new(3))
}

/// Those who want a sign-in get it.
///
/// # Errors
/// What is refused, or a fault.
pub fn sign_up(
    office: &Office<'_>,
    homes: &mut [Home],
    on: NaiveDate,
    unknown: &str,
) -> anyhow::Result<()> {
    let is_day = |(place, home): &(usize, &Home)| {
        home.sign_in.is_some()
            && home.payer.is_none()
            && home.account.is_some()
            && wants_from(office.today, (*place, home)) <= on
    };
    let waiting = homes.iter().enumerate().filter(is_day);
    let ups: Vec<SignUp> = waiting
        .map(|(place, home)| SignUp::of(place, home, unknown))
        .collect::<anyhow::Result<Vec<_>>>()?
        .into_iter()
        .flatten()
        .collect();
    if ups.is_empty() {
        return Ok(());
    }
    let named: Vec<(usize, String)> = ups
        .iter()
        .map(|up| (up.place, up.login.email.clone()))
        .collect();
    let make = move |tx: &mut Tx<'_>| ups.iter().try_for_each(|up| up.make(tx));
    let visitor = office.stamp(&Actor::unnamed(ActorKind::Visitor), on, 19);
    office.write(visitor, make)?;
    for (place, email) in named {
        let login = office
            .db
            .read_blocking(|conn| find_by_email(conn, &email))?;
        let login = login.context("a login that was just made")?;
        if let Some(home) = homes.get_mut(place) {
            home.payer = Some(Actor::login(login.id, &login.name));
        }
    }
    Ok(())
}

/// Whose bills a run has issued.
///
/// # Errors
/// A fault.
pub fn billed(office: &Office<'_>, run: BillRunId) -> anyhow::Result<Vec<AccountId>> {
    let bills = office
        .db
        .read_blocking(|conn| run_review::list(conn, run, i64::from(u16::MAX), 0))?;
    let issued = bills
        .into_iter()
        .filter(|bill| bill.status == BillStatus::Issued);
    Ok(issued.map(|bill| bill.account_id).collect())
}

/// Takes the calls of some who called yesterday, one an hour.
///
/// # Errors
/// A fault.
pub fn take_calls(office: &Office<'_>, homes: &[Home]) -> anyhow::Result<()> {
    let on = office.today - Days::new(1);
    let clerk = StaffId(office.crew.clerk.id.context("the clerk is staff")?);
    let calls = homes
        .iter()
        .filter_map(|home| Some((home.account?, home.call.clone()?)));
    for (hour, (account, said)) in (9..).zip(calls) {
        let begin = move |tx: &mut Tx<'_>| begin_call(tx, clerk, account);
        let call = office.write::<_, CallError>(office.clerk(on, hour), begin)?;
        let mut end = office.clerk(on, hour);
        end.at += CALL;
        let wrap = move |tx: &mut Tx<'_>| wrap_up(tx, Some(clerk), call, &said);
        office.write::<_, NoteError>(end, wrap)?;
    }
    Ok(())
}
