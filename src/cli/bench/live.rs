//! `mainstay bench live`: from the arrival of the processor's message at the webhook to the new balance in the hands of an open page's
//! stream. Server, worker and sandbox run in this process as `serve` runs them, on a database of its own.

use std::net::TcpListener;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Context;
use clap::Args;

use crate::adapters::desk::Desk;
use crate::adapters::stripe::{CheckoutOrder, signature};
use crate::app::App;
use crate::cli::say;
use crate::clock::Clock;
use crate::config::Config;
use crate::domain::accounts::AccountClass;
use crate::domain::customers::{CustomerKind, Language};
use crate::domain::ids::AccountId;
use crate::domain::money::Money;
use crate::domain::payments::{PaymentRequest, Tender};
use crate::domain::stamp::{Actor, ActorKind, Stamp};
use crate::jobs;
use crate::store;
use crate::store::db::{Access, Conn, Db, Tx};
use crate::store::error::StoreError;
use crate::usecases::accounts::{AccountError, NewAccount, NewCustomer, NewPremise, open_accounts};
use crate::usecases::cycles::{NewCycle, open_cycle};
use crate::usecases::payments::{PaymentError, record_checkout, request_payment};
use crate::usecases::sandbox::checkout::pay;
use crate::usecases::sandbox::instruments::by_alias;
use crate::usecases::sandbox::till::{Switches, set_switches};
use crate::web::sandbox::open_desk;
use crate::web::server;

/// How long one payment may take before the bench gives up.
const PATIENCE: Duration = Duration::from_secs(10);

#[derive(Args)]
pub struct LiveArgs {
    /// How many payments.
    #[arg(long, default_value_t = 300)]
    payments: u32,
    /// The database; a new SQLite file where none is named.
    #[arg(long)]
    database: Option<String>,
}

/// Measures, and prints the shares of the time.
pub fn run(args: &LiveArgs) -> anyhow::Result<()> {
    let folder = std::env::temp_dir().join(format!("mainstay-live-{}", uuid::Uuid::new_v4()));
    std::fs::create_dir_all(&folder)?;
    let file = folder.join("live.db").display().to_string();
    let url = args.database.clone().unwrap_or(file);
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?.to_string();
    let config = Config::read(&|name| match name {
        "BIND" => Some(address.clone()),
        "DATABASE_URL" => Some(url.clone()),
        _ => None,
    })?;
    let mut app = App {
        db: Db::open(&url, Access::Own)?,
        clock: Clock::new(config.zone),
        config: Arc::new(config),
        desk: None,
        is_demonstration: false,
    };
    app.desk = open_desk(&app)?;
    let account = set_up(&app)?;
    let measured = actix_web::rt::System::new().block_on(async {
        let server = server::start(&app, listener)?;
        let handle = server.handle();
        actix_web::rt::spawn(server);
        let jobs = jobs::start(&app);
        let measured = measure(&app, account, args.payments).await;
        jobs.stop().await;
        handle.stop(false).await;
        measured
    });
    std::fs::remove_dir_all(&folder)?;
    tell(measured?);
    Ok(())
}

fn stamp(app: &App) -> Stamp {
    app.stamp(Actor::unnamed(ActorKind::Operator), None)
}

fn set_up(app: &App) -> anyhow::Result<AccountId> {
    let today = app.clock.today();
    let account = app.db.write_blocking(stamp(app), move |tx| {
        set_switches(
            tx,
            Switches {
                drop: true,
                ..Switches::default()
            },
        )?;
        open_one(tx, today)
    })?;
    Ok(account)
}

fn open_one(tx: &mut Tx<'_>, today: chrono::NaiveDate) -> Result<AccountId, AccountError> {
    let code = uuid::Uuid::new_v4().to_string();
    let cycle = NewCycle {
        name: code.clone(),
        code,
        months: 1,
        read_day: 1,
        issue_after: 3,
        due_after: 20,
    };
    let new = NewAccount {
        customer: NewCustomer {
            kind: CustomerKind::Person,
            name: "Bench".to_owned(),
            given_name: None,
            language: Language::English,
            email: None,
            phone: None,
        },
        others: Vec::new(),
        class: AccountClass::Residential,
        cycle: open_cycle(tx, &cycle, today, 2)?,
        paper: false,
        email: false,
        from_on: today,
        premise: NewPremise {
            line_1: "1 Bench Street".to_owned(),
            unit: None,
            city: "Bench".to_owned(),
            state: "XX".to_owned(),
            postal_code: "00000".to_owned(),
            point: None,
            impervious_sqft: None,
            dwelling_units: 1,
        },
        services: Vec::new(),
    };
    let opened = open_accounts(tx, std::slice::from_ref(&new))?;
    Ok(*opened
        .first()
        .ok_or(StoreError::Missing("opened account"))?)
}

async fn measure(app: &App, account: AccountId, payments: u32) -> anyhow::Result<Vec<Duration>> {
    let desk = app.desk.clone().context("the sandbox must stand in")?;
    let mut changes = app.db.changes();
    let client = reqwest::Client::new();
    let secret = app
        .db
        .read(|conn| store::settings::find(conn, "sandbox.webhook_secret"))
        .await?
        .context("the sandbox has a secret")?;
    let mut times = Vec::new();
    for turn in 0..payments {
        let body = paid_message(app, &desk, account, turn).await?;
        let before = balance(app, account).await?;
        let now = app.clock.world_now().and_utc().timestamp();
        let header = signature::sign(body.as_bytes(), &secret, now);
        let arrives = Instant::now();
        let answer = client
            .post(format!("{}/webhooks/stripe", app.config.public_url))
            .header("stripe-signature", header)
            .body(body);
        let sent = actix_web::rt::spawn(answer.send());
        let shown = async {
            loop {
                changes.recv().await?;
                if balance(app, account).await? != before {
                    return Ok::<_, anyhow::Error>(());
                }
            }
        };
        tokio::time::timeout(PATIENCE, shown).await??;
        times.push(arrives.elapsed());
        anyhow::ensure!(sent.await??.status().is_success(), "the webhook refused");
    }
    Ok(times)
}

async fn balance(app: &App, account: AccountId) -> Result<Money, StoreError> {
    let read = move |conn: &mut Conn| store::ledger::balance(conn, account, None);
    app.db.read(read).await
}

/// A payment made at the sandbox, and the message about it, which is not delivered but handed to the bench.
async fn paid_message(
    app: &App,
    desk: &Desk,
    account: AccountId,
    turn: u32,
) -> anyhow::Result<String> {
    let request = PaymentRequest {
        account_id: account,
        amount: Money::from_cents(100 + i64::from(turn)),
        tender: Tender::Card,
        is_sure: true,
        request_key: uuid::Uuid::new_v4().to_string(),
    };
    let wanted = request.clone();
    let payment = app
        .db
        .write(stamp(app), move |tx| -> Result<_, PaymentError> {
            request_payment(tx, &wanted, "sandbox")
        })
        .await?;
    let order = CheckoutOrder {
        request_key: request.request_key,
        payment: payment.number.to_string(),
        account: "bench".to_owned(),
        amount: payment.amount,
        tender: Tender::Card,
        title: "Bench".to_owned(),
        in_spanish: false,
        success_url: "http://127.0.0.1/".to_owned(),
        cancel_url: "http://127.0.0.1/".to_owned(),
    };
    let opened = desk.stripe.open_checkout(&order).await?;
    let card = by_alias("pm_card_visa").context("a test card")?;
    let session = opened.session_ref.clone();
    app.db
        .write(stamp(app), move |tx| {
            record_checkout(tx, payment.id, &opened.session_ref, &opened.url)?;
            pay(tx, &session, &card)
        })
        .await?;
    let events = app
        .db
        .read(|conn| store::sandbox::list(conn, "event", None))
        .await?;
    let told = events
        .into_iter()
        .find(|event| event.payload.contains("\"checkout.session.completed\""));
    Ok(told.context("a message")?.payload)
}

fn tell(mut times: Vec<Duration>) {
    times.sort_unstable();
    let share = |percent: usize| {
        let place = (times.len() * percent / 100).min(times.len().saturating_sub(1));
        times.get(place).copied().unwrap_or_default()
    };
    let ms = |time: Duration| {
        format!(
            "{}.{:01} ms",
            time.as_millis(),
            time.subsec_micros() / 100 % 10
        )
    };
    say(format_args!(
        "{} payments, from the webhook's arrival to the new balance: p50 {}, p90 {}, p99 {}, worst {}",
        times.len(),
        ms(share(50)),
        ms(share(90)),
        ms(share(99)),
        ms(share(100)),
    ));
}
