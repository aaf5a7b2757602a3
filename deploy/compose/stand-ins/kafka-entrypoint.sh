#!/bin/sh
# As much of the official image's as docker-compose.yml uses: KAFKA_NODE_ID=1 becomes node.id=1, and so on.
set -eu
env | sed -n 's/^KAFKA_//p' | grep -v '^HEAP_OPTS=' | while IFS='=' read -r name value; do
  printf '%s=%s\n' "$(printf '%s' "$name" | tr 'A-Z_' 'a-z.')" "$value"
done >/tmp/server.properties
java() { /opt/java/bin/java -cp '/opt/kafka/libs/*' "$@"; }
java kafka.tools.StorageTool format --ignore-formatted -t "$CLUSTER_ID" -c /tmp/server.properties
# shellcheck disable=SC2086 -- a list of options
exec /opt/java/bin/java ${KAFKA_HEAP_OPTS:-} -cp '/opt/kafka/libs/*' kafka.Kafka /tmp/server.properties
