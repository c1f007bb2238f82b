//! The sandbox's API: its key, its idempotency, its refusals, and its objects beside the processor's published samples.

use mainstay::usecases::sandbox::checkout::Paid;
use serde_json::Value;

use crate::support::app::TestApp;

impl TestApp {
    /// A call of the API.
    pub async fn call(&self, path: &str, form: &[(&str, &str)]) -> Value {
        self.call_with(path, form, None).await.1
    }

    pub async fn call_with(
        &self,
        path: &str,
        form: &[(&str, &str)],
        key: Option<&str>,
    ) -> (u16, Value) {
        let body: Vec<String> = form
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let mut request = reqwest::Client::new()
            .post(format!("{}/sandbox/v1/{path}", self.base()))
            .bearer_auth(self.sandbox().secret_key)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(body.join("&"));
        if let Some(key) = key {
            request = request.header("idempotency-key", key);
        }
        let answer = request.send().await.expect("the sandbox answers");
        (answer.status().as_u16(), answer.json().await.expect("JSON"))
    }

    /// A look at the API.
    pub async fn look(&self, path: &str) -> Value {
        let answer = reqwest::Client::new()
            .get(format!("{}/sandbox/v1/{path}", self.base()))
            .bearer_auth(self.sandbox().secret_key)
            .send()
            .await
            .expect("the sandbox answers");
        answer.json().await.expect("JSON")
    }
}

#[actix_web::test]
async fn nobody_calls_without_the_key() {
    let house = TestApp::start().await;
    let answer = reqwest::get(format!("{}/sandbox/v1/balance", house.base())).await;
    assert_eq!(answer.expect("an answer").status(), 401);
    assert_eq!(house.look("balance").await["object"], "balance");
}

#[actix_web::test]
async fn a_repeated_call_gets_its_first_answer() {
    let house = TestApp::start().await;
    let form = [
        ("amount", "2000"),
        ("currency", "usd"),
        ("payment_method", "pm_card_visa"),
        ("confirm", "true"),
    ];
    let (status, first) = house.call_with("payment_intents", &form, Some("k1")).await;
    assert_eq!((status, &first["status"]), (200, &Value::from("succeeded")));
    let (_, again) = house.call_with("payment_intents", &form, Some("k1")).await;
    assert_eq!(first["id"], again["id"]);
    let other = [("amount", "2001"), ("currency", "usd")];
    let (status, refused) = house.call_with("payment_intents", &other, Some("k1")).await;
    assert_eq!(
        (status, &refused["error"]["type"]),
        (400, &Value::from("idempotency_error"))
    );
}

#[actix_web::test]
async fn wrong_calls_are_refused_as_the_processor_refuses_them() {
    let house = TestApp::start().await;
    let refused = |form: Vec<(&'static str, &'static str)>| {
        let house = &house;
        async move {
            let (status, body) = house.call_with("payment_intents", &form, None).await;
            (
                status,
                body["error"]["code"]
                    .as_str()
                    .unwrap_or_default()
                    .to_owned(),
            )
        }
    };
    let usd = ("currency", "usd");
    assert_eq!(
        refused(vec![("amount", "49"), usd]).await,
        (400, "amount_too_small".to_owned())
    );
    assert_eq!(
        refused(vec![usd]).await,
        (400, "parameter_missing".to_owned())
    );
    assert_eq!(
        refused(vec![("amount", "500"), usd, ("colour", "red")]).await,
        (400, "parameter_unknown".to_owned())
    );
    let declined = vec![
        ("amount", "500"),
        usd,
        ("confirm", "true"),
        ("payment_method", "pm_card_visa_chargeDeclined"),
    ];
    assert_eq!(refused(declined).await, (402, "card_declined".to_owned()));
    let away = vec![
        ("amount", "500"),
        usd,
        ("confirm", "true"),
        ("off_session", "true"),
        ("payment_method", "pm_card_authenticationRequired"),
    ];
    assert_eq!(
        refused(away).await,
        (402, "authentication_required".to_owned())
    );
    let paid = house
        .call(
            "payment_intents",
            &[
                ("amount", "500"),
                usd,
                ("confirm", "true"),
                ("payment_method", "pm_card_visa"),
            ],
        )
        .await;
    let id = paid["id"].as_str().expect("an id");
    let (status, body) = house
        .call_with(
            "refunds",
            &[("payment_intent", id), ("amount", "501")],
            None,
        )
        .await;
    assert_eq!(
        (status, &body["error"]["code"]),
        (400, &Value::from("charge_already_refunded"))
    );
}

#[actix_web::test]
async fn every_field_is_one_of_the_published_samples() {
    let house = TestApp::start().await;
    let home = house.customer("Rosa").moved_in().await;
    let payment = house.requests(home.account, 5_000).await;
    let session = house.opens(&payment).await;
    assert!(matches!(
        house.pays(&session, "pm_card_createDispute").await,
        Paid::Done { .. }
    ));
    house.settles().await;
    let session = house.look(&format!("checkout/sessions/{session}")).await;
    let intent = session["payment_intent"].as_str().expect("an intent");
    let intent = house
        .look(&format!(
            "payment_intents/{intent}?expand[]=latest_charge.balance_transaction"
        ))
        .await;
    let charge = intent["latest_charge"].clone();
    let id = intent["id"].as_str().expect("an id");
    let dispute = house.look(&format!("disputes?payment_intent={id}")).await["data"][0].clone();
    let event = house.look("events?types[]=payment_intent.succeeded").await["data"][0].clone();
    let customer = house.call("customers", &[("metadata[account]", "1")]).await;
    let form = [
        ("mode", "setup"),
        ("customer", customer["id"].as_str().expect("a name")),
        ("success_url", "http://127.0.0.1/saved"),
    ];
    let setup_page = house.call("checkout/sessions", &form).await;
    let setup = setup_page["setup_intent"].as_str().expect("a name");
    let setup = house.look(&format!("setup_intents/{setup}")).await;
    let samples = std::fs::read_to_string("tests/data/stripe/fixtures3.json").expect("the samples");
    let samples: Value = serde_json::from_str(&samples).expect("JSON");
    for (kind, ours) in [
        ("checkout.session", &session),
        ("checkout.session", &setup_page),
        ("setup_intent", &setup),
        ("customer", &customer),
        ("payment_intent", &intent),
        ("charge", &charge),
        ("balance_transaction", &charge["balance_transaction"]),
        ("dispute", &dispute),
        ("event", &event),
    ] {
        let sample = samples["resources"][kind].as_object().expect("a sample");
        let ours = ours.as_object().unwrap_or_else(|| panic!("{kind}: {ours}"));
        assert_eq!(ours["object"], kind);
        for (field, value) in ours {
            let known = sample
                .get(field)
                .unwrap_or_else(|| panic!("{kind} has no {field}"));
            let is_alike = value.is_null()
                || known.is_null()
                || value.is_object()
                || std::mem::discriminant(value) == std::mem::discriminant(known);
            assert!(is_alike, "{kind}.{field}: {value} beside {known}");
        }
    }
}
