//! Programs from outside that judge what we make. Where the judges were installed (`TEST_EVERYTHING` is set) each must be there; elsewhere a
//! missing one is said and its judgment left out.

use std::process::{Command, Output};

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

/// A PDF in the opinion of programs that read PDFs.
pub struct Pdf(tempfile::NamedTempFile);

impl Pdf {
    /// Lays the file where the judges find it.
    pub fn of(bytes: &[u8]) -> Self {
        assert!(bytes.starts_with(b"%PDF-1."), "it begins as a PDF does");
        let mut file = tempfile::NamedTempFile::new().expect("a temporary file");
        std::io::Write::write_all(&mut file, bytes).expect("the file is written");
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
