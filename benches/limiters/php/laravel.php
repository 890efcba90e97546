<?php
// Laravel's rate limiter behind PHP's own server, over the cache in files that a new project has.
//
//     php -S 127.0.0.1:PORT laravel.php     with LIMITER="LIMIT SECONDS" and FOLDER

foreach (['Cache', 'Filesystem', 'Contracts', 'Collections', 'Support'] as $part) {
    require_once "Illuminate/$part/autoload.php";
}

use Illuminate\Cache\FileStore;
use Illuminate\Cache\RateLimiter;
use Illuminate\Cache\Repository;
use Illuminate\Filesystem\Filesystem;

[$limit, $seconds] = array_map('intval', explode(' ', getenv('LIMITER')));
$limiter = new RateLimiter(new Repository(new FileStore(new Filesystem(), getenv('FOLDER'))));
// As its middleware `throttle` does it.
$refused = $limiter->tooManyAttempts('everybody', $limit);
if (!$refused) {
    $limiter->hit('everybody', $seconds);
}
http_response_code($refused ? 429 : 200);
header('Content-Type: text/plain');
header("X-RateLimit-Limit: $limit");
header('X-RateLimit-Remaining: ' . max(0, $limiter->remaining('everybody', $limit)));
if ($refused) {
    header('Retry-After: ' . $limiter->availableIn('everybody'));
}
echo $refused ? 'slow down' : 'hello';
