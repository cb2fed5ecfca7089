<?php
$nonce = bin2hex(random_bytes(8));
$timestamp = (string) (int) (microtime(true) * 1000);
$secret = getenv('APP_SECRET');
$signature = sha1($secret . $nonce . $timestamp);

$fields = [
    ['fromUserId', '2191'],
    ['toGroupId', '2193'],
    ['toGroupId', '2192'],
    ['objectName', 'RC:TxtMsg'],
    ['content', json_encode(['content' => 'hello'])],
];
$body = implode('&', array_map(
    fn ($field) => $field[0] . '=' . urlencode($field[1]),
    $fields
));

$type = 'application/x-www-form-urlencoded';
$url = getenv('BASE_URL');
$url .= '/statusmessage/group/publish.json';
echo file_get_contents($url, false, stream_context_create([
    'http' => [
        'method' => 'POST',
        'ignore_errors' => true,
        'header' => [
            "Content-Type: $type",
            'App-Key: ' . getenv('APP_KEY'),
            "Nonce: $nonce",
            "Timestamp: $timestamp",
            "Signature: $signature",
        ],
        'content' => $body,
    ],
]));
