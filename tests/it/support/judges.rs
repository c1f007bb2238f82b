//! Programs from outside that judge what we make. Where the judges were installed (`TEST_EVERYTHING` is set) each must be there; elsewhere a
//! missing one is said and its judgment left out.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::process::{Child, ChildStdout, Command, Output, Stdio};

use serde_json::Value;

/// Runs a program, if it is there.
#[expect(
    clippy::disallowed_methods,
    reason = "tests have no config.rs; TEST_EVERYTHING says whether a missing tool is a failure"
)]
pub fn run(program: &str, arguments: &[&str]) -> Option<Output> {
    match Command::new(program).args(arguments).output() {
        Ok(output) => Some(output),
        Err(error) if std::env::var("TEST_EVERYTHING").is_err() => {
            println!("skipped: {program}: {error}");
            None
        }
        Err(error) => panic!("{program}: {error}"),
    }
}

/// Whether a judge may be missing: not where they were installed.
#[expect(
    clippy::disallowed_methods,
    reason = "tests have no config.rs; TEST_EVERYTHING says whether a missing tool is a failure"
)]
fn may_be_missing() -> bool {
    std::env::var("TEST_EVERYTHING").is_err()
}

/// Runs a judge of `tests/judges`, if its library is there.
pub fn python(script: &str, arguments: &[&str]) -> Option<Output> {
    let path = format!("tests/judges/{script}");
    let mut all = vec![path.as_str()];
    all.extend(arguments);
    let output = run("python3", &all)?;
    if output.status.code() == Some(77) {
        assert!(may_be_missing(), "{script}: its library is missing");
        println!("skipped: the library of {script}");
        return None;
    }
    Some(output)
}

/// A mail server of another house, ended when dropped.
pub struct MailServer {
    /// Its address, `smtp://…`.
    pub address: String,
    child: Child,
    said: BufReader<ChildStdout>,
}

impl MailServer {
    /// Starts one, if its library is there. It refuses addresses with `gone` in them.
    pub fn start() -> Option<Self> {
        let free = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = free.local_addr().expect("a bound address").port();
        drop(free);
        let started = Command::new("python3")
            .args(["tests/judges/mail_server.py", &port.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn();
        let mut child = match started {
            Ok(child) => child,
            Err(error) => {
                assert!(may_be_missing(), "python3: {error}");
                println!("skipped: python3: {error}");
                return None;
            }
        };
        let said = BufReader::new(child.stdout.take().expect("its words"));
        let mut server = Self {
            address: format!("smtp://127.0.0.1:{port}"),
            child,
            said,
        };
        if server.hears().is_none() {
            assert!(may_be_missing(), "aiosmtpd is missing");
            println!("skipped: aiosmtpd");
            return None;
        }
        Some(server)
    }

    fn hears(&mut self) -> Option<Value> {
        let mut line = String::new();
        self.said.read_line(&mut line).expect("its words");
        (!line.is_empty()).then(|| serde_json::from_str(&line).expect("a line of JSON"))
    }

    /// The next mail that it took.
    pub fn takes(&mut self) -> String {
        let told = self.hears().expect("it goes on");
        told["mail"].as_str().expect("a mail").to_owned()
    }

    /// What it sends back of a mail that it took and could not deliver.
    pub fn returns(&mut self, mail: &str) -> String {
        let asked = serde_json::json!({ "mail": mail });
        let input = self.child.stdin.as_mut().expect("its ear");
        writeln!(input, "{asked}").expect("it listens");
        let told = self.hears().expect("it goes on");
        told["bounce"].as_str().expect("a notification").to_owned()
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        // It may be gone already.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// A PDF in the opinion of programs that read PDFs.
pub struct Pdf(tempfile::NamedTempFile);

impl Pdf {
    /// Lays the file where the judges find it.
    pub fn of(bytes: &[u8]) -> Self {
        assert!(bytes.starts_with(b"%PDF-1."), "it begins as a PDF does");
        let mut file = tempfile::NamedTempFile::new().expect("a temporary file");
        file.write_all(bytes).expect("the file is written");
        Self(file)
    }

    fn judged(&self, program: &str, before: &[&str], after: &[&str]) -> Option<String> {
        let path = self.0.path().to_str().expect("a plain path");
        let arguments = [before, &[path], after].concat();
        let output = run(program, &arguments)?;
        let (said, wrong) = (
            String::from_utf8_lossy(&output.stdout).into_owned(),
            String::from_utf8_lossy(&output.stderr).into_owned(),
        );
        // Older poppler takes `/Suspects false` for an error, which PDF/UA-1 asks for.
        let wrong: Vec<&str> = wrong
            .lines()
            .filter(|line| !line.contains("Suspects object is wrong type (boolean)"))
            .collect();
        assert!(output.status.success(), "{program}: {said}{wrong:?}");
        assert!(wrong.is_empty(), "{program}: {wrong:?}");
        Some(said)
    }

    /// The words as they stand on the pages, a form feed after each page.
    pub fn words(&self) -> Option<String> {
        self.judged("pdftotext", &["-layout"], &["-"])
    }

    /// The tree that a screen reader follows, with its words.
    pub fn tree(&self) -> Option<String> {
        self.judged("pdfinfo", &["-struct-text"], &[])
    }

    /// Where the first line that begins with a word and holds all of a text stands: left, top, right and bottom in whole points from the upper
    /// left corner.
    pub fn place(&self, text: &str) -> Option<[i32; 4]> {
        let lines = self.judged("pdftotext", &["-bbox-layout"], &["-"])?;
        let said = |part: &str| {
            let words = part
                .split("</word>")
                .filter_map(|word| word.rsplit('>').next());
            words.map(str::trim).collect::<Vec<_>>().join(" ")
        };
        let line = lines
            .split("<line ")
            .skip(1)
            .find(|part| said(part).trim().starts_with(text))?;
        let number = |name: &str| {
            let rest = line.split(&format!("{name}=\"")).nth(1)?;
            rest.split(['.', '"']).next()?.parse().ok()
        };
        Some([
            number("xMin")?,
            number("yMin")?,
            number("xMax")?,
            number("yMax")?,
        ])
    }

    /// What the file says of itself.
    pub fn facts(&self) -> Option<String> {
        self.judged("pdfinfo", &[], &[])
    }

    /// Whether the file is built as the standard asks.
    pub fn is_sound(&self) -> Option<bool> {
        let said = self.judged("qpdf", &["--check"], &[])?;
        Some(said.contains("No syntax or stream encoding errors found"))
    }
}
