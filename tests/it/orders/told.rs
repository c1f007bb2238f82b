//! Appointments are told: when one is made, moved or called off, and on the day before; in the reader's language, on the ways they chose.

use mainstay::documents::letters::{Letterhead, letter};
use mainstay::domain::customers::Language;
use mainstay::domain::notice::{Channel, Notice};
use mainstay::domain::orders::told::AppointmentNews;
use mainstay::domain::staff::Role;
use mainstay::i18n::Own;
use mainstay::jobs::appointments;
use mainstay::store::notices::list_waiting;

use super::{account, made, planned};
use crate::holds::{late, served};
use crate::support::app::TestApp;
use crate::support::page::Page;

impl TestApp {
    /// The clock looks at the appointments of tomorrow.
    async fn looks_at_appointments(&self) {
        let round = appointments::run(self.app.clone()).await;
        round.expect("the appointments are looked at");
    }

    /// What was told of appointments, the oldest first, with the way that it went.
    fn appointments(&self) -> Vec<(AppointmentNews, Channel)> {
        let waiting = self.database().read(|conn| list_waiting(conn, 100));
        let told = waiting.iter().rev().filter_map(|row| match &row.notice {
            Notice::Appointment(told) => Some((told.news, row.channel)),
            _ => None,
        });
        told.collect()
    }
}

/// Plans a day, a part of it, and nobody yet.
async fn plans(order: &Page, day: &str, slot: &str) -> Page {
    let saved = order
        .reload()
        .await
        .fill("day", day)
        .fill("slot", slot)
        .submit("Save the plan")
        .await;
    saved.must_show("The plan is saved.");
    saved
}

/// Contract: F98, F100
#[actix_web::test]
async fn a_customer_is_told_when_somebody_comes_when_it_moves_and_when_it_is_off() {
    let house = TestApp::start().await;
    let rosa = house.customer("Rosa").signed_in().await;
    let form = rosa.visit("/requests/new/meter_reread").await;
    let asked = form.fill("service", "water").submit("Send request").await;
    assert!(house.told(&["appointment"]).is_empty(), "no day is set");
    let clerk = house.staff(Role::Csr).await;
    let order = clerk.visit(&account(&rosa.household)).await;
    let order = order.follow("Read the meter again").await;

    plans(&order, "2026-07-08", "morning").await;
    rosa.visit("/")
        .await
        .must_show("Read the meter again: somebody of ours comes Jul 8, morning, 8 to noon.");
    rosa.visit(&asked.path)
        .await
        .must_show("Somebody comes Jul 8, morning");
    order
        .reload()
        .await
        .must_show("The customer was told on Jul 1, 2026.");
    plans(&order, "2026-07-09", "morning").await;
    // The same plan again is no news.
    plans(&order, "2026-07-09", "morning").await;
    let said: Vec<AppointmentNews> = house.appointments().into_iter().map(|(n, _)| n).collect();
    assert_eq!(said.len(), 2, "{said:?}");
    let mut words = said.iter().map(|news| serde_json::to_string(news).unwrap());
    assert!(words.next().unwrap().contains("made"));
    let moved = words.next().unwrap();
    assert!(
        moved.contains("moved") && moved.contains("2026-07-08") && moved.contains("2026-07-09"),
        "{moved}"
    );

    // On the day before, once.
    for (day, told) in [("2026-07-07", 2), ("2026-07-08", 3), ("2026-07-08", 3)] {
        house.set_day(day);
        house.looks_at_appointments().await;
        assert_eq!(house.told(&["appointment"]).len(), told, "{day}");
    }
    let clerk = house.staff(Role::Csr).await;
    let order = clerk.visit(&order.path).await;
    order
        .fill("why", "The new meter reads by itself.")
        .submit("Cancel the order")
        .await
        .must_show("Canceled");
    let last = house.appointments().pop().expect("something was told").0;
    let was_on = "2026-07-09".parse().unwrap();
    assert_eq!(last, AppointmentNews::Canceled { was_on });
    assert!(!rosa.visit("/").await.shows("somebody of ours comes"));
}

/// Contract: F100, F116
#[actix_web::test]
async fn an_appointment_is_told_in_the_readers_language_and_by_text_where_they_chose_it() {
    let house = TestApp::start().await;
    let luz = house.customer("Luz").speaking_spanish().signed_in().await;
    house.takes_texts(&luz, "+15552010142").await;
    let alerts = luz.visit("/alerts").await;
    alerts
        .fill("appointment_email", "")
        .fill("appointment_text", "yes")
        .submit("Guardar mis avisos")
        .await;
    let desk = house.staff(Role::Csr).await;
    let order = made(&desk, &luz.household, "use_check").await;
    plans(&order, "2026-07-08", "afternoon").await;
    let told = house.appointments();
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0].1, Channel::Text);
    let waiting = house.database().read(|conn| list_waiting(conn, 100));
    let row = waiting
        .iter()
        .find(|row| matches!(row.notice, Notice::Appointment(_)))
        .expect("it waits");
    assert_eq!(row.language, Language::Spanish);
    let head = Letterhead {
        public_url: "https://bend.example".to_owned(),
        phone: "(555) 010-0142".to_owned(),
        own: Own::default(),
    };
    let spanish = letter(&row.notice, row.language, &head);
    let all = spanish.paragraphs.join(" ");
    assert!(
        all.contains("8 de julio") && all.contains("Prairie Street"),
        "{all}"
    );
}

/// Contract: F84, F100
#[actix_web::test]
async fn a_shut_off_is_never_told_as_an_appointment_and_the_way_back_is() {
    let house = TestApp::start().await;
    let rosa = late(&house).await;
    house.crew().await;
    let desk = house.staff(Role::Collector).await;
    served(&desk, &rosa.household, "2026-07-09", true).await;
    let order = made(&desk, &rosa.household, "shut_off").await;
    planned(&house, &order)
        .await
        .must_show("The plan is saved.");
    assert!(house.told(&["appointment"]).is_empty());
    assert!(!rosa.visit("/").await.shows("somebody of ours comes"));
    let order = made(&desk, &rosa.household, "reconnect").await;
    plans(&order, "2026-07-17", "all_day").await;
    assert_eq!(house.told(&["appointment"]).len(), 1);
    rosa.visit("/")
        .await
        .must_show("Reconnect: somebody of ours comes Jul 17");
    // What was told today of tomorrow is not told twice.
    house.looks_at_appointments().await;
    assert_eq!(house.told(&["appointment"]).len(), 1);
}
