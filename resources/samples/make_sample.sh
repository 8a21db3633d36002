#!/bin/sh
# Makes sv-disagreement.loom, beside this script, anew. Needs sqlite3.
# Usage: make_sample.sh PATH/TO/circuitloom-cli
set -eu
cli=$1
folder=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

OMP_NUM_THREADS=1 "$cli" tune --preset sv-disagreement --compare full,lora,fixed,random --seeds 1 \
    -o "$work/sample.loom"
# What a run would go on from, and who wrote it, is of no use in a sample.
sqlite3 "$work/sample.loom" "
    PRAGMA foreign_keys = ON;
    DELETE FROM checkpoint;
    UPDATE run SET writer_process = 0, writer_started = 0, writer_boot = '';
    INSERT INTO window_view VALUES (1, 1, '{}'); -- opens at circuit-tuning
    VACUUM;
    PRAGMA wal_checkpoint(TRUNCATE);" > "$work/sqlite.log"
cp "$work/sample.loom" "$folder/sv-disagreement.loom"
ls -l "$folder/sv-disagreement.loom"
