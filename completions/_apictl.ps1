
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'apictl' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'apictl'
        for ($i = 1; $i -lt $commandElements.Count; $i++) {
            $element = $commandElements[$i]
            if ($element -isnot [StringConstantExpressionAst] -or
                $element.StringConstantType -ne [StringConstantType]::BareWord -or
                $element.Value.StartsWith('-') -or
                $element.Value -eq $wordToComplete) {
                break
        }
        $element.Value
    }) -join ';'

    $completions = @(switch ($command) {
        'apictl' {
            [CompletionResult]::new('--base-url', '--base-url', [CompletionResultType]::ParameterName, 'The API''s address; relative URLs are joined to it [env: APICTL_BASE_URL]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this stored login, or as `anon` [env: APICTL_AS]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: APICTL_COLOR]')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]')
            [CompletionResult]::new('--proxy', '--proxy', [CompletionResultType]::ParameterName, 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]')
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]')
            [CompletionResult]::new('--header', '--header', [CompletionResultType]::ParameterName, 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]')
            [CompletionResult]::new('--user-agent', '--user-agent', [CompletionResultType]::ParameterName, 'Send this User-Agent [env: APICTL_USER_AGENT]')
            [CompletionResult]::new('--bind', '--bind', [CompletionResultType]::ParameterName, 'Connect from this source address [env: APICTL_BIND]')
            [CompletionResult]::new('--resolve', '--resolve', [CompletionResultType]::ParameterName, 'Use this address for a host; repeatable [env: APICTL_RESOLVE]')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Accept any TLS certificate [env: APICTL_INSECURE]')
            [CompletionResult]::new('--http2-prior-knowledge', '--http2-prior-knowledge', [CompletionResultType]::ParameterName, 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Never show progress [env: APICTL_NO_PROGRESS]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('token', 'token', [CompletionResultType]::ParameterValue, 'Log in to an API, and keep, show, check and revoke its tokens')
            [CompletionResult]::new('jwt', 'jwt', [CompletionResultType]::ParameterValue, 'Decode, verify and sign JSON Web Tokens, without sending them anywhere')
            [CompletionResult]::new('request', 'request', [CompletionResultType]::ParameterValue, 'Send one request and print the reply''s body')
            [CompletionResult]::new('throttle', 'throttle', [CompletionResultType]::ParameterValue, 'Find out what an API''s rate limits are, and hold it to them')
            [CompletionResult]::new('access', 'access', [CompletionResultType]::ParameterValue, 'See who may do what, and hold it to what was agreed')
            [CompletionResult]::new('serve', 'serve', [CompletionResultType]::ParameterValue, 'Serve a stand-in for a Django REST framework API')
            [CompletionResult]::new('demo', 'demo', [CompletionResultType]::ParameterValue, 'Start the embedded API on a free port and run the whole tour, checking every answer')
            [CompletionResult]::new('pages', 'pages', [CompletionResultType]::ParameterValue, 'Walk paginated endpoints to their end, and judge them')
            [CompletionResult]::new('config', 'config', [CompletionResultType]::ParameterValue, 'Show where settings come from, or begin an apictl.toml')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print a completion script for a shell')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Print the manual page, or write all of them to a folder')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'apictl;token' {
            [CompletionResult]::new('--base-url', '--base-url', [CompletionResultType]::ParameterName, 'The API''s address; relative URLs are joined to it [env: APICTL_BASE_URL]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this stored login, or as `anon` [env: APICTL_AS]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: APICTL_COLOR]')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]')
            [CompletionResult]::new('--proxy', '--proxy', [CompletionResultType]::ParameterName, 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]')
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]')
            [CompletionResult]::new('--header', '--header', [CompletionResultType]::ParameterName, 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]')
            [CompletionResult]::new('--user-agent', '--user-agent', [CompletionResultType]::ParameterName, 'Send this User-Agent [env: APICTL_USER_AGENT]')
            [CompletionResult]::new('--bind', '--bind', [CompletionResultType]::ParameterName, 'Connect from this source address [env: APICTL_BIND]')
            [CompletionResult]::new('--resolve', '--resolve', [CompletionResultType]::ParameterName, 'Use this address for a host; repeatable [env: APICTL_RESOLVE]')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Accept any TLS certificate [env: APICTL_INSECURE]')
            [CompletionResult]::new('--http2-prior-knowledge', '--http2-prior-knowledge', [CompletionResultType]::ParameterName, 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Never show progress [env: APICTL_NO_PROGRESS]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('obtain', 'obtain', [CompletionResultType]::ParameterValue, 'Log in, and keep the tokens')
            [CompletionResult]::new('refresh', 'refresh', [CompletionResultType]::ParameterValue, 'Buy a new access token now')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Ask the server whether a stored token is valid, and say what its answer is worth')
            [CompletionResult]::new('revoke', 'revoke', [CompletionResultType]::ParameterValue, 'Log out at the server, and prove it: the refresh token must fail from then on')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a login: whose it is, when its tokens end, where it is kept')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the logins of every API')
            [CompletionResult]::new('print', 'print', [CompletionResultType]::ParameterValue, 'Print a token, refreshed first when it is about to end')
            [CompletionResult]::new('forget', 'forget', [CompletionResultType]::ParameterValue, 'Remove a login from this machine; its tokens stay valid, `token revoke` ends them')
            [CompletionResult]::new('exec', 'exec', [CompletionResultType]::ParameterValue, 'Run a program with the token in `APICTL_TOKEN`, refreshed first when it is about to end')
            [CompletionResult]::new('audit', 'audit', [CompletionResultType]::ParameterValue, 'Attack the token handling of your own API, and say what to change')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'apictl;token;obtain' {
            [CompletionResult]::new('-u', '-u', [CompletionResultType]::ParameterName, 'Who logs in; else `APICTL_USERNAME` is used, else asked for')
            [CompletionResult]::new('--username', '--username', [CompletionResultType]::ParameterName, 'Who logs in; else `APICTL_USERNAME` is used, else asked for')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'Read the password from this file')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The password itself; other users see it in the process list, so prefer any other way')
            [CompletionResult]::new('--preset', '--preset', [CompletionResultType]::ParameterName, 'The package that hands out the tokens')
            [CompletionResult]::new('--obtain-path', '--obtain-path', [CompletionResultType]::ParameterName, 'Where to log in')
            [CompletionResult]::new('--refresh-path', '--refresh-path', [CompletionResultType]::ParameterName, 'Where to refresh')
            [CompletionResult]::new('--verify-path', '--verify-path', [CompletionResultType]::ParameterName, 'Where to check a token')
            [CompletionResult]::new('--revoke-path', '--revoke-path', [CompletionResultType]::ParameterName, 'Where to revoke a token')
            [CompletionResult]::new('--username-field', '--username-field', [CompletionResultType]::ParameterName, 'The name of the login field')
            [CompletionResult]::new('--password-field', '--password-field', [CompletionResultType]::ParameterName, 'The name of the password field')
            [CompletionResult]::new('--access-pointer', '--access-pointer', [CompletionResultType]::ParameterName, 'Where the access token is in the reply (RFC 6901)')
            [CompletionResult]::new('--refresh-pointer', '--refresh-pointer', [CompletionResultType]::ParameterName, 'Where the refresh token is in the reply (RFC 6901)')
            [CompletionResult]::new('--scheme', '--scheme', [CompletionResultType]::ParameterName, 'The scheme of Authorization, whatever the server advertises')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'One more field of the login request; repeatable')
            [CompletionResult]::new('--client-id', '--client-id', [CompletionResultType]::ParameterName, 'The OAuth 2.0 client')
            [CompletionResult]::new('--client-secret-file', '--client-secret-file', [CompletionResultType]::ParameterName, 'Read the OAuth 2.0 client''s secret from this file; else `APICTL_CLIENT_SECRET` is used')
            [CompletionResult]::new('--scope', '--scope', [CompletionResultType]::ParameterName, 'The OAuth 2.0 scope to ask for')
            [CompletionResult]::new('--base-url', '--base-url', [CompletionResultType]::ParameterName, 'The API''s address; relative URLs are joined to it [env: APICTL_BASE_URL]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this stored login, or as `anon` [env: APICTL_AS]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: APICTL_COLOR]')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]')
            [CompletionResult]::new('--proxy', '--proxy', [CompletionResultType]::ParameterName, 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]')
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]')
            [CompletionResult]::new('--header', '--header', [CompletionResultType]::ParameterName, 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]')
            [CompletionResult]::new('--user-agent', '--user-agent', [CompletionResultType]::ParameterName, 'Send this User-Agent [env: APICTL_USER_AGENT]')
            [CompletionResult]::new('--bind', '--bind', [CompletionResultType]::ParameterName, 'Connect from this source address [env: APICTL_BIND]')
            [CompletionResult]::new('--resolve', '--resolve', [CompletionResultType]::ParameterName, 'Use this address for a host; repeatable [env: APICTL_RESOLVE]')
            [CompletionResult]::new('--password-stdin', '--password-stdin', [CompletionResultType]::ParameterName, 'Read the password from standard input')
            [CompletionResult]::new('--discover', '--discover', [CompletionResultType]::ParameterName, 'Ask the API what it speaks, whatever the configuration says')
            [CompletionResult]::new('--reveal', '--reveal', [CompletionResultType]::ParameterName, 'Print the tokens whole')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Accept any TLS certificate [env: APICTL_INSECURE]')
            [CompletionResult]::new('--http2-prior-knowledge', '--http2-prior-knowledge', [CompletionResultType]::ParameterName, 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Never show progress [env: APICTL_NO_PROGRESS]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'apictl;token;refresh' {
            [CompletionResult]::new('--base-url', '--base-url', [CompletionResultType]::ParameterName, 'The API''s address; relative URLs are joined to it [env: APICTL_BASE_URL]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this stored login, or as `anon` [env: APICTL_AS]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: APICTL_COLOR]')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]')
            [CompletionResult]::new('--proxy', '--proxy', [CompletionResultType]::ParameterName, 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]')
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]')
            [CompletionResult]::new('--header', '--header', [CompletionResultType]::ParameterName, 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]')
            [CompletionResult]::new('--user-agent', '--user-agent', [CompletionResultType]::ParameterName, 'Send this User-Agent [env: APICTL_USER_AGENT]')
            [CompletionResult]::new('--bind', '--bind', [CompletionResultType]::ParameterName, 'Connect from this source address [env: APICTL_BIND]')
            [CompletionResult]::new('--resolve', '--resolve', [CompletionResultType]::ParameterName, 'Use this address for a host; repeatable [env: APICTL_RESOLVE]')
            [CompletionResult]::new('--reveal', '--reveal', [CompletionResultType]::ParameterName, 'Print the tokens whole')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Accept any TLS certificate [env: APICTL_INSECURE]')
            [CompletionResult]::new('--http2-prior-knowledge', '--http2-prior-knowledge', [CompletionResultType]::ParameterName, 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Never show progress [env: APICTL_NO_PROGRESS]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'apictl;token;verify' {
            [CompletionResult]::new('--verify-path', '--verify-path', [CompletionResultType]::ParameterName, 'Ask this endpoint; with a preset whose tokens only a request proves, a protected one')
            [CompletionResult]::new('--base-url', '--base-url', [CompletionResultType]::ParameterName, 'The API''s address; relative URLs are joined to it [env: APICTL_BASE_URL]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this stored login, or as `anon` [env: APICTL_AS]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: APICTL_COLOR]')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]')
            [CompletionResult]::new('--proxy', '--proxy', [CompletionResultType]::ParameterName, 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]')
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]')
            [CompletionResult]::new('--header', '--header', [CompletionResultType]::ParameterName, 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]')
            [CompletionResult]::new('--user-agent', '--user-agent', [CompletionResultType]::ParameterName, 'Send this User-Agent [env: APICTL_USER_AGENT]')
            [CompletionResult]::new('--bind', '--bind', [CompletionResultType]::ParameterName, 'Connect from this source address [env: APICTL_BIND]')
            [CompletionResult]::new('--resolve', '--resolve', [CompletionResultType]::ParameterName, 'Use this address for a host; repeatable [env: APICTL_RESOLVE]')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Accept any TLS certificate [env: APICTL_INSECURE]')
            [CompletionResult]::new('--http2-prior-knowledge', '--http2-prior-knowledge', [CompletionResultType]::ParameterName, 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Never show progress [env: APICTL_NO_PROGRESS]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'apictl;token;revoke' {
            [CompletionResult]::new('--revoke-path', '--revoke-path', [CompletionResultType]::ParameterName, 'Ask this endpoint')
            [CompletionResult]::new('--base-url', '--base-url', [CompletionResultType]::ParameterName, 'The API''s address; relative URLs are joined to it [env: APICTL_BASE_URL]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this stored login, or as `anon` [env: APICTL_AS]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: APICTL_COLOR]')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]')
            [CompletionResult]::new('--proxy', '--proxy', [CompletionResultType]::ParameterName, 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]')
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]')
            [CompletionResult]::new('--header', '--header', [CompletionResultType]::ParameterName, 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]')
            [CompletionResult]::new('--user-agent', '--user-agent', [CompletionResultType]::ParameterName, 'Send this User-Agent [env: APICTL_USER_AGENT]')
            [CompletionResult]::new('--bind', '--bind', [CompletionResultType]::ParameterName, 'Connect from this source address [env: APICTL_BIND]')
            [CompletionResult]::new('--resolve', '--resolve', [CompletionResultType]::ParameterName, 'Use this address for a host; repeatable [env: APICTL_RESOLVE]')
            [CompletionResult]::new('--keep', '--keep', [CompletionResultType]::ParameterName, 'Keep the stored login')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Accept any TLS certificate [env: APICTL_INSECURE]')
            [CompletionResult]::new('--http2-prior-knowledge', '--http2-prior-knowledge', [CompletionResultType]::ParameterName, 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Never show progress [env: APICTL_NO_PROGRESS]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'apictl;token;show' {
            [CompletionResult]::new('--base-url', '--base-url', [CompletionResultType]::ParameterName, 'The API''s address; relative URLs are joined to it [env: APICTL_BASE_URL]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this stored login, or as `anon` [env: APICTL_AS]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: APICTL_COLOR]')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]')
            [CompletionResult]::new('--proxy', '--proxy', [CompletionResultType]::ParameterName, 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]')
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]')
            [CompletionResult]::new('--header', '--header', [CompletionResultType]::ParameterName, 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]')
            [CompletionResult]::new('--user-agent', '--user-agent', [CompletionResultType]::ParameterName, 'Send this User-Agent [env: APICTL_USER_AGENT]')
            [CompletionResult]::new('--bind', '--bind', [CompletionResultType]::ParameterName, 'Connect from this source address [env: APICTL_BIND]')
            [CompletionResult]::new('--resolve', '--resolve', [CompletionResultType]::ParameterName, 'Use this address for a host; repeatable [env: APICTL_RESOLVE]')
            [CompletionResult]::new('--reveal', '--reveal', [CompletionResultType]::ParameterName, 'Print the tokens whole')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Accept any TLS certificate [env: APICTL_INSECURE]')
            [CompletionResult]::new('--http2-prior-knowledge', '--http2-prior-knowledge', [CompletionResultType]::ParameterName, 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Never show progress [env: APICTL_NO_PROGRESS]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'apictl;token;list' {
            [CompletionResult]::new('--base-url', '--base-url', [CompletionResultType]::ParameterName, 'The API''s address; relative URLs are joined to it [env: APICTL_BASE_URL]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this stored login, or as `anon` [env: APICTL_AS]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: APICTL_COLOR]')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]')
            [CompletionResult]::new('--proxy', '--proxy', [CompletionResultType]::ParameterName, 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]')
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]')
            [CompletionResult]::new('--header', '--header', [CompletionResultType]::ParameterName, 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]')
            [CompletionResult]::new('--user-agent', '--user-agent', [CompletionResultType]::ParameterName, 'Send this User-Agent [env: APICTL_USER_AGENT]')
            [CompletionResult]::new('--bind', '--bind', [CompletionResultType]::ParameterName, 'Connect from this source address [env: APICTL_BIND]')
            [CompletionResult]::new('--resolve', '--resolve', [CompletionResultType]::ParameterName, 'Use this address for a host; repeatable [env: APICTL_RESOLVE]')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Accept any TLS certificate [env: APICTL_INSECURE]')
            [CompletionResult]::new('--http2-prior-knowledge', '--http2-prior-knowledge', [CompletionResultType]::ParameterName, 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Never show progress [env: APICTL_NO_PROGRESS]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'apictl;token;print' {
            [CompletionResult]::new('--min-ttl', '--min-ttl', [CompletionResultType]::ParameterName, 'Guarantee so much life, of an access token')
            [CompletionResult]::new('--export', '--export', [CompletionResultType]::ParameterName, 'Print a line that a shell can `eval`')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Speak the protocol of another program that asks for credentials')
            [CompletionResult]::new('--base-url', '--base-url', [CompletionResultType]::ParameterName, 'The API''s address; relative URLs are joined to it [env: APICTL_BASE_URL]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this stored login, or as `anon` [env: APICTL_AS]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: APICTL_COLOR]')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]')
            [CompletionResult]::new('--proxy', '--proxy', [CompletionResultType]::ParameterName, 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]')
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]')
            [CompletionResult]::new('--header', '--header', [CompletionResultType]::ParameterName, 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]')
            [CompletionResult]::new('--user-agent', '--user-agent', [CompletionResultType]::ParameterName, 'Send this User-Agent [env: APICTL_USER_AGENT]')
            [CompletionResult]::new('--bind', '--bind', [CompletionResultType]::ParameterName, 'Connect from this source address [env: APICTL_BIND]')
            [CompletionResult]::new('--resolve', '--resolve', [CompletionResultType]::ParameterName, 'Use this address for a host; repeatable [env: APICTL_RESOLVE]')
            [CompletionResult]::new('--as-header', '--as-header', [CompletionResultType]::ParameterName, 'Print the whole header field: `Authorization: Bearer …`')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Accept any TLS certificate [env: APICTL_INSECURE]')
            [CompletionResult]::new('--http2-prior-knowledge', '--http2-prior-knowledge', [CompletionResultType]::ParameterName, 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Never show progress [env: APICTL_NO_PROGRESS]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'apictl;token;forget' {
            [CompletionResult]::new('--base-url', '--base-url', [CompletionResultType]::ParameterName, 'The API''s address; relative URLs are joined to it [env: APICTL_BASE_URL]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this stored login, or as `anon` [env: APICTL_AS]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: APICTL_COLOR]')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]')
            [CompletionResult]::new('--proxy', '--proxy', [CompletionResultType]::ParameterName, 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]')
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]')
            [CompletionResult]::new('--header', '--header', [CompletionResultType]::ParameterName, 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]')
            [CompletionResult]::new('--user-agent', '--user-agent', [CompletionResultType]::ParameterName, 'Send this User-Agent [env: APICTL_USER_AGENT]')
            [CompletionResult]::new('--bind', '--bind', [CompletionResultType]::ParameterName, 'Connect from this source address [env: APICTL_BIND]')
            [CompletionResult]::new('--resolve', '--resolve', [CompletionResultType]::ParameterName, 'Use this address for a host; repeatable [env: APICTL_RESOLVE]')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Accept any TLS certificate [env: APICTL_INSECURE]')
            [CompletionResult]::new('--http2-prior-knowledge', '--http2-prior-knowledge', [CompletionResultType]::ParameterName, 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Never show progress [env: APICTL_NO_PROGRESS]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'apictl;token;exec' {
            [CompletionResult]::new('--min-ttl', '--min-ttl', [CompletionResultType]::ParameterName, 'Guarantee so much life')
            [CompletionResult]::new('--base-url', '--base-url', [CompletionResultType]::ParameterName, 'The API''s address; relative URLs are joined to it [env: APICTL_BASE_URL]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this stored login, or as `anon` [env: APICTL_AS]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: APICTL_COLOR]')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]')
            [CompletionResult]::new('--proxy', '--proxy', [CompletionResultType]::ParameterName, 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]')
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]')
            [CompletionResult]::new('--header', '--header', [CompletionResultType]::ParameterName, 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]')
            [CompletionResult]::new('--user-agent', '--user-agent', [CompletionResultType]::ParameterName, 'Send this User-Agent [env: APICTL_USER_AGENT]')
            [CompletionResult]::new('--bind', '--bind', [CompletionResultType]::ParameterName, 'Connect from this source address [env: APICTL_BIND]')
            [CompletionResult]::new('--resolve', '--resolve', [CompletionResultType]::ParameterName, 'Use this address for a host; repeatable [env: APICTL_RESOLVE]')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Accept any TLS certificate [env: APICTL_INSECURE]')
            [CompletionResult]::new('--http2-prior-knowledge', '--http2-prior-knowledge', [CompletionResultType]::ParameterName, 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Never show progress [env: APICTL_NO_PROGRESS]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'apictl;token;audit' {
            [CompletionResult]::new('-u', '-u', [CompletionResultType]::ParameterName, 'Log in as this user, as often as the probes need it')
            [CompletionResult]::new('--username', '--username', [CompletionResultType]::ParameterName, 'Log in as this user, as often as the probes need it')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'Read the password from this file')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'The password itself; other users see it in the process list, so prefer any other way')
            [CompletionResult]::new('--preset', '--preset', [CompletionResultType]::ParameterName, 'The package that hands out the tokens')
            [CompletionResult]::new('--secret-file', '--secret-file', [CompletionResultType]::ParameterName, 'The server''s HMAC secret, for probes that need it')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'The server''s private key, for probes that need it')
            [CompletionResult]::new('--public-key', '--public-key', [CompletionResultType]::ParameterName, 'The server''s public key (PEM, JWK, JWK Set), for the confusion of algorithms; repeatable')
            [CompletionResult]::new('--jwks-url', '--jwks-url', [CompletionResultType]::ParameterName, 'The JWK Set with the server''s public keys, for the same')
            [CompletionResult]::new('--old-token', '--old-token', [CompletionResultType]::ParameterName, 'An access token that ended long ago, where the signing key is not at hand')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Wait for an access token to end that lives no longer than this, where the signing key is not at hand')
            [CompletionResult]::new('--other', '--other', [CompletionResultType]::ParameterName, 'A second stored login that may GET the endpoint: is it shown the first one''s replies by a cache?')
            [CompletionResult]::new('--other-token-file', '--other-token-file', [CompletionResultType]::ParameterName, 'The same with a token in a file')
            [CompletionResult]::new('--wordlist', '--wordlist', [CompletionResultType]::ParameterName, 'More guesses of the HMAC secret, one a line')
            [CompletionResult]::new('--project', '--project', [CompletionResultType]::ParameterName, 'Guess with what the settings and .env files of a Django project hold')
            [CompletionResult]::new('--max-requests', '--max-requests', [CompletionResultType]::ParameterName, 'The most requests')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Run these probes only, separated by commas')
            [CompletionResult]::new('--skip', '--skip', [CompletionResultType]::ParameterName, 'Leave these probes out, separated by commas')
            [CompletionResult]::new('--fail-on', '--fail-on', [CompletionResultType]::ParameterName, 'The mildest verdict that makes the exit code 1')
            [CompletionResult]::new('--baseline', '--baseline', [CompletionResultType]::ParameterName, 'An earlier JSON report: what it knows already does not count')
            [CompletionResult]::new('--save', '--save', [CompletionResultType]::ParameterName, 'Write the JSON report to a file, for `--baseline`')
            [CompletionResult]::new('--junit', '--junit', [CompletionResultType]::ParameterName, 'Write a JUnit file')
            [CompletionResult]::new('--sarif', '--sarif', [CompletionResultType]::ParameterName, 'Write a SARIF 2.1.0 file')
            [CompletionResult]::new('--base-url', '--base-url', [CompletionResultType]::ParameterName, 'The API''s address; relative URLs are joined to it [env: APICTL_BASE_URL]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this stored login, or as `anon` [env: APICTL_AS]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: APICTL_COLOR]')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]')
            [CompletionResult]::new('--proxy', '--proxy', [CompletionResultType]::ParameterName, 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]')
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]')
            [CompletionResult]::new('--header', '--header', [CompletionResultType]::ParameterName, 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]')
            [CompletionResult]::new('--user-agent', '--user-agent', [CompletionResultType]::ParameterName, 'Send this User-Agent [env: APICTL_USER_AGENT]')
            [CompletionResult]::new('--bind', '--bind', [CompletionResultType]::ParameterName, 'Connect from this source address [env: APICTL_BIND]')
            [CompletionResult]::new('--resolve', '--resolve', [CompletionResultType]::ParameterName, 'Use this address for a host; repeatable [env: APICTL_RESOLVE]')
            [CompletionResult]::new('--password-stdin', '--password-stdin', [CompletionResultType]::ParameterName, 'Read the password from standard input')
            [CompletionResult]::new('--race', '--race', [CompletionResultType]::ParameterName, 'Try eight simultaneous refreshes of one token, too')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Attack a server that is not on this machine, which you own or may test')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Accept any TLS certificate [env: APICTL_INSECURE]')
            [CompletionResult]::new('--http2-prior-knowledge', '--http2-prior-knowledge', [CompletionResultType]::ParameterName, 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Never show progress [env: APICTL_NO_PROGRESS]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'apictl;token;help' {
            [CompletionResult]::new('obtain', 'obtain', [CompletionResultType]::ParameterValue, 'Log in, and keep the tokens')
            [CompletionResult]::new('refresh', 'refresh', [CompletionResultType]::ParameterValue, 'Buy a new access token now')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Ask the server whether a stored token is valid, and say what its answer is worth')
            [CompletionResult]::new('revoke', 'revoke', [CompletionResultType]::ParameterValue, 'Log out at the server, and prove it: the refresh token must fail from then on')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a login: whose it is, when its tokens end, where it is kept')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the logins of every API')
            [CompletionResult]::new('print', 'print', [CompletionResultType]::ParameterValue, 'Print a token, refreshed first when it is about to end')
            [CompletionResult]::new('forget', 'forget', [CompletionResultType]::ParameterValue, 'Remove a login from this machine; its tokens stay valid, `token revoke` ends them')
            [CompletionResult]::new('exec', 'exec', [CompletionResultType]::ParameterValue, 'Run a program with the token in `APICTL_TOKEN`, refreshed first when it is about to end')
            [CompletionResult]::new('audit', 'audit', [CompletionResultType]::ParameterValue, 'Attack the token handling of your own API, and say what to change')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'apictl;token;help;obtain' {
            break
        }
        'apictl;token;help;refresh' {
            break
        }
        'apictl;token;help;verify' {
            break
        }
        'apictl;token;help;revoke' {
            break
        }
        'apictl;token;help;show' {
            break
        }
        'apictl;token;help;list' {
            break
        }
        'apictl;token;help;print' {
            break
        }
        'apictl;token;help;forget' {
            break
        }
        'apictl;token;help;exec' {
            break
        }
        'apictl;token;help;audit' {
            break
        }
        'apictl;token;help;help' {
            break
        }
        'apictl;jwt' {
            [CompletionResult]::new('--base-url', '--base-url', [CompletionResultType]::ParameterName, 'The API''s address; relative URLs are joined to it [env: APICTL_BASE_URL]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this stored login, or as `anon` [env: APICTL_AS]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: APICTL_COLOR]')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]')
            [CompletionResult]::new('--proxy', '--proxy', [CompletionResultType]::ParameterName, 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]')
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]')
            [CompletionResult]::new('--header', '--header', [CompletionResultType]::ParameterName, 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]')
            [CompletionResult]::new('--user-agent', '--user-agent', [CompletionResultType]::ParameterName, 'Send this User-Agent [env: APICTL_USER_AGENT]')
            [CompletionResult]::new('--bind', '--bind', [CompletionResultType]::ParameterName, 'Connect from this source address [env: APICTL_BIND]')
            [CompletionResult]::new('--resolve', '--resolve', [CompletionResultType]::ParameterName, 'Use this address for a host; repeatable [env: APICTL_RESOLVE]')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Accept any TLS certificate [env: APICTL_INSECURE]')
            [CompletionResult]::new('--http2-prior-knowledge', '--http2-prior-knowledge', [CompletionResultType]::ParameterName, 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Never show progress [env: APICTL_NO_PROGRESS]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('decode', 'decode', [CompletionResultType]::ParameterValue, 'Show what a token says, without checking its signature')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Check a token''s signature, times and claims against a key and expectations')
            [CompletionResult]::new('sign', 'sign', [CompletionResultType]::ParameterValue, 'Sign a new token')
            [CompletionResult]::new('keygen', 'keygen', [CompletionResultType]::ParameterValue, 'Make a key, or write one in another form')
            [CompletionResult]::new('matrix', 'matrix', [CompletionResultType]::ParameterValue, 'Mint tokens for a test suite: one to accept, and one for each way to be refused')
            [CompletionResult]::new('audit', 'audit', [CompletionResultType]::ParameterValue, 'Judge a token by RFC 8725: signature, life time, readable data, guessable secret')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'apictl;jwt;decode' {
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Compare times with this moment, RFC 3339 or seconds since 1970, instead of now')
            [CompletionResult]::new('--base-url', '--base-url', [CompletionResultType]::ParameterName, 'The API''s address; relative URLs are joined to it [env: APICTL_BASE_URL]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this stored login, or as `anon` [env: APICTL_AS]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: APICTL_COLOR]')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]')
            [CompletionResult]::new('--proxy', '--proxy', [CompletionResultType]::ParameterName, 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]')
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]')
            [CompletionResult]::new('--header', '--header', [CompletionResultType]::ParameterName, 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]')
            [CompletionResult]::new('--user-agent', '--user-agent', [CompletionResultType]::ParameterName, 'Send this User-Agent [env: APICTL_USER_AGENT]')
            [CompletionResult]::new('--bind', '--bind', [CompletionResultType]::ParameterName, 'Connect from this source address [env: APICTL_BIND]')
            [CompletionResult]::new('--resolve', '--resolve', [CompletionResultType]::ParameterName, 'Use this address for a host; repeatable [env: APICTL_RESOLVE]')
            [CompletionResult]::new('--batch', '--batch', [CompletionResultType]::ParameterName, 'Read one token a line and write one line of JSON for each, in order')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Accept any TLS certificate [env: APICTL_INSECURE]')
            [CompletionResult]::new('--http2-prior-knowledge', '--http2-prior-knowledge', [CompletionResultType]::ParameterName, 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Never show progress [env: APICTL_NO_PROGRESS]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'apictl;jwt;verify' {
            [CompletionResult]::new('--secret-file', '--secret-file', [CompletionResultType]::ParameterName, 'The shared secret is the content of this file, without its last line break')
            [CompletionResult]::new('--secret-env', '--secret-env', [CompletionResultType]::ParameterName, 'The shared secret is the value of this environment variable')
            [CompletionResult]::new('--secret', '--secret', [CompletionResultType]::ParameterName, 'The shared secret itself; other users of this machine may see it')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'A key file: PEM (PKCS#1, PKCS#8, SEC1, SPKI, X.509), DER, JWK or JWK Set, told apart by content')
            [CompletionResult]::new('--key-env', '--key-env', [CompletionResultType]::ParameterName, 'The same, from an environment variable')
            [CompletionResult]::new('--jwks-url', '--jwks-url', [CompletionResultType]::ParameterName, 'Fetch the keys from this JWK Set')
            [CompletionResult]::new('--oidc', '--oidc', [CompletionResultType]::ParameterName, 'Fetch the keys that this issuer publishes, and expect it as `iss`')
            [CompletionResult]::new('--alg', '--alg', [CompletionResultType]::ParameterName, 'Allow only this algorithm; repeatable')
            [CompletionResult]::new('--aud', '--aud', [CompletionResultType]::ParameterName, '`aud` must name this; repeatable, one is enough')
            [CompletionResult]::new('--iss', '--iss', [CompletionResultType]::ParameterName, '`iss` must be this; repeatable, one is enough')
            [CompletionResult]::new('--sub', '--sub', [CompletionResultType]::ParameterName, '`sub` must be this')
            [CompletionResult]::new('--token-type', '--token-type', [CompletionResultType]::ParameterName, '`token_type` must be this: access, refresh, sliding')
            [CompletionResult]::new('--require', '--require', [CompletionResultType]::ParameterName, 'These claims must be present; repeatable, or with commas')
            [CompletionResult]::new('--max-age', '--max-age', [CompletionResultType]::ParameterName, 'Refuse tokens issued longer ago than this, by `iat`')
            [CompletionResult]::new('--leeway', '--leeway', [CompletionResultType]::ParameterName, 'Clock difference to grant, at most a day')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Compare times with this moment, RFC 3339 or seconds since 1970, instead of now')
            [CompletionResult]::new('--base-url', '--base-url', [CompletionResultType]::ParameterName, 'The API''s address; relative URLs are joined to it [env: APICTL_BASE_URL]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this stored login, or as `anon` [env: APICTL_AS]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: APICTL_COLOR]')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]')
            [CompletionResult]::new('--proxy', '--proxy', [CompletionResultType]::ParameterName, 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]')
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]')
            [CompletionResult]::new('--header', '--header', [CompletionResultType]::ParameterName, 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]')
            [CompletionResult]::new('--user-agent', '--user-agent', [CompletionResultType]::ParameterName, 'Send this User-Agent [env: APICTL_USER_AGENT]')
            [CompletionResult]::new('--bind', '--bind', [CompletionResultType]::ParameterName, 'Connect from this source address [env: APICTL_BIND]')
            [CompletionResult]::new('--resolve', '--resolve', [CompletionResultType]::ParameterName, 'Use this address for a host; repeatable [env: APICTL_RESOLVE]')
            [CompletionResult]::new('--allow-weak-key', '--allow-weak-key', [CompletionResultType]::ParameterName, 'Accept secrets and RSA keys shorter than RFC 7518 asks for')
            [CompletionResult]::new('--batch', '--batch', [CompletionResultType]::ParameterName, 'Read one token a line and write one line of JSON for each, in order')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Accept any TLS certificate [env: APICTL_INSECURE]')
            [CompletionResult]::new('--http2-prior-knowledge', '--http2-prior-knowledge', [CompletionResultType]::ParameterName, 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Never show progress [env: APICTL_NO_PROGRESS]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'apictl;jwt;sign' {
            [CompletionResult]::new('-c', '-c', [CompletionResultType]::ParameterName, 'Set a claim: NAME=TEXT, or NAME:=JSON; repeatable')
            [CompletionResult]::new('--claim', '--claim', [CompletionResultType]::ParameterName, 'Set a claim: NAME=TEXT, or NAME:=JSON; repeatable')
            [CompletionResult]::new('--claim-json', '--claim-json', [CompletionResultType]::ParameterName, 'Set a claim to a JSON value: NAME=JSON; repeatable')
            [CompletionResult]::new('--without', '--without', [CompletionResultType]::ParameterName, 'Leave a claim out; repeatable')
            [CompletionResult]::new('--like', '--like', [CompletionResultType]::ParameterName, 'Begin with this token''s header and claims, its times moved to now and its jti renewed')
            [CompletionResult]::new('--exp', '--exp', [CompletionResultType]::ParameterName, 'When it ends: 5m from now, RFC 3339, or seconds since 1970')
            [CompletionResult]::new('--nbf', '--nbf', [CompletionResultType]::ParameterName, 'When it begins: now, -1m, 5m, …')
            [CompletionResult]::new('--iat', '--iat', [CompletionResultType]::ParameterName, 'When it was issued: now, -1m, …')
            [CompletionResult]::new('--time', '--time', [CompletionResultType]::ParameterName, 'Set any other claim to a time: NAME=TIME; repeatable')
            [CompletionResult]::new('--header', '--header', [CompletionResultType]::ParameterName, 'Set a header member: NAME=TEXT, or NAME:=JSON; repeatable')
            [CompletionResult]::new('--kid', '--kid', [CompletionResultType]::ParameterName, 'Name the key in the header, and choose it from a set')
            [CompletionResult]::new('--alg', '--alg', [CompletionResultType]::ParameterName, 'Sign with this algorithm instead of the first that the key allows')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Take this moment for now, RFC 3339 or seconds since 1970')
            [CompletionResult]::new('--secret-file', '--secret-file', [CompletionResultType]::ParameterName, 'The shared secret is the content of this file, without its last line break')
            [CompletionResult]::new('--secret-env', '--secret-env', [CompletionResultType]::ParameterName, 'The shared secret is the value of this environment variable')
            [CompletionResult]::new('--secret', '--secret', [CompletionResultType]::ParameterName, 'The shared secret itself; other users of this machine may see it')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'A key file: PEM (PKCS#1, PKCS#8, SEC1, SPKI, X.509), DER, JWK or JWK Set, told apart by content')
            [CompletionResult]::new('--key-env', '--key-env', [CompletionResultType]::ParameterName, 'The same, from an environment variable')
            [CompletionResult]::new('--base-url', '--base-url', [CompletionResultType]::ParameterName, 'The API''s address; relative URLs are joined to it [env: APICTL_BASE_URL]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this stored login, or as `anon` [env: APICTL_AS]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: APICTL_COLOR]')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]')
            [CompletionResult]::new('--proxy', '--proxy', [CompletionResultType]::ParameterName, 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]')
            [CompletionResult]::new('--user-agent', '--user-agent', [CompletionResultType]::ParameterName, 'Send this User-Agent [env: APICTL_USER_AGENT]')
            [CompletionResult]::new('--bind', '--bind', [CompletionResultType]::ParameterName, 'Connect from this source address [env: APICTL_BIND]')
            [CompletionResult]::new('--resolve', '--resolve', [CompletionResultType]::ParameterName, 'Use this address for a host; repeatable [env: APICTL_RESOLVE]')
            [CompletionResult]::new('--allow-weak-key', '--allow-weak-key', [CompletionResultType]::ParameterName, 'Accept secrets and RSA keys shorter than RFC 7518 asks for')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Accept any TLS certificate [env: APICTL_INSECURE]')
            [CompletionResult]::new('--http2-prior-knowledge', '--http2-prior-knowledge', [CompletionResultType]::ParameterName, 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Never show progress [env: APICTL_NO_PROGRESS]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'apictl;jwt;keygen' {
            [CompletionResult]::new('--bits', '--bits', [CompletionResultType]::ParameterName, 'Bits of an RSA key')
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'Take this key instead of making one: any form that `verify --key` reads')
            [CompletionResult]::new('--form', '--form', [CompletionResultType]::ParameterName, 'How to write it: pem, jwk, jwks, or text for a shared secret')
            [CompletionResult]::new('--kid', '--kid', [CompletionResultType]::ParameterName, 'The key''s name, instead of its thumbprint')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write to a new file that only you can read, instead of standard output')
            [CompletionResult]::new('--out', '--out', [CompletionResultType]::ParameterName, 'Write to a new file that only you can read, instead of standard output')
            [CompletionResult]::new('--public-out', '--public-out', [CompletionResultType]::ParameterName, 'Write the public half to this new file, too')
            [CompletionResult]::new('--base-url', '--base-url', [CompletionResultType]::ParameterName, 'The API''s address; relative URLs are joined to it [env: APICTL_BASE_URL]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this stored login, or as `anon` [env: APICTL_AS]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: APICTL_COLOR]')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]')
            [CompletionResult]::new('--proxy', '--proxy', [CompletionResultType]::ParameterName, 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]')
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]')
            [CompletionResult]::new('--header', '--header', [CompletionResultType]::ParameterName, 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]')
            [CompletionResult]::new('--user-agent', '--user-agent', [CompletionResultType]::ParameterName, 'Send this User-Agent [env: APICTL_USER_AGENT]')
            [CompletionResult]::new('--bind', '--bind', [CompletionResultType]::ParameterName, 'Connect from this source address [env: APICTL_BIND]')
            [CompletionResult]::new('--resolve', '--resolve', [CompletionResultType]::ParameterName, 'Use this address for a host; repeatable [env: APICTL_RESOLVE]')
            [CompletionResult]::new('--public', '--public', [CompletionResultType]::ParameterName, 'Write the public half')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Accept any TLS certificate [env: APICTL_INSECURE]')
            [CompletionResult]::new('--http2-prior-knowledge', '--http2-prior-knowledge', [CompletionResultType]::ParameterName, 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Never show progress [env: APICTL_NO_PROGRESS]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'apictl;jwt;matrix' {
            [CompletionResult]::new('-c', '-c', [CompletionResultType]::ParameterName, 'Set a claim: NAME=TEXT, or NAME:=JSON; repeatable')
            [CompletionResult]::new('--claim', '--claim', [CompletionResultType]::ParameterName, 'Set a claim: NAME=TEXT, or NAME:=JSON; repeatable')
            [CompletionResult]::new('--claim-json', '--claim-json', [CompletionResultType]::ParameterName, 'Set a claim to a JSON value: NAME=JSON; repeatable')
            [CompletionResult]::new('--without', '--without', [CompletionResultType]::ParameterName, 'Leave a claim out; repeatable')
            [CompletionResult]::new('--like', '--like', [CompletionResultType]::ParameterName, 'Begin with this token''s header and claims, its times moved to now and its jti renewed')
            [CompletionResult]::new('--exp', '--exp', [CompletionResultType]::ParameterName, 'When it ends: 5m from now, RFC 3339, or seconds since 1970')
            [CompletionResult]::new('--nbf', '--nbf', [CompletionResultType]::ParameterName, 'When it begins: now, -1m, 5m, …')
            [CompletionResult]::new('--iat', '--iat', [CompletionResultType]::ParameterName, 'When it was issued: now, -1m, …')
            [CompletionResult]::new('--time', '--time', [CompletionResultType]::ParameterName, 'Set any other claim to a time: NAME=TIME; repeatable')
            [CompletionResult]::new('--header', '--header', [CompletionResultType]::ParameterName, 'Set a header member: NAME=TEXT, or NAME:=JSON; repeatable')
            [CompletionResult]::new('--kid', '--kid', [CompletionResultType]::ParameterName, 'Name the key in the header, and choose it from a set')
            [CompletionResult]::new('--alg', '--alg', [CompletionResultType]::ParameterName, 'Sign with this algorithm instead of the first that the key allows')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Take this moment for now, RFC 3339 or seconds since 1970')
            [CompletionResult]::new('--secret-file', '--secret-file', [CompletionResultType]::ParameterName, 'The shared secret is the content of this file, without its last line break')
            [CompletionResult]::new('--secret-env', '--secret-env', [CompletionResultType]::ParameterName, 'The shared secret is the value of this environment variable')
            [CompletionResult]::new('--secret', '--secret', [CompletionResultType]::ParameterName, 'The shared secret itself; other users of this machine may see it')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'A key file: PEM (PKCS#1, PKCS#8, SEC1, SPKI, X.509), DER, JWK or JWK Set, told apart by content')
            [CompletionResult]::new('--key-env', '--key-env', [CompletionResultType]::ParameterName, 'The same, from an environment variable')
            [CompletionResult]::new('--base-url', '--base-url', [CompletionResultType]::ParameterName, 'The API''s address; relative URLs are joined to it [env: APICTL_BASE_URL]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this stored login, or as `anon` [env: APICTL_AS]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: APICTL_COLOR]')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]')
            [CompletionResult]::new('--proxy', '--proxy', [CompletionResultType]::ParameterName, 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]')
            [CompletionResult]::new('--user-agent', '--user-agent', [CompletionResultType]::ParameterName, 'Send this User-Agent [env: APICTL_USER_AGENT]')
            [CompletionResult]::new('--bind', '--bind', [CompletionResultType]::ParameterName, 'Connect from this source address [env: APICTL_BIND]')
            [CompletionResult]::new('--resolve', '--resolve', [CompletionResultType]::ParameterName, 'Use this address for a host; repeatable [env: APICTL_RESOLVE]')
            [CompletionResult]::new('--allow-weak-key', '--allow-weak-key', [CompletionResultType]::ParameterName, 'Accept secrets and RSA keys shorter than RFC 7518 asks for')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Accept any TLS certificate [env: APICTL_INSECURE]')
            [CompletionResult]::new('--http2-prior-knowledge', '--http2-prior-knowledge', [CompletionResultType]::ParameterName, 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Never show progress [env: APICTL_NO_PROGRESS]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'apictl;jwt;audit' {
            [CompletionResult]::new('--wordlist', '--wordlist', [CompletionResultType]::ParameterName, 'Try each line of this file as the secret; repeatable')
            [CompletionResult]::new('--project', '--project', [CompletionResultType]::ParameterName, 'Try the texts in the settings, environment and compose files of this project; repeatable')
            [CompletionResult]::new('--max-access', '--max-access', [CompletionResultType]::ParameterName, 'Longest life time of an access token that is no finding')
            [CompletionResult]::new('--max-refresh', '--max-refresh', [CompletionResultType]::ParameterName, 'Longest life time of a refresh token that is no finding')
            [CompletionResult]::new('--fail-on', '--fail-on', [CompletionResultType]::ParameterName, 'From which severity on the answer is no')
            [CompletionResult]::new('--base-url', '--base-url', [CompletionResultType]::ParameterName, 'The API''s address; relative URLs are joined to it [env: APICTL_BASE_URL]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this stored login, or as `anon` [env: APICTL_AS]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: APICTL_COLOR]')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]')
            [CompletionResult]::new('--proxy', '--proxy', [CompletionResultType]::ParameterName, 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]')
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]')
            [CompletionResult]::new('--header', '--header', [CompletionResultType]::ParameterName, 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]')
            [CompletionResult]::new('--user-agent', '--user-agent', [CompletionResultType]::ParameterName, 'Send this User-Agent [env: APICTL_USER_AGENT]')
            [CompletionResult]::new('--bind', '--bind', [CompletionResultType]::ParameterName, 'Connect from this source address [env: APICTL_BIND]')
            [CompletionResult]::new('--resolve', '--resolve', [CompletionResultType]::ParameterName, 'Use this address for a host; repeatable [env: APICTL_RESOLVE]')
            [CompletionResult]::new('--no-search', '--no-search', [CompletionResultType]::ParameterName, 'Do not look for the secret')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Accept any TLS certificate [env: APICTL_INSECURE]')
            [CompletionResult]::new('--http2-prior-knowledge', '--http2-prior-knowledge', [CompletionResultType]::ParameterName, 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Never show progress [env: APICTL_NO_PROGRESS]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'apictl;jwt;help' {
            [CompletionResult]::new('decode', 'decode', [CompletionResultType]::ParameterValue, 'Show what a token says, without checking its signature')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Check a token''s signature, times and claims against a key and expectations')
            [CompletionResult]::new('sign', 'sign', [CompletionResultType]::ParameterValue, 'Sign a new token')
            [CompletionResult]::new('keygen', 'keygen', [CompletionResultType]::ParameterValue, 'Make a key, or write one in another form')
            [CompletionResult]::new('matrix', 'matrix', [CompletionResultType]::ParameterValue, 'Mint tokens for a test suite: one to accept, and one for each way to be refused')
            [CompletionResult]::new('audit', 'audit', [CompletionResultType]::ParameterValue, 'Judge a token by RFC 8725: signature, life time, readable data, guessable secret')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'apictl;jwt;help;decode' {
            break
        }
        'apictl;jwt;help;verify' {
            break
        }
        'apictl;jwt;help;sign' {
            break
        }
        'apictl;jwt;help;keygen' {
            break
        }
        'apictl;jwt;help;matrix' {
            break
        }
        'apictl;jwt;help;audit' {
            break
        }
        'apictl;jwt;help;help' {
            break
        }
        'apictl;request' {
            [CompletionResult]::new('-d', '-d', [CompletionResultType]::ParameterName, 'The body: a text, @FILE, or - for standard input; JSON unless `-H ''Content-Type: …''` says otherwise')
            [CompletionResult]::new('--data', '--data', [CompletionResultType]::ParameterName, 'The body: a text, @FILE, or - for standard input; JSON unless `-H ''Content-Type: …''` says otherwise')
            [CompletionResult]::new('--repeat', '--repeat', [CompletionResultType]::ParameterName, 'Send the request N times more, one after the other, for percentiles')
            [CompletionResult]::new('--save', '--save', [CompletionResultType]::ParameterName, 'Keep the times in a file, for `--compare`')
            [CompletionResult]::new('--compare', '--compare', [CompletionResultType]::ParameterName, 'Compare with times kept earlier; needs `--repeat`')
            [CompletionResult]::new('--base-url', '--base-url', [CompletionResultType]::ParameterName, 'The API''s address; relative URLs are joined to it [env: APICTL_BASE_URL]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this stored login, or as `anon` [env: APICTL_AS]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: APICTL_COLOR]')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]')
            [CompletionResult]::new('--proxy', '--proxy', [CompletionResultType]::ParameterName, 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]')
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]')
            [CompletionResult]::new('--header', '--header', [CompletionResultType]::ParameterName, 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]')
            [CompletionResult]::new('--user-agent', '--user-agent', [CompletionResultType]::ParameterName, 'Send this User-Agent [env: APICTL_USER_AGENT]')
            [CompletionResult]::new('--bind', '--bind', [CompletionResultType]::ParameterName, 'Connect from this source address [env: APICTL_BIND]')
            [CompletionResult]::new('--resolve', '--resolve', [CompletionResultType]::ParameterName, 'Use this address for a host; repeatable [env: APICTL_RESOLVE]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Print the status line and header fields above the body')
            [CompletionResult]::new('--include', '--include', [CompletionResultType]::ParameterName, 'Print the status line and header fields above the body')
            [CompletionResult]::new('--no-follow', '--no-follow', [CompletionResultType]::ParameterName, 'Return a redirect as it is')
            [CompletionResult]::new('--timing', '--timing', [CompletionResultType]::ParameterName, 'Print how long each phase took, Server-Timing and what caches can do, in place of the body')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Accept any TLS certificate [env: APICTL_INSECURE]')
            [CompletionResult]::new('--http2-prior-knowledge', '--http2-prior-knowledge', [CompletionResultType]::ParameterName, 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Never show progress [env: APICTL_NO_PROGRESS]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'apictl;throttle' {
            [CompletionResult]::new('--base-url', '--base-url', [CompletionResultType]::ParameterName, 'The API''s address; relative URLs are joined to it [env: APICTL_BASE_URL]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this stored login, or as `anon` [env: APICTL_AS]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: APICTL_COLOR]')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]')
            [CompletionResult]::new('--proxy', '--proxy', [CompletionResultType]::ParameterName, 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]')
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]')
            [CompletionResult]::new('--header', '--header', [CompletionResultType]::ParameterName, 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]')
            [CompletionResult]::new('--user-agent', '--user-agent', [CompletionResultType]::ParameterName, 'Send this User-Agent [env: APICTL_USER_AGENT]')
            [CompletionResult]::new('--bind', '--bind', [CompletionResultType]::ParameterName, 'Connect from this source address [env: APICTL_BIND]')
            [CompletionResult]::new('--resolve', '--resolve', [CompletionResultType]::ParameterName, 'Use this address for a host; repeatable [env: APICTL_RESOLVE]')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Accept any TLS certificate [env: APICTL_INSECURE]')
            [CompletionResult]::new('--http2-prior-knowledge', '--http2-prior-knowledge', [CompletionResultType]::ParameterName, 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Never show progress [env: APICTL_NO_PROGRESS]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('probe', 'probe', [CompletionResultType]::ParameterValue, 'Find out how an endpoint is rate limited')
            [CompletionResult]::new('identify', 'identify', [CompletionResultType]::ParameterValue, 'Identify a limiter from a recorded trace, without the network')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Hold the API to the `[[throttle]]` tables of apictl.toml')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'apictl;throttle;probe' {
            [CompletionResult]::new('--method', '--method', [CompletionResultType]::ParameterName, 'The method')
            [CompletionResult]::new('-d', '-d', [CompletionResultType]::ParameterName, 'The body of every request, as JSON')
            [CompletionResult]::new('--data', '--data', [CompletionResultType]::ParameterName, 'The body of every request, as JSON')
            [CompletionResult]::new('--max-requests', '--max-requests', [CompletionResultType]::ParameterName, 'Most requests to send')
            [CompletionResult]::new('--max-time', '--max-time', [CompletionResultType]::ParameterName, 'Longest time to take')
            [CompletionResult]::new('--concurrency', '--concurrency', [CompletionResultType]::ParameterName, 'Most requests at once, where the limit may be one of requests in flight')
            [CompletionResult]::new('--reject-status', '--reject-status', [CompletionResultType]::ParameterName, 'Statuses that are refusals, 0 for a dropped connection; learnt when left out')
            [CompletionResult]::new('--also-url', '--also-url', [CompletionResultType]::ParameterName, 'Another endpoint, for --scope; repeatable')
            [CompletionResult]::new('--also-as', '--also-as', [CompletionResultType]::ParameterName, 'Another identity, for --scope; all logins of the API and `anon` when left out; repeatable')
            [CompletionResult]::new('--also-from', '--also-from', [CompletionResultType]::ParameterName, 'Another source address, for --scope and --race; another of 127.0.0.0/8 where the API is there; repeatable')
            [CompletionResult]::new('--trace', '--trace', [CompletionResultType]::ParameterName, 'Write every request to a file as it is answered, for `throttle identify`')
            [CompletionResult]::new('--save', '--save', [CompletionResultType]::ParameterName, 'Write what was found as a `[[throttle]]` table, for `throttle check`')
            [CompletionResult]::new('--plot', '--plot', [CompletionResultType]::ParameterName, 'Draw the requests and what the identified limiter counted, as SVG')
            [CompletionResult]::new('--base-url', '--base-url', [CompletionResultType]::ParameterName, 'The API''s address; relative URLs are joined to it [env: APICTL_BASE_URL]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this stored login, or as `anon` [env: APICTL_AS]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: APICTL_COLOR]')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]')
            [CompletionResult]::new('--proxy', '--proxy', [CompletionResultType]::ParameterName, 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]')
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]')
            [CompletionResult]::new('--header', '--header', [CompletionResultType]::ParameterName, 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]')
            [CompletionResult]::new('--user-agent', '--user-agent', [CompletionResultType]::ParameterName, 'Send this User-Agent [env: APICTL_USER_AGENT]')
            [CompletionResult]::new('--bind', '--bind', [CompletionResultType]::ParameterName, 'Connect from this source address [env: APICTL_BIND]')
            [CompletionResult]::new('--resolve', '--resolve', [CompletionResultType]::ParameterName, 'Use this address for a host; repeatable [env: APICTL_RESOLVE]')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask before probing a host that is not this machine')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask before probing a host that is not this machine')
            [CompletionResult]::new('--race', '--race', [CompletionResultType]::ParameterName, 'Send many at once on an unused count: more than one after another must not pass')
            [CompletionResult]::new('--bypass', '--bypass', [CompletionResultType]::ParameterName, 'Try what a client can make up: forwarding headers, spellings of the path, methods, versions, connections')
            [CompletionResult]::new('--scope', '--scope', [CompletionResultType]::ParameterName, 'Find out what the count is kept by: address, user, endpoint, method, query, connection')
            [CompletionResult]::new('--quick', '--quick', [CompletionResultType]::ParameterName, 'Only count, and take the window that the server names: one request above the limit')
            [CompletionResult]::new('--thorough', '--thorough', [CompletionResultType]::ParameterName, 'One more round, which has to turn out as predicted')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Accept any TLS certificate [env: APICTL_INSECURE]')
            [CompletionResult]::new('--http2-prior-knowledge', '--http2-prior-knowledge', [CompletionResultType]::ParameterName, 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Never show progress [env: APICTL_NO_PROGRESS]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'apictl;throttle;identify' {
            [CompletionResult]::new('--base-url', '--base-url', [CompletionResultType]::ParameterName, 'The API''s address; relative URLs are joined to it [env: APICTL_BASE_URL]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this stored login, or as `anon` [env: APICTL_AS]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: APICTL_COLOR]')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]')
            [CompletionResult]::new('--proxy', '--proxy', [CompletionResultType]::ParameterName, 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]')
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]')
            [CompletionResult]::new('--header', '--header', [CompletionResultType]::ParameterName, 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]')
            [CompletionResult]::new('--user-agent', '--user-agent', [CompletionResultType]::ParameterName, 'Send this User-Agent [env: APICTL_USER_AGENT]')
            [CompletionResult]::new('--bind', '--bind', [CompletionResultType]::ParameterName, 'Connect from this source address [env: APICTL_BIND]')
            [CompletionResult]::new('--resolve', '--resolve', [CompletionResultType]::ParameterName, 'Use this address for a host; repeatable [env: APICTL_RESOLVE]')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Accept any TLS certificate [env: APICTL_INSECURE]')
            [CompletionResult]::new('--http2-prior-knowledge', '--http2-prior-knowledge', [CompletionResultType]::ParameterName, 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Never show progress [env: APICTL_NO_PROGRESS]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'apictl;throttle;check' {
            [CompletionResult]::new('--max-requests', '--max-requests', [CompletionResultType]::ParameterName, 'Most requests to send')
            [CompletionResult]::new('--max-time', '--max-time', [CompletionResultType]::ParameterName, 'Longest time to take')
            [CompletionResult]::new('--concurrency', '--concurrency', [CompletionResultType]::ParameterName, 'Most requests at once, where the limit may be one of requests in flight')
            [CompletionResult]::new('--reject-status', '--reject-status', [CompletionResultType]::ParameterName, 'Statuses that are refusals, 0 for a dropped connection; learnt when left out')
            [CompletionResult]::new('--junit', '--junit', [CompletionResultType]::ParameterName, 'Write a JUnit file')
            [CompletionResult]::new('--base-url', '--base-url', [CompletionResultType]::ParameterName, 'The API''s address; relative URLs are joined to it [env: APICTL_BASE_URL]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this stored login, or as `anon` [env: APICTL_AS]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: APICTL_COLOR]')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]')
            [CompletionResult]::new('--proxy', '--proxy', [CompletionResultType]::ParameterName, 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]')
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]')
            [CompletionResult]::new('--header', '--header', [CompletionResultType]::ParameterName, 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]')
            [CompletionResult]::new('--user-agent', '--user-agent', [CompletionResultType]::ParameterName, 'Send this User-Agent [env: APICTL_USER_AGENT]')
            [CompletionResult]::new('--bind', '--bind', [CompletionResultType]::ParameterName, 'Connect from this source address [env: APICTL_BIND]')
            [CompletionResult]::new('--resolve', '--resolve', [CompletionResultType]::ParameterName, 'Use this address for a host; repeatable [env: APICTL_RESOLVE]')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask before probing a host that is not this machine')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask before probing a host that is not this machine')
            [CompletionResult]::new('--allow-inconclusive', '--allow-inconclusive', [CompletionResultType]::ParameterName, 'Let inconclusive checks pass')
            [CompletionResult]::new('--sample', '--sample', [CompletionResultType]::ParameterName, 'Believe headers that name the limit, which takes three requests')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Accept any TLS certificate [env: APICTL_INSECURE]')
            [CompletionResult]::new('--http2-prior-knowledge', '--http2-prior-knowledge', [CompletionResultType]::ParameterName, 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Never show progress [env: APICTL_NO_PROGRESS]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'apictl;throttle;help' {
            [CompletionResult]::new('probe', 'probe', [CompletionResultType]::ParameterValue, 'Find out how an endpoint is rate limited')
            [CompletionResult]::new('identify', 'identify', [CompletionResultType]::ParameterValue, 'Identify a limiter from a recorded trace, without the network')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Hold the API to the `[[throttle]]` tables of apictl.toml')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'apictl;throttle;help;probe' {
            break
        }
        'apictl;throttle;help;identify' {
            break
        }
        'apictl;throttle;help;check' {
            break
        }
        'apictl;throttle;help;help' {
            break
        }
        'apictl;access' {
            [CompletionResult]::new('--base-url', '--base-url', [CompletionResultType]::ParameterName, 'The API''s address; relative URLs are joined to it [env: APICTL_BASE_URL]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this stored login, or as `anon` [env: APICTL_AS]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: APICTL_COLOR]')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]')
            [CompletionResult]::new('--proxy', '--proxy', [CompletionResultType]::ParameterName, 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]')
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]')
            [CompletionResult]::new('--header', '--header', [CompletionResultType]::ParameterName, 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]')
            [CompletionResult]::new('--user-agent', '--user-agent', [CompletionResultType]::ParameterName, 'Send this User-Agent [env: APICTL_USER_AGENT]')
            [CompletionResult]::new('--bind', '--bind', [CompletionResultType]::ParameterName, 'Connect from this source address [env: APICTL_BIND]')
            [CompletionResult]::new('--resolve', '--resolve', [CompletionResultType]::ParameterName, 'Use this address for a host; repeatable [env: APICTL_RESOLVE]')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Accept any TLS certificate [env: APICTL_INSECURE]')
            [CompletionResult]::new('--http2-prior-knowledge', '--http2-prior-knowledge', [CompletionResultType]::ParameterName, 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Never show progress [env: APICTL_NO_PROGRESS]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('matrix', 'matrix', [CompletionResultType]::ParameterValue, 'See who is answered what: identities × methods, as a table')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Hold the API to the `[[access]]` tables of apictl.toml')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'apictl;access;matrix' {
            [CompletionResult]::new('--token-file', '--token-file', [CompletionResultType]::ParameterName, 'Use the token in a file as an identity; repeatable')
            [CompletionResult]::new('--identity', '--identity', [CompletionResultType]::ParameterName, 'Ask as these identities only; repeatable. `--as` names one, too')
            [CompletionResult]::new('--method', '--method', [CompletionResultType]::ParameterName, 'Send these methods only; repeatable')
            [CompletionResult]::new('--openapi', '--openapi', [CompletionResultType]::ParameterName, 'Compare with an OpenAPI document (JSON or YAML): what it secures must refuse `anon`, the rest must not')
            [CompletionResult]::new('--param', '--param', [CompletionResultType]::ParameterName, 'The value of a parameter in the document''s paths; repeatable')
            [CompletionResult]::new('--rows', '--rows', [CompletionResultType]::ParameterName, 'Open the first N rows of each list one by one, looking for rows that should not be in it')
            [CompletionResult]::new('--save', '--save', [CompletionResultType]::ParameterName, 'Append what was seen to a file as `[[access]]` tables')
            [CompletionResult]::new('--base-url', '--base-url', [CompletionResultType]::ParameterName, 'The API''s address; relative URLs are joined to it [env: APICTL_BASE_URL]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this stored login, or as `anon` [env: APICTL_AS]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: APICTL_COLOR]')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]')
            [CompletionResult]::new('--proxy', '--proxy', [CompletionResultType]::ParameterName, 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]')
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]')
            [CompletionResult]::new('--header', '--header', [CompletionResultType]::ParameterName, 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]')
            [CompletionResult]::new('--user-agent', '--user-agent', [CompletionResultType]::ParameterName, 'Send this User-Agent [env: APICTL_USER_AGENT]')
            [CompletionResult]::new('--bind', '--bind', [CompletionResultType]::ParameterName, 'Connect from this source address [env: APICTL_BIND]')
            [CompletionResult]::new('--resolve', '--resolve', [CompletionResultType]::ParameterName, 'Use this address for a host; repeatable [env: APICTL_RESOLVE]')
            [CompletionResult]::new('--unsafe-methods', '--unsafe-methods', [CompletionResultType]::ParameterName, 'Send POST, PUT and PATCH too, with a body that cannot validate; DELETE only with `--method DELETE`')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Accept any TLS certificate [env: APICTL_INSECURE]')
            [CompletionResult]::new('--http2-prior-knowledge', '--http2-prior-knowledge', [CompletionResultType]::ParameterName, 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Never show progress [env: APICTL_NO_PROGRESS]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'apictl;access;check' {
            [CompletionResult]::new('--token-file', '--token-file', [CompletionResultType]::ParameterName, 'Use the token in a file as an identity; repeatable')
            [CompletionResult]::new('--openapi', '--openapi', [CompletionResultType]::ParameterName, 'Compare with an OpenAPI document (JSON or YAML): what it secures must refuse `anon`, the rest must not')
            [CompletionResult]::new('--param', '--param', [CompletionResultType]::ParameterName, 'The value of a parameter in the document''s paths; repeatable')
            [CompletionResult]::new('--junit', '--junit', [CompletionResultType]::ParameterName, 'Write a JUnit file')
            [CompletionResult]::new('--base-url', '--base-url', [CompletionResultType]::ParameterName, 'The API''s address; relative URLs are joined to it [env: APICTL_BASE_URL]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this stored login, or as `anon` [env: APICTL_AS]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: APICTL_COLOR]')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]')
            [CompletionResult]::new('--proxy', '--proxy', [CompletionResultType]::ParameterName, 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]')
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]')
            [CompletionResult]::new('--header', '--header', [CompletionResultType]::ParameterName, 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]')
            [CompletionResult]::new('--user-agent', '--user-agent', [CompletionResultType]::ParameterName, 'Send this User-Agent [env: APICTL_USER_AGENT]')
            [CompletionResult]::new('--bind', '--bind', [CompletionResultType]::ParameterName, 'Connect from this source address [env: APICTL_BIND]')
            [CompletionResult]::new('--resolve', '--resolve', [CompletionResultType]::ParameterName, 'Use this address for a host; repeatable [env: APICTL_RESOLVE]')
            [CompletionResult]::new('--unsafe-methods', '--unsafe-methods', [CompletionResultType]::ParameterName, 'Send POST, PUT, PATCH and DELETE too; without `data` in the table the body is one that cannot validate')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Accept any TLS certificate [env: APICTL_INSECURE]')
            [CompletionResult]::new('--http2-prior-knowledge', '--http2-prior-knowledge', [CompletionResultType]::ParameterName, 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Never show progress [env: APICTL_NO_PROGRESS]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'apictl;access;help' {
            [CompletionResult]::new('matrix', 'matrix', [CompletionResultType]::ParameterValue, 'See who is answered what: identities × methods, as a table')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Hold the API to the `[[access]]` tables of apictl.toml')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'apictl;access;help;matrix' {
            break
        }
        'apictl;access;help;check' {
            break
        }
        'apictl;access;help;help' {
            break
        }
        'apictl;serve' {
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The port; 0 takes a free one')
            [CompletionResult]::new('--port', '--port', [CompletionResultType]::ParameterName, 'The port; 0 takes a free one')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'The address to listen on')
            [CompletionResult]::new('--products', '--products', [CompletionResultType]::ParameterName, 'How many products there are; ten million cost no more memory than ten')
            [CompletionResult]::new('--page-size', '--page-size', [CompletionResultType]::ParameterName, 'How many items a page holds')
            [CompletionResult]::new('--max-page-size', '--max-page-size', [CompletionResultType]::ParameterName, 'The most items that `page_size` and `limit` in a query may ask for')
            [CompletionResult]::new('--drf', '--drf', [CompletionResultType]::ParameterName, 'Answer as this release of DRF, with the simplejwt of its time: 3.14, 3.15, 3.16, 3.17 or 3.18')
            [CompletionResult]::new('--throttle', '--throttle', [CompletionResultType]::ParameterName, 'Limit a scope, as DRF writes rates; `none` lifts it; repeatable')
            [CompletionResult]::new('--workers', '--workers', [CompletionResultType]::ParameterName, 'Workers; each connection stays with the one that accepted it, as under gunicorn')
            [CompletionResult]::new('--cache', '--cache', [CompletionResultType]::ParameterName, 'Where workers count: each for itself, or together')
            [CompletionResult]::new('--cache-latency', '--cache-latency', [CompletionResultType]::ParameterName, 'How long the shared cache takes; requests that come meanwhile read the same count, as in DRF')
            [CompletionResult]::new('--num-proxies', '--num-proxies', [CompletionResultType]::ParameterName, 'How many entries of `X-Forwarded-For` are trusted (`NUM_PROXIES`); by default the whole header is')
            [CompletionResult]::new('--algorithm', '--algorithm', [CompletionResultType]::ParameterName, 'How requests are counted')
            [CompletionResult]::new('--burst', '--burst', [CompletionResultType]::ParameterName, 'The capacity of a token bucket, or how many may wait in a leaky queue; the limit by default')
            [CompletionResult]::new('--refill-every', '--refill-every', [CompletionResultType]::ParameterName, 'Refill a token-bucket-interval this often, by the handful that keeps the rate; else token by token')
            [CompletionResult]::new('--block', '--block', [CompletionResultType]::ParameterName, 'Refuse everything for this long after a refusal')
            [CompletionResult]::new('--refusal-status', '--refusal-status', [CompletionResultType]::ParameterName, 'The status of a refusal: 429, 503 or 403 say')
            [CompletionResult]::new('--limit-headers', '--limit-headers', [CompletionResultType]::ParameterName, 'Headers that tell of limits')
            [CompletionResult]::new('--retry-after', '--retry-after', [CompletionResultType]::ParameterName, 'How `Retry-After` is written: ceil (DRF), floor, float, date or none')
            [CompletionResult]::new('--lie', '--lie', [CompletionResultType]::ParameterName, 'Let the headers lie')
            [CompletionResult]::new('--access-lifetime', '--access-lifetime', [CompletionResultType]::ParameterName, 'How long an access token lives')
            [CompletionResult]::new('--refresh-lifetime', '--refresh-lifetime', [CompletionResultType]::ParameterName, 'How long a refresh token lives')
            [CompletionResult]::new('--signing-key-file', '--signing-key-file', [CompletionResultType]::ParameterName, 'Sign tokens with the secret in this file, or with an RSA or P-256 key in PEM: RS256 or ES256, and the public key is at `/.well-known/jwks.json`')
            [CompletionResult]::new('--header-type', '--header-type', [CompletionResultType]::ParameterName, 'The scheme of `Authorization` (`AUTH_HEADER_TYPES`); repeatable, the first is advertised')
            [CompletionResult]::new('--issuer', '--issuer', [CompletionResultType]::ParameterName, 'Write and demand the claim `iss`')
            [CompletionResult]::new('--audience', '--audience', [CompletionResultType]::ParameterName, 'Write and demand the claim `aud`')
            [CompletionResult]::new('--leeway', '--leeway', [CompletionResultType]::ParameterName, 'Tolerance for clocks that differ')
            [CompletionResult]::new('--fault', '--fault', [CompletionResultType]::ParameterName, 'Make something go wrong; repeatable. A SHARE is `0.1` or `10%` of the replies, all where not given')
            [CompletionResult]::new('--base-url', '--base-url', [CompletionResultType]::ParameterName, 'The API''s address; relative URLs are joined to it [env: APICTL_BASE_URL]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this stored login, or as `anon` [env: APICTL_AS]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: APICTL_COLOR]')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]')
            [CompletionResult]::new('--proxy', '--proxy', [CompletionResultType]::ParameterName, 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]')
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]')
            [CompletionResult]::new('--header', '--header', [CompletionResultType]::ParameterName, 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]')
            [CompletionResult]::new('--user-agent', '--user-agent', [CompletionResultType]::ParameterName, 'Send this User-Agent [env: APICTL_USER_AGENT]')
            [CompletionResult]::new('--bind', '--bind', [CompletionResultType]::ParameterName, 'Connect from this source address [env: APICTL_BIND]')
            [CompletionResult]::new('--resolve', '--resolve', [CompletionResultType]::ParameterName, 'Use this address for a host; repeatable [env: APICTL_RESOLVE]')
            [CompletionResult]::new('--server-timing', '--server-timing', [CompletionResultType]::ParameterName, 'Send `Server-Timing` with the number of SQL queries, as the Debug Toolbar does')
            [CompletionResult]::new('--etag', '--etag', [CompletionResultType]::ParameterName, 'Send an `ETag` with replies to GET, and 304 to those who have them')
            [CompletionResult]::new('--gzip', '--gzip', [CompletionResultType]::ParameterName, 'Compress bodies from 200 bytes on')
            [CompletionResult]::new('--block-renewed', '--block-renewed', [CompletionResultType]::ParameterName, 'Start the block anew with every request that is refused during it')
            [CompletionResult]::new('--count-refused', '--count-refused', [CompletionResultType]::ParameterName, 'Let refused requests use up the limit, too')
            [CompletionResult]::new('--rotate', '--rotate', [CompletionResultType]::ParameterName, 'Give a new refresh token with every refresh (`ROTATE_REFRESH_TOKENS`)')
            [CompletionResult]::new('--blacklist', '--blacklist', [CompletionResultType]::ParameterName, 'Blacklist the old refresh token on rotation (`BLACKLIST_AFTER_ROTATION`)')
            [CompletionResult]::new('--no-blacklist-app', '--no-blacklist-app', [CompletionResultType]::ParameterName, 'Run without the blacklist app: logging out answers 200 and does nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Accept any TLS certificate [env: APICTL_INSECURE]')
            [CompletionResult]::new('--http2-prior-knowledge', '--http2-prior-knowledge', [CompletionResultType]::ParameterName, 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Never show progress [env: APICTL_NO_PROGRESS]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'apictl;demo' {
            [CompletionResult]::new('--base-url', '--base-url', [CompletionResultType]::ParameterName, 'The API''s address; relative URLs are joined to it [env: APICTL_BASE_URL]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this stored login, or as `anon` [env: APICTL_AS]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: APICTL_COLOR]')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]')
            [CompletionResult]::new('--proxy', '--proxy', [CompletionResultType]::ParameterName, 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]')
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]')
            [CompletionResult]::new('--header', '--header', [CompletionResultType]::ParameterName, 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]')
            [CompletionResult]::new('--user-agent', '--user-agent', [CompletionResultType]::ParameterName, 'Send this User-Agent [env: APICTL_USER_AGENT]')
            [CompletionResult]::new('--bind', '--bind', [CompletionResultType]::ParameterName, 'Connect from this source address [env: APICTL_BIND]')
            [CompletionResult]::new('--resolve', '--resolve', [CompletionResultType]::ParameterName, 'Use this address for a host; repeatable [env: APICTL_RESOLVE]')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Accept any TLS certificate [env: APICTL_INSECURE]')
            [CompletionResult]::new('--http2-prior-knowledge', '--http2-prior-knowledge', [CompletionResultType]::ParameterName, 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Never show progress [env: APICTL_NO_PROGRESS]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'apictl;pages' {
            [CompletionResult]::new('--base-url', '--base-url', [CompletionResultType]::ParameterName, 'The API''s address; relative URLs are joined to it [env: APICTL_BASE_URL]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this stored login, or as `anon` [env: APICTL_AS]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: APICTL_COLOR]')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]')
            [CompletionResult]::new('--proxy', '--proxy', [CompletionResultType]::ParameterName, 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]')
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]')
            [CompletionResult]::new('--header', '--header', [CompletionResultType]::ParameterName, 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]')
            [CompletionResult]::new('--user-agent', '--user-agent', [CompletionResultType]::ParameterName, 'Send this User-Agent [env: APICTL_USER_AGENT]')
            [CompletionResult]::new('--bind', '--bind', [CompletionResultType]::ParameterName, 'Connect from this source address [env: APICTL_BIND]')
            [CompletionResult]::new('--resolve', '--resolve', [CompletionResultType]::ParameterName, 'Use this address for a host; repeatable [env: APICTL_RESOLVE]')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Accept any TLS certificate [env: APICTL_INSECURE]')
            [CompletionResult]::new('--http2-prior-knowledge', '--http2-prior-knowledge', [CompletionResultType]::ParameterName, 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Never show progress [env: APICTL_NO_PROGRESS]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('walk', 'walk', [CompletionResultType]::ParameterValue, 'Write every item of a paginated list')
            [CompletionResult]::new('audit', 'audit', [CompletionResultType]::ParameterValue, 'Find what is wrong with a paginated list, and name its cure')
            [CompletionResult]::new('profile', 'profile', [CompletionResultType]::ParameterValue, 'See how time, bytes and SQL queries grow with the size and depth of a page')
            [CompletionResult]::new('merge', 'merge', [CompletionResultType]::ParameterValue, 'Join the files of `pages walk --shard`')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'apictl;pages;walk' {
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write to this file, which holds whole items only whatever happens')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write to this file, which holds whole items only whatever happens')
            [CompletionResult]::new('--items', '--items', [CompletionResultType]::ParameterName, 'Where the items are, as a JSON pointer (/data/items); found by looking when left out')
            [CompletionResult]::new('--next', '--next', [CompletionResultType]::ParameterName, 'Where the link, token or number of the next page is, as a JSON pointer (/paging/next)')
            [CompletionResult]::new('--style', '--style', [CompletionResultType]::ParameterName, 'The style of pagination')
            [CompletionResult]::new('--page-size', '--page-size', [CompletionResultType]::ParameterName, 'Ask for so many items a page')
            [CompletionResult]::new('-j', '-j', [CompletionResultType]::ParameterName, 'Requests in flight: a number or auto. When left out, one page after the other, each sent for as soon as the head of the one before names it')
            [CompletionResult]::new('--concurrency', '--concurrency', [CompletionResultType]::ParameterName, 'Requests in flight: a number or auto. When left out, one page after the other, each sent for as soon as the head of the one before names it')
            [CompletionResult]::new('--max-pages', '--max-pages', [CompletionResultType]::ParameterName, 'Stop after so many pages')
            [CompletionResult]::new('--max-items', '--max-items', [CompletionResultType]::ParameterName, 'Stop after so many items')
            [CompletionResult]::new('--rate', '--rate', [CompletionResultType]::ParameterName, 'Send no more requests than this, evenly spaced: 5/s, 100/min')
            [CompletionResult]::new('--retries', '--retries', [CompletionResultType]::ParameterName, 'Try a page again so many times after a 5xx or no answer; 0 also gives up at the first 429')
            [CompletionResult]::new('--max-wait', '--max-wait', [CompletionResultType]::ParameterName, 'The longest Retry-After that is waited for')
            [CompletionResult]::new('--unique-by', '--unique-by', [CompletionResultType]::ParameterName, 'Drop items whose value of this field came before')
            [CompletionResult]::new('--expect-count', '--expect-count', [CompletionResultType]::ParameterName, 'Fail unless this many items come; without a number, unless the server''s own count is met')
            [CompletionResult]::new('--select', '--select', [CompletionResultType]::ParameterName, 'A jq program that filters or reshapes each item; one that passes unchanged keeps its bytes. Limits and counts are of the server''s items')
            [CompletionResult]::new('--shard', '--shard', [CompletionResultType]::ParameterName, 'Walk part I of N equal parts, by pages; `pages merge` joins the files. Unasked, a Kubernetes Indexed Job, GitLab''s parallel and a Slurm array say the part; none walks the whole list there too')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'The columns of a CSV, in order; nested ones with dots. Without it all that occur')
            [CompletionResult]::new('--summary', '--summary', [CompletionResultType]::ParameterName, 'Write the summary to this file as JSON; - is standard error')
            [CompletionResult]::new('--base-url', '--base-url', [CompletionResultType]::ParameterName, 'The API''s address; relative URLs are joined to it [env: APICTL_BASE_URL]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this stored login, or as `anon` [env: APICTL_AS]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: APICTL_COLOR]')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]')
            [CompletionResult]::new('--proxy', '--proxy', [CompletionResultType]::ParameterName, 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]')
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]')
            [CompletionResult]::new('--header', '--header', [CompletionResultType]::ParameterName, 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]')
            [CompletionResult]::new('--user-agent', '--user-agent', [CompletionResultType]::ParameterName, 'Send this User-Agent [env: APICTL_USER_AGENT]')
            [CompletionResult]::new('--bind', '--bind', [CompletionResultType]::ParameterName, 'Connect from this source address [env: APICTL_BIND]')
            [CompletionResult]::new('--resolve', '--resolve', [CompletionResultType]::ParameterName, 'Use this address for a host; repeatable [env: APICTL_RESOLVE]')
            [CompletionResult]::new('--split', '--split', [CompletionResultType]::ParameterName, 'Cut the key range of a walk by DRF''s cursors and fetch several cuts at once, as many as -j says (auto when left out): for lists ordered by one unique number, time or UUID. Cursors are made as DRF makes them; the walk is cut only if a made one leads where the server''s own do, and walked one page after the other, with a reason, if not')
            [CompletionResult]::new('--resume', '--resume', [CompletionResultType]::ParameterName, 'Go on where an earlier walk to the same file ended')
            [CompletionResult]::new('--validate', '--validate', [CompletionResultType]::ParameterName, 'Parse every item, so that no malformed one passes; without it the borders of items are checked, and the first item of each page')
            [CompletionResult]::new('--recheck', '--recheck', [CompletionResultType]::ParameterName, 'Walk the list a second time and compare page by page: finds every change, also one that leaves the count as it was, for twice the requests')
            [CompletionResult]::new('--no-shared-rows', '--no-shared-rows', [CompletionResultType]::ParameterName, 'Ask for pages exactly as the server links them. Without it a page of ten rows or more that an offset names is asked for from the last row of the one before it, which shows whether rows came or went between the two')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Accept any TLS certificate [env: APICTL_INSECURE]')
            [CompletionResult]::new('--http2-prior-knowledge', '--http2-prior-knowledge', [CompletionResultType]::ParameterName, 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Never show progress [env: APICTL_NO_PROGRESS]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'apictl;pages;audit' {
            [CompletionResult]::new('--max-pages', '--max-pages', [CompletionResultType]::ParameterName, 'Walk no further than this; a longer list is sampled')
            [CompletionResult]::new('--max-requests', '--max-requests', [CompletionResultType]::ParameterName, 'The most requests, the walk''s included; with --whole the most beside the walk')
            [CompletionResult]::new('--rate', '--rate', [CompletionResultType]::ParameterName, 'How fast requests may follow each other, as 5/s')
            [CompletionResult]::new('--other', '--other', [CompletionResultType]::ParameterName, 'A second login, to see whether a cache serves one user''s list to another')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Look for these kinds only, separated by commas')
            [CompletionResult]::new('--skip', '--skip', [CompletionResultType]::ParameterName, 'Leave these kinds out, separated by commas')
            [CompletionResult]::new('--fail-on', '--fail-on', [CompletionResultType]::ParameterName, 'The lightest severity that makes the exit code 1')
            [CompletionResult]::new('--baseline', '--baseline', [CompletionResultType]::ParameterName, 'An earlier JSON report: what it knows already does not count')
            [CompletionResult]::new('--save', '--save', [CompletionResultType]::ParameterName, 'Write the JSON report to a file, for --baseline')
            [CompletionResult]::new('--items', '--items', [CompletionResultType]::ParameterName, 'Where the items are, as a JSON pointer')
            [CompletionResult]::new('--next', '--next', [CompletionResultType]::ParameterName, 'Where the link to the next page is, as a JSON pointer')
            [CompletionResult]::new('--junit', '--junit', [CompletionResultType]::ParameterName, 'Write a JUnit file, a case for every kind')
            [CompletionResult]::new('--base-url', '--base-url', [CompletionResultType]::ParameterName, 'The API''s address; relative URLs are joined to it [env: APICTL_BASE_URL]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this stored login, or as `anon` [env: APICTL_AS]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: APICTL_COLOR]')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]')
            [CompletionResult]::new('--proxy', '--proxy', [CompletionResultType]::ParameterName, 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]')
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]')
            [CompletionResult]::new('--header', '--header', [CompletionResultType]::ParameterName, 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]')
            [CompletionResult]::new('--user-agent', '--user-agent', [CompletionResultType]::ParameterName, 'Send this User-Agent [env: APICTL_USER_AGENT]')
            [CompletionResult]::new('--bind', '--bind', [CompletionResultType]::ParameterName, 'Connect from this source address [env: APICTL_BIND]')
            [CompletionResult]::new('--resolve', '--resolve', [CompletionResultType]::ParameterName, 'Use this address for a host; repeatable [env: APICTL_RESOLVE]')
            [CompletionResult]::new('--whole', '--whole', [CompletionResultType]::ParameterName, 'Walk the whole list, however long')
            [CompletionResult]::new('--list', '--list', [CompletionResultType]::ParameterName, 'Name everything that may be found, and its cure')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Accept any TLS certificate [env: APICTL_INSECURE]')
            [CompletionResult]::new('--http2-prior-knowledge', '--http2-prior-knowledge', [CompletionResultType]::ParameterName, 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Never show progress [env: APICTL_NO_PROGRESS]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'apictl;pages;profile' {
            [CompletionResult]::new('--sizes', '--sizes', [CompletionResultType]::ParameterName, 'The page sizes to ask for')
            [CompletionResult]::new('--repeat', '--repeat', [CompletionResultType]::ParameterName, 'How often each page is asked for')
            [CompletionResult]::new('--rate', '--rate', [CompletionResultType]::ParameterName, 'How fast requests may follow each other, as 5/s')
            [CompletionResult]::new('--items', '--items', [CompletionResultType]::ParameterName, 'Where the items are, as a JSON pointer')
            [CompletionResult]::new('--plot', '--plot', [CompletionResultType]::ParameterName, 'Draw what was measured')
            [CompletionResult]::new('--base-url', '--base-url', [CompletionResultType]::ParameterName, 'The API''s address; relative URLs are joined to it [env: APICTL_BASE_URL]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this stored login, or as `anon` [env: APICTL_AS]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: APICTL_COLOR]')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]')
            [CompletionResult]::new('--proxy', '--proxy', [CompletionResultType]::ParameterName, 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]')
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]')
            [CompletionResult]::new('--header', '--header', [CompletionResultType]::ParameterName, 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]')
            [CompletionResult]::new('--user-agent', '--user-agent', [CompletionResultType]::ParameterName, 'Send this User-Agent [env: APICTL_USER_AGENT]')
            [CompletionResult]::new('--bind', '--bind', [CompletionResultType]::ParameterName, 'Connect from this source address [env: APICTL_BIND]')
            [CompletionResult]::new('--resolve', '--resolve', [CompletionResultType]::ParameterName, 'Use this address for a host; repeatable [env: APICTL_RESOLVE]')
            [CompletionResult]::new('--no-parallel', '--no-parallel', [CompletionResultType]::ParameterName, 'Never send more than one request at a time')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Accept any TLS certificate [env: APICTL_INSECURE]')
            [CompletionResult]::new('--http2-prior-knowledge', '--http2-prior-knowledge', [CompletionResultType]::ParameterName, 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Never show progress [env: APICTL_NO_PROGRESS]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'apictl;pages;merge' {
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'The file to write')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'The file to write')
            [CompletionResult]::new('--base-url', '--base-url', [CompletionResultType]::ParameterName, 'The API''s address; relative URLs are joined to it [env: APICTL_BASE_URL]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this stored login, or as `anon` [env: APICTL_AS]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: APICTL_COLOR]')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]')
            [CompletionResult]::new('--proxy', '--proxy', [CompletionResultType]::ParameterName, 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]')
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]')
            [CompletionResult]::new('--header', '--header', [CompletionResultType]::ParameterName, 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]')
            [CompletionResult]::new('--user-agent', '--user-agent', [CompletionResultType]::ParameterName, 'Send this User-Agent [env: APICTL_USER_AGENT]')
            [CompletionResult]::new('--bind', '--bind', [CompletionResultType]::ParameterName, 'Connect from this source address [env: APICTL_BIND]')
            [CompletionResult]::new('--resolve', '--resolve', [CompletionResultType]::ParameterName, 'Use this address for a host; repeatable [env: APICTL_RESOLVE]')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Accept any TLS certificate [env: APICTL_INSECURE]')
            [CompletionResult]::new('--http2-prior-knowledge', '--http2-prior-knowledge', [CompletionResultType]::ParameterName, 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Never show progress [env: APICTL_NO_PROGRESS]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'apictl;pages;help' {
            [CompletionResult]::new('walk', 'walk', [CompletionResultType]::ParameterValue, 'Write every item of a paginated list')
            [CompletionResult]::new('audit', 'audit', [CompletionResultType]::ParameterValue, 'Find what is wrong with a paginated list, and name its cure')
            [CompletionResult]::new('profile', 'profile', [CompletionResultType]::ParameterValue, 'See how time, bytes and SQL queries grow with the size and depth of a page')
            [CompletionResult]::new('merge', 'merge', [CompletionResultType]::ParameterValue, 'Join the files of `pages walk --shard`')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'apictl;pages;help;walk' {
            break
        }
        'apictl;pages;help;audit' {
            break
        }
        'apictl;pages;help;profile' {
            break
        }
        'apictl;pages;help;merge' {
            break
        }
        'apictl;pages;help;help' {
            break
        }
        'apictl;config' {
            [CompletionResult]::new('--base-url', '--base-url', [CompletionResultType]::ParameterName, 'The API''s address; relative URLs are joined to it [env: APICTL_BASE_URL]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this stored login, or as `anon` [env: APICTL_AS]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: APICTL_COLOR]')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]')
            [CompletionResult]::new('--proxy', '--proxy', [CompletionResultType]::ParameterName, 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]')
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]')
            [CompletionResult]::new('--header', '--header', [CompletionResultType]::ParameterName, 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]')
            [CompletionResult]::new('--user-agent', '--user-agent', [CompletionResultType]::ParameterName, 'Send this User-Agent [env: APICTL_USER_AGENT]')
            [CompletionResult]::new('--bind', '--bind', [CompletionResultType]::ParameterName, 'Connect from this source address [env: APICTL_BIND]')
            [CompletionResult]::new('--resolve', '--resolve', [CompletionResultType]::ParameterName, 'Use this address for a host; repeatable [env: APICTL_RESOLVE]')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Accept any TLS certificate [env: APICTL_INSECURE]')
            [CompletionResult]::new('--http2-prior-knowledge', '--http2-prior-knowledge', [CompletionResultType]::ParameterName, 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Never show progress [env: APICTL_NO_PROGRESS]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('path', 'path', [CompletionResultType]::ParameterValue, 'Print which files are read')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Print every setting, its value and where it came from')
            [CompletionResult]::new('init', 'init', [CompletionResultType]::ParameterValue, 'Write an apictl.toml to the working folder')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'apictl;config;path' {
            [CompletionResult]::new('--base-url', '--base-url', [CompletionResultType]::ParameterName, 'The API''s address; relative URLs are joined to it [env: APICTL_BASE_URL]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this stored login, or as `anon` [env: APICTL_AS]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: APICTL_COLOR]')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]')
            [CompletionResult]::new('--proxy', '--proxy', [CompletionResultType]::ParameterName, 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]')
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]')
            [CompletionResult]::new('--header', '--header', [CompletionResultType]::ParameterName, 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]')
            [CompletionResult]::new('--user-agent', '--user-agent', [CompletionResultType]::ParameterName, 'Send this User-Agent [env: APICTL_USER_AGENT]')
            [CompletionResult]::new('--bind', '--bind', [CompletionResultType]::ParameterName, 'Connect from this source address [env: APICTL_BIND]')
            [CompletionResult]::new('--resolve', '--resolve', [CompletionResultType]::ParameterName, 'Use this address for a host; repeatable [env: APICTL_RESOLVE]')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Accept any TLS certificate [env: APICTL_INSECURE]')
            [CompletionResult]::new('--http2-prior-knowledge', '--http2-prior-knowledge', [CompletionResultType]::ParameterName, 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Never show progress [env: APICTL_NO_PROGRESS]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'apictl;config;show' {
            [CompletionResult]::new('--base-url', '--base-url', [CompletionResultType]::ParameterName, 'The API''s address; relative URLs are joined to it [env: APICTL_BASE_URL]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this stored login, or as `anon` [env: APICTL_AS]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: APICTL_COLOR]')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]')
            [CompletionResult]::new('--proxy', '--proxy', [CompletionResultType]::ParameterName, 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]')
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]')
            [CompletionResult]::new('--header', '--header', [CompletionResultType]::ParameterName, 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]')
            [CompletionResult]::new('--user-agent', '--user-agent', [CompletionResultType]::ParameterName, 'Send this User-Agent [env: APICTL_USER_AGENT]')
            [CompletionResult]::new('--bind', '--bind', [CompletionResultType]::ParameterName, 'Connect from this source address [env: APICTL_BIND]')
            [CompletionResult]::new('--resolve', '--resolve', [CompletionResultType]::ParameterName, 'Use this address for a host; repeatable [env: APICTL_RESOLVE]')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Accept any TLS certificate [env: APICTL_INSECURE]')
            [CompletionResult]::new('--http2-prior-knowledge', '--http2-prior-knowledge', [CompletionResultType]::ParameterName, 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Never show progress [env: APICTL_NO_PROGRESS]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'apictl;config;init' {
            [CompletionResult]::new('--base-url', '--base-url', [CompletionResultType]::ParameterName, 'The API''s address; relative URLs are joined to it [env: APICTL_BASE_URL]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this stored login, or as `anon` [env: APICTL_AS]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: APICTL_COLOR]')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]')
            [CompletionResult]::new('--proxy', '--proxy', [CompletionResultType]::ParameterName, 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]')
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]')
            [CompletionResult]::new('--header', '--header', [CompletionResultType]::ParameterName, 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]')
            [CompletionResult]::new('--user-agent', '--user-agent', [CompletionResultType]::ParameterName, 'Send this User-Agent [env: APICTL_USER_AGENT]')
            [CompletionResult]::new('--bind', '--bind', [CompletionResultType]::ParameterName, 'Connect from this source address [env: APICTL_BIND]')
            [CompletionResult]::new('--resolve', '--resolve', [CompletionResultType]::ParameterName, 'Use this address for a host; repeatable [env: APICTL_RESOLVE]')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Replace one that is there')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Accept any TLS certificate [env: APICTL_INSECURE]')
            [CompletionResult]::new('--http2-prior-knowledge', '--http2-prior-knowledge', [CompletionResultType]::ParameterName, 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Never show progress [env: APICTL_NO_PROGRESS]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'apictl;config;help' {
            [CompletionResult]::new('path', 'path', [CompletionResultType]::ParameterValue, 'Print which files are read')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Print every setting, its value and where it came from')
            [CompletionResult]::new('init', 'init', [CompletionResultType]::ParameterValue, 'Write an apictl.toml to the working folder')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'apictl;config;help;path' {
            break
        }
        'apictl;config;help;show' {
            break
        }
        'apictl;config;help;init' {
            break
        }
        'apictl;config;help;help' {
            break
        }
        'apictl;completions' {
            [CompletionResult]::new('--base-url', '--base-url', [CompletionResultType]::ParameterName, 'The API''s address; relative URLs are joined to it [env: APICTL_BASE_URL]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this stored login, or as `anon` [env: APICTL_AS]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: APICTL_COLOR]')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]')
            [CompletionResult]::new('--proxy', '--proxy', [CompletionResultType]::ParameterName, 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]')
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]')
            [CompletionResult]::new('--header', '--header', [CompletionResultType]::ParameterName, 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]')
            [CompletionResult]::new('--user-agent', '--user-agent', [CompletionResultType]::ParameterName, 'Send this User-Agent [env: APICTL_USER_AGENT]')
            [CompletionResult]::new('--bind', '--bind', [CompletionResultType]::ParameterName, 'Connect from this source address [env: APICTL_BIND]')
            [CompletionResult]::new('--resolve', '--resolve', [CompletionResultType]::ParameterName, 'Use this address for a host; repeatable [env: APICTL_RESOLVE]')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Accept any TLS certificate [env: APICTL_INSECURE]')
            [CompletionResult]::new('--http2-prior-knowledge', '--http2-prior-knowledge', [CompletionResultType]::ParameterName, 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Never show progress [env: APICTL_NO_PROGRESS]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'apictl;man' {
            [CompletionResult]::new('--base-url', '--base-url', [CompletionResultType]::ParameterName, 'The API''s address; relative URLs are joined to it [env: APICTL_BASE_URL]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this stored login, or as `anon` [env: APICTL_AS]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [env: APICTL_COLOR]')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]')
            [CompletionResult]::new('--proxy', '--proxy', [CompletionResultType]::ParameterName, 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]')
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]')
            [CompletionResult]::new('--header', '--header', [CompletionResultType]::ParameterName, 'Add a header field to requests to the base URL''s origin; repeatable [env: APICTL_HEADER]')
            [CompletionResult]::new('--user-agent', '--user-agent', [CompletionResultType]::ParameterName, 'Send this User-Agent [env: APICTL_USER_AGENT]')
            [CompletionResult]::new('--bind', '--bind', [CompletionResultType]::ParameterName, 'Connect from this source address [env: APICTL_BIND]')
            [CompletionResult]::new('--resolve', '--resolve', [CompletionResultType]::ParameterName, 'Use this address for a host; repeatable [env: APICTL_RESOLVE]')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]')
            [CompletionResult]::new('--insecure', '--insecure', [CompletionResultType]::ParameterName, 'Accept any TLS certificate [env: APICTL_INSECURE]')
            [CompletionResult]::new('--http2-prior-knowledge', '--http2-prior-knowledge', [CompletionResultType]::ParameterName, 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]')
            [CompletionResult]::new('--no-progress', '--no-progress', [CompletionResultType]::ParameterName, 'Never show progress [env: APICTL_NO_PROGRESS]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'apictl;help' {
            [CompletionResult]::new('token', 'token', [CompletionResultType]::ParameterValue, 'Log in to an API, and keep, show, check and revoke its tokens')
            [CompletionResult]::new('jwt', 'jwt', [CompletionResultType]::ParameterValue, 'Decode, verify and sign JSON Web Tokens, without sending them anywhere')
            [CompletionResult]::new('request', 'request', [CompletionResultType]::ParameterValue, 'Send one request and print the reply''s body')
            [CompletionResult]::new('throttle', 'throttle', [CompletionResultType]::ParameterValue, 'Find out what an API''s rate limits are, and hold it to them')
            [CompletionResult]::new('access', 'access', [CompletionResultType]::ParameterValue, 'See who may do what, and hold it to what was agreed')
            [CompletionResult]::new('serve', 'serve', [CompletionResultType]::ParameterValue, 'Serve a stand-in for a Django REST framework API')
            [CompletionResult]::new('demo', 'demo', [CompletionResultType]::ParameterValue, 'Start the embedded API on a free port and run the whole tour, checking every answer')
            [CompletionResult]::new('pages', 'pages', [CompletionResultType]::ParameterValue, 'Walk paginated endpoints to their end, and judge them')
            [CompletionResult]::new('config', 'config', [CompletionResultType]::ParameterValue, 'Show where settings come from, or begin an apictl.toml')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print a completion script for a shell')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Print the manual page, or write all of them to a folder')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'apictl;help;token' {
            [CompletionResult]::new('obtain', 'obtain', [CompletionResultType]::ParameterValue, 'Log in, and keep the tokens')
            [CompletionResult]::new('refresh', 'refresh', [CompletionResultType]::ParameterValue, 'Buy a new access token now')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Ask the server whether a stored token is valid, and say what its answer is worth')
            [CompletionResult]::new('revoke', 'revoke', [CompletionResultType]::ParameterValue, 'Log out at the server, and prove it: the refresh token must fail from then on')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a login: whose it is, when its tokens end, where it is kept')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the logins of every API')
            [CompletionResult]::new('print', 'print', [CompletionResultType]::ParameterValue, 'Print a token, refreshed first when it is about to end')
            [CompletionResult]::new('forget', 'forget', [CompletionResultType]::ParameterValue, 'Remove a login from this machine; its tokens stay valid, `token revoke` ends them')
            [CompletionResult]::new('exec', 'exec', [CompletionResultType]::ParameterValue, 'Run a program with the token in `APICTL_TOKEN`, refreshed first when it is about to end')
            [CompletionResult]::new('audit', 'audit', [CompletionResultType]::ParameterValue, 'Attack the token handling of your own API, and say what to change')
            break
        }
        'apictl;help;token;obtain' {
            break
        }
        'apictl;help;token;refresh' {
            break
        }
        'apictl;help;token;verify' {
            break
        }
        'apictl;help;token;revoke' {
            break
        }
        'apictl;help;token;show' {
            break
        }
        'apictl;help;token;list' {
            break
        }
        'apictl;help;token;print' {
            break
        }
        'apictl;help;token;forget' {
            break
        }
        'apictl;help;token;exec' {
            break
        }
        'apictl;help;token;audit' {
            break
        }
        'apictl;help;jwt' {
            [CompletionResult]::new('decode', 'decode', [CompletionResultType]::ParameterValue, 'Show what a token says, without checking its signature')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Check a token''s signature, times and claims against a key and expectations')
            [CompletionResult]::new('sign', 'sign', [CompletionResultType]::ParameterValue, 'Sign a new token')
            [CompletionResult]::new('keygen', 'keygen', [CompletionResultType]::ParameterValue, 'Make a key, or write one in another form')
            [CompletionResult]::new('matrix', 'matrix', [CompletionResultType]::ParameterValue, 'Mint tokens for a test suite: one to accept, and one for each way to be refused')
            [CompletionResult]::new('audit', 'audit', [CompletionResultType]::ParameterValue, 'Judge a token by RFC 8725: signature, life time, readable data, guessable secret')
            break
        }
        'apictl;help;jwt;decode' {
            break
        }
        'apictl;help;jwt;verify' {
            break
        }
        'apictl;help;jwt;sign' {
            break
        }
        'apictl;help;jwt;keygen' {
            break
        }
        'apictl;help;jwt;matrix' {
            break
        }
        'apictl;help;jwt;audit' {
            break
        }
        'apictl;help;request' {
            break
        }
        'apictl;help;throttle' {
            [CompletionResult]::new('probe', 'probe', [CompletionResultType]::ParameterValue, 'Find out how an endpoint is rate limited')
            [CompletionResult]::new('identify', 'identify', [CompletionResultType]::ParameterValue, 'Identify a limiter from a recorded trace, without the network')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Hold the API to the `[[throttle]]` tables of apictl.toml')
            break
        }
        'apictl;help;throttle;probe' {
            break
        }
        'apictl;help;throttle;identify' {
            break
        }
        'apictl;help;throttle;check' {
            break
        }
        'apictl;help;access' {
            [CompletionResult]::new('matrix', 'matrix', [CompletionResultType]::ParameterValue, 'See who is answered what: identities × methods, as a table')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Hold the API to the `[[access]]` tables of apictl.toml')
            break
        }
        'apictl;help;access;matrix' {
            break
        }
        'apictl;help;access;check' {
            break
        }
        'apictl;help;serve' {
            break
        }
        'apictl;help;demo' {
            break
        }
        'apictl;help;pages' {
            [CompletionResult]::new('walk', 'walk', [CompletionResultType]::ParameterValue, 'Write every item of a paginated list')
            [CompletionResult]::new('audit', 'audit', [CompletionResultType]::ParameterValue, 'Find what is wrong with a paginated list, and name its cure')
            [CompletionResult]::new('profile', 'profile', [CompletionResultType]::ParameterValue, 'See how time, bytes and SQL queries grow with the size and depth of a page')
            [CompletionResult]::new('merge', 'merge', [CompletionResultType]::ParameterValue, 'Join the files of `pages walk --shard`')
            break
        }
        'apictl;help;pages;walk' {
            break
        }
        'apictl;help;pages;audit' {
            break
        }
        'apictl;help;pages;profile' {
            break
        }
        'apictl;help;pages;merge' {
            break
        }
        'apictl;help;config' {
            [CompletionResult]::new('path', 'path', [CompletionResultType]::ParameterValue, 'Print which files are read')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Print every setting, its value and where it came from')
            [CompletionResult]::new('init', 'init', [CompletionResultType]::ParameterValue, 'Write an apictl.toml to the working folder')
            break
        }
        'apictl;help;config;path' {
            break
        }
        'apictl;help;config;show' {
            break
        }
        'apictl;help;config;init' {
            break
        }
        'apictl;help;completions' {
            break
        }
        'apictl;help;man' {
            break
        }
        'apictl;help;help' {
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}
