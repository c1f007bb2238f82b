//! Somebody at a browser without JavaScript: keeps cookies, follows redirects, opens pages.

use std::sync::Arc;
use std::time::Duration;

use reqwest::cookie::Jar;
use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder, Response};

use crate::support::form::Sending;
use crate::support::page::{Answer, Page};

/// A browser of its own. Cloning shares the cookies.
#[derive(Clone)]
pub struct Visitor {
    client: Client,
    bare: Client,
    base: String,
}

const BOUNDARY: &str = "mainstay-test-boundary-7f3a";

impl Visitor {
    /// A new browser that looks at a server, `http://127.0.0.1:…`.
    pub fn new(base: &str) -> Self {
        let jar = Arc::new(Jar::default());
        let client = |policy: Policy| {
            // Connections are given up before the server ends them: on a busy machine a request would meet one that just went.
            Client::builder()
                .pool_idle_timeout(Duration::from_secs(2))
                .cookie_provider(Arc::clone(&jar))
                .redirect(policy)
                .build()
                .expect("a client")
        };
        Self {
            client: client(Policy::limited(10)),
            bare: client(Policy::none()),
            base: base.to_owned(),
        }
    }

    /// Opens an address of the house.
    pub async fn visit(&self, path: &str) -> Page {
        let request = self.client.get(self.address(path));
        self.open(request).await
    }

    /// Opens an address and expects a status; the page is returned for more.
    pub async fn meets(&self, path: &str, status: u16) -> Page {
        let page = self.visit(path).await;
        assert_eq!(page.status, status, "{path}");
        page
    }

    /// Sends a form.
    pub async fn send(&self, path: &str, sending: Sending) -> Page {
        let address = self.address(path);
        let request = if !sending.is_post {
            self.client.get(address).query(&sending.fields)
        } else if sending.is_multipart {
            self.client
                .post(address)
                .header(
                    "content-type",
                    format!("multipart/form-data; boundary={BOUNDARY}"),
                )
                .body(multipart(&sending))
        } else {
            self.client.post(address).form(&sending.fields)
        };
        self.open(request).await
    }

    /// Posts fields past any form, as an intruder would, and does not follow the answer.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let request = self.bare.post(self.address(path)).form(fields);
        answer(request.send().await.expect("the server answers")).await
    }

    /// Asks for an address and does not follow the answer.
    pub async fn get(&self, path: &str) -> Answer {
        let request = self.bare.get(self.address(path));
        answer(request.send().await.expect("the server answers")).await
    }

    /// A request of one's own making, with this browser's cookies; redirects are not followed.
    pub fn request(&self, method: reqwest::Method, path: &str) -> RequestBuilder {
        self.bare.request(method, self.address(path))
    }

    async fn open(&self, request: RequestBuilder) -> Page {
        let response = request.send().await.expect("the server answers");
        Page::open(self.clone(), answer(response).await)
    }

    fn address(&self, path: &str) -> String {
        if path.contains("://") {
            path.to_owned()
        } else {
            format!("{}{path}", self.base)
        }
    }
}

async fn answer(response: Response) -> Answer {
    let url = response.url();
    let query = url
        .query()
        .map_or(String::new(), |query| format!("?{query}"));
    Answer {
        status: response.status().as_u16(),
        path: format!("{}{query}", url.path()),
        headers: response
            .headers()
            .iter()
            .map(|(name, value)| {
                let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
                (name.to_string(), value)
            })
            .collect(),
        body: response.text().await.expect("the answer is text"),
    }
}

fn multipart(sending: &Sending) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, value) in &sending.fields {
        let head = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
        );
        body.extend_from_slice(head.as_bytes());
    }
    for file in &sending.files {
        let head = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{}\"; filename=\"{}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n",
            file.field, file.file_name
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(&file.bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    body
}
