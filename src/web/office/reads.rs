//! Entering reads, with the verdict shown before anything is kept.

/// The badge's tone of a verdict.
#[must_use]
pub fn tone(verdict: &str) -> &'static str {
    match verdict {
        "accepted" => "good",
        "refused" => "bad",
        _ => "warn",
    }
}
