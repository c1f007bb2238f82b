//! `mainstay work`: the jobs alone, beside servers that share a PostgreSQL database. On SQLite `serve` runs them.

use anyhow::ensure;

use crate::app::App;
use crate::cli::{log, say};
use crate::config::Config;
use crate::jobs;
use crate::store::db::is_postgres;
use crate::web::server::until_told_to_stop;

pub fn run() -> anyhow::Result<()> {
    let config = Config::from_environment()?;
    ensure!(
        is_postgres(&config.database_url),
        "a SQLite file belongs to one process: `mainstay serve` runs the jobs too"
    );
    let app = App::open(config)?;
    jobs::deliver_notices::check(&app)?;
    log()?;
    actix_web::rt::System::new().block_on(async {
        let jobs = jobs::start(&app);
        say("The jobs run until this is stopped.");
        until_told_to_stop().await;
        jobs.stop().await;
        Ok(())
    })
}
