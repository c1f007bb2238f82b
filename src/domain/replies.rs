//! What a text that somebody sends us means, in either language: no more texts, texts again, help, or that a service is out.

use crate::domain::commodity::Commodity;

/// What somebody who texts us wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reply {
    /// No more texts.
    Stop,
    /// Texts again.
    Start,
    /// Who are you?
    Help,
    /// To tell that a service is out; which, where it is said.
    Out(Option<Commodity>),
    /// Something else.
    Other,
}

/// Words that stand between "no" and the service without saying anything of it.
const BESIDE_NO: [&str; 3] = ["HAY", "TENGO", "TENEMOS"];

/// The same between "out" and the service.
const BESIDE_OUT: [&str; 10] = [
    "NO", "SIN", "HAY", "TENGO", "TENEMOS", "DE", "LA", "EL", "OF", "THE",
];

/// Words that end texts when nothing but [`BESIDE_STOP`] is with them: with more words they may be about an appointment, a bill, a service.
const STOP: [&str; 16] = [
    "STOP",
    "STOPALL",
    "UNSUBSCRIBE",
    "CANCEL",
    "END",
    "QUIT",
    "REVOKE",
    "OPTOUT",
    "ALTO",
    "PARAR",
    "PARE",
    "PAREN",
    "DETENER",
    "CANCELAR",
    "TERMINAR",
    "BAJA",
];

/// Words that begin texts again, alone in the same way.
const START: [&str; 9] = [
    "START", "YES", "UNSTOP", "INICIAR", "INICIO", "COMENZAR", "EMPEZAR", "SÍ", "ALTA",
];

/// Words that name texts: who says that these shall not come ends them.
const TEXTS: [&str; 19] = [
    "TEXT",
    "TEXTS",
    "TEXTING",
    "TXT",
    "TXTS",
    "MESSAGE",
    "MESSAGES",
    "MESSAGING",
    "SMS",
    "MENSAJE",
    "MENSAJES",
    "TEXTO",
    "TEXTOS",
    "ALERTS",
    "ALERTAS",
    "NOTIFICATIONS",
    "NOTIFICACIONES",
    "AVISO",
    "AVISOS",
];

/// Words that change nothing of what is said about texts.
const BESIDE_STOP: [&str; 43] = [
    "ALL",
    "ANY",
    "MORE",
    "PLEASE",
    "PLS",
    "ME",
    "US",
    "MY",
    "THE",
    "THESE",
    "THOSE",
    "YOUR",
    "OF",
    "TO",
    "FROM",
    "NOW",
    "SENDING",
    "GETTING",
    "RECEIVING",
    "THANKS",
    "THANK",
    "YOU",
    "POR",
    "FAVOR",
    "TODOS",
    "TODAS",
    "DE",
    "LOS",
    "LAS",
    "MIS",
    "SUS",
    "ESTOS",
    "ESTAS",
    "MÁS",
    "MAS",
    "YA",
    "NOS",
    "UN",
    "UNA",
    "AHORA",
    "GRACIAS",
    "NINGÚN",
    "NINGUN",
];

/// Whole texts that end them in other words, without [`BESIDE_STOP`].
const STOP_OTHERWISE: [&[&str]; 9] = [
    &["STOP", "IT"],
    &["STOP", "THIS"],
    &["STOP", "AT", "ONCE"],
    &["NO", "STOP"],
    &["LEAVE", "ALONE"],
    &["REMOVE"],
    &["REMOVE", "LIST"],
    &["TAKE", "OFF", "LIST"],
    &["BASTA"],
];

/// What is said of texts that shall not come; [`TEXTS`] follow, and [`BESIDE_STOP`] may stand between.
const NO_TEXTS: [&[&str]; 27] = [
    &["STOP"],
    &["QUIT"],
    &["NO", "MORE"],
    &["DONT"],
    &["DO", "NOT"],
    &["DONT", "SEND"],
    &["DO", "NOT", "SEND"],
    &["DONT", "WANT"],
    &["DO", "NOT", "WANT"],
    &["DONT", "WANT", "GET"],
    &["DO", "NOT", "WANT", "GET"],
    &["DONT", "WANT", "RECEIVE"],
    &["DO", "NOT", "WANT", "RECEIVE"],
    &["NO", "MÁS"],
    &["NO", "MAS"],
    &["NO", "QUIERO"],
    &["NO", "QUIERO", "RECIBIR"],
    &["NO", "DESEO"],
    &["NO", "DESEO", "RECIBIR"],
    &["NO", "MANDE"],
    &["NO", "MANDEN"],
    &["NO", "ENVÍE"],
    &["NO", "ENVÍEN"],
    &["NO", "ENVIE"],
    &["NO", "ENVIEN"],
    &["DEJEN", "MANDARME"],
    &["DEJEN", "ENVIARME"],
];

/// Words after STOP that make it a word about something else: "stop by on Tuesday", "stop service at 12 Oak", "stop autopay".
const STOPS_ELSE: [&str; 10] = [
    "BY", "AT", "IN", "THE", "MY", "SERVICE", "AUTOPAY", "AUTO", "PAYMENT", "PAYMENTS",
];

/// Words that turn round what follows. A "no" does not: "No, stop texting me".
const NOT: [&str; 4] = ["NOT", "DONT", "NEVER", "NUNCA"];

/// Reads a text that came. The carriers' words count alone or among words that say nothing else, STOP at the beginning of any text that is not
/// plainly about something else; other longer texts are for the office. Any clear word against texts ends them all the same, as consent
/// may be revoked by any reasonable method (47 CFR 64.1200(a)(10)): a text too many is unlawful, and one word brings them back.
#[must_use]
pub fn read_reply(text: &str) -> Reply {
    let upper = text.to_uppercase().replace(['\'', '’'], "");
    let words: Vec<&str> = upper
        .split(|letter: char| !letter.is_alphabetic())
        .filter(|word| !word.is_empty())
        .collect();
    if is_stop(&words) {
        return Reply::Stop;
    }
    if is_start(&words) {
        return Reply::Start;
    }
    match words.first().copied().unwrap_or_default() {
        "HELP" | "INFO" | "AYUDA" => Reply::Help,
        "OUT" | "OUTAGE" | "CORTE" | "APAGÓN" | "APAGON" => {
            Reply::Out(service_among(&words, &BESIDE_OUT, 2))
        }
        // "No water", "sin luz": without a service they are answers to something else.
        "NO" | "SIN" => match service_among(&words, &BESIDE_NO, 1) {
            Some(service) => Reply::Out(Some(service)),
            None => Reply::Other,
        },
        _ => Reply::Other,
    }
}

/// The words of a text that say something of their own.
fn said<'a>(words: &[&'a str]) -> Vec<&'a str> {
    let says = |word: &&&str| !BESIDE_STOP.contains(*word) && !TEXTS.contains(*word);
    words.iter().filter(says).copied().collect()
}

fn is_stop(words: &[&str]) -> bool {
    let said = said(words);
    let is_alone = !said.is_empty() && said.iter().all(|word| STOP.contains(word));
    // "I want to opt out", "how do I unsubscribe?": these words are about nothing else.
    let ends = said.ends_with(&["UNSUBSCRIBE"]) || said.ends_with(&["OPT", "OUT"]);
    let is_wish = ends && !said.iter().any(|word| NOT.contains(word));
    is_alone
        || is_wish
        || is_said_first(words)
        || STOP_OTHERWISE.contains(&said.as_slice())
        // At the beginning alone: "You never text me" asks for more of them.
        || begins(words, &["NEVER"])
        || NO_TEXTS.iter().any(|against| is_against(words, against))
}

/// Whether a text begins with a word that is about texts before all else, whatever follows: "STOP who is this", "Revoke my consent". What
/// is stopped or opted out of may be something else.
fn is_said_first(words: &[&str]) -> bool {
    match words {
        ["STOP", next, ..] => !STOPS_ELSE.contains(next) && service_named(next).is_none(),
        ["OPT", "OUT", next, ..] => *next != "OF",
        ["STOP" | "STOPALL" | "UNSUBSCRIBE" | "REVOKE" | "OPTOUT", ..] | ["OPT", "OUT"] => true,
        _ => false,
    }
}

/// Whether these words are said of texts somewhere, and not turned round.
fn is_against(words: &[&str], against: &[&str]) -> bool {
    let from = |at: usize| words.get(at..).unwrap_or_default();
    let turned = |at: usize| {
        let before = at.checked_sub(1).and_then(|at| words.get(at));
        before.is_some_and(|word| NOT.contains(word))
    };
    (0..words.len()).any(|at| !turned(at) && begins(from(at), against))
}

/// Whether a text begins with these words and then names texts; what says nothing is passed over after the first.
fn begins(words: &[&str], against: &[&str]) -> bool {
    let mut next = words.iter();
    let Some((first, others)) = against.split_first() else {
        return false;
    };
    if next.next() != Some(first) {
        return false;
    }
    let mut passing = |wanted: &dyn Fn(&str) -> bool| {
        let stands = next.find(|word| wanted(word) || !BESIDE_STOP.contains(*word));
        stands.is_some_and(|word| wanted(word))
    };
    others.iter().all(|other| passing(&|word| word == *other))
        && passing(&|word| TEXTS.contains(&word))
}

fn is_start(words: &[&str]) -> bool {
    let said = said(words);
    match said.as_slice() {
        // Telephones leave the accent out; with more words it may be "if".
        ["SI"] => words.len() == 1,
        [word] => START.contains(word),
        _ => false,
    }
}

/// The service that one of the next so many words after the first names; some are passed over.
fn service_among(words: &[&str], beside: &[&str], within: usize) -> Option<Commodity> {
    let next = words.iter().skip(1).filter(|word| !beside.contains(word));
    next.take(within).find_map(|word| service_named(word))
}

/// What a text names right after the service that is out: the number of a house or an account, where it is one.
#[must_use]
pub fn place_named(text: &str) -> Option<&str> {
    let mut words = text
        .split(|letter: char| !(letter.is_alphanumeric() || letter == '-'))
        .filter(|word| !word.is_empty());
    words.find(|word| service_named(&word.to_uppercase()).is_some())?;
    words.next()
}

fn service_named(word: &str) -> Option<Commodity> {
    match word {
        "WATER" | "AGUA" => Some(Commodity::Water),
        "POWER" | "ELECTRIC" | "ELECTRICITY" | "LIGHTS" | "LUZ" | "ELECTRICIDAD" | "CORRIENTE" => {
            Some(Commodity::Electric)
        }
        "GAS" => Some(Commodity::Gas),
        "SEWER" | "ALCANTARILLADO" | "DRENAJE" => Some(Commodity::Sewer),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_end_texts_are_known_in_both_languages() {
        for text in [
            "STOP",
            "stop.",
            " Alto por favor",
            "parar",
            "Unsubscribe",
            "Please stop",
            "STOP ALL messages",
            "cancel my texts",
            "Opt-out",
        ] {
            assert_eq!(read_reply(text), Reply::Stop, "{text}");
        }
        assert_eq!(read_reply("ayuda"), Reply::Help);
        for text in ["Start", "Sí", "si", "SI."] {
            assert_eq!(read_reply(text), Reply::Start, "{text}");
        }
        assert_eq!(read_reply("si vienen hoy, avisen"), Reply::Other);
        assert_eq!(read_reply("don't stop the water"), Reply::Other);
        assert_eq!(read_reply(""), Reply::Other);
    }

    #[test]
    fn a_longer_text_that_begins_with_such_a_word_is_about_something_else() {
        for text in [
            "Cancel my appointment",
            "Cancel it, I am not home on Friday",
            "End of service at 12 Oak on May 3",
            "Stop by on Tuesday",
            "stop the water, a pipe broke",
            "Stop service at 12 Oak on May 3",
            "stop gas on Friday",
            "Alto consumo en mi factura",
            "Cancelar mi cita",
            "baja del servicio",
            "Start service at 12 Oak",
            "Yes, I am home",
            "I did not get a text about my bill",
            "please don't stop texting me",
            "can I opt out of the smart meter?",
            "Opt out of the smart meter",
            "Stop autopay",
            "stop payment of my last bill",
            "You never text me",
            "thank you",
        ] {
            assert_eq!(read_reply(text), Reply::Other, "{text}");
        }
    }

    #[test]
    fn any_clear_word_against_texts_ends_them() {
        for text in [
            "please stop texting me",
            "STOP who is this?",
            "Stop!!! You woke me up",
            "Do not text me",
            "don’t text me any more!",
            "I want you to stop sending me these messages",
            "I don't want to get any more texts from you",
            "No more texts please",
            "I would like to unsubscribe",
            "I want to opt out of your texts",
            "take me off your list",
            "Revoke my consent",
            "Unsubscribe my number",
            "Opt out my phone",
            "No. Stop.",
            "No, stop texting me",
            "No, don't text me",
            "Never text me again",
            "Stop at once",
            "stop the notifications",
            "Cancelar mis avisos",
            "no quiero más avisos",
            "Ya no me manden más mensajes",
            "no quiero recibir mensajes de ustedes",
            "Por favor, no me envíen textos",
        ] {
            assert_eq!(read_reply(text), Reply::Stop, "{text}");
        }
    }

    #[test]
    fn an_outage_is_told_in_few_words_of_either_language() {
        let electric = Reply::Out(Some(Commodity::Electric));
        for text in [
            "OUT power",
            "No power since 6",
            "sin luz",
            "apagón: no hay luz",
        ] {
            assert_eq!(read_reply(text), electric, "{text}");
        }
        assert_eq!(read_reply("sin agua"), Reply::Out(Some(Commodity::Water)));
        assert_eq!(read_reply("out"), Reply::Out(None));
        assert_eq!(read_reply("Opt out"), Reply::Stop);
        assert_eq!(read_reply("no"), Reply::Other);
        assert_eq!(read_reply("no thanks"), Reply::Other);
        for text in ["no hay luz", "No tengo luz", "corte de luz en mi calle"] {
            assert_eq!(read_reply(text), electric, "{text}");
        }
    }

    #[test]
    fn a_service_that_is_named_later_is_about_something_else() {
        for text in [
            "No, I already paid my water bill",
            "No I am not home, the gas man may come",
            "no, ya pagué la luz",
            "sin embargo pagué el agua",
        ] {
            assert_eq!(read_reply(text), Reply::Other, "{text}");
        }
        assert_eq!(
            read_reply("out since yesterday, I paid for water"),
            Reply::Out(None)
        );
    }

    #[test]
    fn the_place_is_named_right_after_the_service() {
        assert_eq!(place_named("OUT WATER 123"), Some("123"));
        assert_eq!(place_named("no hay luz, 12B"), Some("12B"));
        assert_eq!(place_named("No power since 6"), Some("since"));
        assert_eq!(place_named("Out power"), None);
        assert_eq!(place_named("Out 123"), None);
    }
}
