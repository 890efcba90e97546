
use builtin;
use str;

set edit:completion:arg-completer[apictl] = {|@words|
    fn spaces {|n|
        builtin:repeat $n ' ' | str:join ''
    }
    fn cand {|text desc|
        edit:complex-candidate $text &display=$text' '(spaces (- 14 (wcswidth $text)))$desc
    }
    var command = 'apictl'
    for word $words[1..-1] {
        if (str:has-prefix $word '-') {
            break
        }
        set command = $command';'$word
    }
    var completions = [
        &'apictl'= {
            cand --base-url 'The API''s address; relative URLs are joined to it [env: APICTL_BASE_URL]'
            cand --profile 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]'
            cand --as 'Act as this stored login, or as `anon` [env: APICTL_AS]'
            cand --format 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]'
            cand --color 'When to use colours [env: APICTL_COLOR]'
            cand --timeout 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]'
            cand --connect-timeout 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]'
            cand --cacert 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]'
            cand --proxy 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]'
            cand -H 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]'
            cand --header 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]'
            cand --user-agent 'Send this User-Agent [env: APICTL_USER_AGENT]'
            cand --bind 'Connect from this source address [env: APICTL_BIND]'
            cand --resolve 'Use this address for a host; repeatable [env: APICTL_RESOLVE]'
            cand -q 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]'
            cand --quiet 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]'
            cand -v 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]'
            cand --verbose 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]'
            cand --insecure 'Accept any TLS certificate [env: APICTL_INSECURE]'
            cand --http2-prior-knowledge 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]'
            cand --no-progress 'Never show progress [env: APICTL_NO_PROGRESS]'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print version'
            cand --version 'Print version'
            cand jwt 'Decode, verify and sign JSON Web Tokens, without sending them anywhere'
            cand request 'Send one request and print the reply''s body'
            cand access 'See who may do what, and hold it to what was agreed'
            cand config 'Show where settings come from, or begin an apictl.toml'
            cand completions 'Print a completion script for a shell'
            cand man 'Print the manual page, or write all of them to a folder'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'apictl;jwt'= {
            cand --base-url 'The API''s address; relative URLs are joined to it [env: APICTL_BASE_URL]'
            cand --profile 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]'
            cand --as 'Act as this stored login, or as `anon` [env: APICTL_AS]'
            cand --format 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]'
            cand --color 'When to use colours [env: APICTL_COLOR]'
            cand --timeout 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]'
            cand --connect-timeout 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]'
            cand --cacert 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]'
            cand --proxy 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]'
            cand -H 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]'
            cand --header 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]'
            cand --user-agent 'Send this User-Agent [env: APICTL_USER_AGENT]'
            cand --bind 'Connect from this source address [env: APICTL_BIND]'
            cand --resolve 'Use this address for a host; repeatable [env: APICTL_RESOLVE]'
            cand -q 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]'
            cand --quiet 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]'
            cand -v 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]'
            cand --verbose 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]'
            cand --insecure 'Accept any TLS certificate [env: APICTL_INSECURE]'
            cand --http2-prior-knowledge 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]'
            cand --no-progress 'Never show progress [env: APICTL_NO_PROGRESS]'
            cand -h 'Print help'
            cand --help 'Print help'
            cand decode 'Show what a token says, without checking its signature'
            cand verify 'Check a token''s signature, times and claims against a key and expectations'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'apictl;jwt;decode'= {
            cand --at 'Compare times with this moment, RFC 3339 or seconds since 1970, instead of now'
            cand --base-url 'The API''s address; relative URLs are joined to it [env: APICTL_BASE_URL]'
            cand --profile 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]'
            cand --as 'Act as this stored login, or as `anon` [env: APICTL_AS]'
            cand --format 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]'
            cand --color 'When to use colours [env: APICTL_COLOR]'
            cand --timeout 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]'
            cand --connect-timeout 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]'
            cand --cacert 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]'
            cand --proxy 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]'
            cand -H 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]'
            cand --header 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]'
            cand --user-agent 'Send this User-Agent [env: APICTL_USER_AGENT]'
            cand --bind 'Connect from this source address [env: APICTL_BIND]'
            cand --resolve 'Use this address for a host; repeatable [env: APICTL_RESOLVE]'
            cand --batch 'Read one token a line and write one line of JSON for each, in order'
            cand -q 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]'
            cand --quiet 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]'
            cand -v 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]'
            cand --verbose 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]'
            cand --insecure 'Accept any TLS certificate [env: APICTL_INSECURE]'
            cand --http2-prior-knowledge 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]'
            cand --no-progress 'Never show progress [env: APICTL_NO_PROGRESS]'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'apictl;jwt;verify'= {
            cand --secret-file 'The shared secret is the content of this file, without its last line break'
            cand --secret-env 'The shared secret is the value of this environment variable'
            cand --secret 'The shared secret itself; other users of this machine may see it'
            cand --key 'A key file: PEM (PKCS#1, PKCS#8, SEC1, SPKI, X.509), DER, JWK or JWK Set, told apart by content'
            cand --key-env 'The same, from an environment variable'
            cand --jwks-url 'Fetch the keys from this JWK Set'
            cand --oidc 'Fetch the keys that this issuer publishes, and expect it as `iss`'
            cand --alg 'Allow only this algorithm; repeatable'
            cand --aud '`aud` must name this; repeatable, one is enough'
            cand --iss '`iss` must be this; repeatable, one is enough'
            cand --sub '`sub` must be this'
            cand --token-type '`token_type` must be this: access, refresh, sliding'
            cand --require 'These claims must be present; repeatable, or with commas'
            cand --max-age 'Refuse tokens issued longer ago than this, by `iat`'
            cand --leeway 'Clock difference to grant, at most a day'
            cand --at 'Compare times with this moment, RFC 3339 or seconds since 1970, instead of now'
            cand --base-url 'The API''s address; relative URLs are joined to it [env: APICTL_BASE_URL]'
            cand --profile 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]'
            cand --as 'Act as this stored login, or as `anon` [env: APICTL_AS]'
            cand --format 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]'
            cand --color 'When to use colours [env: APICTL_COLOR]'
            cand --timeout 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]'
            cand --connect-timeout 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]'
            cand --cacert 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]'
            cand --proxy 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]'
            cand -H 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]'
            cand --header 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]'
            cand --user-agent 'Send this User-Agent [env: APICTL_USER_AGENT]'
            cand --bind 'Connect from this source address [env: APICTL_BIND]'
            cand --resolve 'Use this address for a host; repeatable [env: APICTL_RESOLVE]'
            cand --allow-weak-key 'Accept secrets and RSA keys shorter than RFC 7518 asks for'
            cand --batch 'Read one token a line and write one line of JSON for each, in order'
            cand -q 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]'
            cand --quiet 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]'
            cand -v 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]'
            cand --verbose 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]'
            cand --insecure 'Accept any TLS certificate [env: APICTL_INSECURE]'
            cand --http2-prior-knowledge 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]'
            cand --no-progress 'Never show progress [env: APICTL_NO_PROGRESS]'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'apictl;jwt;help'= {
            cand decode 'Show what a token says, without checking its signature'
            cand verify 'Check a token''s signature, times and claims against a key and expectations'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'apictl;jwt;help;decode'= {
        }
        &'apictl;jwt;help;verify'= {
        }
        &'apictl;jwt;help;help'= {
        }
        &'apictl;request'= {
            cand -d 'The body: a text, @FILE, or - for standard input; JSON unless `-H ''Content-Type: …''` says otherwise'
            cand --data 'The body: a text, @FILE, or - for standard input; JSON unless `-H ''Content-Type: …''` says otherwise'
            cand --base-url 'The API''s address; relative URLs are joined to it [env: APICTL_BASE_URL]'
            cand --profile 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]'
            cand --as 'Act as this stored login, or as `anon` [env: APICTL_AS]'
            cand --format 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]'
            cand --color 'When to use colours [env: APICTL_COLOR]'
            cand --timeout 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]'
            cand --connect-timeout 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]'
            cand --cacert 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]'
            cand --proxy 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]'
            cand -H 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]'
            cand --header 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]'
            cand --user-agent 'Send this User-Agent [env: APICTL_USER_AGENT]'
            cand --bind 'Connect from this source address [env: APICTL_BIND]'
            cand --resolve 'Use this address for a host; repeatable [env: APICTL_RESOLVE]'
            cand -i 'Print the status line and header fields above the body'
            cand --include 'Print the status line and header fields above the body'
            cand --no-follow 'Return a redirect as it is'
            cand -q 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]'
            cand --quiet 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]'
            cand -v 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]'
            cand --verbose 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]'
            cand --insecure 'Accept any TLS certificate [env: APICTL_INSECURE]'
            cand --http2-prior-knowledge 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]'
            cand --no-progress 'Never show progress [env: APICTL_NO_PROGRESS]'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'apictl;access'= {
            cand --base-url 'The API''s address; relative URLs are joined to it [env: APICTL_BASE_URL]'
            cand --profile 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]'
            cand --as 'Act as this stored login, or as `anon` [env: APICTL_AS]'
            cand --format 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]'
            cand --color 'When to use colours [env: APICTL_COLOR]'
            cand --timeout 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]'
            cand --connect-timeout 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]'
            cand --cacert 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]'
            cand --proxy 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]'
            cand -H 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]'
            cand --header 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]'
            cand --user-agent 'Send this User-Agent [env: APICTL_USER_AGENT]'
            cand --bind 'Connect from this source address [env: APICTL_BIND]'
            cand --resolve 'Use this address for a host; repeatable [env: APICTL_RESOLVE]'
            cand -q 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]'
            cand --quiet 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]'
            cand -v 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]'
            cand --verbose 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]'
            cand --insecure 'Accept any TLS certificate [env: APICTL_INSECURE]'
            cand --http2-prior-knowledge 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]'
            cand --no-progress 'Never show progress [env: APICTL_NO_PROGRESS]'
            cand -h 'Print help'
            cand --help 'Print help'
            cand matrix 'See who is answered what: identities × methods, as a table'
            cand check 'Hold the API to the `[[access]]` tables of apictl.toml'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'apictl;access;matrix'= {
            cand --token-file 'Use the token in a file as an identity; repeatable'
            cand --identity 'Ask as these identities only; repeatable'
            cand --method 'Send these methods only; repeatable'
            cand --rows 'Open the first N rows of each list one by one, looking for rows that should not be in it'
            cand --save 'Append what was seen to a file as `[[access]]` tables'
            cand --base-url 'The API''s address; relative URLs are joined to it [env: APICTL_BASE_URL]'
            cand --profile 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]'
            cand --format 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]'
            cand --color 'When to use colours [env: APICTL_COLOR]'
            cand --timeout 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]'
            cand --connect-timeout 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]'
            cand --cacert 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]'
            cand --proxy 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]'
            cand -H 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]'
            cand --header 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]'
            cand --user-agent 'Send this User-Agent [env: APICTL_USER_AGENT]'
            cand --bind 'Connect from this source address [env: APICTL_BIND]'
            cand --resolve 'Use this address for a host; repeatable [env: APICTL_RESOLVE]'
            cand --unsafe-methods 'Send POST, PUT and PATCH too, with a body that cannot validate; DELETE only with `--method DELETE`'
            cand -q 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]'
            cand --quiet 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]'
            cand -v 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]'
            cand --verbose 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]'
            cand --insecure 'Accept any TLS certificate [env: APICTL_INSECURE]'
            cand --http2-prior-knowledge 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]'
            cand --no-progress 'Never show progress [env: APICTL_NO_PROGRESS]'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'apictl;access;check'= {
            cand --token-file 'Use the token in a file as an identity; repeatable'
            cand --openapi 'Compare with an OpenAPI document (JSON or YAML): what it secures must refuse `anon`, the rest must not'
            cand --param 'The value of a parameter in the document''s paths; repeatable'
            cand --junit 'Write a JUnit file'
            cand --base-url 'The API''s address; relative URLs are joined to it [env: APICTL_BASE_URL]'
            cand --profile 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]'
            cand --as 'Act as this stored login, or as `anon` [env: APICTL_AS]'
            cand --format 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]'
            cand --color 'When to use colours [env: APICTL_COLOR]'
            cand --timeout 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]'
            cand --connect-timeout 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]'
            cand --cacert 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]'
            cand --proxy 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]'
            cand -H 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]'
            cand --header 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]'
            cand --user-agent 'Send this User-Agent [env: APICTL_USER_AGENT]'
            cand --bind 'Connect from this source address [env: APICTL_BIND]'
            cand --resolve 'Use this address for a host; repeatable [env: APICTL_RESOLVE]'
            cand --unsafe-methods 'Send POST, PUT, PATCH and DELETE too; without `data` in the table the body is one that cannot validate'
            cand -q 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]'
            cand --quiet 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]'
            cand -v 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]'
            cand --verbose 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]'
            cand --insecure 'Accept any TLS certificate [env: APICTL_INSECURE]'
            cand --http2-prior-knowledge 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]'
            cand --no-progress 'Never show progress [env: APICTL_NO_PROGRESS]'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'apictl;access;help'= {
            cand matrix 'See who is answered what: identities × methods, as a table'
            cand check 'Hold the API to the `[[access]]` tables of apictl.toml'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'apictl;access;help;matrix'= {
        }
        &'apictl;access;help;check'= {
        }
        &'apictl;access;help;help'= {
        }
        &'apictl;config'= {
            cand --base-url 'The API''s address; relative URLs are joined to it [env: APICTL_BASE_URL]'
            cand --profile 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]'
            cand --as 'Act as this stored login, or as `anon` [env: APICTL_AS]'
            cand --format 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]'
            cand --color 'When to use colours [env: APICTL_COLOR]'
            cand --timeout 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]'
            cand --connect-timeout 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]'
            cand --cacert 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]'
            cand --proxy 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]'
            cand -H 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]'
            cand --header 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]'
            cand --user-agent 'Send this User-Agent [env: APICTL_USER_AGENT]'
            cand --bind 'Connect from this source address [env: APICTL_BIND]'
            cand --resolve 'Use this address for a host; repeatable [env: APICTL_RESOLVE]'
            cand -q 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]'
            cand --quiet 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]'
            cand -v 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]'
            cand --verbose 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]'
            cand --insecure 'Accept any TLS certificate [env: APICTL_INSECURE]'
            cand --http2-prior-knowledge 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]'
            cand --no-progress 'Never show progress [env: APICTL_NO_PROGRESS]'
            cand -h 'Print help'
            cand --help 'Print help'
            cand path 'Print which files are read'
            cand show 'Print every setting, its value and where it came from'
            cand init 'Write an apictl.toml to the working folder'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'apictl;config;path'= {
            cand --base-url 'The API''s address; relative URLs are joined to it [env: APICTL_BASE_URL]'
            cand --profile 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]'
            cand --as 'Act as this stored login, or as `anon` [env: APICTL_AS]'
            cand --format 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]'
            cand --color 'When to use colours [env: APICTL_COLOR]'
            cand --timeout 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]'
            cand --connect-timeout 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]'
            cand --cacert 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]'
            cand --proxy 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]'
            cand -H 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]'
            cand --header 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]'
            cand --user-agent 'Send this User-Agent [env: APICTL_USER_AGENT]'
            cand --bind 'Connect from this source address [env: APICTL_BIND]'
            cand --resolve 'Use this address for a host; repeatable [env: APICTL_RESOLVE]'
            cand -q 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]'
            cand --quiet 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]'
            cand -v 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]'
            cand --verbose 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]'
            cand --insecure 'Accept any TLS certificate [env: APICTL_INSECURE]'
            cand --http2-prior-knowledge 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]'
            cand --no-progress 'Never show progress [env: APICTL_NO_PROGRESS]'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'apictl;config;show'= {
            cand --base-url 'The API''s address; relative URLs are joined to it [env: APICTL_BASE_URL]'
            cand --profile 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]'
            cand --as 'Act as this stored login, or as `anon` [env: APICTL_AS]'
            cand --format 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]'
            cand --color 'When to use colours [env: APICTL_COLOR]'
            cand --timeout 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]'
            cand --connect-timeout 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]'
            cand --cacert 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]'
            cand --proxy 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]'
            cand -H 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]'
            cand --header 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]'
            cand --user-agent 'Send this User-Agent [env: APICTL_USER_AGENT]'
            cand --bind 'Connect from this source address [env: APICTL_BIND]'
            cand --resolve 'Use this address for a host; repeatable [env: APICTL_RESOLVE]'
            cand -q 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]'
            cand --quiet 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]'
            cand -v 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]'
            cand --verbose 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]'
            cand --insecure 'Accept any TLS certificate [env: APICTL_INSECURE]'
            cand --http2-prior-knowledge 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]'
            cand --no-progress 'Never show progress [env: APICTL_NO_PROGRESS]'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'apictl;config;init'= {
            cand --base-url 'The API''s address; relative URLs are joined to it [env: APICTL_BASE_URL]'
            cand --profile 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]'
            cand --as 'Act as this stored login, or as `anon` [env: APICTL_AS]'
            cand --format 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]'
            cand --color 'When to use colours [env: APICTL_COLOR]'
            cand --timeout 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]'
            cand --connect-timeout 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]'
            cand --cacert 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]'
            cand --proxy 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]'
            cand -H 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]'
            cand --header 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]'
            cand --user-agent 'Send this User-Agent [env: APICTL_USER_AGENT]'
            cand --bind 'Connect from this source address [env: APICTL_BIND]'
            cand --resolve 'Use this address for a host; repeatable [env: APICTL_RESOLVE]'
            cand --force 'Replace one that is there'
            cand -q 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]'
            cand --quiet 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]'
            cand -v 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]'
            cand --verbose 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]'
            cand --insecure 'Accept any TLS certificate [env: APICTL_INSECURE]'
            cand --http2-prior-knowledge 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]'
            cand --no-progress 'Never show progress [env: APICTL_NO_PROGRESS]'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'apictl;config;help'= {
            cand path 'Print which files are read'
            cand show 'Print every setting, its value and where it came from'
            cand init 'Write an apictl.toml to the working folder'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'apictl;config;help;path'= {
        }
        &'apictl;config;help;show'= {
        }
        &'apictl;config;help;init'= {
        }
        &'apictl;config;help;help'= {
        }
        &'apictl;completions'= {
            cand --base-url 'The API''s address; relative URLs are joined to it [env: APICTL_BASE_URL]'
            cand --profile 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]'
            cand --as 'Act as this stored login, or as `anon` [env: APICTL_AS]'
            cand --format 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]'
            cand --color 'When to use colours [env: APICTL_COLOR]'
            cand --timeout 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]'
            cand --connect-timeout 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]'
            cand --cacert 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]'
            cand --proxy 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]'
            cand -H 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]'
            cand --header 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]'
            cand --user-agent 'Send this User-Agent [env: APICTL_USER_AGENT]'
            cand --bind 'Connect from this source address [env: APICTL_BIND]'
            cand --resolve 'Use this address for a host; repeatable [env: APICTL_RESOLVE]'
            cand -q 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]'
            cand --quiet 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]'
            cand -v 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]'
            cand --verbose 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]'
            cand --insecure 'Accept any TLS certificate [env: APICTL_INSECURE]'
            cand --http2-prior-knowledge 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]'
            cand --no-progress 'Never show progress [env: APICTL_NO_PROGRESS]'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'apictl;man'= {
            cand --base-url 'The API''s address; relative URLs are joined to it [env: APICTL_BASE_URL]'
            cand --profile 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]'
            cand --as 'Act as this stored login, or as `anon` [env: APICTL_AS]'
            cand --format 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]'
            cand --color 'When to use colours [env: APICTL_COLOR]'
            cand --timeout 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]'
            cand --connect-timeout 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]'
            cand --cacert 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]'
            cand --proxy 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]'
            cand -H 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]'
            cand --header 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]'
            cand --user-agent 'Send this User-Agent [env: APICTL_USER_AGENT]'
            cand --bind 'Connect from this source address [env: APICTL_BIND]'
            cand --resolve 'Use this address for a host; repeatable [env: APICTL_RESOLVE]'
            cand -q 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]'
            cand --quiet 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]'
            cand -v 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]'
            cand --verbose 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]'
            cand --insecure 'Accept any TLS certificate [env: APICTL_INSECURE]'
            cand --http2-prior-knowledge 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]'
            cand --no-progress 'Never show progress [env: APICTL_NO_PROGRESS]'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'apictl;help'= {
            cand jwt 'Decode, verify and sign JSON Web Tokens, without sending them anywhere'
            cand request 'Send one request and print the reply''s body'
            cand access 'See who may do what, and hold it to what was agreed'
            cand config 'Show where settings come from, or begin an apictl.toml'
            cand completions 'Print a completion script for a shell'
            cand man 'Print the manual page, or write all of them to a folder'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'apictl;help;jwt'= {
            cand decode 'Show what a token says, without checking its signature'
            cand verify 'Check a token''s signature, times and claims against a key and expectations'
        }
        &'apictl;help;jwt;decode'= {
        }
        &'apictl;help;jwt;verify'= {
        }
        &'apictl;help;request'= {
        }
        &'apictl;help;access'= {
            cand matrix 'See who is answered what: identities × methods, as a table'
            cand check 'Hold the API to the `[[access]]` tables of apictl.toml'
        }
        &'apictl;help;access;matrix'= {
        }
        &'apictl;help;access;check'= {
        }
        &'apictl;help;config'= {
            cand path 'Print which files are read'
            cand show 'Print every setting, its value and where it came from'
            cand init 'Write an apictl.toml to the working folder'
        }
        &'apictl;help;config;path'= {
        }
        &'apictl;help;config;show'= {
        }
        &'apictl;help;config;init'= {
        }
        &'apictl;help;completions'= {
        }
        &'apictl;help;man'= {
        }
        &'apictl;help;help'= {
        }
    ]
    $completions[$command]
}
