<?php
$nonce = bin2hex(random_bytes(8));
$timestamp = (string) (int) (microtime(true) * 1000);
$secret = getenv('RONGCLOUD_APP_SECRET');
$signature = sha1($secret . $nonce . $timestamp);

$fields = [
    ['fromUserId', '2191'],
    ['toGroupId', '2193'],
    ['toGroupId', '2192'],
    ['objectName', 'RC:TypSts'],
    ['content', '{"typingContentType":"RC:TxtMsg"}'],
];
$body = implode('&', array_map(
    fn ($field) => $field[0] . '=' . urlencode($field[1]),
    $fields
));

$type = 'application/x-www-form-urlencoded';
$url = getenv('RONGCLOUD_BASE_URL');
$url .= '/statusmessage/group/publish.json';
echo file_get_contents($url, false, stream_context_create([
    'http' => [
        'method' => 'POST',
        'timeout' => 5,
        'follow_location' => 0,
        'ignore_errors' => true,
        'header' => [
            "Content-Type: $type",
            'App-Key: ' . getenv('RONGCLOUD_APP_KEY'),
            "Nonce: $nonce",
            "Timestamp: $timestamp",
            "Signature: $signature",
        ],
        'content' => $body,
    ],
]));
