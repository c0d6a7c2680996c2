#!/bin/sh
# Delivers every file of events in a folder, and moves what is settled to another. Started by cron or a CronJob; see docs/delivery-and-fleet.md.
#
#   EVENTS    folder with the files that another program puts there: *.ndjson or *.ndjson.gz
#   SETTLED   folder for files whose events are all settled, and for rejected events (default: $EVENTS/settled)
#
# A file that was not delivered to its end stays, with its checkpoint, and the next night goes on with it. The exit code is 0 if
# nothing was rejected, and else the last one of deliver that was not 0.
set -eu

events=${EVENTS:?the folder with the files of events}
settled=${SETTLED:-$events/settled}
mkdir -p "$settled"

# A signal is passed on to the delivery under way, which then writes down how far it came.
child=
stopped=
trap 'stopped=yes; [ -z "$child" ] || kill -TERM "$child"' INT TERM

result=0
for file in "$events"/*.ndjson "$events"/*.ndjson.gz; do
  [ -e "$file" ] && [ -z "$stopped" ] || continue
  resume=
  [ ! -e "$file.checkpoint" ] || resume=--resume
  kameleoon-destination deliver "$file" ${resume:+"$resume"} \
    --rejected "$settled/$(basename "$file").rejected.ndjson" --max-rejected 5% --log json &
  child=$!
  code=0
  wait "$child" || code=$?
  # A signal ends the waiting before the delivery has ended.
  while kill -0 "$child" 2> /dev/null; do
    code=0
    wait "$child" || code=$?
  done
  # 0: nothing was rejected, 1: all is settled, and an event was rejected.
  [ "$code" -gt 1 ] || mv "$file" "$settled/"
  [ "$code" -eq 0 ] || result=$code
done
exit "$result"
