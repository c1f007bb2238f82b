//! `mainstay demo`: builds the town of Larkspur Bend in a database of its own, or goes on with the one that is there, and serves it.

use std::io::IsTerminal;
use std::time::Instant;

use anyhow::{Context, bail};
use chrono::NaiveDate;
use indicatif::{ProgressBar, ProgressStyle};

use crate::app::App;
use crate::cli::serve::{listen, serve};
use crate::cli::town::characters::{CHARACTERS, Character, NORA};
use crate::cli::town::foundation::OFFICE;
use crate::cli::town::history::{Present, Size, build};
use crate::cli::town::sharing::GRETA;
use crate::cli::{note, say};
use crate::clock::Clock;
use crate::config::Config;
use crate::documents::letters::Letterhead;
use crate::domain::stamp::{Actor, ActorKind, Stamp};
use crate::i18n::Own;
use crate::store::db::{Access, Db};
use crate::store::demonstrations::{Holding, look, take_away};
use crate::usecases::town::{finish, mark};
use crate::web::sandbox::open_desk;

/// How the demonstration is asked for.
#[derive(clap::Args)]
pub struct DemoArgs {
    /// Take the town that is there away, and build it anew up to today.
    #[arg(long)]
    fresh: bool,
}

/// Builds or finds the town, and serves it.
pub fn run(args: &DemoArgs) -> anyhow::Result<()> {
    let config = Config::for_demonstration()?;
    if config.is_production {
        bail!("a demonstration is not for production: unset APP_ENV");
    }
    // The address is taken before any time is spent.
    let listener = listen(&config)?;
    let url = config.database_url.clone();
    match (look(&url)?, args.fresh) {
        (Holding::Utility, _) => bail!(
            "{url} holds a utility's own data; name another database in DATABASE_URL, and the town is built there"
        ),
        (Holding::Town, false) => say(format_args!("Larkspur Bend goes on in {url}.")),
        (found, _) => {
            if found == Holding::HalfTown {
                note("The last building was interrupted; it begins anew.");
            }
            take_away(&url).with_context(|| format!("taking the old town out of {url}"))?;
            make(&config)?;
        }
    }
    let mut app = App::open(config)?;
    app.desk = open_desk(&app)?;
    introduce();
    serve(&app, listener)
}

/// Makes the town in an empty database.
fn make(config: &Config) -> anyhow::Result<()> {
    let (clock, began) = (Clock::new(config.zone), Instant::now());
    let url = &config.database_url;
    let db = Db::open(url, Access::Build)?;
    let at = clock.now();
    let stamp = Stamp {
        by: Actor::unnamed(ActorKind::Operator),
        at,
        on: clock.day_of(at),
        request_id: None,
    };
    db.write_blocking(stamp.clone(), mark)?;
    let present = Present {
        zone: config.zone,
        now: at,
        letterhead: Letterhead {
            public_url: config.public_url.clone(),
            phone: config.phone.clone(),
            own: Own::default(),
        },
        remit_to: config.remit_to.clone(),
    };
    let progress = Progress::begin();
    build(&db, &present, Size::DEMONSTRATION, |day, number, of| {
        progress.pass(day, number, of);
    })?;
    db.write_blocking(stamp, finish)?;
    progress.end();
    let seconds = began.elapsed().as_secs();
    say(format_args!(
        "Larkspur Bend stands in {url}, built in {seconds} s."
    ));
    Ok(())
}

/// What is seen while the town's history passes: a bar where somebody watches, a line for each year elsewhere.
enum Progress {
    Bar(ProgressBar),
    Lines,
}

impl Progress {
    fn begin() -> Self {
        if !std::io::stderr().is_terminal() {
            note("Building Larkspur Bend …");
            return Self::Lines;
        }
        let bar = ProgressBar::new(0);
        let style = ProgressStyle::with_template("Building Larkspur Bend  {bar:36}  {msg}");
        bar.set_style(style.unwrap_or_else(|_wrong| ProgressStyle::default_bar()));
        Self::Bar(bar)
    }

    fn pass(&self, day: NaiveDate, number: u64, of: u64) {
        match self {
            Self::Bar(bar) => {
                bar.set_length(of);
                bar.set_position(number);
                bar.set_message(day.format("%B %Y").to_string());
            }
            Self::Lines if number > 0 && number.is_multiple_of(180) => {
                note(format_args!("… {}", day.format("%B %Y")));
            }
            Self::Lines => {}
        }
    }

    fn end(&self) {
        if let Self::Bar(bar) = self {
            bar.finish_and_clear();
        }
    }
}

/// Who may sign in, one to a line: the word, the address, the password.
fn introduce() {
    say("");
    say(signs_in("customer", NORA.email, NORA.password));
    for (word, email, password) in OFFICE {
        say(signs_in(word, email, password));
    }
    say("");
    say("Neighbors worth meeting, at the office and with a sign-in of their own:");
    let others = CHARACTERS.iter().chain([&GRETA]);
    let others = others.filter(|other| other.name != NORA.name);
    for Character {
        name,
        what,
        email,
        password,
        ..
    } in others
    {
        say(format_args!(
            "  {name:<30} {what:<48} {email:<36} {password}"
        ));
    }
    say("");
}

fn signs_in(word: &str, email: &str, password: &str) -> String {
    format!("  {word:<16} {email:<40} {password}")
}
