//! How often somebody may try, tried.

use actix_web::test::TestRequest;

use super::*;

fn limits() -> Limits {
    Limits::new(&Config::read(&|_| None).unwrap())
}

fn from(address: &str) -> HttpRequest {
    let peer = format!("{address}:1").parse().unwrap();
    TestRequest::get().peer_addr(peer).to_http_request()
}

#[test]
fn after_ten_wrong_passwords_somebody_has_to_wait_there_and_nobody_else() {
    let limits = limits();
    let (here, elsewhere) = (from("192.0.2.1"), from("192.0.2.2"));
    for _ in 0..11 {
        assert!(limits.may_try(&here, "rosa@example.com").is_ok());
        limits.failed(&here, "Rosa@example.com ");
    }
    let refusal = limits.may_try(&here, "rosa@example.com");
    assert!(matches!(refusal, Err(PageError::TooMany { minutes: 1 })));
    assert!(limits.may_try(&here, "juan@example.com").is_ok());
    assert!(limits.may_try(&elsewhere, "rosa@example.com").is_ok());
    limits.tidy();
    assert!(limits.may_try(&here, "rosa@example.com").is_err());
}

#[test]
fn a_password_is_not_guessed_from_many_addresses() {
    let limits = limits();
    for number in 0..=100 {
        let request = from(&format!("192.0.2.{number}"));
        assert!(limits.may_try(&request, "rosa@example.com").is_ok());
        limits.failed(&request, "rosa@example.com");
    }
    let fresh = from("198.51.100.1");
    assert!(limits.may_try(&fresh, "rosa@example.com").is_err());
}

#[test]
fn twenty_wrong_codes_of_a_sign_in_are_looked_at_in_a_day_and_right_ones_do_not_count() {
    let limits = limits();
    let (rosa, juan) = (LoginId(1), LoginId(2));
    for number in 0..20 {
        assert_eq!(limits.wrong_codes(rosa), number);
        assert!(limits.begin_code(rosa).is_ok());
        limits.code_was_right(rosa);
        assert!(limits.begin_code(rosa).is_ok());
    }
    assert!(limits.begin_code(rosa).is_err());
    assert!(limits.begin_code(juan).is_ok());
    limits.tidy();
    assert!(limits.begin_code(rosa).is_err());
}

#[test]
fn an_account_is_not_guessed_from_many_addresses_but_its_letter_still_opens() {
    let limits = limits();
    for number in 1..=30 {
        let request = from(&format!("192.0.2.{number}"));
        assert!(limits.claim(&request, "4100-27160-4", Guess::Place).is_ok());
    }
    let owner = from("198.51.100.1");
    assert!(limits.claim(&owner, "4100271604", Guess::Place).is_err());
    assert!(limits.claim(&owner, "4100271604", Guess::Code).is_ok());
    assert!(limits.claim(&owner, "4100-27161-2", Guess::Place).is_ok());
}

#[test]
fn one_address_guesses_an_account_five_times_and_the_owner_is_not_kept_out() {
    let limits = limits();
    let stranger = from("192.0.2.1");
    for _ in 0..5 {
        assert!(
            limits
                .claim(&stranger, "4100-27160-4", Guess::Place)
                .is_ok()
        );
    }
    assert!(
        limits
            .claim(&stranger, "4100-27160-4", Guess::Place)
            .is_err()
    );
    let owner = from("192.0.2.2");
    assert!(limits.claim(&owner, "4100-27160-4", Guess::Place).is_ok());
}

#[test]
fn a_stranger_who_asks_for_letters_does_not_use_up_the_owners() {
    let limits = limits();
    let stranger = from("192.0.2.1");
    for _ in 0..3 {
        assert!(limits.mail(&stranger, "rosa@example.com").is_ok());
    }
    assert!(limits.mail(&stranger, "rosa@example.com").is_err());
    assert!(limits.mail(&from("192.0.2.2"), "rosa@example.com").is_ok());
}

#[test]
fn one_amount_is_not_tried_on_many_accounts_from_many_addresses() {
    let limits = limits();
    let guess = |number: usize, cents: i64| {
        let request = from(&format!("192.0.2.{number}"));
        let amount = Guess::Amount(Money::from_cents(cents));
        limits.claim(&request, &format!("4100-{number:05}-1"), amount)
    };
    for number in 0..10 {
        assert!(guess(number, 1_850).is_ok());
        // Who is right is no guess, however many they are.
        assert!(guess(number + 100, 8_410).is_ok());
        let right = from(&format!("192.0.2.{}", number + 100));
        limits.was_right(&right, Guess::Amount(Money::from_cents(8_410)));
    }
    let refusal = guess(200, 1_850);
    assert!(matches!(refusal, Err(PageError::TooMany { minutes: 60 })));
    assert!(guess(200, 8_410).is_ok());
    limits.tidy();
    assert!(guess(201, 1_850).is_err());
    let code = limits.claim(&from("192.0.2.202"), "4100-00202-1", Guess::Code);
    assert!(code.is_ok());
}

#[test]
fn one_network_tries_few_amounts_a_day_and_keeps_nobody_else_out() {
    let limits = limits();
    let guess = |from: &HttpRequest, number: i64| {
        let amount = Guess::Amount(Money::from_cents(2_000 + number));
        limits.claim(from, &format!("4100-{number:05}-1"), amount)
    };
    for number in 0..10 {
        let stranger = from(&format!("[2001:db8:1:{number}::1]"));
        assert!(guess(&stranger, number).is_ok());
    }
    let stranger = from("[2001:db8:1:99::1]");
    assert!(guess(&stranger, 50).is_err());
    assert!(guess(&from("[2001:db8:2::1]"), 51).is_ok());
}

#[test]
fn a_stranger_asks_for_a_few_payments_of_an_account_and_no_more() {
    let limits = limits();
    let stranger = from("192.0.2.1");
    for _ in 0..6 {
        assert!(limits.guest_payment(&stranger, AccountId(1)).is_ok());
    }
    assert!(limits.guest_payment(&stranger, AccountId(1)).is_err());
    assert!(limits.guest_payment(&stranger, AccountId(2)).is_ok());
    let neighbor = from("192.0.2.2");
    assert!(limits.guest_payment(&neighbor, AccountId(1)).is_ok());
}
