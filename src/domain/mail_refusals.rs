//! What a mail server's refusal says of the address it was given.

/// Whether a mail server's refusal says that nobody is at the address: by its enhanced status (RFC 3463: 5.1.x, or 5.2.1 for a mailbox that
/// is closed), else by its reply code. A full mailbox or a refused sender says nothing of the address.
#[must_use]
pub fn refuses_address(refusal: &str) -> bool {
    let mut words = refusal
        .split(|letter: char| !(letter.is_ascii_digit() || letter == '.'))
        .map(|word| word.trim_matches('.'));
    let is_enhanced = |word: &&str| {
        let parts: Vec<&str> = word.split('.').collect();
        let is_number = |part: &&str| !part.is_empty() && part.len() <= 3;
        parts.len() == 3 && parts.iter().all(is_number)
    };
    match words.clone().find(is_enhanced) {
        Some(status) => status.starts_with("5.1.") || status == "5.2.1",
        None => words.any(|word| matches!(word, "550" | "551" | "553")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_refusal_of_the_address_says_that_nobody_is_there() {
        assert!(refuses_address("permanent error (550): 5.1.1 no such user"));
        assert!(refuses_address("550 user unknown"));
        assert!(!refuses_address("552 5.2.2 mailbox full"));
        assert!(!refuses_address("550 5.7.1 relaying denied"));
        assert!(!refuses_address("535 5.7.8 authentication failed"));
        assert!(!refuses_address("not sent: connection refused"));
    }
}
