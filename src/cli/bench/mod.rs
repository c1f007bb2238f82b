//! `mainstay bench …`: the figures of the README, measured on this machine. Each works on a fresh database of its own, or on the city it is given.

mod bills;
mod clerks;
mod http;
mod intervals;
mod live;
mod notices;
mod pages;
mod paper;
mod search;
mod serving;

use clap::{Args, Subcommand};

#[derive(Args)]
pub struct BenchArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// A whole bill run beside the floor of writing its rows once: bills a second, memory, room on disk.
    Bills(bills::BillsArgs),
    /// Clerks at work on one process, each with a script of what clerks do: how long each deed takes, and that nothing of it is lost.
    Clerks(clerks::ClerksArgs),
    /// What ten years of history cost: the account screen, live and as of a past moment, its timeline, and the evidence of a dispute.
    History(pages::history::HistoryArgs),
    /// Interval values a second, from a CMEP file through VEE into packed days.
    Intervals(intervals::IntervalsArgs),
    /// From the webhook's arrival to the new balance on an open page.
    Live(live::LiveArgs),
    /// The mails of a bill run, planned with its bills, written out and handed to a mail server.
    Notices(notices::NoticesArgs),
    /// The pages of a seeded city under load: the portal's home, the office's screens, search and aging.
    Pages(pages::PagesArgs),
    /// The papers of bills on one core: PDFs a second, and bytes a bill.
    Paper(paper::PaperArgs),
    /// Finding accounts among very many, as clerks type.
    Search(search::SearchArgs),
}

/// Measures what `mainstay bench …` asks.
pub fn run(args: &BenchArgs) -> anyhow::Result<()> {
    match &args.what {
        What::Bills(args) => bills::run(args),
        What::Clerks(args) => clerks::run(args),
        What::History(args) => pages::history::run(args),
        What::Intervals(args) => intervals::run(args),
        What::Live(args) => live::run(args),
        What::Notices(args) => notices::run(args),
        What::Pages(args) => pages::run(args),
        What::Paper(args) => paper::run(args),
        What::Search(args) => search::run(args),
    }
}
