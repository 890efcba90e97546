<?php
// A count in APCu's shared memory that expires with its window, as it is written by hand, behind PHP's own server.
//
//     php -d apc.enable_cli=1 -S 127.0.0.1:PORT apcu.php     with LIMITER="LIMIT SECONDS"

[$limit, $seconds] = array_map('intval', explode(' ', getenv('LIMITER')));
$key = 'requests ' . $_SERVER['REMOTE_ADDR'];
apcu_add($key, 0, $seconds);
$refused = apcu_inc($key) > $limit;
http_response_code($refused ? 429 : 200);
header('Content-Type: text/plain');
echo $refused ? 'slow down' : 'hello';
