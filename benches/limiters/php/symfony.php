<?php
// Symfony's rate limiter behind PHP's own server, its state in files.
//
//     php -S 127.0.0.1:PORT symfony.php     with LIMITER="POLICY LIMIT SECONDS [AMOUNT]" and FOLDER

require_once 'Symfony/Component/RateLimiter/autoload.php';
require_once 'Symfony/Component/Cache/autoload.php';

use Symfony\Component\Cache\Adapter\FilesystemAdapter;
use Symfony\Component\RateLimiter\RateLimiterFactory;
use Symfony\Component\RateLimiter\Storage\CacheStorage;

[$policy, $limit, $seconds, $amount] = array_pad(explode(' ', getenv('LIMITER')), 4, 1);
$options = ['id' => 'all', 'policy' => $policy, 'limit' => (int) $limit];
if ($policy === 'token_bucket') {
    $options['rate'] = ['amount' => (int) $amount, 'interval' => "$seconds seconds"];
} else {
    $options['interval'] = "$seconds seconds";
}
$storage = new CacheStorage(new FilesystemAdapter('', 0, getenv('FOLDER')));
$answer = (new RateLimiterFactory($options, $storage))->create('everybody')->consume();
http_response_code($answer->isAccepted() ? 200 : 429);
header('Content-Type: text/plain');
echo $answer->isAccepted() ? 'hello' : 'slow down';
