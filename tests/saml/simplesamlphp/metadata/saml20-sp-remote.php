<?php
// The services that may ask, as the test wrote them down: entity id to what SimpleSAMLphp wants to know of it.
$metadata = json_decode((string) @file_get_contents(getenv('PEER_FOLDER') . '/services.json'), true) ?: [];
