<?php
// A SimpleSAMLphp for one test: all that it writes lies in PEER_FOLDER, and it is reached at PEER_URL.
$folder = getenv('PEER_FOLDER');
$config = [
    'baseurlpath' => getenv('PEER_URL') . '/',
    'certdir' => $folder . '/',
    'loggingdir' => $folder . '/',
    'datadir' => $folder . '/',
    'tempdir' => $folder . '/',
    'metadatadir' => __DIR__ . '/metadata/',
    'secretsalt' => 'nothing here is secret',
    'auth.adminpassword' => 'nothing here is secret',
    'timezone' => 'UTC',
    'logging.level' => 4,
    'logging.handler' => 'file',
    'enable.saml20-idp' => true,
    'module.enable' => ['core' => true, 'saml' => true, 'exampleauth' => true],
    'store.type' => 'phpsession',
    'session.phpsession.savepath' => $folder,
    'session.cookie.secure' => false,
    'session.cookie.samesite' => 'Lax',
    'metadata.sources' => [['type' => 'flatfile']],
];
