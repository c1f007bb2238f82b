//! What a mail server's refusal means: whether anybody is at the address, and whether another try can help.

/// Whether a mail server's refusal says that nobody is at the address: by its enhanced status (RFC 3463: 5.1.x, or 5.2.1 for a mailbox that
/// is closed), else by its reply code. A full mailbox or a refused sender says nothing of the address.
#[must_use]
pub fn refuses_address(refusal: &str) -> bool {
    match enhanced(refusal) {
        Some(status) => status.starts_with("5.1.") || status == "5.2.1",
        None => codes(refusal).any(|code| matches!(code, "550" | "551" | "553")),
    }
}

/// Whether a refusal is about this mail or its reader, so that another try would be refused as well. What a server says of us (a wrong
/// password, a daily limit, a blocked sender) passes, and is about every mail.
#[must_use]
pub fn is_final(refusal: &str) -> bool {
    match enhanced(refusal) {
        Some(status) => {
            let kinds = ["5.1.", "5.2.", "5.6."];
            kinds.iter().any(|kind| status.starts_with(kind)) || status == "5.3.4"
        }
        None => codes(refusal).any(|code| matches!(code, "550" | "551" | "552" | "553")),
    }
}

/// The enhanced status among its words.
fn enhanced(refusal: &str) -> Option<&str> {
    codes(refusal).find(|word| {
        let parts: Vec<&str> = word.split('.').collect();
        let is_number = |part: &&str| !part.is_empty() && part.len() <= 3;
        parts.len() == 3 && parts.iter().all(is_number)
    })
}

/// Its numbers, dots within them kept.
fn codes(refusal: &str) -> impl Iterator<Item = &str> {
    refusal
        .split(|letter: char| !(letter.is_ascii_digit() || letter == '.'))
        .map(|word| word.trim_matches('.'))
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

    #[test]
    fn a_refusal_of_the_house_is_not_final() {
        assert!(is_final("permanent error (550): 5.1.1 no such user"));
        assert!(is_final("552 5.2.2 mailbox full"));
        assert!(is_final("550 user unknown"));
        assert!(!is_final("535 5.7.8 authentication failed"));
        assert!(!is_final("550 5.4.5 daily sending limit exceeded"));
        assert!(!is_final("550 5.7.1 relaying denied"));
        assert!(!is_final("554 no service here"));
    }
}
