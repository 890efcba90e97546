//! The calls that may make more than one request: a credential renewed after a 401, redirects followed.

use http::{Method, StatusCode};
use url::Url;

use super::client::Client;
use super::error::Error;
use super::incoming::Incoming;
use super::message::{Reply, Request};
use super::redact::shown_url;
use super::redirect::{Hop, hop, location};

/// Redirects followed for one request, as many as `curl` and browsers allow at the least.
const MAX_HOPS: usize = 10;

impl Client {
    /// Like [`Client::send`]; a 401 renews the credential, once, and sends the request again.
    pub async fn send_authorised(&self, request: Request) -> Result<Reply, Error> {
        self.open_authorised(request).await?.whole().await
    }

    /// Like [`Client::open`]; a 401 renews the credential and sends the request again: once, and once more where what was
    /// changed for the challenge was not it.
    pub async fn open_authorised(&self, request: Request) -> Result<Incoming, Error> {
        let mut sent = self.credential_for(&request).await?;
        let mut reply = self.open_as(request.clone(), sent.as_ref()).await?;
        let Some(authority) = self.authority() else {
            return Ok(reply);
        };
        for _ in 0..2 {
            let Some(rejected) = sent.filter(|_| reply.status == StatusCode::UNAUTHORIZED) else {
                return Ok(reply);
            };
            let renewed = authority
                .challenged(&rejected, &reply.headers)
                .await
                .map_err(Error::Credential)?;
            if !renewed {
                return Ok(reply);
            }
            sent = self.credential_for(&request).await?;
            reply = self.open_as(request.clone(), sent.as_ref()).await?;
            let refused = sent
                .as_ref()
                .filter(|_| reply.status == StatusCode::UNAUTHORIZED);
            if !refused.is_some_and(|refused| authority.withdraw(refused)) {
                return Ok(reply);
            }
            sent = self.credential_for(&request).await?;
        }
        Ok(reply)
    }

    /// Like [`Client::send_authorised`], following the redirects that [`hop`] allows; those that lead back to where they
    /// were, or do not end, are an error. `notes` receives what the user should know of them.
    pub async fn send_following(
        &self,
        mut request: Request,
        notes: &mut Vec<String>,
    ) -> Result<Reply, Error> {
        let mut asked: Vec<(Method, Url)> = Vec::new();
        loop {
            let reply = self.send_authorised(request.clone()).await?;
            asked.push((request.method.clone(), request.url.clone()));
            match hop(&request, reply.status, location(&reply.headers)) {
                Hop::Final => return Ok(reply),
                Hop::Refuse(why) => {
                    notes.push(format!("{why}; it is not followed"));
                    return Ok(reply);
                }
                Hop::Follow {
                    request: moved,
                    note,
                } => {
                    let (_, first) = &asked[0];
                    let again = |(method, url): &(Method, Url)| {
                        *method == moved.method && *url == moved.url
                    };
                    if asked.len() > MAX_HOPS || asked.iter().any(again) {
                        return Err(Error::Redirects {
                            url: shown_url(first),
                            to: shown_url(&moved.url),
                            hops: asked.len(),
                        });
                    }
                    notes.extend(note);
                    request = *moved;
                }
            }
        }
    }
}
