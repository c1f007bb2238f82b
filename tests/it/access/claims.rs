//! Somebody proves that an account and an address are theirs. Nobody learns anything by trying.

use diesel::prelude::*;
use mainstay::domain::customers::Language;
use mainstay::domain::ids::{AccountId, AccountNumber};
use mainstay::domain::notice::Notice;
use mainstay::domain::staff::Role;
use mainstay::store::notices::NoticeRow;
use mainstay::store::schema::accounts;

use super::town::{CHARGES, Town};
use crate::support::app::PASSWORD;

/// F1, F2.
#[actix_web::test]
async fn a_customer_claims_an_account_with_the_last_bill() {
    let town = Town::new().await;
    let rosa = town.visitor();
    let page = rosa.visit("/sign-in").await;
    let page = page.follow("Set up a sign-in").await;
    assert_eq!(page.heading(), "Set up your sign-in");
    let page = town.registration(&rosa, "Rosa@Example.com").await;
    let page = page.submit("Set up my sign-in").await;
    assert_eq!(page.heading(), "Check your e-mail");
    assert!(!town.is_in(&rosa).await);

    let page = rosa.visit("/sandbox/mail").await;
    let page = page.follow("Confirm my address").await;
    let page = page
        .fill("password", "not the password")
        .submit("Confirm and sign in")
        .await;
    assert_eq!(page.status, 422);
    page.fill("password", PASSWORD)
        .submit("Confirm and sign in")
        .await;
    assert!(town.is_in(&rosa).await);
    assert_eq!(town.accounts_of("rosa@example.com"), [AccountId(1)]);
    assert_eq!(town.kinds_of_mail().first(), Some(&"account_added"));
    for deed in ["login.registered", "login.verified", "login.account_added"] {
        assert_eq!(town.deeds(deed), 1, "{deed}");
    }
}

#[actix_web::test]
async fn what_was_due_with_the_last_bill_proves_as_well() {
    let town = Town::new().await;
    let rosa = town.visitor();
    let page = town.registration(&rosa, "rosa@example.com").await;
    let page = page
        .fill("proof", "$100.00")
        .submit("Set up my sign-in")
        .await;
    assert_eq!(page.heading(), "Check your e-mail");
}

#[actix_web::test]
async fn a_wrong_number_amount_or_code_is_refused_in_the_same_words() {
    let town = Town::new().await;
    let mut answers = Vec::new();
    for (number, proof) in [
        (town.number(1), "84.11"),
        (town.number(2), CHARGES),
        (town.number(77), CHARGES),
        ("4100-0000-0".to_owned(), CHARGES),
        (town.number(1), "ABCDE-FGHJK"),
        (town.number(77), "0.00"),
    ] {
        let visitor = town.visitor();
        let page = town.registration(&visitor, "rosa@example.com").await;
        let page = page.fill("account", &number).fill("proof", proof);
        let page = page.submit("Set up my sign-in").await;
        answers.push((page.status, page.texts(".errors, .err"), page.heading()));
    }
    answers.dedup();
    assert_eq!(answers.len(), 1, "{answers:?}");
    assert_eq!(answers[0].0, 422);
    assert!(town.mail().is_empty());
}

#[actix_web::test]
async fn an_address_that_has_a_sign_in_is_told_so_by_mail_alone() {
    let town = Town::new().await;
    town.customer("rosa@example.com").await;
    let stranger = town.visitor();
    let page = town.registration(&stranger, "rosa@example.com").await;
    let page = page.submit("Set up my sign-in").await;
    assert_eq!(page.heading(), "Check your e-mail");
    assert_eq!(town.kinds_of_mail().first(), Some(&"already_registered"));
}

#[actix_web::test]
async fn a_sign_in_set_up_by_somebody_else_opens_nothing_for_them() {
    let town = Town::new().await;
    let stranger = town.visitor();
    let page = town.registration(&stranger, "rosa@example.com").await;
    page.fill("new_password", "the strangers password")
        .submit("Set up my sign-in")
        .await;
    // The link comes to Rosa, who never chose that password.
    let rosa = town.visitor();
    let page = rosa.visit("/sandbox/mail").await;
    let page = page.follow("Confirm my address").await;
    let page = page
        .fill("password", PASSWORD)
        .submit("Confirm and sign in")
        .await;
    assert_eq!(page.status, 422);
    // She sets hers up; the stranger's password is gone.
    let page = town.registration(&rosa, "rosa@example.com").await;
    page.submit("Set up my sign-in").await;
    let page = rosa.visit("/sandbox/mail").await;
    let page = page.follow("Confirm my address").await;
    page.fill("password", PASSWORD)
        .submit("Confirm and sign in")
        .await;
    assert!(town.is_in(&rosa).await);
    let page = stranger.visit("/sign-in").await;
    let page = page
        .fill("email", "rosa@example.com")
        .fill("password", "the strangers password");
    assert_eq!(page.submit("Sign in").await.status, 422);
}

#[actix_web::test]
async fn a_mailed_code_proves_one_account_and_the_answer_never_tells_whether_there_is_one() {
    let town = Town::new().await;
    let rosa = town.customer("rosa@example.com").await;
    for number in [town.number(2), town.number(77), "nonsense".to_owned()] {
        let page = rosa.visit("/claim/code").await;
        let page = page
            .fill("account", &number)
            .submit("Send the letter")
            .await;
        assert_eq!(page.heading(), "The letter is on its way");
    }
    let letters: Vec<_> = town
        .mail()
        .into_iter()
        .filter(|row| row.notice.kind() == "claim_code")
        .collect();
    assert_eq!(letters.len(), 1);
    assert_eq!(letters[0].recipient, "Neighbor 2\n2 Elm Street");
    let Notice::ClaimCode { code, .. } = &letters[0].notice else {
        panic!("a letter with a code")
    };
    let claim = async |number: String, proof: &str| {
        let page = rosa.visit("/claim").await;
        let page = page.fill("account", &number).fill("proof", proof);
        page.submit("Add the account").await.status
    };
    assert_eq!(claim(town.number(1), code).await, 422);
    assert_eq!(claim(town.number(77), code).await, 422);
    claim(town.number(2), &code.to_lowercase()).await;
    let held = [AccountId(1), AccountId(2)];
    assert_eq!(town.accounts_of("rosa@example.com"), held);
}

#[actix_web::test]
async fn an_accounts_proof_is_not_guessed() {
    let town = Town::new().await;
    let mut last = 0;
    for cents in 10..20 {
        let visitor = town.visitor();
        let page = town.registration(&visitor, "rosa@example.com").await;
        let page = page.fill("proof", &format!("70.{cents}"));
        last = page.submit("Set up my sign-in").await.status;
    }
    assert_eq!(last, 429);
}

/// Contract: F106, F119
#[actix_web::test]
async fn bills_come_in_the_language_in_which_their_account_is_claimed() {
    let town = Town::new().await;
    let bills_in = || -> Language {
        town.database().read(|conn| {
            let account = accounts::table.find(AccountId(1));
            Ok(account.select(accounts::language).first(conn)?)
        })
    };
    assert_eq!(bills_in(), Language::Spanish);
    let rosa = town.visitor();
    let page = town.registration(&rosa, "rosa@example.com").await;
    page.submit("Set up my sign-in").await;
    let page = rosa.visit("/sandbox/mail").await;
    let page = page.follow("Confirm my address").await;
    let page = page.fill("password", PASSWORD);
    let home = page.submit("Confirm and sign in").await;
    home.must_show("Its bills come in English from now on");
    assert_eq!(bills_in(), Language::English);
    assert_eq!(
        town.kinds_of_mail()[..2],
        ["account_added", "delivery_changed"]
    );

    // It is undone where it says, and whoever comes later changes nothing.
    let page = rosa.visit("/delivery").await;
    page.fill("bill_language", "es-US").submit("Save").await;
    assert_eq!(bills_in(), Language::Spanish);
    town.customer("juan@example.com").await;
    assert_eq!(bills_in(), Language::Spanish);
}

/// Contract: F101, F102
#[actix_web::test]
async fn nobody_comes_to_see_an_account_without_a_word_to_whoever_is_told_of_it() {
    let town = Town::new().await;
    let told = |town: &Town| {
        let mail = town.mail().into_iter();
        let of = |row: &NoticeRow| row.notice.kind() == "account_followed";
        let followed = mail.filter(of).map(|row| row.recipient);
        followed.collect::<Vec<_>>()
    };
    // Nobody is reached by e-mail: a letter goes to the account's address.
    town.customer("rosa@example.com").await;
    assert_eq!(told(&town), ["Neighbor 1\n1 Elm Street"]);
    town.customer("stranger@example.com").await;
    assert_eq!(told(&town)[0], "rosa@example.com");
    assert_eq!(told(&town).len(), 2);
}

/// Contract: F101, F102, F118
#[actix_web::test]
async fn the_office_takes_an_account_from_a_sign_in_at_once() {
    let town = Town::new().await;
    let stranger = town.customer("stranger@example.com").await;
    // Another link waits that was asked for with the same amount.
    let later = town.visitor();
    let page = town.registration(&later, "later@example.com").await;
    page.submit("Set up my sign-in").await;

    let clara = town.staff(Role::Csr).await;
    let account = format!("/office/accounts/{}", AccountNumber::of(1).as_str());
    let people = clara.visit(&format!("{account}/people")).await;
    let token = people.attribute("input[name=csrf]", "value");
    let token = token.expect("the page's token");
    let login = town.login_of("stranger@example.com");
    let path = format!("{account}/logins/{login}/end");
    assert_eq!(clara.post(&path, &[("csrf", &token)]).await.status, 303);
    assert!(!town.is_in(&stranger).await);
    assert!(town.accounts_of("stranger@example.com").is_empty());
    assert_eq!(town.deeds("login.account_taken"), 1);
    let last = town.mail().remove(0);
    assert_eq!(last.notice.kind(), "account_taken");
    assert_eq!(last.recipient, "stranger@example.com");

    // Neither the waiting link nor the amount opens it again.
    let mail = later.visit("/sandbox/mail").await;
    let link = mail.follow("Confirm my address").await;
    assert_eq!(link.status, 410);
    let again = town.registration(&later, "later@example.com").await;
    assert_eq!(again.submit("Set up my sign-in").await.status, 422);
    // The code of a letter does, even for the same sign-in on the same day.
    let code = town.code_by_letter(&later).await;
    let page = stranger.visit("/sign-in").await;
    let page = page
        .fill("email", "stranger@example.com")
        .fill("password", PASSWORD);
    page.submit("Sign in").await;
    let page = stranger.visit("/claim").await;
    let page = page.fill("account", &town.number(1)).fill("proof", &code);
    page.submit("Add the account").await;
    assert_eq!(town.accounts_of("stranger@example.com"), [AccountId(1)]);
}

/// Contract: F102
#[actix_web::test]
async fn one_amount_is_not_tried_on_one_account_after_another() {
    let town = Town::new().await;
    let tries = async |account: i64, proof: &str| {
        let visitor = town.visitor();
        let page = town.registration(&visitor, "stranger@example.com").await;
        let page = page.fill("account", &town.number(account));
        let page = page.fill("proof", proof);
        page.submit("Set up my sign-in").await.status
    };
    for account in 10..20 {
        assert_eq!(tries(account, "18.50").await, 422);
    }
    assert_eq!(tries(20, "18.50").await, 429);
    // Nor one amount after another from one network.
    assert_eq!(tries(20, "18.51").await, 429);
}
