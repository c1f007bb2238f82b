//! The real program as another process: commands that end, and a server that can be killed.

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

/// A command line of the program over a database, run in a folder.
pub fn command(url: &str, folder: &Path, words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mainstay"));
    command
        .args(words)
        .current_dir(folder)
        .env("DATABASE_URL", url)
        .env("RUST_LOG", "warn")
        .env_remove("STRIPE_SECRET_KEY")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// Runs a command to its end.
pub fn run(url: &str, folder: &Path, words: &[&str]) -> Output {
    command(url, folder, words)
        .output()
        .expect("the program runs")
}

/// What a command said, when it did what was asked.
pub fn said(url: &str, folder: &Path, words: &[&str]) -> String {
    let output = run(url, folder, words);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        output.status.success(),
        "{words:?}: {said}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    said
}

/// A server of its own, killed when dropped.
pub struct Server {
    child: Child,
}

impl Server {
    /// Starts one, and waits until it serves.
    pub fn start(url: &str, folder: &Path) -> Self {
        Self::start_with(url, folder, &[])
    }

    /// The same, with settings of its own.
    pub fn start_with(url: &str, folder: &Path, settings: &[(&str, &str)]) -> Self {
        let free = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let bind = free.local_addr().expect("a bound address").to_string();
        drop(free);
        let mut child = command(url, folder, &["serve"])
            .env("BIND", &bind)
            .envs(settings.iter().copied())
            .stderr(Stdio::null())
            .spawn()
            .expect("the server starts");
        let out = child.stdout.take().expect("its words");
        let mut lines = BufReader::new(out).lines();
        let serves = lines.any(|line| line.is_ok_and(|line| line.starts_with("Office:")));
        assert!(serves, "the server ended before it served");
        // The rest of its words is read, so that it never waits for a reader.
        std::thread::spawn(move || lines.for_each(drop));
        Self { child }
    }

    /// Ends it as `kill -9` does.
    pub fn kill(mut self) {
        self.child.kill().expect("the server is killed");
        self.child.wait().expect("the server is gone");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may be gone already.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// A number that looks drawn by lot, below a bound.
pub fn drawn(turn: u64, below: u64) -> u64 {
    let mixed = (turn + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed ^ (mixed >> 29)) % below
}
