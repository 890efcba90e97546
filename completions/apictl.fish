# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_apictl_global_optspecs
    string join \n base-url= profile= as= format= color= q/quiet v/verbose timeout= connect-timeout= cacert= insecure proxy= H/header= user-agent= bind= resolve= http2-prior-knowledge no-progress h/help V/version
end

function __fish_apictl_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_apictl_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_apictl_using_subcommand
    set -l cmd (__fish_apictl_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c apictl -n "__fish_apictl_needs_command" -l base-url -d 'The API\'s address; relative URLs are joined to it [env: APICTL_BASE_URL]' -r
complete -c apictl -n "__fish_apictl_needs_command" -l profile -d 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]' -r
complete -c apictl -n "__fish_apictl_needs_command" -l as -d 'Act as this stored login, or as `anon` [env: APICTL_AS]' -r
complete -c apictl -n "__fish_apictl_needs_command" -l format -d 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]' -r
complete -c apictl -n "__fish_apictl_needs_command" -l color -d 'When to use colours [env: APICTL_COLOR]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c apictl -n "__fish_apictl_needs_command" -l timeout -d 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]' -r
complete -c apictl -n "__fish_apictl_needs_command" -l connect-timeout -d 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]' -r
complete -c apictl -n "__fish_apictl_needs_command" -l cacert -d 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]' -r
complete -c apictl -n "__fish_apictl_needs_command" -l proxy -d 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]' -r
complete -c apictl -n "__fish_apictl_needs_command" -s H -l header -d 'Add a header field to requests to the base URL\'s origin; repeatable [env: APICTL_HEADER]' -r
complete -c apictl -n "__fish_apictl_needs_command" -l user-agent -d 'Send this User-Agent [env: APICTL_USER_AGENT]' -r
complete -c apictl -n "__fish_apictl_needs_command" -l bind -d 'Connect from this source address [env: APICTL_BIND]' -r
complete -c apictl -n "__fish_apictl_needs_command" -l resolve -d 'Use this address for a host; repeatable [env: APICTL_RESOLVE]' -r
complete -c apictl -n "__fish_apictl_needs_command" -s q -l quiet -d 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]'
complete -c apictl -n "__fish_apictl_needs_command" -s v -l verbose -d 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]'
complete -c apictl -n "__fish_apictl_needs_command" -l insecure -d 'Accept any TLS certificate [env: APICTL_INSECURE]'
complete -c apictl -n "__fish_apictl_needs_command" -l http2-prior-knowledge -d 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]'
complete -c apictl -n "__fish_apictl_needs_command" -l no-progress -d 'Never show progress [env: APICTL_NO_PROGRESS]'
complete -c apictl -n "__fish_apictl_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c apictl -n "__fish_apictl_needs_command" -s V -l version -d 'Print version'
complete -c apictl -n "__fish_apictl_needs_command" -f -a "token" -d 'Log in to an API, and keep, show, check and revoke its tokens'
complete -c apictl -n "__fish_apictl_needs_command" -f -a "jwt" -d 'Decode, verify and sign JSON Web Tokens, without sending them anywhere'
complete -c apictl -n "__fish_apictl_needs_command" -f -a "request" -d 'Send one request and print the reply\'s body'
complete -c apictl -n "__fish_apictl_needs_command" -f -a "throttle" -d 'Find out what an API\'s rate limits are, and hold it to them'
complete -c apictl -n "__fish_apictl_needs_command" -f -a "access" -d 'See who may do what, and hold it to what was agreed'
complete -c apictl -n "__fish_apictl_needs_command" -f -a "serve" -d 'Serve a stand-in for a Django REST framework API'
complete -c apictl -n "__fish_apictl_needs_command" -f -a "demo" -d 'Start the embedded API on a free port and run the whole tour, checking every answer'
complete -c apictl -n "__fish_apictl_needs_command" -f -a "pages" -d 'Walk paginated endpoints to their end, and judge them'
complete -c apictl -n "__fish_apictl_needs_command" -f -a "config" -d 'Show where settings come from, or begin an apictl.toml'
complete -c apictl -n "__fish_apictl_needs_command" -f -a "completions" -d 'Print a completion script for a shell'
complete -c apictl -n "__fish_apictl_needs_command" -f -a "man" -d 'Print the manual page, or write all of them to a folder'
complete -c apictl -n "__fish_apictl_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c apictl -n "__fish_apictl_using_subcommand token; and not __fish_seen_subcommand_from obtain refresh verify revoke show list print forget exec audit help" -l base-url -d 'The API\'s address; relative URLs are joined to it [env: APICTL_BASE_URL]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and not __fish_seen_subcommand_from obtain refresh verify revoke show list print forget exec audit help" -l profile -d 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and not __fish_seen_subcommand_from obtain refresh verify revoke show list print forget exec audit help" -l as -d 'Act as this stored login, or as `anon` [env: APICTL_AS]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and not __fish_seen_subcommand_from obtain refresh verify revoke show list print forget exec audit help" -l format -d 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and not __fish_seen_subcommand_from obtain refresh verify revoke show list print forget exec audit help" -l color -d 'When to use colours [env: APICTL_COLOR]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c apictl -n "__fish_apictl_using_subcommand token; and not __fish_seen_subcommand_from obtain refresh verify revoke show list print forget exec audit help" -l timeout -d 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and not __fish_seen_subcommand_from obtain refresh verify revoke show list print forget exec audit help" -l connect-timeout -d 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and not __fish_seen_subcommand_from obtain refresh verify revoke show list print forget exec audit help" -l cacert -d 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and not __fish_seen_subcommand_from obtain refresh verify revoke show list print forget exec audit help" -l proxy -d 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and not __fish_seen_subcommand_from obtain refresh verify revoke show list print forget exec audit help" -s H -l header -d 'Add a header field to requests to the base URL\'s origin; repeatable [env: APICTL_HEADER]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and not __fish_seen_subcommand_from obtain refresh verify revoke show list print forget exec audit help" -l user-agent -d 'Send this User-Agent [env: APICTL_USER_AGENT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and not __fish_seen_subcommand_from obtain refresh verify revoke show list print forget exec audit help" -l bind -d 'Connect from this source address [env: APICTL_BIND]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and not __fish_seen_subcommand_from obtain refresh verify revoke show list print forget exec audit help" -l resolve -d 'Use this address for a host; repeatable [env: APICTL_RESOLVE]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and not __fish_seen_subcommand_from obtain refresh verify revoke show list print forget exec audit help" -s q -l quiet -d 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]'
complete -c apictl -n "__fish_apictl_using_subcommand token; and not __fish_seen_subcommand_from obtain refresh verify revoke show list print forget exec audit help" -s v -l verbose -d 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]'
complete -c apictl -n "__fish_apictl_using_subcommand token; and not __fish_seen_subcommand_from obtain refresh verify revoke show list print forget exec audit help" -l insecure -d 'Accept any TLS certificate [env: APICTL_INSECURE]'
complete -c apictl -n "__fish_apictl_using_subcommand token; and not __fish_seen_subcommand_from obtain refresh verify revoke show list print forget exec audit help" -l http2-prior-knowledge -d 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]'
complete -c apictl -n "__fish_apictl_using_subcommand token; and not __fish_seen_subcommand_from obtain refresh verify revoke show list print forget exec audit help" -l no-progress -d 'Never show progress [env: APICTL_NO_PROGRESS]'
complete -c apictl -n "__fish_apictl_using_subcommand token; and not __fish_seen_subcommand_from obtain refresh verify revoke show list print forget exec audit help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c apictl -n "__fish_apictl_using_subcommand token; and not __fish_seen_subcommand_from obtain refresh verify revoke show list print forget exec audit help" -f -a "obtain" -d 'Log in, and keep the tokens'
complete -c apictl -n "__fish_apictl_using_subcommand token; and not __fish_seen_subcommand_from obtain refresh verify revoke show list print forget exec audit help" -f -a "refresh" -d 'Buy a new access token now'
complete -c apictl -n "__fish_apictl_using_subcommand token; and not __fish_seen_subcommand_from obtain refresh verify revoke show list print forget exec audit help" -f -a "verify" -d 'Ask the server whether a stored token is valid, and say what its answer is worth'
complete -c apictl -n "__fish_apictl_using_subcommand token; and not __fish_seen_subcommand_from obtain refresh verify revoke show list print forget exec audit help" -f -a "revoke" -d 'Log out at the server, and prove it: the refresh token must fail from then on'
complete -c apictl -n "__fish_apictl_using_subcommand token; and not __fish_seen_subcommand_from obtain refresh verify revoke show list print forget exec audit help" -f -a "show" -d 'Show a login: whose it is, when its tokens end, where it is kept'
complete -c apictl -n "__fish_apictl_using_subcommand token; and not __fish_seen_subcommand_from obtain refresh verify revoke show list print forget exec audit help" -f -a "list" -d 'List the logins of every API'
complete -c apictl -n "__fish_apictl_using_subcommand token; and not __fish_seen_subcommand_from obtain refresh verify revoke show list print forget exec audit help" -f -a "print" -d 'Print a token, refreshed first when it is about to end'
complete -c apictl -n "__fish_apictl_using_subcommand token; and not __fish_seen_subcommand_from obtain refresh verify revoke show list print forget exec audit help" -f -a "forget" -d 'Remove a login from this machine; its tokens stay valid, `token revoke` ends them'
complete -c apictl -n "__fish_apictl_using_subcommand token; and not __fish_seen_subcommand_from obtain refresh verify revoke show list print forget exec audit help" -f -a "exec" -d 'Run a program with the token in `APICTL_TOKEN`, refreshed first when it is about to end'
complete -c apictl -n "__fish_apictl_using_subcommand token; and not __fish_seen_subcommand_from obtain refresh verify revoke show list print forget exec audit help" -f -a "audit" -d 'Attack the token handling of your own API, and say what to change'
complete -c apictl -n "__fish_apictl_using_subcommand token; and not __fish_seen_subcommand_from obtain refresh verify revoke show list print forget exec audit help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from obtain" -s u -l username -d 'Who logs in; else `APICTL_USERNAME` is used, else asked for' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from obtain" -l password-file -d 'Read the password from this file' -r -F
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from obtain" -l password -d 'The password itself; other users see it in the process list, so prefer any other way' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from obtain" -l preset -d 'The package that hands out the tokens' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from obtain" -l obtain-path -d 'Where to log in' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from obtain" -l refresh-path -d 'Where to refresh' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from obtain" -l verify-path -d 'Where to check a token' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from obtain" -l revoke-path -d 'Where to revoke a token' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from obtain" -l username-field -d 'The name of the login field' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from obtain" -l password-field -d 'The name of the password field' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from obtain" -l access-pointer -d 'Where the access token is in the reply (RFC 6901)' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from obtain" -l refresh-pointer -d 'Where the refresh token is in the reply (RFC 6901)' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from obtain" -l scheme -d 'The scheme of Authorization, whatever the server advertises' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from obtain" -l field -d 'One more field of the login request; repeatable' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from obtain" -l client-id -d 'The OAuth 2.0 client' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from obtain" -l client-secret-file -d 'Read the OAuth 2.0 client\'s secret from this file; else `APICTL_CLIENT_SECRET` is used' -r -F
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from obtain" -l scope -d 'The OAuth 2.0 scope to ask for' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from obtain" -l base-url -d 'The API\'s address; relative URLs are joined to it [env: APICTL_BASE_URL]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from obtain" -l profile -d 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from obtain" -l as -d 'Act as this stored login, or as `anon` [env: APICTL_AS]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from obtain" -l format -d 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from obtain" -l color -d 'When to use colours [env: APICTL_COLOR]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from obtain" -l timeout -d 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from obtain" -l connect-timeout -d 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from obtain" -l cacert -d 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from obtain" -l proxy -d 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from obtain" -s H -l header -d 'Add a header field to requests to the base URL\'s origin; repeatable [env: APICTL_HEADER]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from obtain" -l user-agent -d 'Send this User-Agent [env: APICTL_USER_AGENT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from obtain" -l bind -d 'Connect from this source address [env: APICTL_BIND]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from obtain" -l resolve -d 'Use this address for a host; repeatable [env: APICTL_RESOLVE]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from obtain" -l password-stdin -d 'Read the password from standard input'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from obtain" -l discover -d 'Ask the API what it speaks, whatever the configuration says'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from obtain" -l reveal -d 'Print the tokens whole'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from obtain" -s q -l quiet -d 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from obtain" -s v -l verbose -d 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from obtain" -l insecure -d 'Accept any TLS certificate [env: APICTL_INSECURE]'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from obtain" -l http2-prior-knowledge -d 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from obtain" -l no-progress -d 'Never show progress [env: APICTL_NO_PROGRESS]'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from obtain" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from refresh" -l base-url -d 'The API\'s address; relative URLs are joined to it [env: APICTL_BASE_URL]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from refresh" -l profile -d 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from refresh" -l as -d 'Act as this stored login, or as `anon` [env: APICTL_AS]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from refresh" -l format -d 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from refresh" -l color -d 'When to use colours [env: APICTL_COLOR]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from refresh" -l timeout -d 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from refresh" -l connect-timeout -d 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from refresh" -l cacert -d 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from refresh" -l proxy -d 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from refresh" -s H -l header -d 'Add a header field to requests to the base URL\'s origin; repeatable [env: APICTL_HEADER]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from refresh" -l user-agent -d 'Send this User-Agent [env: APICTL_USER_AGENT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from refresh" -l bind -d 'Connect from this source address [env: APICTL_BIND]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from refresh" -l resolve -d 'Use this address for a host; repeatable [env: APICTL_RESOLVE]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from refresh" -l reveal -d 'Print the tokens whole'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from refresh" -s q -l quiet -d 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from refresh" -s v -l verbose -d 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from refresh" -l insecure -d 'Accept any TLS certificate [env: APICTL_INSECURE]'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from refresh" -l http2-prior-knowledge -d 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from refresh" -l no-progress -d 'Never show progress [env: APICTL_NO_PROGRESS]'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from refresh" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from verify" -l verify-path -d 'Ask this endpoint; with a preset whose tokens only a request proves, a protected one' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from verify" -l base-url -d 'The API\'s address; relative URLs are joined to it [env: APICTL_BASE_URL]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from verify" -l profile -d 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from verify" -l as -d 'Act as this stored login, or as `anon` [env: APICTL_AS]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from verify" -l format -d 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from verify" -l color -d 'When to use colours [env: APICTL_COLOR]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from verify" -l timeout -d 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from verify" -l connect-timeout -d 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from verify" -l cacert -d 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from verify" -l proxy -d 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from verify" -s H -l header -d 'Add a header field to requests to the base URL\'s origin; repeatable [env: APICTL_HEADER]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from verify" -l user-agent -d 'Send this User-Agent [env: APICTL_USER_AGENT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from verify" -l bind -d 'Connect from this source address [env: APICTL_BIND]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from verify" -l resolve -d 'Use this address for a host; repeatable [env: APICTL_RESOLVE]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from verify" -s q -l quiet -d 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from verify" -s v -l verbose -d 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from verify" -l insecure -d 'Accept any TLS certificate [env: APICTL_INSECURE]'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from verify" -l http2-prior-knowledge -d 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from verify" -l no-progress -d 'Never show progress [env: APICTL_NO_PROGRESS]'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from verify" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from revoke" -l revoke-path -d 'Ask this endpoint' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from revoke" -l base-url -d 'The API\'s address; relative URLs are joined to it [env: APICTL_BASE_URL]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from revoke" -l profile -d 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from revoke" -l as -d 'Act as this stored login, or as `anon` [env: APICTL_AS]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from revoke" -l format -d 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from revoke" -l color -d 'When to use colours [env: APICTL_COLOR]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from revoke" -l timeout -d 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from revoke" -l connect-timeout -d 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from revoke" -l cacert -d 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from revoke" -l proxy -d 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from revoke" -s H -l header -d 'Add a header field to requests to the base URL\'s origin; repeatable [env: APICTL_HEADER]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from revoke" -l user-agent -d 'Send this User-Agent [env: APICTL_USER_AGENT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from revoke" -l bind -d 'Connect from this source address [env: APICTL_BIND]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from revoke" -l resolve -d 'Use this address for a host; repeatable [env: APICTL_RESOLVE]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from revoke" -l keep -d 'Keep the stored login'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from revoke" -s q -l quiet -d 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from revoke" -s v -l verbose -d 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from revoke" -l insecure -d 'Accept any TLS certificate [env: APICTL_INSECURE]'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from revoke" -l http2-prior-knowledge -d 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from revoke" -l no-progress -d 'Never show progress [env: APICTL_NO_PROGRESS]'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from revoke" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from show" -l base-url -d 'The API\'s address; relative URLs are joined to it [env: APICTL_BASE_URL]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from show" -l profile -d 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from show" -l as -d 'Act as this stored login, or as `anon` [env: APICTL_AS]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from show" -l format -d 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from show" -l color -d 'When to use colours [env: APICTL_COLOR]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from show" -l timeout -d 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from show" -l connect-timeout -d 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from show" -l cacert -d 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from show" -l proxy -d 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from show" -s H -l header -d 'Add a header field to requests to the base URL\'s origin; repeatable [env: APICTL_HEADER]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from show" -l user-agent -d 'Send this User-Agent [env: APICTL_USER_AGENT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from show" -l bind -d 'Connect from this source address [env: APICTL_BIND]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from show" -l resolve -d 'Use this address for a host; repeatable [env: APICTL_RESOLVE]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from show" -l reveal -d 'Print the tokens whole'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from show" -l insecure -d 'Accept any TLS certificate [env: APICTL_INSECURE]'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from show" -l http2-prior-knowledge -d 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from show" -l no-progress -d 'Never show progress [env: APICTL_NO_PROGRESS]'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from list" -l base-url -d 'The API\'s address; relative URLs are joined to it [env: APICTL_BASE_URL]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from list" -l profile -d 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from list" -l as -d 'Act as this stored login, or as `anon` [env: APICTL_AS]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from list" -l format -d 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from list" -l color -d 'When to use colours [env: APICTL_COLOR]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from list" -l timeout -d 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from list" -l connect-timeout -d 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from list" -l cacert -d 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from list" -l proxy -d 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from list" -s H -l header -d 'Add a header field to requests to the base URL\'s origin; repeatable [env: APICTL_HEADER]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from list" -l user-agent -d 'Send this User-Agent [env: APICTL_USER_AGENT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from list" -l bind -d 'Connect from this source address [env: APICTL_BIND]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from list" -l resolve -d 'Use this address for a host; repeatable [env: APICTL_RESOLVE]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from list" -l insecure -d 'Accept any TLS certificate [env: APICTL_INSECURE]'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from list" -l http2-prior-knowledge -d 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from list" -l no-progress -d 'Never show progress [env: APICTL_NO_PROGRESS]'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from print" -l min-ttl -d 'Guarantee so much life, of an access token' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from print" -l export -d 'Print a line that a shell can `eval`' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from print" -l output -d 'Speak the protocol of another program that asks for credentials' -r -f -a "git-credential\t'git\'s credential helpers'
credential-process\t'The AWS command line\'s `credential_process`'
exec-credential\t'kubectl\'s `ExecCredential`'"
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from print" -l base-url -d 'The API\'s address; relative URLs are joined to it [env: APICTL_BASE_URL]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from print" -l profile -d 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from print" -l as -d 'Act as this stored login, or as `anon` [env: APICTL_AS]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from print" -l format -d 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from print" -l color -d 'When to use colours [env: APICTL_COLOR]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from print" -l timeout -d 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from print" -l connect-timeout -d 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from print" -l cacert -d 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from print" -l proxy -d 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from print" -s H -l header -d 'Add a header field to requests to the base URL\'s origin; repeatable [env: APICTL_HEADER]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from print" -l user-agent -d 'Send this User-Agent [env: APICTL_USER_AGENT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from print" -l bind -d 'Connect from this source address [env: APICTL_BIND]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from print" -l resolve -d 'Use this address for a host; repeatable [env: APICTL_RESOLVE]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from print" -l as-header -d 'Print the whole header field: `Authorization: Bearer …`'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from print" -s q -l quiet -d 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from print" -s v -l verbose -d 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from print" -l insecure -d 'Accept any TLS certificate [env: APICTL_INSECURE]'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from print" -l http2-prior-knowledge -d 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from print" -l no-progress -d 'Never show progress [env: APICTL_NO_PROGRESS]'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from print" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from forget" -l base-url -d 'The API\'s address; relative URLs are joined to it [env: APICTL_BASE_URL]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from forget" -l profile -d 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from forget" -l as -d 'Act as this stored login, or as `anon` [env: APICTL_AS]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from forget" -l format -d 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from forget" -l color -d 'When to use colours [env: APICTL_COLOR]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from forget" -l timeout -d 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from forget" -l connect-timeout -d 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from forget" -l cacert -d 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from forget" -l proxy -d 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from forget" -s H -l header -d 'Add a header field to requests to the base URL\'s origin; repeatable [env: APICTL_HEADER]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from forget" -l user-agent -d 'Send this User-Agent [env: APICTL_USER_AGENT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from forget" -l bind -d 'Connect from this source address [env: APICTL_BIND]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from forget" -l resolve -d 'Use this address for a host; repeatable [env: APICTL_RESOLVE]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from forget" -s q -l quiet -d 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from forget" -s v -l verbose -d 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from forget" -l insecure -d 'Accept any TLS certificate [env: APICTL_INSECURE]'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from forget" -l http2-prior-knowledge -d 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from forget" -l no-progress -d 'Never show progress [env: APICTL_NO_PROGRESS]'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from forget" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from exec" -l min-ttl -d 'Guarantee so much life' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from exec" -l base-url -d 'The API\'s address; relative URLs are joined to it [env: APICTL_BASE_URL]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from exec" -l profile -d 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from exec" -l as -d 'Act as this stored login, or as `anon` [env: APICTL_AS]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from exec" -l format -d 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from exec" -l color -d 'When to use colours [env: APICTL_COLOR]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from exec" -l timeout -d 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from exec" -l connect-timeout -d 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from exec" -l cacert -d 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from exec" -l proxy -d 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from exec" -s H -l header -d 'Add a header field to requests to the base URL\'s origin; repeatable [env: APICTL_HEADER]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from exec" -l user-agent -d 'Send this User-Agent [env: APICTL_USER_AGENT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from exec" -l bind -d 'Connect from this source address [env: APICTL_BIND]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from exec" -l resolve -d 'Use this address for a host; repeatable [env: APICTL_RESOLVE]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from exec" -s q -l quiet -d 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from exec" -s v -l verbose -d 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from exec" -l insecure -d 'Accept any TLS certificate [env: APICTL_INSECURE]'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from exec" -l http2-prior-knowledge -d 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from exec" -l no-progress -d 'Never show progress [env: APICTL_NO_PROGRESS]'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from exec" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from audit" -s u -l username -d 'Log in as this user, as often as the probes need it' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from audit" -l password-file -d 'Read the password from this file' -r -F
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from audit" -l password -d 'The password itself; other users see it in the process list, so prefer any other way' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from audit" -l preset -d 'The package that hands out the tokens' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from audit" -l secret-file -d 'The server\'s HMAC secret, for probes that need it' -r -F
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from audit" -l key -d 'The server\'s private key, for probes that need it' -r -F
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from audit" -l public-key -d 'The server\'s public key (PEM, JWK, JWK Set), for the confusion of algorithms; repeatable' -r -F
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from audit" -l jwks-url -d 'The JWK Set with the server\'s public keys, for the same' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from audit" -l old-token -d 'An access token that ended long ago, where the signing key is not at hand' -r -F
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from audit" -l wait -d 'Wait for an access token to end that lives no longer than this, where the signing key is not at hand' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from audit" -l other -d 'A second stored login that may GET the endpoint: is it shown the first one\'s replies by a cache?' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from audit" -l other-token-file -d 'The same with a token in a file' -r -F
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from audit" -l wordlist -d 'More guesses of the HMAC secret, one a line' -r -F
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from audit" -l project -d 'Guess with what the settings and .env files of a Django project hold' -r -F
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from audit" -l max-requests -d 'The most requests' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from audit" -l only -d 'Run these probes only, separated by commas' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from audit" -l skip -d 'Leave these probes out, separated by commas' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from audit" -l fail-on -d 'The mildest verdict that makes the exit code 1' -r -f -a "warn\t''
crash\t''
fail\t''"
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from audit" -l baseline -d 'An earlier JSON report: what it knows already does not count' -r -F
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from audit" -l save -d 'Write the JSON report to a file, for `--baseline`' -r -F
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from audit" -l junit -d 'Write a JUnit file' -r -F
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from audit" -l sarif -d 'Write a SARIF 2.1.0 file' -r -F
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from audit" -l base-url -d 'The API\'s address; relative URLs are joined to it [env: APICTL_BASE_URL]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from audit" -l profile -d 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from audit" -l as -d 'Act as this stored login, or as `anon` [env: APICTL_AS]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from audit" -l format -d 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from audit" -l color -d 'When to use colours [env: APICTL_COLOR]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from audit" -l timeout -d 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from audit" -l connect-timeout -d 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from audit" -l cacert -d 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from audit" -l proxy -d 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from audit" -s H -l header -d 'Add a header field to requests to the base URL\'s origin; repeatable [env: APICTL_HEADER]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from audit" -l user-agent -d 'Send this User-Agent [env: APICTL_USER_AGENT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from audit" -l bind -d 'Connect from this source address [env: APICTL_BIND]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from audit" -l resolve -d 'Use this address for a host; repeatable [env: APICTL_RESOLVE]' -r
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from audit" -l password-stdin -d 'Read the password from standard input'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from audit" -l race -d 'Try eight simultaneous refreshes of one token, too'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from audit" -l yes -d 'Attack a server that is not on this machine, which you own or may test'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from audit" -s q -l quiet -d 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from audit" -s v -l verbose -d 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from audit" -l insecure -d 'Accept any TLS certificate [env: APICTL_INSECURE]'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from audit" -l http2-prior-knowledge -d 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from audit" -l no-progress -d 'Never show progress [env: APICTL_NO_PROGRESS]'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from audit" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from help" -f -a "obtain" -d 'Log in, and keep the tokens'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from help" -f -a "refresh" -d 'Buy a new access token now'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from help" -f -a "verify" -d 'Ask the server whether a stored token is valid, and say what its answer is worth'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from help" -f -a "revoke" -d 'Log out at the server, and prove it: the refresh token must fail from then on'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show a login: whose it is, when its tokens end, where it is kept'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the logins of every API'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from help" -f -a "print" -d 'Print a token, refreshed first when it is about to end'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from help" -f -a "forget" -d 'Remove a login from this machine; its tokens stay valid, `token revoke` ends them'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from help" -f -a "exec" -d 'Run a program with the token in `APICTL_TOKEN`, refreshed first when it is about to end'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from help" -f -a "audit" -d 'Attack the token handling of your own API, and say what to change'
complete -c apictl -n "__fish_apictl_using_subcommand token; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and not __fish_seen_subcommand_from decode verify sign keygen matrix audit help" -l base-url -d 'The API\'s address; relative URLs are joined to it [env: APICTL_BASE_URL]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and not __fish_seen_subcommand_from decode verify sign keygen matrix audit help" -l profile -d 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and not __fish_seen_subcommand_from decode verify sign keygen matrix audit help" -l as -d 'Act as this stored login, or as `anon` [env: APICTL_AS]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and not __fish_seen_subcommand_from decode verify sign keygen matrix audit help" -l format -d 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and not __fish_seen_subcommand_from decode verify sign keygen matrix audit help" -l color -d 'When to use colours [env: APICTL_COLOR]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and not __fish_seen_subcommand_from decode verify sign keygen matrix audit help" -l timeout -d 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and not __fish_seen_subcommand_from decode verify sign keygen matrix audit help" -l connect-timeout -d 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and not __fish_seen_subcommand_from decode verify sign keygen matrix audit help" -l cacert -d 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and not __fish_seen_subcommand_from decode verify sign keygen matrix audit help" -l proxy -d 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and not __fish_seen_subcommand_from decode verify sign keygen matrix audit help" -s H -l header -d 'Add a header field to requests to the base URL\'s origin; repeatable [env: APICTL_HEADER]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and not __fish_seen_subcommand_from decode verify sign keygen matrix audit help" -l user-agent -d 'Send this User-Agent [env: APICTL_USER_AGENT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and not __fish_seen_subcommand_from decode verify sign keygen matrix audit help" -l bind -d 'Connect from this source address [env: APICTL_BIND]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and not __fish_seen_subcommand_from decode verify sign keygen matrix audit help" -l resolve -d 'Use this address for a host; repeatable [env: APICTL_RESOLVE]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and not __fish_seen_subcommand_from decode verify sign keygen matrix audit help" -s q -l quiet -d 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]'
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and not __fish_seen_subcommand_from decode verify sign keygen matrix audit help" -s v -l verbose -d 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]'
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and not __fish_seen_subcommand_from decode verify sign keygen matrix audit help" -l insecure -d 'Accept any TLS certificate [env: APICTL_INSECURE]'
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and not __fish_seen_subcommand_from decode verify sign keygen matrix audit help" -l http2-prior-knowledge -d 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]'
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and not __fish_seen_subcommand_from decode verify sign keygen matrix audit help" -l no-progress -d 'Never show progress [env: APICTL_NO_PROGRESS]'
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and not __fish_seen_subcommand_from decode verify sign keygen matrix audit help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and not __fish_seen_subcommand_from decode verify sign keygen matrix audit help" -f -a "decode" -d 'Show what a token says, without checking its signature'
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and not __fish_seen_subcommand_from decode verify sign keygen matrix audit help" -f -a "verify" -d 'Check a token\'s signature, times and claims against a key and expectations'
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and not __fish_seen_subcommand_from decode verify sign keygen matrix audit help" -f -a "sign" -d 'Sign a new token'
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and not __fish_seen_subcommand_from decode verify sign keygen matrix audit help" -f -a "keygen" -d 'Make a key, or write one in another form'
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and not __fish_seen_subcommand_from decode verify sign keygen matrix audit help" -f -a "matrix" -d 'Mint tokens for a test suite: one to accept, and one for each way to be refused'
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and not __fish_seen_subcommand_from decode verify sign keygen matrix audit help" -f -a "audit" -d 'Judge a token by RFC 8725: signature, life time, readable data, guessable secret'
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and not __fish_seen_subcommand_from decode verify sign keygen matrix audit help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from decode" -l at -d 'Compare times with this moment, RFC 3339 or seconds since 1970, instead of now' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from decode" -l base-url -d 'The API\'s address; relative URLs are joined to it [env: APICTL_BASE_URL]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from decode" -l profile -d 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from decode" -l as -d 'Act as this stored login, or as `anon` [env: APICTL_AS]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from decode" -l format -d 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from decode" -l color -d 'When to use colours [env: APICTL_COLOR]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from decode" -l timeout -d 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from decode" -l connect-timeout -d 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from decode" -l cacert -d 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from decode" -l proxy -d 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from decode" -s H -l header -d 'Add a header field to requests to the base URL\'s origin; repeatable [env: APICTL_HEADER]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from decode" -l user-agent -d 'Send this User-Agent [env: APICTL_USER_AGENT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from decode" -l bind -d 'Connect from this source address [env: APICTL_BIND]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from decode" -l resolve -d 'Use this address for a host; repeatable [env: APICTL_RESOLVE]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from decode" -l batch -d 'Read one token a line and write one line of JSON for each, in order'
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from decode" -s q -l quiet -d 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]'
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from decode" -s v -l verbose -d 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]'
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from decode" -l insecure -d 'Accept any TLS certificate [env: APICTL_INSECURE]'
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from decode" -l http2-prior-knowledge -d 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]'
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from decode" -l no-progress -d 'Never show progress [env: APICTL_NO_PROGRESS]'
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from decode" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from verify" -l secret-file -d 'The shared secret is the content of this file, without its last line break' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from verify" -l secret-env -d 'The shared secret is the value of this environment variable' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from verify" -l secret -d 'The shared secret itself; other users of this machine may see it' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from verify" -l key -d 'A key file: PEM (PKCS#1, PKCS#8, SEC1, SPKI, X.509), DER, JWK or JWK Set, told apart by content' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from verify" -l key-env -d 'The same, from an environment variable' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from verify" -l jwks-url -d 'Fetch the keys from this JWK Set' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from verify" -l oidc -d 'Fetch the keys that this issuer publishes, and expect it as `iss`' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from verify" -l alg -d 'Allow only this algorithm; repeatable' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from verify" -l aud -d '`aud` must name this; repeatable, one is enough' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from verify" -l iss -d '`iss` must be this; repeatable, one is enough' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from verify" -l sub -d '`sub` must be this' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from verify" -l token-type -d '`token_type` must be this: access, refresh, sliding' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from verify" -l require -d 'These claims must be present; repeatable, or with commas' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from verify" -l max-age -d 'Refuse tokens issued longer ago than this, by `iat`' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from verify" -l leeway -d 'Clock difference to grant, at most a day' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from verify" -l at -d 'Compare times with this moment, RFC 3339 or seconds since 1970, instead of now' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from verify" -l base-url -d 'The API\'s address; relative URLs are joined to it [env: APICTL_BASE_URL]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from verify" -l profile -d 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from verify" -l as -d 'Act as this stored login, or as `anon` [env: APICTL_AS]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from verify" -l format -d 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from verify" -l color -d 'When to use colours [env: APICTL_COLOR]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from verify" -l timeout -d 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from verify" -l connect-timeout -d 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from verify" -l cacert -d 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from verify" -l proxy -d 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from verify" -s H -l header -d 'Add a header field to requests to the base URL\'s origin; repeatable [env: APICTL_HEADER]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from verify" -l user-agent -d 'Send this User-Agent [env: APICTL_USER_AGENT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from verify" -l bind -d 'Connect from this source address [env: APICTL_BIND]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from verify" -l resolve -d 'Use this address for a host; repeatable [env: APICTL_RESOLVE]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from verify" -l allow-weak-key -d 'Accept secrets and RSA keys shorter than RFC 7518 asks for'
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from verify" -l batch -d 'Read one token a line and write one line of JSON for each, in order'
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from verify" -s q -l quiet -d 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]'
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from verify" -s v -l verbose -d 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]'
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from verify" -l insecure -d 'Accept any TLS certificate [env: APICTL_INSECURE]'
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from verify" -l http2-prior-knowledge -d 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]'
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from verify" -l no-progress -d 'Never show progress [env: APICTL_NO_PROGRESS]'
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from verify" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from sign" -s c -l claim -d 'Set a claim: NAME=TEXT, or NAME:=JSON; repeatable' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from sign" -l claim-json -d 'Set a claim to a JSON value: NAME=JSON; repeatable' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from sign" -l without -d 'Leave a claim out; repeatable' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from sign" -l like -d 'Begin with this token\'s header and claims, its times moved to now and its jti renewed' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from sign" -l exp -d 'When it ends: 5m from now, RFC 3339, or seconds since 1970' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from sign" -l nbf -d 'When it begins: now, -1m, 5m, …' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from sign" -l iat -d 'When it was issued: now, -1m, …' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from sign" -l time -d 'Set any other claim to a time: NAME=TIME; repeatable' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from sign" -l header -d 'Set a header member: NAME=TEXT, or NAME:=JSON; repeatable' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from sign" -l kid -d 'Name the key in the header, and choose it from a set' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from sign" -l alg -d 'Sign with this algorithm instead of the first that the key allows' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from sign" -l at -d 'Take this moment for now, RFC 3339 or seconds since 1970' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from sign" -l secret-file -d 'The shared secret is the content of this file, without its last line break' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from sign" -l secret-env -d 'The shared secret is the value of this environment variable' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from sign" -l secret -d 'The shared secret itself; other users of this machine may see it' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from sign" -l key -d 'A key file: PEM (PKCS#1, PKCS#8, SEC1, SPKI, X.509), DER, JWK or JWK Set, told apart by content' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from sign" -l key-env -d 'The same, from an environment variable' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from sign" -l base-url -d 'The API\'s address; relative URLs are joined to it [env: APICTL_BASE_URL]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from sign" -l profile -d 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from sign" -l as -d 'Act as this stored login, or as `anon` [env: APICTL_AS]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from sign" -l format -d 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from sign" -l color -d 'When to use colours [env: APICTL_COLOR]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from sign" -l timeout -d 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from sign" -l connect-timeout -d 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from sign" -l cacert -d 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from sign" -l proxy -d 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from sign" -l user-agent -d 'Send this User-Agent [env: APICTL_USER_AGENT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from sign" -l bind -d 'Connect from this source address [env: APICTL_BIND]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from sign" -l resolve -d 'Use this address for a host; repeatable [env: APICTL_RESOLVE]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from sign" -l allow-weak-key -d 'Accept secrets and RSA keys shorter than RFC 7518 asks for'
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from sign" -s q -l quiet -d 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]'
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from sign" -s v -l verbose -d 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]'
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from sign" -l insecure -d 'Accept any TLS certificate [env: APICTL_INSECURE]'
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from sign" -l http2-prior-knowledge -d 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]'
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from sign" -l no-progress -d 'Never show progress [env: APICTL_NO_PROGRESS]'
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from sign" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from keygen" -l bits -d 'Bits of an RSA key' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from keygen" -l from -d 'Take this key instead of making one: any form that `verify --key` reads' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from keygen" -l form -d 'How to write it: pem, jwk, jwks, or text for a shared secret' -r -f -a "pem\t''
jwk\t''
jwks\t''
text\t''"
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from keygen" -l kid -d 'The key\'s name, instead of its thumbprint' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from keygen" -s o -l out -d 'Write to a new file that only you can read, instead of standard output' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from keygen" -l public-out -d 'Write the public half to this new file, too' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from keygen" -l base-url -d 'The API\'s address; relative URLs are joined to it [env: APICTL_BASE_URL]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from keygen" -l profile -d 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from keygen" -l as -d 'Act as this stored login, or as `anon` [env: APICTL_AS]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from keygen" -l format -d 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from keygen" -l color -d 'When to use colours [env: APICTL_COLOR]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from keygen" -l timeout -d 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from keygen" -l connect-timeout -d 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from keygen" -l cacert -d 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from keygen" -l proxy -d 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from keygen" -s H -l header -d 'Add a header field to requests to the base URL\'s origin; repeatable [env: APICTL_HEADER]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from keygen" -l user-agent -d 'Send this User-Agent [env: APICTL_USER_AGENT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from keygen" -l bind -d 'Connect from this source address [env: APICTL_BIND]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from keygen" -l resolve -d 'Use this address for a host; repeatable [env: APICTL_RESOLVE]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from keygen" -l public -d 'Write the public half'
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from keygen" -s q -l quiet -d 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]'
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from keygen" -s v -l verbose -d 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]'
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from keygen" -l insecure -d 'Accept any TLS certificate [env: APICTL_INSECURE]'
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from keygen" -l http2-prior-knowledge -d 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]'
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from keygen" -l no-progress -d 'Never show progress [env: APICTL_NO_PROGRESS]'
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from keygen" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from matrix" -s c -l claim -d 'Set a claim: NAME=TEXT, or NAME:=JSON; repeatable' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from matrix" -l claim-json -d 'Set a claim to a JSON value: NAME=JSON; repeatable' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from matrix" -l without -d 'Leave a claim out; repeatable' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from matrix" -l like -d 'Begin with this token\'s header and claims, its times moved to now and its jti renewed' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from matrix" -l exp -d 'When it ends: 5m from now, RFC 3339, or seconds since 1970' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from matrix" -l nbf -d 'When it begins: now, -1m, 5m, …' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from matrix" -l iat -d 'When it was issued: now, -1m, …' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from matrix" -l time -d 'Set any other claim to a time: NAME=TIME; repeatable' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from matrix" -l header -d 'Set a header member: NAME=TEXT, or NAME:=JSON; repeatable' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from matrix" -l kid -d 'Name the key in the header, and choose it from a set' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from matrix" -l alg -d 'Sign with this algorithm instead of the first that the key allows' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from matrix" -l at -d 'Take this moment for now, RFC 3339 or seconds since 1970' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from matrix" -l secret-file -d 'The shared secret is the content of this file, without its last line break' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from matrix" -l secret-env -d 'The shared secret is the value of this environment variable' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from matrix" -l secret -d 'The shared secret itself; other users of this machine may see it' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from matrix" -l key -d 'A key file: PEM (PKCS#1, PKCS#8, SEC1, SPKI, X.509), DER, JWK or JWK Set, told apart by content' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from matrix" -l key-env -d 'The same, from an environment variable' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from matrix" -l base-url -d 'The API\'s address; relative URLs are joined to it [env: APICTL_BASE_URL]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from matrix" -l profile -d 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from matrix" -l as -d 'Act as this stored login, or as `anon` [env: APICTL_AS]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from matrix" -l format -d 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from matrix" -l color -d 'When to use colours [env: APICTL_COLOR]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from matrix" -l timeout -d 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from matrix" -l connect-timeout -d 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from matrix" -l cacert -d 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from matrix" -l proxy -d 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from matrix" -l user-agent -d 'Send this User-Agent [env: APICTL_USER_AGENT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from matrix" -l bind -d 'Connect from this source address [env: APICTL_BIND]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from matrix" -l resolve -d 'Use this address for a host; repeatable [env: APICTL_RESOLVE]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from matrix" -l allow-weak-key -d 'Accept secrets and RSA keys shorter than RFC 7518 asks for'
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from matrix" -s q -l quiet -d 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]'
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from matrix" -s v -l verbose -d 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]'
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from matrix" -l insecure -d 'Accept any TLS certificate [env: APICTL_INSECURE]'
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from matrix" -l http2-prior-knowledge -d 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]'
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from matrix" -l no-progress -d 'Never show progress [env: APICTL_NO_PROGRESS]'
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from matrix" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from audit" -l wordlist -d 'Try each line of this file as the secret; repeatable' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from audit" -l project -d 'Try the texts in the settings, environment and compose files of this project; repeatable' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from audit" -l max-access -d 'Longest life time of an access token that is no finding' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from audit" -l max-refresh -d 'Longest life time of a refresh token that is no finding' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from audit" -l fail-on -d 'From which severity on the answer is no' -r -f -a "info\t''
low\t''
medium\t''
high\t''"
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from audit" -l base-url -d 'The API\'s address; relative URLs are joined to it [env: APICTL_BASE_URL]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from audit" -l profile -d 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from audit" -l as -d 'Act as this stored login, or as `anon` [env: APICTL_AS]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from audit" -l format -d 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from audit" -l color -d 'When to use colours [env: APICTL_COLOR]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from audit" -l timeout -d 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from audit" -l connect-timeout -d 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from audit" -l cacert -d 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from audit" -l proxy -d 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from audit" -s H -l header -d 'Add a header field to requests to the base URL\'s origin; repeatable [env: APICTL_HEADER]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from audit" -l user-agent -d 'Send this User-Agent [env: APICTL_USER_AGENT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from audit" -l bind -d 'Connect from this source address [env: APICTL_BIND]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from audit" -l resolve -d 'Use this address for a host; repeatable [env: APICTL_RESOLVE]' -r
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from audit" -l no-search -d 'Do not look for the secret'
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from audit" -s q -l quiet -d 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]'
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from audit" -s v -l verbose -d 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]'
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from audit" -l insecure -d 'Accept any TLS certificate [env: APICTL_INSECURE]'
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from audit" -l http2-prior-knowledge -d 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]'
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from audit" -l no-progress -d 'Never show progress [env: APICTL_NO_PROGRESS]'
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from audit" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from help" -f -a "decode" -d 'Show what a token says, without checking its signature'
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from help" -f -a "verify" -d 'Check a token\'s signature, times and claims against a key and expectations'
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from help" -f -a "sign" -d 'Sign a new token'
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from help" -f -a "keygen" -d 'Make a key, or write one in another form'
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from help" -f -a "matrix" -d 'Mint tokens for a test suite: one to accept, and one for each way to be refused'
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from help" -f -a "audit" -d 'Judge a token by RFC 8725: signature, life time, readable data, guessable secret'
complete -c apictl -n "__fish_apictl_using_subcommand jwt; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c apictl -n "__fish_apictl_using_subcommand request" -s d -l data -d 'The body: a text, @FILE, or - for standard input; JSON unless `-H \'Content-Type: …\'` says otherwise' -r
complete -c apictl -n "__fish_apictl_using_subcommand request" -l repeat -d 'Send the request N times more, one after the other, for percentiles' -r
complete -c apictl -n "__fish_apictl_using_subcommand request" -l save -d 'Keep the times in a file, for `--compare`' -r -F
complete -c apictl -n "__fish_apictl_using_subcommand request" -l compare -d 'Compare with times kept earlier; needs `--repeat`' -r -F
complete -c apictl -n "__fish_apictl_using_subcommand request" -l base-url -d 'The API\'s address; relative URLs are joined to it [env: APICTL_BASE_URL]' -r
complete -c apictl -n "__fish_apictl_using_subcommand request" -l profile -d 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]' -r
complete -c apictl -n "__fish_apictl_using_subcommand request" -l as -d 'Act as this stored login, or as `anon` [env: APICTL_AS]' -r
complete -c apictl -n "__fish_apictl_using_subcommand request" -l format -d 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand request" -l color -d 'When to use colours [env: APICTL_COLOR]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c apictl -n "__fish_apictl_using_subcommand request" -l timeout -d 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand request" -l connect-timeout -d 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand request" -l cacert -d 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand request" -l proxy -d 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]' -r
complete -c apictl -n "__fish_apictl_using_subcommand request" -s H -l header -d 'Add a header field to requests to the base URL\'s origin; repeatable [env: APICTL_HEADER]' -r
complete -c apictl -n "__fish_apictl_using_subcommand request" -l user-agent -d 'Send this User-Agent [env: APICTL_USER_AGENT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand request" -l bind -d 'Connect from this source address [env: APICTL_BIND]' -r
complete -c apictl -n "__fish_apictl_using_subcommand request" -l resolve -d 'Use this address for a host; repeatable [env: APICTL_RESOLVE]' -r
complete -c apictl -n "__fish_apictl_using_subcommand request" -s i -l include -d 'Print the status line and header fields above the body'
complete -c apictl -n "__fish_apictl_using_subcommand request" -l no-follow -d 'Return a redirect as it is'
complete -c apictl -n "__fish_apictl_using_subcommand request" -l timing -d 'Print how long each phase took, Server-Timing and what caches can do, in place of the body'
complete -c apictl -n "__fish_apictl_using_subcommand request" -s q -l quiet -d 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]'
complete -c apictl -n "__fish_apictl_using_subcommand request" -s v -l verbose -d 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]'
complete -c apictl -n "__fish_apictl_using_subcommand request" -l insecure -d 'Accept any TLS certificate [env: APICTL_INSECURE]'
complete -c apictl -n "__fish_apictl_using_subcommand request" -l http2-prior-knowledge -d 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]'
complete -c apictl -n "__fish_apictl_using_subcommand request" -l no-progress -d 'Never show progress [env: APICTL_NO_PROGRESS]'
complete -c apictl -n "__fish_apictl_using_subcommand request" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and not __fish_seen_subcommand_from probe identify check help" -l base-url -d 'The API\'s address; relative URLs are joined to it [env: APICTL_BASE_URL]' -r
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and not __fish_seen_subcommand_from probe identify check help" -l profile -d 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]' -r
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and not __fish_seen_subcommand_from probe identify check help" -l as -d 'Act as this stored login, or as `anon` [env: APICTL_AS]' -r
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and not __fish_seen_subcommand_from probe identify check help" -l format -d 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and not __fish_seen_subcommand_from probe identify check help" -l color -d 'When to use colours [env: APICTL_COLOR]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and not __fish_seen_subcommand_from probe identify check help" -l timeout -d 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and not __fish_seen_subcommand_from probe identify check help" -l connect-timeout -d 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and not __fish_seen_subcommand_from probe identify check help" -l cacert -d 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and not __fish_seen_subcommand_from probe identify check help" -l proxy -d 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]' -r
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and not __fish_seen_subcommand_from probe identify check help" -s H -l header -d 'Add a header field to requests to the base URL\'s origin; repeatable [env: APICTL_HEADER]' -r
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and not __fish_seen_subcommand_from probe identify check help" -l user-agent -d 'Send this User-Agent [env: APICTL_USER_AGENT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and not __fish_seen_subcommand_from probe identify check help" -l bind -d 'Connect from this source address [env: APICTL_BIND]' -r
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and not __fish_seen_subcommand_from probe identify check help" -l resolve -d 'Use this address for a host; repeatable [env: APICTL_RESOLVE]' -r
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and not __fish_seen_subcommand_from probe identify check help" -s q -l quiet -d 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]'
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and not __fish_seen_subcommand_from probe identify check help" -s v -l verbose -d 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]'
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and not __fish_seen_subcommand_from probe identify check help" -l insecure -d 'Accept any TLS certificate [env: APICTL_INSECURE]'
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and not __fish_seen_subcommand_from probe identify check help" -l http2-prior-knowledge -d 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]'
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and not __fish_seen_subcommand_from probe identify check help" -l no-progress -d 'Never show progress [env: APICTL_NO_PROGRESS]'
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and not __fish_seen_subcommand_from probe identify check help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and not __fish_seen_subcommand_from probe identify check help" -f -a "probe" -d 'Find out how an endpoint is rate limited'
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and not __fish_seen_subcommand_from probe identify check help" -f -a "identify" -d 'Identify a limiter from a recorded trace, without the network'
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and not __fish_seen_subcommand_from probe identify check help" -f -a "check" -d 'Hold the API to the `[[throttle]]` tables of apictl.toml'
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and not __fish_seen_subcommand_from probe identify check help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from probe" -l method -d 'The method' -r
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from probe" -s d -l data -d 'The body of every request, as JSON' -r
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from probe" -l max-requests -d 'Most requests to send' -r
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from probe" -l max-time -d 'Longest time to take' -r
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from probe" -l concurrency -d 'Most requests at once, where the limit may be one of requests in flight' -r
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from probe" -l reject-status -d 'Statuses that are refusals, 0 for a dropped connection; learnt when left out' -r
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from probe" -l also-url -d 'Another endpoint, for --scope; repeatable' -r
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from probe" -l also-as -d 'Another identity, for --scope; all logins of the API and `anon` when left out; repeatable' -r
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from probe" -l also-from -d 'Another source address, for --scope and --race; another of 127.0.0.0/8 where the API is there; repeatable' -r
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from probe" -l trace -d 'Write every request to a file as it is answered, for `throttle identify`' -r -F
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from probe" -l save -d 'Write what was found as a `[[throttle]]` table, for `throttle check`' -r -F
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from probe" -l plot -d 'Draw the requests and what the identified limiter counted, as SVG' -r -F
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from probe" -l base-url -d 'The API\'s address; relative URLs are joined to it [env: APICTL_BASE_URL]' -r
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from probe" -l profile -d 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]' -r
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from probe" -l as -d 'Act as this stored login, or as `anon` [env: APICTL_AS]' -r
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from probe" -l format -d 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from probe" -l color -d 'When to use colours [env: APICTL_COLOR]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from probe" -l timeout -d 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from probe" -l connect-timeout -d 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from probe" -l cacert -d 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from probe" -l proxy -d 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]' -r
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from probe" -s H -l header -d 'Add a header field to requests to the base URL\'s origin; repeatable [env: APICTL_HEADER]' -r
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from probe" -l user-agent -d 'Send this User-Agent [env: APICTL_USER_AGENT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from probe" -l bind -d 'Connect from this source address [env: APICTL_BIND]' -r
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from probe" -l resolve -d 'Use this address for a host; repeatable [env: APICTL_RESOLVE]' -r
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from probe" -s y -l yes -d 'Do not ask before probing a host that is not this machine'
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from probe" -l race -d 'Send many at once on an unused count: more than one after another must not pass'
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from probe" -l bypass -d 'Try what a client can make up: forwarding headers, spellings of the path, methods, versions, connections'
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from probe" -l scope -d 'Find out what the count is kept by: address, user, endpoint, method, query, connection'
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from probe" -l quick -d 'Only count, and take the window that the server names: one request above the limit'
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from probe" -l thorough -d 'One more round, which has to turn out as predicted'
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from probe" -s q -l quiet -d 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]'
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from probe" -s v -l verbose -d 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]'
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from probe" -l insecure -d 'Accept any TLS certificate [env: APICTL_INSECURE]'
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from probe" -l http2-prior-knowledge -d 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]'
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from probe" -l no-progress -d 'Never show progress [env: APICTL_NO_PROGRESS]'
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from probe" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from identify" -l base-url -d 'The API\'s address; relative URLs are joined to it [env: APICTL_BASE_URL]' -r
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from identify" -l profile -d 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]' -r
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from identify" -l as -d 'Act as this stored login, or as `anon` [env: APICTL_AS]' -r
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from identify" -l format -d 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from identify" -l color -d 'When to use colours [env: APICTL_COLOR]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from identify" -l timeout -d 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from identify" -l connect-timeout -d 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from identify" -l cacert -d 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from identify" -l proxy -d 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]' -r
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from identify" -s H -l header -d 'Add a header field to requests to the base URL\'s origin; repeatable [env: APICTL_HEADER]' -r
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from identify" -l user-agent -d 'Send this User-Agent [env: APICTL_USER_AGENT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from identify" -l bind -d 'Connect from this source address [env: APICTL_BIND]' -r
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from identify" -l resolve -d 'Use this address for a host; repeatable [env: APICTL_RESOLVE]' -r
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from identify" -s q -l quiet -d 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]'
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from identify" -s v -l verbose -d 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]'
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from identify" -l insecure -d 'Accept any TLS certificate [env: APICTL_INSECURE]'
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from identify" -l http2-prior-knowledge -d 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]'
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from identify" -l no-progress -d 'Never show progress [env: APICTL_NO_PROGRESS]'
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from identify" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from check" -l max-requests -d 'Most requests to send' -r
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from check" -l max-time -d 'Longest time to take' -r
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from check" -l concurrency -d 'Most requests at once, where the limit may be one of requests in flight' -r
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from check" -l reject-status -d 'Statuses that are refusals, 0 for a dropped connection; learnt when left out' -r
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from check" -l junit -d 'Write a JUnit file' -r -F
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from check" -l base-url -d 'The API\'s address; relative URLs are joined to it [env: APICTL_BASE_URL]' -r
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from check" -l profile -d 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]' -r
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from check" -l as -d 'Act as this stored login, or as `anon` [env: APICTL_AS]' -r
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from check" -l format -d 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from check" -l color -d 'When to use colours [env: APICTL_COLOR]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from check" -l timeout -d 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from check" -l connect-timeout -d 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from check" -l cacert -d 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from check" -l proxy -d 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]' -r
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from check" -s H -l header -d 'Add a header field to requests to the base URL\'s origin; repeatable [env: APICTL_HEADER]' -r
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from check" -l user-agent -d 'Send this User-Agent [env: APICTL_USER_AGENT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from check" -l bind -d 'Connect from this source address [env: APICTL_BIND]' -r
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from check" -l resolve -d 'Use this address for a host; repeatable [env: APICTL_RESOLVE]' -r
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from check" -s y -l yes -d 'Do not ask before probing a host that is not this machine'
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from check" -l allow-inconclusive -d 'Let inconclusive checks pass'
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from check" -l sample -d 'Believe headers that name the limit, which takes three requests'
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from check" -s q -l quiet -d 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]'
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from check" -s v -l verbose -d 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]'
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from check" -l insecure -d 'Accept any TLS certificate [env: APICTL_INSECURE]'
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from check" -l http2-prior-knowledge -d 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]'
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from check" -l no-progress -d 'Never show progress [env: APICTL_NO_PROGRESS]'
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from help" -f -a "probe" -d 'Find out how an endpoint is rate limited'
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from help" -f -a "identify" -d 'Identify a limiter from a recorded trace, without the network'
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from help" -f -a "check" -d 'Hold the API to the `[[throttle]]` tables of apictl.toml'
complete -c apictl -n "__fish_apictl_using_subcommand throttle; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c apictl -n "__fish_apictl_using_subcommand access; and not __fish_seen_subcommand_from matrix check help" -l base-url -d 'The API\'s address; relative URLs are joined to it [env: APICTL_BASE_URL]' -r
complete -c apictl -n "__fish_apictl_using_subcommand access; and not __fish_seen_subcommand_from matrix check help" -l profile -d 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]' -r
complete -c apictl -n "__fish_apictl_using_subcommand access; and not __fish_seen_subcommand_from matrix check help" -l as -d 'Act as this stored login, or as `anon` [env: APICTL_AS]' -r
complete -c apictl -n "__fish_apictl_using_subcommand access; and not __fish_seen_subcommand_from matrix check help" -l format -d 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand access; and not __fish_seen_subcommand_from matrix check help" -l color -d 'When to use colours [env: APICTL_COLOR]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c apictl -n "__fish_apictl_using_subcommand access; and not __fish_seen_subcommand_from matrix check help" -l timeout -d 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand access; and not __fish_seen_subcommand_from matrix check help" -l connect-timeout -d 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand access; and not __fish_seen_subcommand_from matrix check help" -l cacert -d 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand access; and not __fish_seen_subcommand_from matrix check help" -l proxy -d 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]' -r
complete -c apictl -n "__fish_apictl_using_subcommand access; and not __fish_seen_subcommand_from matrix check help" -s H -l header -d 'Add a header field to requests to the base URL\'s origin; repeatable [env: APICTL_HEADER]' -r
complete -c apictl -n "__fish_apictl_using_subcommand access; and not __fish_seen_subcommand_from matrix check help" -l user-agent -d 'Send this User-Agent [env: APICTL_USER_AGENT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand access; and not __fish_seen_subcommand_from matrix check help" -l bind -d 'Connect from this source address [env: APICTL_BIND]' -r
complete -c apictl -n "__fish_apictl_using_subcommand access; and not __fish_seen_subcommand_from matrix check help" -l resolve -d 'Use this address for a host; repeatable [env: APICTL_RESOLVE]' -r
complete -c apictl -n "__fish_apictl_using_subcommand access; and not __fish_seen_subcommand_from matrix check help" -s q -l quiet -d 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]'
complete -c apictl -n "__fish_apictl_using_subcommand access; and not __fish_seen_subcommand_from matrix check help" -s v -l verbose -d 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]'
complete -c apictl -n "__fish_apictl_using_subcommand access; and not __fish_seen_subcommand_from matrix check help" -l insecure -d 'Accept any TLS certificate [env: APICTL_INSECURE]'
complete -c apictl -n "__fish_apictl_using_subcommand access; and not __fish_seen_subcommand_from matrix check help" -l http2-prior-knowledge -d 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]'
complete -c apictl -n "__fish_apictl_using_subcommand access; and not __fish_seen_subcommand_from matrix check help" -l no-progress -d 'Never show progress [env: APICTL_NO_PROGRESS]'
complete -c apictl -n "__fish_apictl_using_subcommand access; and not __fish_seen_subcommand_from matrix check help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c apictl -n "__fish_apictl_using_subcommand access; and not __fish_seen_subcommand_from matrix check help" -f -a "matrix" -d 'See who is answered what: identities × methods, as a table'
complete -c apictl -n "__fish_apictl_using_subcommand access; and not __fish_seen_subcommand_from matrix check help" -f -a "check" -d 'Hold the API to the `[[access]]` tables of apictl.toml'
complete -c apictl -n "__fish_apictl_using_subcommand access; and not __fish_seen_subcommand_from matrix check help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c apictl -n "__fish_apictl_using_subcommand access; and __fish_seen_subcommand_from matrix" -l token-file -d 'Use the token in a file as an identity; repeatable' -r
complete -c apictl -n "__fish_apictl_using_subcommand access; and __fish_seen_subcommand_from matrix" -l identity -d 'Ask as these identities only; repeatable. `--as` names one, too' -r
complete -c apictl -n "__fish_apictl_using_subcommand access; and __fish_seen_subcommand_from matrix" -l method -d 'Send these methods only; repeatable' -r
complete -c apictl -n "__fish_apictl_using_subcommand access; and __fish_seen_subcommand_from matrix" -l openapi -d 'Compare with an OpenAPI document (JSON or YAML): what it secures must refuse `anon`, the rest must not' -r
complete -c apictl -n "__fish_apictl_using_subcommand access; and __fish_seen_subcommand_from matrix" -l param -d 'The value of a parameter in the document\'s paths; repeatable' -r
complete -c apictl -n "__fish_apictl_using_subcommand access; and __fish_seen_subcommand_from matrix" -l rows -d 'Open the first N rows of each list one by one, looking for rows that should not be in it' -r
complete -c apictl -n "__fish_apictl_using_subcommand access; and __fish_seen_subcommand_from matrix" -l save -d 'Append what was seen to a file as `[[access]]` tables' -r -F
complete -c apictl -n "__fish_apictl_using_subcommand access; and __fish_seen_subcommand_from matrix" -l base-url -d 'The API\'s address; relative URLs are joined to it [env: APICTL_BASE_URL]' -r
complete -c apictl -n "__fish_apictl_using_subcommand access; and __fish_seen_subcommand_from matrix" -l profile -d 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]' -r
complete -c apictl -n "__fish_apictl_using_subcommand access; and __fish_seen_subcommand_from matrix" -l as -d 'Act as this stored login, or as `anon` [env: APICTL_AS]' -r
complete -c apictl -n "__fish_apictl_using_subcommand access; and __fish_seen_subcommand_from matrix" -l format -d 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand access; and __fish_seen_subcommand_from matrix" -l color -d 'When to use colours [env: APICTL_COLOR]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c apictl -n "__fish_apictl_using_subcommand access; and __fish_seen_subcommand_from matrix" -l timeout -d 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand access; and __fish_seen_subcommand_from matrix" -l connect-timeout -d 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand access; and __fish_seen_subcommand_from matrix" -l cacert -d 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand access; and __fish_seen_subcommand_from matrix" -l proxy -d 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]' -r
complete -c apictl -n "__fish_apictl_using_subcommand access; and __fish_seen_subcommand_from matrix" -s H -l header -d 'Add a header field to requests to the base URL\'s origin; repeatable [env: APICTL_HEADER]' -r
complete -c apictl -n "__fish_apictl_using_subcommand access; and __fish_seen_subcommand_from matrix" -l user-agent -d 'Send this User-Agent [env: APICTL_USER_AGENT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand access; and __fish_seen_subcommand_from matrix" -l bind -d 'Connect from this source address [env: APICTL_BIND]' -r
complete -c apictl -n "__fish_apictl_using_subcommand access; and __fish_seen_subcommand_from matrix" -l resolve -d 'Use this address for a host; repeatable [env: APICTL_RESOLVE]' -r
complete -c apictl -n "__fish_apictl_using_subcommand access; and __fish_seen_subcommand_from matrix" -l unsafe-methods -d 'Send POST, PUT and PATCH too, with a body that cannot validate; DELETE only with `--method DELETE`'
complete -c apictl -n "__fish_apictl_using_subcommand access; and __fish_seen_subcommand_from matrix" -s q -l quiet -d 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]'
complete -c apictl -n "__fish_apictl_using_subcommand access; and __fish_seen_subcommand_from matrix" -s v -l verbose -d 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]'
complete -c apictl -n "__fish_apictl_using_subcommand access; and __fish_seen_subcommand_from matrix" -l insecure -d 'Accept any TLS certificate [env: APICTL_INSECURE]'
complete -c apictl -n "__fish_apictl_using_subcommand access; and __fish_seen_subcommand_from matrix" -l http2-prior-knowledge -d 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]'
complete -c apictl -n "__fish_apictl_using_subcommand access; and __fish_seen_subcommand_from matrix" -l no-progress -d 'Never show progress [env: APICTL_NO_PROGRESS]'
complete -c apictl -n "__fish_apictl_using_subcommand access; and __fish_seen_subcommand_from matrix" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c apictl -n "__fish_apictl_using_subcommand access; and __fish_seen_subcommand_from check" -l token-file -d 'Use the token in a file as an identity; repeatable' -r
complete -c apictl -n "__fish_apictl_using_subcommand access; and __fish_seen_subcommand_from check" -l openapi -d 'Compare with an OpenAPI document (JSON or YAML): what it secures must refuse `anon`, the rest must not' -r
complete -c apictl -n "__fish_apictl_using_subcommand access; and __fish_seen_subcommand_from check" -l param -d 'The value of a parameter in the document\'s paths; repeatable' -r
complete -c apictl -n "__fish_apictl_using_subcommand access; and __fish_seen_subcommand_from check" -l junit -d 'Write a JUnit file' -r -F
complete -c apictl -n "__fish_apictl_using_subcommand access; and __fish_seen_subcommand_from check" -l base-url -d 'The API\'s address; relative URLs are joined to it [env: APICTL_BASE_URL]' -r
complete -c apictl -n "__fish_apictl_using_subcommand access; and __fish_seen_subcommand_from check" -l profile -d 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]' -r
complete -c apictl -n "__fish_apictl_using_subcommand access; and __fish_seen_subcommand_from check" -l as -d 'Act as this stored login, or as `anon` [env: APICTL_AS]' -r
complete -c apictl -n "__fish_apictl_using_subcommand access; and __fish_seen_subcommand_from check" -l format -d 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand access; and __fish_seen_subcommand_from check" -l color -d 'When to use colours [env: APICTL_COLOR]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c apictl -n "__fish_apictl_using_subcommand access; and __fish_seen_subcommand_from check" -l timeout -d 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand access; and __fish_seen_subcommand_from check" -l connect-timeout -d 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand access; and __fish_seen_subcommand_from check" -l cacert -d 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand access; and __fish_seen_subcommand_from check" -l proxy -d 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]' -r
complete -c apictl -n "__fish_apictl_using_subcommand access; and __fish_seen_subcommand_from check" -s H -l header -d 'Add a header field to requests to the base URL\'s origin; repeatable [env: APICTL_HEADER]' -r
complete -c apictl -n "__fish_apictl_using_subcommand access; and __fish_seen_subcommand_from check" -l user-agent -d 'Send this User-Agent [env: APICTL_USER_AGENT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand access; and __fish_seen_subcommand_from check" -l bind -d 'Connect from this source address [env: APICTL_BIND]' -r
complete -c apictl -n "__fish_apictl_using_subcommand access; and __fish_seen_subcommand_from check" -l resolve -d 'Use this address for a host; repeatable [env: APICTL_RESOLVE]' -r
complete -c apictl -n "__fish_apictl_using_subcommand access; and __fish_seen_subcommand_from check" -l unsafe-methods -d 'Send POST, PUT, PATCH and DELETE too; without `data` in the table the body is one that cannot validate'
complete -c apictl -n "__fish_apictl_using_subcommand access; and __fish_seen_subcommand_from check" -s q -l quiet -d 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]'
complete -c apictl -n "__fish_apictl_using_subcommand access; and __fish_seen_subcommand_from check" -s v -l verbose -d 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]'
complete -c apictl -n "__fish_apictl_using_subcommand access; and __fish_seen_subcommand_from check" -l insecure -d 'Accept any TLS certificate [env: APICTL_INSECURE]'
complete -c apictl -n "__fish_apictl_using_subcommand access; and __fish_seen_subcommand_from check" -l http2-prior-knowledge -d 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]'
complete -c apictl -n "__fish_apictl_using_subcommand access; and __fish_seen_subcommand_from check" -l no-progress -d 'Never show progress [env: APICTL_NO_PROGRESS]'
complete -c apictl -n "__fish_apictl_using_subcommand access; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c apictl -n "__fish_apictl_using_subcommand access; and __fish_seen_subcommand_from help" -f -a "matrix" -d 'See who is answered what: identities × methods, as a table'
complete -c apictl -n "__fish_apictl_using_subcommand access; and __fish_seen_subcommand_from help" -f -a "check" -d 'Hold the API to the `[[access]]` tables of apictl.toml'
complete -c apictl -n "__fish_apictl_using_subcommand access; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c apictl -n "__fish_apictl_using_subcommand serve" -s p -l port -d 'The port; 0 takes a free one' -r
complete -c apictl -n "__fish_apictl_using_subcommand serve" -l host -d 'The address to listen on' -r
complete -c apictl -n "__fish_apictl_using_subcommand serve" -l products -d 'How many products there are; ten million cost no more memory than ten' -r
complete -c apictl -n "__fish_apictl_using_subcommand serve" -l page-size -d 'How many items a page holds' -r
complete -c apictl -n "__fish_apictl_using_subcommand serve" -l max-page-size -d 'The most items that `page_size` and `limit` in a query may ask for' -r
complete -c apictl -n "__fish_apictl_using_subcommand serve" -l drf -d 'Answer as this release of DRF, with the simplejwt of its time: 3.14, 3.15, 3.16, 3.17 or 3.18' -r
complete -c apictl -n "__fish_apictl_using_subcommand serve" -l throttle -d 'Limit a scope, as DRF writes rates; `none` lifts it; repeatable' -r
complete -c apictl -n "__fish_apictl_using_subcommand serve" -l workers -d 'Workers; each connection stays with the one that accepted it, as under gunicorn' -r
complete -c apictl -n "__fish_apictl_using_subcommand serve" -l cache -d 'Where workers count: each for itself, or together' -r -f -a "local\t''
shared\t''"
complete -c apictl -n "__fish_apictl_using_subcommand serve" -l cache-latency -d 'How long the shared cache takes; requests that come meanwhile read the same count, as in DRF' -r
complete -c apictl -n "__fish_apictl_using_subcommand serve" -l num-proxies -d 'How many entries of `X-Forwarded-For` are trusted (`NUM_PROXIES`); by default the whole header is' -r
complete -c apictl -n "__fish_apictl_using_subcommand serve" -l algorithm -d 'How requests are counted' -r
complete -c apictl -n "__fish_apictl_using_subcommand serve" -l burst -d 'The capacity of a token bucket, or how many may wait in a leaky queue; the limit by default' -r
complete -c apictl -n "__fish_apictl_using_subcommand serve" -l refill-every -d 'Refill a token-bucket-interval this often, by the handful that keeps the rate; else token by token' -r
complete -c apictl -n "__fish_apictl_using_subcommand serve" -l block -d 'Refuse everything for this long after a refusal' -r
complete -c apictl -n "__fish_apictl_using_subcommand serve" -l refusal-status -d 'The status of a refusal: 429, 503 or 403 say' -r
complete -c apictl -n "__fish_apictl_using_subcommand serve" -l limit-headers -d 'Headers that tell of limits' -r
complete -c apictl -n "__fish_apictl_using_subcommand serve" -l retry-after -d 'How `Retry-After` is written: ceil (DRF), floor, float, date or none' -r
complete -c apictl -n "__fish_apictl_using_subcommand serve" -l lie -d 'Let the headers lie' -r
complete -c apictl -n "__fish_apictl_using_subcommand serve" -l access-lifetime -d 'How long an access token lives' -r
complete -c apictl -n "__fish_apictl_using_subcommand serve" -l refresh-lifetime -d 'How long a refresh token lives' -r
complete -c apictl -n "__fish_apictl_using_subcommand serve" -l signing-key-file -d 'Sign tokens with the secret in this file, or with an RSA or P-256 key in PEM: RS256 or ES256, and the public key is at `/.well-known/jwks.json`' -r -F
complete -c apictl -n "__fish_apictl_using_subcommand serve" -l header-type -d 'The scheme of `Authorization` (`AUTH_HEADER_TYPES`); repeatable, the first is advertised' -r
complete -c apictl -n "__fish_apictl_using_subcommand serve" -l issuer -d 'Write and demand the claim `iss`' -r
complete -c apictl -n "__fish_apictl_using_subcommand serve" -l audience -d 'Write and demand the claim `aud`' -r
complete -c apictl -n "__fish_apictl_using_subcommand serve" -l leeway -d 'Tolerance for clocks that differ' -r
complete -c apictl -n "__fish_apictl_using_subcommand serve" -l fault -d 'Make something go wrong; repeatable. A SHARE is `0.1` or `10%` of the replies, all where not given' -r
complete -c apictl -n "__fish_apictl_using_subcommand serve" -l base-url -d 'The API\'s address; relative URLs are joined to it [env: APICTL_BASE_URL]' -r
complete -c apictl -n "__fish_apictl_using_subcommand serve" -l profile -d 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]' -r
complete -c apictl -n "__fish_apictl_using_subcommand serve" -l as -d 'Act as this stored login, or as `anon` [env: APICTL_AS]' -r
complete -c apictl -n "__fish_apictl_using_subcommand serve" -l format -d 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand serve" -l color -d 'When to use colours [env: APICTL_COLOR]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c apictl -n "__fish_apictl_using_subcommand serve" -l timeout -d 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand serve" -l connect-timeout -d 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand serve" -l cacert -d 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand serve" -l proxy -d 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]' -r
complete -c apictl -n "__fish_apictl_using_subcommand serve" -s H -l header -d 'Add a header field to requests to the base URL\'s origin; repeatable [env: APICTL_HEADER]' -r
complete -c apictl -n "__fish_apictl_using_subcommand serve" -l user-agent -d 'Send this User-Agent [env: APICTL_USER_AGENT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand serve" -l bind -d 'Connect from this source address [env: APICTL_BIND]' -r
complete -c apictl -n "__fish_apictl_using_subcommand serve" -l resolve -d 'Use this address for a host; repeatable [env: APICTL_RESOLVE]' -r
complete -c apictl -n "__fish_apictl_using_subcommand serve" -l server-timing -d 'Send `Server-Timing` with the number of SQL queries, as the Debug Toolbar does'
complete -c apictl -n "__fish_apictl_using_subcommand serve" -l etag -d 'Send an `ETag` with replies to GET, and 304 to those who have them'
complete -c apictl -n "__fish_apictl_using_subcommand serve" -l gzip -d 'Compress bodies from 200 bytes on'
complete -c apictl -n "__fish_apictl_using_subcommand serve" -l block-renewed -d 'Start the block anew with every request that is refused during it'
complete -c apictl -n "__fish_apictl_using_subcommand serve" -l count-refused -d 'Let refused requests use up the limit, too'
complete -c apictl -n "__fish_apictl_using_subcommand serve" -l rotate -d 'Give a new refresh token with every refresh (`ROTATE_REFRESH_TOKENS`)'
complete -c apictl -n "__fish_apictl_using_subcommand serve" -l blacklist -d 'Blacklist the old refresh token on rotation (`BLACKLIST_AFTER_ROTATION`)'
complete -c apictl -n "__fish_apictl_using_subcommand serve" -l no-blacklist-app -d 'Run without the blacklist app: logging out answers 200 and does nothing'
complete -c apictl -n "__fish_apictl_using_subcommand serve" -s q -l quiet -d 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]'
complete -c apictl -n "__fish_apictl_using_subcommand serve" -s v -l verbose -d 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]'
complete -c apictl -n "__fish_apictl_using_subcommand serve" -l insecure -d 'Accept any TLS certificate [env: APICTL_INSECURE]'
complete -c apictl -n "__fish_apictl_using_subcommand serve" -l http2-prior-knowledge -d 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]'
complete -c apictl -n "__fish_apictl_using_subcommand serve" -l no-progress -d 'Never show progress [env: APICTL_NO_PROGRESS]'
complete -c apictl -n "__fish_apictl_using_subcommand serve" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c apictl -n "__fish_apictl_using_subcommand demo" -l base-url -d 'The API\'s address; relative URLs are joined to it [env: APICTL_BASE_URL]' -r
complete -c apictl -n "__fish_apictl_using_subcommand demo" -l profile -d 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]' -r
complete -c apictl -n "__fish_apictl_using_subcommand demo" -l as -d 'Act as this stored login, or as `anon` [env: APICTL_AS]' -r
complete -c apictl -n "__fish_apictl_using_subcommand demo" -l format -d 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand demo" -l color -d 'When to use colours [env: APICTL_COLOR]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c apictl -n "__fish_apictl_using_subcommand demo" -l timeout -d 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand demo" -l connect-timeout -d 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand demo" -l cacert -d 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand demo" -l proxy -d 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]' -r
complete -c apictl -n "__fish_apictl_using_subcommand demo" -s H -l header -d 'Add a header field to requests to the base URL\'s origin; repeatable [env: APICTL_HEADER]' -r
complete -c apictl -n "__fish_apictl_using_subcommand demo" -l user-agent -d 'Send this User-Agent [env: APICTL_USER_AGENT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand demo" -l bind -d 'Connect from this source address [env: APICTL_BIND]' -r
complete -c apictl -n "__fish_apictl_using_subcommand demo" -l resolve -d 'Use this address for a host; repeatable [env: APICTL_RESOLVE]' -r
complete -c apictl -n "__fish_apictl_using_subcommand demo" -s q -l quiet -d 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]'
complete -c apictl -n "__fish_apictl_using_subcommand demo" -s v -l verbose -d 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]'
complete -c apictl -n "__fish_apictl_using_subcommand demo" -l insecure -d 'Accept any TLS certificate [env: APICTL_INSECURE]'
complete -c apictl -n "__fish_apictl_using_subcommand demo" -l http2-prior-knowledge -d 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]'
complete -c apictl -n "__fish_apictl_using_subcommand demo" -l no-progress -d 'Never show progress [env: APICTL_NO_PROGRESS]'
complete -c apictl -n "__fish_apictl_using_subcommand demo" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c apictl -n "__fish_apictl_using_subcommand pages; and not __fish_seen_subcommand_from walk audit profile merge help" -l base-url -d 'The API\'s address; relative URLs are joined to it [env: APICTL_BASE_URL]' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and not __fish_seen_subcommand_from walk audit profile merge help" -l profile -d 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and not __fish_seen_subcommand_from walk audit profile merge help" -l as -d 'Act as this stored login, or as `anon` [env: APICTL_AS]' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and not __fish_seen_subcommand_from walk audit profile merge help" -l format -d 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and not __fish_seen_subcommand_from walk audit profile merge help" -l color -d 'When to use colours [env: APICTL_COLOR]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c apictl -n "__fish_apictl_using_subcommand pages; and not __fish_seen_subcommand_from walk audit profile merge help" -l timeout -d 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and not __fish_seen_subcommand_from walk audit profile merge help" -l connect-timeout -d 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and not __fish_seen_subcommand_from walk audit profile merge help" -l cacert -d 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and not __fish_seen_subcommand_from walk audit profile merge help" -l proxy -d 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and not __fish_seen_subcommand_from walk audit profile merge help" -s H -l header -d 'Add a header field to requests to the base URL\'s origin; repeatable [env: APICTL_HEADER]' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and not __fish_seen_subcommand_from walk audit profile merge help" -l user-agent -d 'Send this User-Agent [env: APICTL_USER_AGENT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and not __fish_seen_subcommand_from walk audit profile merge help" -l bind -d 'Connect from this source address [env: APICTL_BIND]' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and not __fish_seen_subcommand_from walk audit profile merge help" -l resolve -d 'Use this address for a host; repeatable [env: APICTL_RESOLVE]' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and not __fish_seen_subcommand_from walk audit profile merge help" -s q -l quiet -d 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]'
complete -c apictl -n "__fish_apictl_using_subcommand pages; and not __fish_seen_subcommand_from walk audit profile merge help" -s v -l verbose -d 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]'
complete -c apictl -n "__fish_apictl_using_subcommand pages; and not __fish_seen_subcommand_from walk audit profile merge help" -l insecure -d 'Accept any TLS certificate [env: APICTL_INSECURE]'
complete -c apictl -n "__fish_apictl_using_subcommand pages; and not __fish_seen_subcommand_from walk audit profile merge help" -l http2-prior-knowledge -d 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]'
complete -c apictl -n "__fish_apictl_using_subcommand pages; and not __fish_seen_subcommand_from walk audit profile merge help" -l no-progress -d 'Never show progress [env: APICTL_NO_PROGRESS]'
complete -c apictl -n "__fish_apictl_using_subcommand pages; and not __fish_seen_subcommand_from walk audit profile merge help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c apictl -n "__fish_apictl_using_subcommand pages; and not __fish_seen_subcommand_from walk audit profile merge help" -f -a "walk" -d 'Write every item of a paginated list'
complete -c apictl -n "__fish_apictl_using_subcommand pages; and not __fish_seen_subcommand_from walk audit profile merge help" -f -a "audit" -d 'Find what is wrong with a paginated list, and name its cure'
complete -c apictl -n "__fish_apictl_using_subcommand pages; and not __fish_seen_subcommand_from walk audit profile merge help" -f -a "profile" -d 'See how time, bytes and SQL queries grow with the size and depth of a page'
complete -c apictl -n "__fish_apictl_using_subcommand pages; and not __fish_seen_subcommand_from walk audit profile merge help" -f -a "merge" -d 'Join the files of `pages walk --shard`'
complete -c apictl -n "__fish_apictl_using_subcommand pages; and not __fish_seen_subcommand_from walk audit profile merge help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from walk" -s o -l output -d 'Write to this file, which holds whole items only whatever happens' -r -F
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from walk" -l items -d 'Where the items are, as a JSON pointer (/data/items); found by looking when left out' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from walk" -l next -d 'Where the link, token or number of the next page is, as a JSON pointer (/paging/next)' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from walk" -l style -d 'The style of pagination' -r -f -a "auto\t''
page-number\t''
limit-offset\t''
cursor\t''
link-header\t''
json-api\t''"
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from walk" -l page-size -d 'Ask for so many items a page' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from walk" -s j -l concurrency -d 'Requests in flight: a number or auto. When left out, one page after the other, each sent for as soon as the head of the one before names it' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from walk" -l max-pages -d 'Stop after so many pages' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from walk" -l max-items -d 'Stop after so many items' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from walk" -l rate -d 'Send no more requests than this, evenly spaced: 5/s, 100/min' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from walk" -l retries -d 'Try a page again so many times after a 5xx or no answer; 0 also gives up at the first 429' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from walk" -l max-wait -d 'The longest Retry-After that is waited for' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from walk" -l unique-by -d 'Drop items whose value of this field came before' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from walk" -l expect-count -d 'Fail unless this many items come; without a number, unless the server\'s own count is met' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from walk" -l select -d 'A jq program that filters or reshapes each item; one that passes unchanged keeps its bytes. Limits and counts are of the server\'s items' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from walk" -l shard -d 'Walk part I of N equal parts, by pages; `pages merge` joins the files. Unasked, a Kubernetes Indexed Job, GitLab\'s parallel and a Slurm array say the part; none walks the whole list there too' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from walk" -l columns -d 'The columns of a CSV, in order; nested ones with dots. Without it all that occur' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from walk" -l summary -d 'Write the summary to this file as JSON; - is standard error' -r -F
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from walk" -l base-url -d 'The API\'s address; relative URLs are joined to it [env: APICTL_BASE_URL]' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from walk" -l profile -d 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from walk" -l as -d 'Act as this stored login, or as `anon` [env: APICTL_AS]' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from walk" -l format -d 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from walk" -l color -d 'When to use colours [env: APICTL_COLOR]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from walk" -l timeout -d 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from walk" -l connect-timeout -d 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from walk" -l cacert -d 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from walk" -l proxy -d 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from walk" -s H -l header -d 'Add a header field to requests to the base URL\'s origin; repeatable [env: APICTL_HEADER]' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from walk" -l user-agent -d 'Send this User-Agent [env: APICTL_USER_AGENT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from walk" -l bind -d 'Connect from this source address [env: APICTL_BIND]' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from walk" -l resolve -d 'Use this address for a host; repeatable [env: APICTL_RESOLVE]' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from walk" -l split -d 'Cut the key range of a walk by DRF\'s cursors and fetch several cuts at once, as many as -j says (auto when left out): for lists ordered by one unique number, time or UUID. Cursors are made as DRF makes them; the walk is cut only if a made one leads where the server\'s own do, and walked one page after the other, with a reason, if not'
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from walk" -l resume -d 'Go on where an earlier walk to the same file ended'
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from walk" -l validate -d 'Parse every item, so that no malformed one passes; without it the borders of items are checked, and the first item of each page'
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from walk" -l recheck -d 'Walk the list a second time and compare page by page: finds every change, also one that leaves the count as it was, for twice the requests'
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from walk" -l no-shared-rows -d 'Ask for pages exactly as the server links them. Without it a page of ten rows or more that an offset names is asked for from the last row of the one before it, which shows whether rows came or went between the two'
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from walk" -s q -l quiet -d 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]'
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from walk" -s v -l verbose -d 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]'
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from walk" -l insecure -d 'Accept any TLS certificate [env: APICTL_INSECURE]'
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from walk" -l http2-prior-knowledge -d 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]'
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from walk" -l no-progress -d 'Never show progress [env: APICTL_NO_PROGRESS]'
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from walk" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from audit" -l max-pages -d 'Walk no further than this; a longer list is sampled' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from audit" -l max-requests -d 'The most requests, the walk\'s included; with --whole the most beside the walk' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from audit" -l rate -d 'How fast requests may follow each other, as 5/s' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from audit" -l other -d 'A second login, to see whether a cache serves one user\'s list to another' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from audit" -l only -d 'Look for these kinds only, separated by commas' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from audit" -l skip -d 'Leave these kinds out, separated by commas' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from audit" -l fail-on -d 'The lightest severity that makes the exit code 1' -r -f -a "info\t''
low\t''
medium\t''
high\t''"
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from audit" -l baseline -d 'An earlier JSON report: what it knows already does not count' -r -F
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from audit" -l save -d 'Write the JSON report to a file, for --baseline' -r -F
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from audit" -l items -d 'Where the items are, as a JSON pointer' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from audit" -l next -d 'Where the link to the next page is, as a JSON pointer' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from audit" -l junit -d 'Write a JUnit file, a case for every kind' -r -F
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from audit" -l base-url -d 'The API\'s address; relative URLs are joined to it [env: APICTL_BASE_URL]' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from audit" -l profile -d 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from audit" -l as -d 'Act as this stored login, or as `anon` [env: APICTL_AS]' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from audit" -l format -d 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from audit" -l color -d 'When to use colours [env: APICTL_COLOR]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from audit" -l timeout -d 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from audit" -l connect-timeout -d 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from audit" -l cacert -d 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from audit" -l proxy -d 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from audit" -s H -l header -d 'Add a header field to requests to the base URL\'s origin; repeatable [env: APICTL_HEADER]' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from audit" -l user-agent -d 'Send this User-Agent [env: APICTL_USER_AGENT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from audit" -l bind -d 'Connect from this source address [env: APICTL_BIND]' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from audit" -l resolve -d 'Use this address for a host; repeatable [env: APICTL_RESOLVE]' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from audit" -l whole -d 'Walk the whole list, however long'
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from audit" -l list -d 'Name everything that may be found, and its cure'
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from audit" -s q -l quiet -d 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]'
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from audit" -s v -l verbose -d 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]'
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from audit" -l insecure -d 'Accept any TLS certificate [env: APICTL_INSECURE]'
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from audit" -l http2-prior-knowledge -d 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]'
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from audit" -l no-progress -d 'Never show progress [env: APICTL_NO_PROGRESS]'
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from audit" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from profile" -l sizes -d 'The page sizes to ask for' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from profile" -l repeat -d 'How often each page is asked for' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from profile" -l rate -d 'How fast requests may follow each other, as 5/s' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from profile" -l items -d 'Where the items are, as a JSON pointer' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from profile" -l plot -d 'Draw what was measured' -r -F
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from profile" -l base-url -d 'The API\'s address; relative URLs are joined to it [env: APICTL_BASE_URL]' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from profile" -l profile -d 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from profile" -l as -d 'Act as this stored login, or as `anon` [env: APICTL_AS]' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from profile" -l format -d 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from profile" -l color -d 'When to use colours [env: APICTL_COLOR]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from profile" -l timeout -d 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from profile" -l connect-timeout -d 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from profile" -l cacert -d 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from profile" -l proxy -d 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from profile" -s H -l header -d 'Add a header field to requests to the base URL\'s origin; repeatable [env: APICTL_HEADER]' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from profile" -l user-agent -d 'Send this User-Agent [env: APICTL_USER_AGENT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from profile" -l bind -d 'Connect from this source address [env: APICTL_BIND]' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from profile" -l resolve -d 'Use this address for a host; repeatable [env: APICTL_RESOLVE]' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from profile" -l no-parallel -d 'Never send more than one request at a time'
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from profile" -s q -l quiet -d 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]'
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from profile" -s v -l verbose -d 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]'
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from profile" -l insecure -d 'Accept any TLS certificate [env: APICTL_INSECURE]'
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from profile" -l http2-prior-knowledge -d 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]'
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from profile" -l no-progress -d 'Never show progress [env: APICTL_NO_PROGRESS]'
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from profile" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from merge" -s o -l output -d 'The file to write' -r -F
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from merge" -l base-url -d 'The API\'s address; relative URLs are joined to it [env: APICTL_BASE_URL]' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from merge" -l profile -d 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from merge" -l as -d 'Act as this stored login, or as `anon` [env: APICTL_AS]' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from merge" -l format -d 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from merge" -l color -d 'When to use colours [env: APICTL_COLOR]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from merge" -l timeout -d 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from merge" -l connect-timeout -d 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from merge" -l cacert -d 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from merge" -l proxy -d 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from merge" -s H -l header -d 'Add a header field to requests to the base URL\'s origin; repeatable [env: APICTL_HEADER]' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from merge" -l user-agent -d 'Send this User-Agent [env: APICTL_USER_AGENT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from merge" -l bind -d 'Connect from this source address [env: APICTL_BIND]' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from merge" -l resolve -d 'Use this address for a host; repeatable [env: APICTL_RESOLVE]' -r
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from merge" -s q -l quiet -d 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]'
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from merge" -s v -l verbose -d 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]'
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from merge" -l insecure -d 'Accept any TLS certificate [env: APICTL_INSECURE]'
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from merge" -l http2-prior-knowledge -d 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]'
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from merge" -l no-progress -d 'Never show progress [env: APICTL_NO_PROGRESS]'
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from merge" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from help" -f -a "walk" -d 'Write every item of a paginated list'
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from help" -f -a "audit" -d 'Find what is wrong with a paginated list, and name its cure'
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from help" -f -a "profile" -d 'See how time, bytes and SQL queries grow with the size and depth of a page'
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from help" -f -a "merge" -d 'Join the files of `pages walk --shard`'
complete -c apictl -n "__fish_apictl_using_subcommand pages; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c apictl -n "__fish_apictl_using_subcommand config; and not __fish_seen_subcommand_from path show init help" -l base-url -d 'The API\'s address; relative URLs are joined to it [env: APICTL_BASE_URL]' -r
complete -c apictl -n "__fish_apictl_using_subcommand config; and not __fish_seen_subcommand_from path show init help" -l profile -d 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]' -r
complete -c apictl -n "__fish_apictl_using_subcommand config; and not __fish_seen_subcommand_from path show init help" -l as -d 'Act as this stored login, or as `anon` [env: APICTL_AS]' -r
complete -c apictl -n "__fish_apictl_using_subcommand config; and not __fish_seen_subcommand_from path show init help" -l format -d 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand config; and not __fish_seen_subcommand_from path show init help" -l color -d 'When to use colours [env: APICTL_COLOR]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c apictl -n "__fish_apictl_using_subcommand config; and not __fish_seen_subcommand_from path show init help" -l timeout -d 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand config; and not __fish_seen_subcommand_from path show init help" -l connect-timeout -d 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand config; and not __fish_seen_subcommand_from path show init help" -l cacert -d 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand config; and not __fish_seen_subcommand_from path show init help" -l proxy -d 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]' -r
complete -c apictl -n "__fish_apictl_using_subcommand config; and not __fish_seen_subcommand_from path show init help" -s H -l header -d 'Add a header field to requests to the base URL\'s origin; repeatable [env: APICTL_HEADER]' -r
complete -c apictl -n "__fish_apictl_using_subcommand config; and not __fish_seen_subcommand_from path show init help" -l user-agent -d 'Send this User-Agent [env: APICTL_USER_AGENT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand config; and not __fish_seen_subcommand_from path show init help" -l bind -d 'Connect from this source address [env: APICTL_BIND]' -r
complete -c apictl -n "__fish_apictl_using_subcommand config; and not __fish_seen_subcommand_from path show init help" -l resolve -d 'Use this address for a host; repeatable [env: APICTL_RESOLVE]' -r
complete -c apictl -n "__fish_apictl_using_subcommand config; and not __fish_seen_subcommand_from path show init help" -s q -l quiet -d 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]'
complete -c apictl -n "__fish_apictl_using_subcommand config; and not __fish_seen_subcommand_from path show init help" -s v -l verbose -d 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]'
complete -c apictl -n "__fish_apictl_using_subcommand config; and not __fish_seen_subcommand_from path show init help" -l insecure -d 'Accept any TLS certificate [env: APICTL_INSECURE]'
complete -c apictl -n "__fish_apictl_using_subcommand config; and not __fish_seen_subcommand_from path show init help" -l http2-prior-knowledge -d 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]'
complete -c apictl -n "__fish_apictl_using_subcommand config; and not __fish_seen_subcommand_from path show init help" -l no-progress -d 'Never show progress [env: APICTL_NO_PROGRESS]'
complete -c apictl -n "__fish_apictl_using_subcommand config; and not __fish_seen_subcommand_from path show init help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c apictl -n "__fish_apictl_using_subcommand config; and not __fish_seen_subcommand_from path show init help" -f -a "path" -d 'Print which files are read'
complete -c apictl -n "__fish_apictl_using_subcommand config; and not __fish_seen_subcommand_from path show init help" -f -a "show" -d 'Print every setting, its value and where it came from'
complete -c apictl -n "__fish_apictl_using_subcommand config; and not __fish_seen_subcommand_from path show init help" -f -a "init" -d 'Write an apictl.toml to the working folder'
complete -c apictl -n "__fish_apictl_using_subcommand config; and not __fish_seen_subcommand_from path show init help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c apictl -n "__fish_apictl_using_subcommand config; and __fish_seen_subcommand_from path" -l base-url -d 'The API\'s address; relative URLs are joined to it [env: APICTL_BASE_URL]' -r
complete -c apictl -n "__fish_apictl_using_subcommand config; and __fish_seen_subcommand_from path" -l profile -d 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]' -r
complete -c apictl -n "__fish_apictl_using_subcommand config; and __fish_seen_subcommand_from path" -l as -d 'Act as this stored login, or as `anon` [env: APICTL_AS]' -r
complete -c apictl -n "__fish_apictl_using_subcommand config; and __fish_seen_subcommand_from path" -l format -d 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand config; and __fish_seen_subcommand_from path" -l color -d 'When to use colours [env: APICTL_COLOR]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c apictl -n "__fish_apictl_using_subcommand config; and __fish_seen_subcommand_from path" -l timeout -d 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand config; and __fish_seen_subcommand_from path" -l connect-timeout -d 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand config; and __fish_seen_subcommand_from path" -l cacert -d 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand config; and __fish_seen_subcommand_from path" -l proxy -d 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]' -r
complete -c apictl -n "__fish_apictl_using_subcommand config; and __fish_seen_subcommand_from path" -s H -l header -d 'Add a header field to requests to the base URL\'s origin; repeatable [env: APICTL_HEADER]' -r
complete -c apictl -n "__fish_apictl_using_subcommand config; and __fish_seen_subcommand_from path" -l user-agent -d 'Send this User-Agent [env: APICTL_USER_AGENT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand config; and __fish_seen_subcommand_from path" -l bind -d 'Connect from this source address [env: APICTL_BIND]' -r
complete -c apictl -n "__fish_apictl_using_subcommand config; and __fish_seen_subcommand_from path" -l resolve -d 'Use this address for a host; repeatable [env: APICTL_RESOLVE]' -r
complete -c apictl -n "__fish_apictl_using_subcommand config; and __fish_seen_subcommand_from path" -s q -l quiet -d 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]'
complete -c apictl -n "__fish_apictl_using_subcommand config; and __fish_seen_subcommand_from path" -s v -l verbose -d 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]'
complete -c apictl -n "__fish_apictl_using_subcommand config; and __fish_seen_subcommand_from path" -l insecure -d 'Accept any TLS certificate [env: APICTL_INSECURE]'
complete -c apictl -n "__fish_apictl_using_subcommand config; and __fish_seen_subcommand_from path" -l http2-prior-knowledge -d 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]'
complete -c apictl -n "__fish_apictl_using_subcommand config; and __fish_seen_subcommand_from path" -l no-progress -d 'Never show progress [env: APICTL_NO_PROGRESS]'
complete -c apictl -n "__fish_apictl_using_subcommand config; and __fish_seen_subcommand_from path" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c apictl -n "__fish_apictl_using_subcommand config; and __fish_seen_subcommand_from show" -l base-url -d 'The API\'s address; relative URLs are joined to it [env: APICTL_BASE_URL]' -r
complete -c apictl -n "__fish_apictl_using_subcommand config; and __fish_seen_subcommand_from show" -l profile -d 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]' -r
complete -c apictl -n "__fish_apictl_using_subcommand config; and __fish_seen_subcommand_from show" -l as -d 'Act as this stored login, or as `anon` [env: APICTL_AS]' -r
complete -c apictl -n "__fish_apictl_using_subcommand config; and __fish_seen_subcommand_from show" -l format -d 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand config; and __fish_seen_subcommand_from show" -l color -d 'When to use colours [env: APICTL_COLOR]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c apictl -n "__fish_apictl_using_subcommand config; and __fish_seen_subcommand_from show" -l timeout -d 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand config; and __fish_seen_subcommand_from show" -l connect-timeout -d 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand config; and __fish_seen_subcommand_from show" -l cacert -d 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand config; and __fish_seen_subcommand_from show" -l proxy -d 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]' -r
complete -c apictl -n "__fish_apictl_using_subcommand config; and __fish_seen_subcommand_from show" -s H -l header -d 'Add a header field to requests to the base URL\'s origin; repeatable [env: APICTL_HEADER]' -r
complete -c apictl -n "__fish_apictl_using_subcommand config; and __fish_seen_subcommand_from show" -l user-agent -d 'Send this User-Agent [env: APICTL_USER_AGENT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand config; and __fish_seen_subcommand_from show" -l bind -d 'Connect from this source address [env: APICTL_BIND]' -r
complete -c apictl -n "__fish_apictl_using_subcommand config; and __fish_seen_subcommand_from show" -l resolve -d 'Use this address for a host; repeatable [env: APICTL_RESOLVE]' -r
complete -c apictl -n "__fish_apictl_using_subcommand config; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]'
complete -c apictl -n "__fish_apictl_using_subcommand config; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]'
complete -c apictl -n "__fish_apictl_using_subcommand config; and __fish_seen_subcommand_from show" -l insecure -d 'Accept any TLS certificate [env: APICTL_INSECURE]'
complete -c apictl -n "__fish_apictl_using_subcommand config; and __fish_seen_subcommand_from show" -l http2-prior-knowledge -d 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]'
complete -c apictl -n "__fish_apictl_using_subcommand config; and __fish_seen_subcommand_from show" -l no-progress -d 'Never show progress [env: APICTL_NO_PROGRESS]'
complete -c apictl -n "__fish_apictl_using_subcommand config; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c apictl -n "__fish_apictl_using_subcommand config; and __fish_seen_subcommand_from init" -l base-url -d 'The API\'s address; relative URLs are joined to it [env: APICTL_BASE_URL]' -r
complete -c apictl -n "__fish_apictl_using_subcommand config; and __fish_seen_subcommand_from init" -l profile -d 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]' -r
complete -c apictl -n "__fish_apictl_using_subcommand config; and __fish_seen_subcommand_from init" -l as -d 'Act as this stored login, or as `anon` [env: APICTL_AS]' -r
complete -c apictl -n "__fish_apictl_using_subcommand config; and __fish_seen_subcommand_from init" -l format -d 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand config; and __fish_seen_subcommand_from init" -l color -d 'When to use colours [env: APICTL_COLOR]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c apictl -n "__fish_apictl_using_subcommand config; and __fish_seen_subcommand_from init" -l timeout -d 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand config; and __fish_seen_subcommand_from init" -l connect-timeout -d 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand config; and __fish_seen_subcommand_from init" -l cacert -d 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand config; and __fish_seen_subcommand_from init" -l proxy -d 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]' -r
complete -c apictl -n "__fish_apictl_using_subcommand config; and __fish_seen_subcommand_from init" -s H -l header -d 'Add a header field to requests to the base URL\'s origin; repeatable [env: APICTL_HEADER]' -r
complete -c apictl -n "__fish_apictl_using_subcommand config; and __fish_seen_subcommand_from init" -l user-agent -d 'Send this User-Agent [env: APICTL_USER_AGENT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand config; and __fish_seen_subcommand_from init" -l bind -d 'Connect from this source address [env: APICTL_BIND]' -r
complete -c apictl -n "__fish_apictl_using_subcommand config; and __fish_seen_subcommand_from init" -l resolve -d 'Use this address for a host; repeatable [env: APICTL_RESOLVE]' -r
complete -c apictl -n "__fish_apictl_using_subcommand config; and __fish_seen_subcommand_from init" -l force -d 'Replace one that is there'
complete -c apictl -n "__fish_apictl_using_subcommand config; and __fish_seen_subcommand_from init" -s q -l quiet -d 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]'
complete -c apictl -n "__fish_apictl_using_subcommand config; and __fish_seen_subcommand_from init" -s v -l verbose -d 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]'
complete -c apictl -n "__fish_apictl_using_subcommand config; and __fish_seen_subcommand_from init" -l insecure -d 'Accept any TLS certificate [env: APICTL_INSECURE]'
complete -c apictl -n "__fish_apictl_using_subcommand config; and __fish_seen_subcommand_from init" -l http2-prior-knowledge -d 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]'
complete -c apictl -n "__fish_apictl_using_subcommand config; and __fish_seen_subcommand_from init" -l no-progress -d 'Never show progress [env: APICTL_NO_PROGRESS]'
complete -c apictl -n "__fish_apictl_using_subcommand config; and __fish_seen_subcommand_from init" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c apictl -n "__fish_apictl_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "path" -d 'Print which files are read'
complete -c apictl -n "__fish_apictl_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "show" -d 'Print every setting, its value and where it came from'
complete -c apictl -n "__fish_apictl_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "init" -d 'Write an apictl.toml to the working folder'
complete -c apictl -n "__fish_apictl_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c apictl -n "__fish_apictl_using_subcommand completions" -l base-url -d 'The API\'s address; relative URLs are joined to it [env: APICTL_BASE_URL]' -r
complete -c apictl -n "__fish_apictl_using_subcommand completions" -l profile -d 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]' -r
complete -c apictl -n "__fish_apictl_using_subcommand completions" -l as -d 'Act as this stored login, or as `anon` [env: APICTL_AS]' -r
complete -c apictl -n "__fish_apictl_using_subcommand completions" -l format -d 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand completions" -l color -d 'When to use colours [env: APICTL_COLOR]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c apictl -n "__fish_apictl_using_subcommand completions" -l timeout -d 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand completions" -l connect-timeout -d 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand completions" -l cacert -d 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand completions" -l proxy -d 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]' -r
complete -c apictl -n "__fish_apictl_using_subcommand completions" -s H -l header -d 'Add a header field to requests to the base URL\'s origin; repeatable [env: APICTL_HEADER]' -r
complete -c apictl -n "__fish_apictl_using_subcommand completions" -l user-agent -d 'Send this User-Agent [env: APICTL_USER_AGENT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand completions" -l bind -d 'Connect from this source address [env: APICTL_BIND]' -r
complete -c apictl -n "__fish_apictl_using_subcommand completions" -l resolve -d 'Use this address for a host; repeatable [env: APICTL_RESOLVE]' -r
complete -c apictl -n "__fish_apictl_using_subcommand completions" -s q -l quiet -d 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]'
complete -c apictl -n "__fish_apictl_using_subcommand completions" -s v -l verbose -d 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]'
complete -c apictl -n "__fish_apictl_using_subcommand completions" -l insecure -d 'Accept any TLS certificate [env: APICTL_INSECURE]'
complete -c apictl -n "__fish_apictl_using_subcommand completions" -l http2-prior-knowledge -d 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]'
complete -c apictl -n "__fish_apictl_using_subcommand completions" -l no-progress -d 'Never show progress [env: APICTL_NO_PROGRESS]'
complete -c apictl -n "__fish_apictl_using_subcommand completions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c apictl -n "__fish_apictl_using_subcommand man" -l base-url -d 'The API\'s address; relative URLs are joined to it [env: APICTL_BASE_URL]' -r
complete -c apictl -n "__fish_apictl_using_subcommand man" -l profile -d 'Which `[profile.NAME]` of the configuration files to use [env: APICTL_PROFILE]' -r
complete -c apictl -n "__fish_apictl_using_subcommand man" -l as -d 'Act as this stored login, or as `anon` [env: APICTL_AS]' -r
complete -c apictl -n "__fish_apictl_using_subcommand man" -l format -d 'How to write the answer: table, json or ndjson; some commands know more [env: APICTL_FORMAT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand man" -l color -d 'When to use colours [env: APICTL_COLOR]' -r -f -a "auto\t''
always\t''
never\t''"
complete -c apictl -n "__fish_apictl_using_subcommand man" -l timeout -d 'Longest wait for a reply, and for each further part of it [env: APICTL_TIMEOUT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand man" -l connect-timeout -d 'Longest wait for a connection [env: APICTL_CONNECT_TIMEOUT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand man" -l cacert -d 'Trust the certificate authorities in this PEM file, too [env: APICTL_CACERT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand man" -l proxy -d 'Send requests through this proxy (http, https, socks5) [env: APICTL_PROXY]' -r
complete -c apictl -n "__fish_apictl_using_subcommand man" -s H -l header -d 'Add a header field to requests to the base URL\'s origin; repeatable [env: APICTL_HEADER]' -r
complete -c apictl -n "__fish_apictl_using_subcommand man" -l user-agent -d 'Send this User-Agent [env: APICTL_USER_AGENT]' -r
complete -c apictl -n "__fish_apictl_using_subcommand man" -l bind -d 'Connect from this source address [env: APICTL_BIND]' -r
complete -c apictl -n "__fish_apictl_using_subcommand man" -l resolve -d 'Use this address for a host; repeatable [env: APICTL_RESOLVE]' -r
complete -c apictl -n "__fish_apictl_using_subcommand man" -s q -l quiet -d 'Print errors only: no progress, summaries or warnings [env: APICTL_QUIET]'
complete -c apictl -n "__fish_apictl_using_subcommand man" -s v -l verbose -d 'Print each request and reply line, secrets redacted [env: APICTL_VERBOSE]'
complete -c apictl -n "__fish_apictl_using_subcommand man" -l insecure -d 'Accept any TLS certificate [env: APICTL_INSECURE]'
complete -c apictl -n "__fish_apictl_using_subcommand man" -l http2-prior-knowledge -d 'Speak HTTP/2 from the first byte [env: APICTL_HTTP2_PRIOR_KNOWLEDGE]'
complete -c apictl -n "__fish_apictl_using_subcommand man" -l no-progress -d 'Never show progress [env: APICTL_NO_PROGRESS]'
complete -c apictl -n "__fish_apictl_using_subcommand man" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c apictl -n "__fish_apictl_using_subcommand help; and not __fish_seen_subcommand_from token jwt request throttle access serve demo pages config completions man help" -f -a "token" -d 'Log in to an API, and keep, show, check and revoke its tokens'
complete -c apictl -n "__fish_apictl_using_subcommand help; and not __fish_seen_subcommand_from token jwt request throttle access serve demo pages config completions man help" -f -a "jwt" -d 'Decode, verify and sign JSON Web Tokens, without sending them anywhere'
complete -c apictl -n "__fish_apictl_using_subcommand help; and not __fish_seen_subcommand_from token jwt request throttle access serve demo pages config completions man help" -f -a "request" -d 'Send one request and print the reply\'s body'
complete -c apictl -n "__fish_apictl_using_subcommand help; and not __fish_seen_subcommand_from token jwt request throttle access serve demo pages config completions man help" -f -a "throttle" -d 'Find out what an API\'s rate limits are, and hold it to them'
complete -c apictl -n "__fish_apictl_using_subcommand help; and not __fish_seen_subcommand_from token jwt request throttle access serve demo pages config completions man help" -f -a "access" -d 'See who may do what, and hold it to what was agreed'
complete -c apictl -n "__fish_apictl_using_subcommand help; and not __fish_seen_subcommand_from token jwt request throttle access serve demo pages config completions man help" -f -a "serve" -d 'Serve a stand-in for a Django REST framework API'
complete -c apictl -n "__fish_apictl_using_subcommand help; and not __fish_seen_subcommand_from token jwt request throttle access serve demo pages config completions man help" -f -a "demo" -d 'Start the embedded API on a free port and run the whole tour, checking every answer'
complete -c apictl -n "__fish_apictl_using_subcommand help; and not __fish_seen_subcommand_from token jwt request throttle access serve demo pages config completions man help" -f -a "pages" -d 'Walk paginated endpoints to their end, and judge them'
complete -c apictl -n "__fish_apictl_using_subcommand help; and not __fish_seen_subcommand_from token jwt request throttle access serve demo pages config completions man help" -f -a "config" -d 'Show where settings come from, or begin an apictl.toml'
complete -c apictl -n "__fish_apictl_using_subcommand help; and not __fish_seen_subcommand_from token jwt request throttle access serve demo pages config completions man help" -f -a "completions" -d 'Print a completion script for a shell'
complete -c apictl -n "__fish_apictl_using_subcommand help; and not __fish_seen_subcommand_from token jwt request throttle access serve demo pages config completions man help" -f -a "man" -d 'Print the manual page, or write all of them to a folder'
complete -c apictl -n "__fish_apictl_using_subcommand help; and not __fish_seen_subcommand_from token jwt request throttle access serve demo pages config completions man help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c apictl -n "__fish_apictl_using_subcommand help; and __fish_seen_subcommand_from token" -f -a "obtain" -d 'Log in, and keep the tokens'
complete -c apictl -n "__fish_apictl_using_subcommand help; and __fish_seen_subcommand_from token" -f -a "refresh" -d 'Buy a new access token now'
complete -c apictl -n "__fish_apictl_using_subcommand help; and __fish_seen_subcommand_from token" -f -a "verify" -d 'Ask the server whether a stored token is valid, and say what its answer is worth'
complete -c apictl -n "__fish_apictl_using_subcommand help; and __fish_seen_subcommand_from token" -f -a "revoke" -d 'Log out at the server, and prove it: the refresh token must fail from then on'
complete -c apictl -n "__fish_apictl_using_subcommand help; and __fish_seen_subcommand_from token" -f -a "show" -d 'Show a login: whose it is, when its tokens end, where it is kept'
complete -c apictl -n "__fish_apictl_using_subcommand help; and __fish_seen_subcommand_from token" -f -a "list" -d 'List the logins of every API'
complete -c apictl -n "__fish_apictl_using_subcommand help; and __fish_seen_subcommand_from token" -f -a "print" -d 'Print a token, refreshed first when it is about to end'
complete -c apictl -n "__fish_apictl_using_subcommand help; and __fish_seen_subcommand_from token" -f -a "forget" -d 'Remove a login from this machine; its tokens stay valid, `token revoke` ends them'
complete -c apictl -n "__fish_apictl_using_subcommand help; and __fish_seen_subcommand_from token" -f -a "exec" -d 'Run a program with the token in `APICTL_TOKEN`, refreshed first when it is about to end'
complete -c apictl -n "__fish_apictl_using_subcommand help; and __fish_seen_subcommand_from token" -f -a "audit" -d 'Attack the token handling of your own API, and say what to change'
complete -c apictl -n "__fish_apictl_using_subcommand help; and __fish_seen_subcommand_from jwt" -f -a "decode" -d 'Show what a token says, without checking its signature'
complete -c apictl -n "__fish_apictl_using_subcommand help; and __fish_seen_subcommand_from jwt" -f -a "verify" -d 'Check a token\'s signature, times and claims against a key and expectations'
complete -c apictl -n "__fish_apictl_using_subcommand help; and __fish_seen_subcommand_from jwt" -f -a "sign" -d 'Sign a new token'
complete -c apictl -n "__fish_apictl_using_subcommand help; and __fish_seen_subcommand_from jwt" -f -a "keygen" -d 'Make a key, or write one in another form'
complete -c apictl -n "__fish_apictl_using_subcommand help; and __fish_seen_subcommand_from jwt" -f -a "matrix" -d 'Mint tokens for a test suite: one to accept, and one for each way to be refused'
complete -c apictl -n "__fish_apictl_using_subcommand help; and __fish_seen_subcommand_from jwt" -f -a "audit" -d 'Judge a token by RFC 8725: signature, life time, readable data, guessable secret'
complete -c apictl -n "__fish_apictl_using_subcommand help; and __fish_seen_subcommand_from throttle" -f -a "probe" -d 'Find out how an endpoint is rate limited'
complete -c apictl -n "__fish_apictl_using_subcommand help; and __fish_seen_subcommand_from throttle" -f -a "identify" -d 'Identify a limiter from a recorded trace, without the network'
complete -c apictl -n "__fish_apictl_using_subcommand help; and __fish_seen_subcommand_from throttle" -f -a "check" -d 'Hold the API to the `[[throttle]]` tables of apictl.toml'
complete -c apictl -n "__fish_apictl_using_subcommand help; and __fish_seen_subcommand_from access" -f -a "matrix" -d 'See who is answered what: identities × methods, as a table'
complete -c apictl -n "__fish_apictl_using_subcommand help; and __fish_seen_subcommand_from access" -f -a "check" -d 'Hold the API to the `[[access]]` tables of apictl.toml'
complete -c apictl -n "__fish_apictl_using_subcommand help; and __fish_seen_subcommand_from pages" -f -a "walk" -d 'Write every item of a paginated list'
complete -c apictl -n "__fish_apictl_using_subcommand help; and __fish_seen_subcommand_from pages" -f -a "audit" -d 'Find what is wrong with a paginated list, and name its cure'
complete -c apictl -n "__fish_apictl_using_subcommand help; and __fish_seen_subcommand_from pages" -f -a "profile" -d 'See how time, bytes and SQL queries grow with the size and depth of a page'
complete -c apictl -n "__fish_apictl_using_subcommand help; and __fish_seen_subcommand_from pages" -f -a "merge" -d 'Join the files of `pages walk --shard`'
complete -c apictl -n "__fish_apictl_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "path" -d 'Print which files are read'
complete -c apictl -n "__fish_apictl_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "show" -d 'Print every setting, its value and where it came from'
complete -c apictl -n "__fish_apictl_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "init" -d 'Write an apictl.toml to the working folder'
