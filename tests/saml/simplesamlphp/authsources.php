<?php
// Who there is: name and password, and what the provider says of them.
$config = [
    'people' => [
        'exampleauth:UserPass',
        'ann:annpass' => [
            'uid' => ['ann'],
            'mail' => ['ann@example.org'],
            'displayName' => ['Ann Example'],
            'groups' => ['QM-Evaluators', 'Berlin'],
        ],
    ],
];
