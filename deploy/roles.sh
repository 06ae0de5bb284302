#!/bin/sh
# Makes the three roles and the database on the first start of the PostgreSQL container.
set -eu
psql -v ON_ERROR_STOP=1 -U postgres \
  -v owner="$ASSAY_OWNER_PASSWORD" -v app="$ASSAY_APP_PASSWORD" -v system="$ASSAY_SYSTEM_PASSWORD" <<'SQL'
CREATE ROLE assay_owner LOGIN PASSWORD :'owner';
CREATE ROLE assay_app LOGIN PASSWORD :'app';
CREATE ROLE assay_system LOGIN PASSWORD :'system';
GRANT assay_system TO assay_owner;
CREATE DATABASE assay OWNER assay_owner;
SQL
