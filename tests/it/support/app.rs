//! The whole house for one test: its own database, the real server on a free port, a clock the test moves, people made by use cases.

use std::net::TcpListener;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use actix_web::dev::ServerHandle;
use chrono::{NaiveDate, NaiveTime};
use mainstay::app::App;
use mainstay::clock::Clock;
use mainstay::config::Config;
use mainstay::domain::customers::Language;
use mainstay::domain::ids::CycleId;
use mainstay::domain::staff::Role;
use mainstay::domain::stamp::{Actor, ActorKind, Stamp};
use mainstay::secrets::{Password, hash_now};
use mainstay::store::staff::NewStaff;
use mainstay::usecases::{integrity, staff};
use mainstay::web::sandbox::open_desk;
use mainstay::web::server;
use tokio::sync::OnceCell;

use crate::support::db::{ClosedDb, TestDb};
use crate::support::visitor::Visitor;

/// The day on which every story begins unless it says otherwise.
pub const FIRST_DAY: &str = "2026-07-01";

/// The password of everybody the builders make.
pub const PASSWORD: &str = "a long enough password";

/// The house, open to visitors until it is dropped.
pub struct TestApp {
    /// What every door is handed.
    pub app: App,
    base: String,
    server: ServerHandle,
    people: AtomicU32,
    pub(super) cycle: OnceCell<CycleId>,
    /// What the story leaves broken on purpose.
    torn: Mutex<Vec<&'static str>>,
    // The last field: the database goes when everybody has left.
    database: Option<TestDb>,
}

impl TestApp {
    /// Opens a house of its own.
    pub async fn start() -> Self {
        Self::start_with(&[]).await
    }

    /// Opens a house of its own with settings beside those that every house of a test has; `{port}` in one is the port it listens at.
    pub async fn start_with(settings: &[(&str, &str)]) -> Self {
        let database = tokio::task::spawn_blocking(TestDb::new)
            .await
            .expect("a database of its own");
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let bound = listener.local_addr().expect("a bound address");
        let (address, port) = (bound.to_string(), bound.port().to_string());
        let config = Config::read(&|name| match name {
            "BIND" => Some(address.clone()),
            "DATABASE_URL" => Some(database.url.clone()),
            _ => {
                let named = settings.iter().find(|(setting, _)| *setting == name);
                named.map(|(_, value)| value.replace("{port}", &port))
            }
        })
        .expect("a good configuration");
        let mut app = App {
            db: database.db.clone(),
            clock: Clock::new(config.zone),
            config: Arc::new(config),
            desk: None,
            is_demonstration: false,
        };
        let (opener, waits) = (app.clone(), "the sandbox opens");
        let opened = tokio::task::spawn_blocking(move || open_desk(&opener));
        app.desk = opened.await.expect(waits).expect(waits);
        let server = server::start(&app, listener).expect("the server starts");
        let handle = server.handle();
        actix_web::rt::spawn(server);
        let public = &app.config.public_url;
        let is_named = public.ends_with(&format!(":{port}"));
        let base = if is_named {
            public.clone()
        } else {
            format!("http://{address}")
        };
        let house = Self {
            app,
            base,
            server: handle,
            people: AtomicU32::new(1),
            cycle: OnceCell::new(),
            torn: Mutex::default(),
            database: Some(database),
        };
        house.set_day(FIRST_DAY);
        house
    }

    /// Moves the clock to noon, in the utility's zone, of a day written as `2026-07-01`.
    pub fn set_day(&self, day: &str) {
        self.set_date(day.parse().expect("a day such as 2026-07-01"));
    }

    /// Moves the clock on by whole days.
    pub fn advance_days(&self, days: u64) {
        self.set_date(self.app.clock.today() + chrono::Days::new(days));
    }

    fn set_date(&self, day: NaiveDate) {
        let noon = day.and_time(NaiveTime::from_hms_opt(12, 0, 0).expect("noon exists"));
        let noon = noon
            .and_local_timezone(self.app.clock.zone())
            .single()
            .expect("noon exists once");
        self.app.clock.set(noon.naive_utc());
    }

    /// Somebody at a browser of their own, whom nobody knows.
    pub fn visitor(&self) -> Visitor {
        Visitor::new(&self.base)
    }

    /// The house's address, `http://127.0.0.1:…`.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// The database behind the house.
    pub fn database(&self) -> &TestDb {
        self.database.as_ref().expect("the house is open")
    }

    /// An invariant that the story breaks on purpose: the house is found broken there at its end, and nowhere else.
    pub fn leaves_broken(&self, invariant: &'static str) {
        let mut torn = self.torn.lock().expect("nobody panicked with it");
        torn.push(invariant);
    }

    /// Closes the house and hands its database out, for another process to own.
    pub async fn close(mut self) -> ClosedDb {
        self.server.stop(true).await;
        self.database.take().expect("the house is open").close()
    }

    /// The operator, now.
    pub fn stamp(&self) -> Stamp {
        self.app.stamp(Actor::unnamed(ActorKind::Operator), None)
    }

    /// A number that nobody else of this house has.
    pub fn next_number(&self) -> u32 {
        self.people.fetch_add(1, Ordering::Relaxed)
    }

    /// Somebody of the office with this job, signed in.
    pub async fn staff(&self, role: Role) -> Visitor {
        let email = format!("{role}{}@office.example", self.next_number());
        let new = NewStaff {
            name: format!("The {role}"),
            email: email.clone(),
            password_hash: hash_now(&Password::typed(PASSWORD)).expect("the password is hashed"),
            role,
            language: Language::English,
            is_active: true,
        };
        self.app
            .db
            .write(self.stamp(), move |tx| staff::add(tx, &new))
            .await
            .expect("staff is added");
        self.signed_in("/office/sign-in?next=/office/authenticator", &email)
            .await
    }

    /// Signs somebody in by the form of a door.
    pub async fn signed_in(&self, door: &str, email: &str) -> Visitor {
        let visitor = self.visitor();
        let page = visitor.visit(door).await;
        let button = page.text("main button");
        let page = page
            .fill("email", email)
            .fill("password", PASSWORD)
            .submit(&button)
            .await;
        assert!(
            !page.path.contains("/sign-in"),
            "{email} was not let in at {}:\n{}",
            page.path,
            page.html
        );
        visitor
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            let on = self.app.clock.today();
            let read = self.app.db.read_blocking(|conn| integrity::check(conn, on));
            let findings = read.expect("the house can be read");
            let broken: Vec<&str> = findings.iter().map(|found| found.invariant).collect();
            assert_eq!(
                broken,
                *self.torn.lock().expect("nobody panicked with it"),
                "the story broke the house: {findings:#?}"
            );
        }
        // The command is on its way once this returns; nobody waits for the answer.
        drop(self.server.stop(false));
    }
}
