//! The inventory of meters: found by what is typed, and refused beside the register that is wrong.

use mainstay::domain::staff::Role;

use crate::support::app::TestApp;
use crate::support::visitor::Visitor;

async fn takes_in(clerk: &Visitor, serial: &str) {
    let page = clerk.visit("/office/meters/new").await;
    let page = page.fill("serial", serial).submit("Take it in").await;
    page.must_show("The meter is in the inventory.");
}

/// Contract: F19
#[actix_web::test]
async fn a_number_is_found_by_its_beginning_whatever_its_signs_and_case() {
    let house = TestApp::start().await;
    let clerk = house.staff(Role::BillingClerk).await;
    for serial in ["AX_1", "AXB1", "B%2", "Ü-100"] {
        takes_in(&clerk, serial).await;
    }
    let found = clerk.visit("/office/meters?q=ax_").await;
    found.must_show("AX_1");
    assert!(!found.shows("AXB1"), "what is typed is no pattern");
    let both = clerk.visit("/office/meters?q=Ax").await;
    both.must_show("AX_1").must_show("AXB1");
    let found = clerk.visit("/office/meters?q=b%25").await;
    found.must_show("B%2");
    let found = clerk.visit("/office/meters?q=%C3%9C-1").await;
    found.must_show("Ü-100");
    let none = clerk.visit("/office/meters?q=%25").await;
    none.must_show("No meter is in the inventory with that number.");
}

/// Contract: F19
#[actix_web::test]
async fn what_is_wrong_with_the_second_register_is_said_beside_it() {
    let house = TestApp::start().await;
    let clerk = house.staff(Role::BillingClerk).await;
    takes_in(&clerk, "ONE").await;
    let page = clerk.visit("/office/meters/new").await;
    let page = page
        .fill("serial", "TWO")
        .fill("kind", "compound")
        .fill("channel-1", "high")
        .fill("channel-2", "low")
        .fill("multiplier-2", "0")
        .submit("Take it in")
        .await;
    assert_eq!(page.status, 422);
    assert_eq!(page.texts(".err").len(), 1);
    assert_eq!(page.texts("#multiplier-2-err").len(), 1);
    let page = page
        .fill("multiplier-2", "1")
        .fill("key-2", "ONE")
        .submit("Take it in")
        .await;
    assert_eq!(page.status, 422);
    assert_eq!(page.texts("#key-2-err").len(), 1);
    let page = page.fill("key-2", "TWO-low").submit("Take it in").await;
    page.must_show("TWO-low");
}
