#!/usr/bin/env bash
# Runs the tests against a mock of their own.
set -euo pipefail

javac -d classes *.java

# Empty at first: the address of an earlier run must not be found.
: >mock.log
# Not by npx, which does not wait for the mock when it gets a signal, and hides its exit code.
export RONGCLOUD_APP_KEY=test-key RONGCLOUD_APP_SECRET=test-secret
node_modules/.bin/rongcloud-status-message mock --port 0 \
  --fail-on-violation --suspicious fail --junit contract.xml >mock.log &
mock=$!

# The first line says where the mock listens.
until RONGCLOUD_BASE_URL=$(grep -om 1 'http://[0-9.:]*' mock.log); do
  kill -0 "$mock"
  sleep 0.1
done
export RONGCLOUD_BASE_URL

code=0
java -cp classes AuctionTest || code=$?
# The mock ends with 1 when a call was off the contract.
kill "$mock"
wait "$mock" || code=1
exit "$code"
