//! What a browser would send when a button is pressed: the form's own fields as they stand, with what the person filled in.

use scraper::{ElementRef, Html};

use crate::support::page::{label, selector};

/// A file chosen for a field.
#[derive(Clone)]
pub struct Attachment {
    pub field: String,
    pub file_name: String,
    pub bytes: Vec<u8>,
}

/// A form ready to be sent.
pub struct Sending {
    pub is_post: bool,
    pub action: String,
    pub fields: Vec<(String, String)>,
    pub files: Vec<Attachment>,
    pub is_multipart: bool,
}

/// Gathers the form of the button with these words.
pub fn press(
    document: &Html,
    button: &str,
    filled: &[(String, String)],
    attached: &[Attachment],
) -> Result<Sending, String> {
    let pressed = find_button(document, button)?;
    let form = form_of(document, pressed).ok_or(format!("{button:?} is in no form"))?;
    let mut fields = Vec::new();
    for control in document.select(&selector("input, select, textarea")) {
        if form_of(document, control).map(|owner| owner.id()) == Some(form.id()) {
            fields.extend(successful(control));
        }
    }
    for (name, value) in filled {
        if !has_field(document, form, name) {
            let names: Vec<&str> = fields.iter().map(|(name, _)| name.as_str()).collect();
            return Err(format!(
                "no field {name:?} beside {button:?}, only {names:?}"
            ));
        }
        fields.retain(|(field, _)| field != name);
        if !value.is_empty() || !is_box(document, form, name) {
            fields.push((name.clone(), value.clone()));
        }
    }
    if let Some(name) = pressed.attr("name") {
        let value = pressed.attr("value").unwrap_or_default();
        fields.push((name.to_owned(), value.to_owned()));
    }
    let either = |own: &str, forms: &str| {
        let chosen = pressed.attr(own).or_else(|| form.attr(forms));
        chosen.unwrap_or_default().to_owned()
    };
    Ok(Sending {
        is_post: either("formmethod", "method").eq_ignore_ascii_case("post"),
        action: either("formaction", "action"),
        is_multipart: either("formenctype", "enctype") == "multipart/form-data",
        fields,
        files: attached.to_vec(),
    })
}

fn find_button<'a>(document: &'a Html, text: &str) -> Result<ElementRef<'a>, String> {
    let buttons: Vec<ElementRef<'_>> = document
        .select(&selector("button, input[type=submit], input[type=image]"))
        .filter(|button| button.attr("type") != Some("button"))
        .collect();
    let exact = buttons.iter().find(|button| label(**button) == text);
    let like = || buttons.iter().find(|button| label(**button).contains(text));
    exact.or_else(like).copied().ok_or_else(|| {
        let labels: Vec<String> = buttons.iter().map(|button| label(*button)).collect();
        format!("no button {text:?}, only {labels:?}")
    })
}

/// The form a control belongs to: named by its `form` attribute, or around it.
fn form_of<'a>(document: &'a Html, control: ElementRef<'a>) -> Option<ElementRef<'a>> {
    if let Some(id) = control.attr("form") {
        return document.select(&selector(&format!("form#{id}"))).next();
    }
    control
        .ancestors()
        .filter_map(ElementRef::wrap)
        .find(|element| element.value().name() == "form")
}

/// What a control sends as it stands.
fn successful(control: ElementRef<'_>) -> Vec<(String, String)> {
    let Some(name) = control.attr("name") else {
        return Vec::new();
    };
    if control.attr("disabled").is_some() {
        return Vec::new();
    }
    let pair = |value: &str| vec![(name.to_owned(), value.to_owned())];
    match control.value().name() {
        "textarea" => pair(&control.text().collect::<String>()),
        "select" => {
            let options: Vec<ElementRef<'_>> = control.select(&selector("option")).collect();
            let chosen = options
                .iter()
                .find(|option| option.attr("selected").is_some())
                .or(options.first());
            chosen.map_or(Vec::new(), |option| {
                let text: String = option.text().collect();
                pair(option.attr("value").unwrap_or(text.trim()))
            })
        }
        _ => match control.attr("type").unwrap_or("text") {
            "checkbox" | "radio" if control.attr("checked").is_none() => Vec::new(),
            "checkbox" | "radio" => pair(control.attr("value").unwrap_or("on")),
            "submit" | "button" | "image" | "reset" | "file" => Vec::new(),
            _ => pair(control.attr("value").unwrap_or_default()),
        },
    }
}

fn controls_named<'a>(document: &'a Html, form: ElementRef<'a>, name: &str) -> Vec<ElementRef<'a>> {
    document
        .select(&selector("input, select, textarea"))
        .filter(|control| control.attr("name") == Some(name))
        .filter(|control| form_of(document, *control).map(|owner| owner.id()) == Some(form.id()))
        .collect()
}

fn has_field(document: &Html, form: ElementRef<'_>, name: &str) -> bool {
    !controls_named(document, form, name).is_empty()
}

/// Whether a field is a box to tick: filled with nothing, it sends nothing.
fn is_box(document: &Html, form: ElementRef<'_>, name: &str) -> bool {
    controls_named(document, form, name)
        .iter()
        .any(|control| control.attr("type") == Some("checkbox"))
}

#[test]
fn a_form_sends_what_a_browser_would() {
    let page = Html::parse_document(
        "<form method=post action=/pay><input type=hidden name=csrf value=t><input name=amount value=84.10>
         <input type=checkbox name=paper value=yes><input type=checkbox name=mail checked>
         <select name=tender><option value=card>Card</option><option value=bank selected>Bank</option></select>
         <textarea name=note>Hello</textarea><button name=step value=check>Continue</button></form>
         <form action=/search><input name=q><button>Search</button></form>",
    );
    let filled = [("amount".to_owned(), "20.00".to_owned())];
    let sending = press(&page, "Continue", &filled, &[]).unwrap();
    let mut fields: Vec<String> = sending
        .fields
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    fields.sort();
    let expected = [
        "amount=20.00",
        "csrf=t",
        "mail=on",
        "note=Hello",
        "step=check",
        "tender=bank",
    ];
    assert_eq!(fields, expected);
    assert!(sending.is_post);
    assert_eq!(sending.action, "/pay");
    assert!(press(&page, "Search", &filled, &[]).is_err());
    assert!(press(&page, "Refund", &[], &[]).is_err());
}
